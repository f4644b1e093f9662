//! What a handler answers when it cannot answer. The frame around all requests turns it into a readable page.

use std::error::Error as _;
use std::fmt::Write as _;

use app::error::PanelError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A request that was not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status that goes with it.
    pub status: StatusCode,
    /// A sentence that says more than the status does.
    pub sentence: Option<String>,
}

impl Failure {
    /// A failure that its status explains.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        Self {
            status,
            sentence: None,
        }
    }

    /// A request that makes no sense.
    #[must_use]
    pub fn bad_request() -> Self {
        Self::of(StatusCode::BAD_REQUEST)
    }
}

impl From<PanelError> for Failure {
    fn from(error: PanelError) -> Self {
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let sentence = match error {
            PanelError::Forbidden(sentence) | PanelError::BadRequest(sentence) => Some(sentence),
            _ => None,
        };
        Self {
            status,
            sentence: sentence.filter(|sentence| !sentence.is_empty()),
        }
    }
}

impl From<crate::error::Error> for Failure {
    fn from(error: crate::error::Error) -> Self {
        use crate::error::Error;
        let status = match &error {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::NulInText => StatusCode::BAD_REQUEST,
            Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(cause = %chain(&error), "a request failed");
        }
        Self::of(status)
    }
}

/// An error with everything that caused it, for the log.
#[must_use]
pub fn chain(error: &crate::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
