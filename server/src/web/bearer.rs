//! The key that a program shows: in the header `Authorization: Bearer`, once, and nowhere else.

use std::sync::Arc;

use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::{Scope, Timestamp};

use super::state::Web;
use crate::api_keys::{ApiKey, KEY_PREFIX, KeyRefusal};

/// Why a program is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoKey {
    /// It shows none, or more than one.
    Missing,
    /// A key stands in the address, where logs and histories keep it.
    InAddress,
    /// The key opens nothing here.
    Refused(KeyRefusal),
}

impl NoKey {
    /// The status that goes with it.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Refused(KeyRefusal::WrongScope) => StatusCode::FORBIDDEN,
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    /// What to do about it.
    pub fn sentence(self) -> String {
        match self {
            Self::Missing => {
                "Show one API key of the panel, in one header \"Authorization: Bearer …\"."
                    .to_owned()
            }
            Self::InAddress => {
                "An API key stands in the address, where logs keep it: revoke it, and show another \
                                one in the header \"Authorization: Bearer …\"."
                    .to_owned()
            }
            Self::Refused(refusal) => {
                let text = refusal.to_string();
                let mut letters = text.chars();
                let first = letters.next().map(|letter| letter.to_ascii_uppercase());
                format!("{}{}.", first.unwrap_or_default(), letters.as_str())
            }
        }
    }
}

/// The key of a request, if it is good for `scope` at `now`.
pub(super) fn key<B>(
    web: &Web,
    request: &Request<B>,
    scope: Scope,
    now: Timestamp,
) -> Result<Arc<ApiKey>, NoKey> {
    let uri = request.uri();
    if uri.path().contains(KEY_PREFIX)
        || uri.query().is_some_and(|query| query.contains(KEY_PREFIX))
    {
        return Err(NoKey::InAddress);
    }
    let presented = presented(request.headers()).ok_or(NoKey::Missing)?;
    let key = web.key_keeper.ring().authenticate(presented, scope, now);
    key.map_err(NoKey::Refused)
}

fn presented(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(key.trim())
}
