//! What customers work with.

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};

use percent_encoding::percent_decode_str;

use crate::page::{escaped, page};
use crate::session;

/// Looks every second whether one may still be here; without scripts the page is loaded anew now and then.
const WATCH: &str = "<script>setInterval(async () => {\
    const answer = await fetch('/desk/still-here', {cache: 'no-store'}).catch(() => null);\
    if (answer && !answer.ok) location.reload();\
}, 1000)</script><noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>";

/// The product at work.
pub async fn desk(headers: HeaderMap) -> Response {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let limits: String = said("x-panel-limits")
        .unwrap_or_default()
        .split(',')
        .filter_map(|limit| limit.trim().split_once('='))
        .map(|(name, value)| {
            let name = percent_decode_str(name).decode_utf8_lossy();
            format!("<dt>{}</dt><dd>{}</dd>", escaped(&name), escaped(value))
        })
        .collect();
    page(
        "Your bots are at work",
        &format!(
            "<p>Signed in as <b>{}</b>. Everything here works as long as the account is active.</p>\
             <dl><dt>Plan</dt><dd>{}</dd>{limits}</dl>\
             <nav><a href=\"/billing\">Billing</a>\
             <form method=\"post\" action=\"/sign-out\"><button>Sign out</button></form></nav>{WATCH}",
            escaped(&session::of(&headers).unwrap_or_default()),
            escaped(said("x-panel-plan").unwrap_or("unknown")),
        ),
    )
}

/// Whether one may still be here.
pub async fn still_here() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Stays open while an account is suspended, where the key says so: how else would anybody pay?
pub async fn billing() -> Response {
    page(
        "Billing",
        "<p>Stays open while an account is suspended, so that it can be paid for.</p>\
         <nav><a href=\"/desk\">Back to work</a></nav>",
    )
}
