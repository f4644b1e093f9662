//! `GET /gate`: may this customer come in? And `GET /gate/page`: what the customer sees who may not.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::{Denial, Scope, Verdict};

use super::bearer;
use super::headers::complete;
use super::problem::problem;
use super::state::Web;
use crate::gate::{Asks, Told};

/// How the customer stands: `active`, `suspended` or `closed`; missing when nobody knows.
const STATUS: HeaderName = HeaderName::from_static("x-panel-status");
/// Why the answer is no.
const REASON: HeaderName = HeaderName::from_static("x-panel-reason");
/// The code of the customer's plan.
const PLAN: HeaderName = HeaderName::from_static("x-panel-plan");
/// What the plan grants.
const LIMITS: HeaderName = HeaderName::from_static("x-panel-limits");
/// What a key that only observes would have said.
const WOULD: HeaderName = HeaderName::from_static("x-panel-would");
/// For how many seconds the database has been away.
pub(super) const STALE: HeaderName = HeaderName::from_static("x-panel-stale");

/// Answers a proxy: 204, 403 or, for a bad key, 401. nginx takes everything else for a failure.
pub(super) async fn ask(State(web): State<Arc<Web>>, request: Request) -> Response {
    let told = match told(&web, &request, Asks::Visit) {
        Ok(told) => told,
        Err(refused) => return *refused,
    };
    let mut response = match told.verdict {
        Verdict::Pass | Verdict::WouldDeny(_) => StatusCode::NO_CONTENT.into_response(),
        Verdict::Deny(denial) => turned_away(&web, &request, denial),
    };
    describe(&told, response.headers_mut());
    response
}

/// Shows a visitor why it was turned away, where the proxy does not pass on the answer of the gate itself.
pub(super) async fn page(State(web): State<Arc<Web>>, request: Request) -> Response {
    match told(&web, &request, Asks::Page) {
        Ok(Told {
            verdict: Verdict::Deny(denial),
            ..
        }) => turned_away(&web, &request, denial),
        // Access came back just now: what was asked for is there.
        Ok(_) => {
            let no_store = HeaderValue::from_static("no-store");
            let headers = [
                (header::LOCATION, back(&request)),
                (header::CACHE_CONTROL, no_store),
            ];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Err(refused) => *refused,
    }
}

/// What was asked for, on the same host.
fn back(request: &Request) -> HeaderValue {
    let asked_for = request.headers().get("x-original-uri").filter(|address| {
        let bytes = address.as_bytes();
        bytes.starts_with(b"/") && !matches!(bytes.get(1), Some(b'/' | b'\\'))
    });
    asked_for.cloned().unwrap_or(HeaderValue::from_static("/"))
}

fn told(web: &Web, request: &Request, asks: Asks) -> Result<Told, Box<Response>> {
    match bearer::key(web, request, Scope::Gate) {
        Ok(key) => Ok(web.gate.answer(&key, request.headers(), web.now(), asks)),
        Err(refused) => {
            // Also for a key that is good for something else: 403 would say that the customer has to stay out.
            let mut response = problem(StatusCode::UNAUTHORIZED, None, Some(&refused.sentence()));
            complete(response.headers_mut(), web.transport());
            Err(Box::new(response))
        }
    }
}

fn describe(told: &Told, headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(customer) = &told.customer {
        headers.insert(STATUS, HeaderValue::from_static(customer.status));
        headers.insert(PLAN, customer.plan.clone());
        headers.insert(LIMITS, customer.limits.clone());
    }
    if let Some(seconds) = told.stale {
        headers.insert(STALE, HeaderValue::from(seconds));
    }
    if let Verdict::Deny(denial) | Verdict::WouldDeny(denial) = told.verdict {
        headers.insert(REASON, HeaderValue::from_static(denial.code()));
    }
    if let Verdict::WouldDeny(_) = told.verdict {
        headers.insert(WOULD, HeaderValue::from_static("deny"));
    }
}

/// What a visitor sees who was turned away.
fn turned_away(web: &Web, request: &Request, denial: Denial) -> Response {
    let accepts = request.headers().get(header::ACCEPT);
    let accepts = accepts
        .and_then(|accepts| accepts.to_str().ok())
        .unwrap_or_default();
    let mut response = if accepts.contains("json") && !accepts.contains("text/html") {
        problem(
            StatusCode::FORBIDDEN,
            Some(denial.code()),
            Some(sentence(denial)),
        )
    } else {
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>No access</title><p>{}</p>",
            sentence(denial)
        );
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, kind)], page).into_response()
    };
    complete(response.headers_mut(), web.transport());
    response
}

fn sentence(denial: Denial) -> &'static str {
    match denial {
        Denial::Suspended(_) => "Your account is suspended.",
        Denial::Closed => "Your account is closed.",
        Denial::Unnamed(_) | Denial::Outdated => "You cannot come in here now.",
    }
}
