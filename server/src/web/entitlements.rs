//! `GET /api/v1/customers/{external_id}/entitlements`: what a customer has, for the product.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::{Denial, ExternalId, Limit, Scope, Standing, Unnamed};
use serde::Serialize;
use serde_json::{Map, Value};

use super::bearer;
use super::gate::STALE;
use super::problem::problem;
use super::state::Web;
use crate::gate::Entitlements;

/// How it travels.
#[derive(Debug, Serialize)]
struct Document {
    customer: String,
    status: &'static str,
    /// Why the customer is suspended.
    reason: Option<&'static str>,
    plan: String,
    plan_version: u32,
    /// A number, `"unlimited"`, or whether a feature is included.
    limits: Map<String, Value>,
    epoch: u64,
}

/// Answers a product that shows its key.
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    Path(external): Path<String>,
    request: Request,
) -> Response {
    let now = web.now();
    let key = match bearer::key(&web, &request, Scope::Entitlements, now) {
        Ok(key) => key,
        Err(refused) => return problem(refused.status(), None, Some(&refused.sentence())),
    };
    // What cannot be an external id is nobody's.
    let Ok(external) = ExternalId::parse(&external) else {
        return none(Denial::Unnamed(Unnamed::Unknown));
    };
    let entitlements = match web.gate.entitlements(&key, &external, now) {
        Ok(entitlements) => entitlements,
        Err(denial) => return none(denial),
    };
    let tag = format!("\"{}\"", entitlements.tag);
    let stale = entitlements.stale;
    let mut response = if has(request.headers(), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(Document::from(entitlements)).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("authorization"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(seconds) = stale {
        headers.insert(STALE, HeaderValue::from(seconds));
    }
    response
}

fn none(denial: Denial) -> Response {
    let (status, sentence) = match denial {
        Denial::Outdated => (
            StatusCode::SERVICE_UNAVAILABLE,
            "The panel's database has been away for too long for its last answers to count.",
        ),
        Denial::Unnamed(Unnamed::Ambiguous) => (
            StatusCode::CONFLICT,
            "Customers of several partners have this external id; ask with a key of the partner.",
        ),
        _ => (StatusCode::NOT_FOUND, "No customer has this external id."),
    };
    problem(status, Some(denial.code()), Some(sentence))
}

/// Whether the program has this state already.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == tag || known == "*")
}

impl From<Entitlements> for Document {
    fn from(entitlements: Entitlements) -> Self {
        let reason = match entitlements.standing {
            Standing::Suspended(reason) => Some(reason.code()),
            Standing::Active | Standing::Closed => None,
        };
        let limits = entitlements.limits.into_iter().map(|(name, limit)| {
            let value = match limit {
                Limit::Count(count) => count.into(),
                Limit::Unlimited => "unlimited".into(),
                Limit::Yes => true.into(),
                Limit::No => false.into(),
            };
            (name.to_string(), value)
        });
        Self {
            customer: entitlements.external_id,
            status: entitlements.standing.status().code(),
            reason,
            plan: entitlements.plan,
            plan_version: entitlements.version,
            limits: limits.collect(),
            epoch: entitlements.epoch.0,
        }
    }
}
