//! Cookies, as they are sent and as they are asked to be kept.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::settings::Transport;

/// The values that a request carries under a name: perhaps several, since other paths and hosts may have set some.
pub(super) fn named<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Asks the browser to keep a value that no script has to see, for so many seconds; none of them drops it.
pub(super) fn keep(
    response: &mut Response,
    transport: Transport,
    name: &str,
    value: &str,
    seconds: i64,
) {
    let secure = match transport {
        Transport::Encrypted => "; Secure",
        Transport::Loopback | Transport::Insecure => "",
    };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
