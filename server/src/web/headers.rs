//! The headers that every answer carries, and the content security policy of every page.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};

use crate::settings::Transport;

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Nothing that a page of the panel needs; the clipboard is for the copy buttons.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
    fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=(), clipboard-write=(self)";

/// The policy of a page whose scripts carry `nonce`.
#[must_use]
pub fn policy_with_scripts(nonce: &str) -> String {
    policy(&format!(
        "'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"
    ))
}

/// The policy of a page without any script.
#[must_use]
pub fn policy_without_scripts() -> String {
    policy("'none'")
}

fn policy(scripts: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; \
         base-uri 'none'; object-src 'none'; report-uri /csp-report"
    )
}

/// Adds what every answer carries; what the answer has set itself stays.
pub fn complete(headers: &mut HeaderMap, transport: Transport) {
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "same-origin");
    set(headers, OPENER_POLICY, "same-origin");
    set(headers, RESOURCE_POLICY, "same-origin");
    // Whatever has not said how long it may be kept belongs to one person at one moment.
    set(headers, CACHE_CONTROL, "no-store");
    if transport == Transport::Encrypted {
        set(
            headers,
            STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        );
    }
    if is_page(headers) {
        set(headers, X_FRAME_OPTIONS, "DENY");
        set(headers, PERMISSIONS_POLICY, PERMISSIONS);
        if !headers.contains_key(CONTENT_SECURITY_POLICY)
            && let Ok(policy) = HeaderValue::from_str(&policy_without_scripts())
        {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Whether an answer is an HTML page.
#[must_use]
pub fn is_page(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether an answer is a problem document, which says itself what is wrong.
#[must_use]
pub fn is_problem(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/problem+json")
}
