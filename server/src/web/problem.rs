//! What programs are told when they are not answered as asked (RFC 9457).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use super::failure::Failure;

/// How a problem document is marked.
const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem.
#[derive(Debug, Serialize)]
struct Document<'d> {
    title: &'d str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'d str>,
}

/// An answer that says what is wrong: by a status, by a stable code, and in a sentence.
pub(super) fn problem(status: StatusCode, code: Option<&str>, detail: Option<&str>) -> Response {
    let document = Document {
        title: status.canonical_reason().unwrap_or("Not answered"),
        status: status.as_u16(),
        code,
        detail,
    };
    // Texts and a number always have a form.
    let body = serde_json::to_vec(&document).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, KIND)], body).into_response();
    if status == StatusCode::UNAUTHORIZED {
        let scheme = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}

/// Puts a problem document in place of an error that has none.
pub(super) fn readable(mut response: Response) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || response.headers().get(header::CONTENT_TYPE) == Some(&KIND) {
        return response;
    }
    let failure = response.extensions_mut().remove::<Failure>();
    let sentence = failure.and_then(|failure| failure.sentence);
    let (parts, body) = problem(status, None, sentence.as_deref()).into_parts();
    response.headers_mut().extend(parts.headers);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::new(body);
    response
}
