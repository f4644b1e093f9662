//! The whole answer: status, headers and body, from what is told to whom.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

use super::accept::Wanted;
use super::page::{Life, SCRIPT, document, style};
use super::policy::policy;
use super::problem::problem;
use super::view::SuspendedView;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// What stands in for whatever a suspended customer has asked the product for.
#[must_use]
pub fn answer(view: &SuspendedView, wanted: Wanted) -> Response<String> {
    let status = StatusCode::FORBIDDEN;
    match wanted {
        Wanted::Page => page(view, status, Life::Waiting),
        Wanted::Problem => {
            let kind = HeaderValue::from_static("application/problem+json");
            complete(view, status, kind, problem(view, status.as_u16()))
        }
    }
}

/// The same page for the colleague who writes its message: it shows, and goes nowhere.
#[must_use]
pub fn preview(view: &SuspendedView) -> Response<String> {
    page(view, StatusCode::OK, Life::Still)
}

fn page(view: &SuspendedView, status: StatusCode, life: Life) -> Response<String> {
    let style = style(view);
    let script = (life == Life::Waiting).then_some(SCRIPT);
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = complete(view, status, kind, document(view, &style, life));
    if let Ok(policy) = HeaderValue::from_str(&policy(&style, script)) {
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn complete(
    view: &SuspendedView,
    status: StatusCode,
    kind: HeaderValue,
    body: String,
) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    headers.insert(
        CONTENT_LANGUAGE,
        HeaderValue::from_static(view.say.language()),
    );
    response
}
