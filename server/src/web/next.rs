//! Where somebody wanted to go before signing in.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// Where the panel begins.
pub const HOME: &str = "/customers/active";
/// Where people sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where people set things for themselves.
pub const PREFERENCES: &str = "/preferences";
/// The keys of programs.
pub const API_KEYS: &str = "/keys";
/// How a product is connected.
pub const CONNECT: &str = "/connect";
/// The longest address that is kept, in bytes.
const LONGEST: usize = 4_000;

/// `path` when it is a path of this panel that a person may be sent to, else the first page.
#[must_use]
pub fn safe(path: &str) -> &str {
    let plain = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let here = path.starts_with('/') && !path.starts_with("//");
    // Never back to signing in or out, nor to what is no page.
    let page = ["/customers", "/activity", PREFERENCES, API_KEYS, CONNECT]
        .iter()
        .any(|start| {
            path.strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        });
    if plain && here && page && path.len() <= LONGEST {
        path
    } else {
        HOME
    }
}

/// See other: the answer that makes a browser GET `location`.
#[must_use]
pub fn see_other(location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static(HOME));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Sends somebody to sign in, and from there to `path`.
#[must_use]
pub fn sign_in_first(path: &str) -> Response {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", safe(path))
        .finish();
    see_other(&format!("{SIGN_IN}?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_panel_are_gone_to() {
        for kept in [
            "/customers/active?q=a%20b&do=suspend&customer=cus_1",
            "/activity",
            "/customers",
            "/preferences",
            "/keys",
        ] {
            assert_eq!(safe(kept), kept);
        }
        for refused in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/sign-in",
            "/customersx",
            "/customers/a b",
            "/customers\r\nSet-Cookie: a=b",
            "customers",
            "/pkg/x.js",
            "/welcome/x",
        ] {
            assert_eq!(safe(refused), HOME, "{refused}");
        }
    }
}
