//! What a browser keeps of a person's preferences: read before anybody signs in, so that signing in looks right too.

use app::comfort::{Comfort, Density, Shortcuts, Theme};
use app::text::known_zone;
use axum::http::HeaderMap;
use axum::response::Response;

use super::cookies;
use crate::settings::Transport;

const THEME: &str = "theme";
const DENSITY: &str = "density";
const SHORTCUTS: &str = "shortcuts";
/// Told by the browser's own code, since only that knows it.
const ZONE: &str = "zone";
/// As long as browsers keep a cookie at most: 400 days, in seconds.
const LONG: i64 = 400 * 24 * 60 * 60;

/// What a request says; whatever it says wrong counts as not said.
pub(super) fn read(headers: &HeaderMap) -> Comfort {
    let first = |name| cookies::named(headers, name).next();
    Comfort {
        theme: first(THEME).and_then(Theme::from_code).unwrap_or_default(),
        density: first(DENSITY)
            .and_then(Density::from_code)
            .unwrap_or_default(),
        shortcuts: first(SHORTCUTS)
            .and_then(Shortcuts::from_code)
            .unwrap_or_default(),
        browser_zone: first(ZONE).and_then(known_zone),
    }
}

/// Asks the browser to keep what was chosen.
pub(super) fn keep(response: &mut Response, transport: Transport, chosen: &Comfort) {
    for (name, value, usual) in [
        (THEME, chosen.theme.code(), Theme::default().code()),
        (DENSITY, chosen.density.code(), Density::default().code()),
        (
            SHORTCUTS,
            chosen.shortcuts.code(),
            Shortcuts::default().code(),
        ),
    ] {
        let seconds = if value == usual { 0 } else { LONG };
        cookies::keep(response, transport, name, value, seconds);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE;

    use super::*;

    fn said(cookie: &'static str) -> Comfort {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static(cookie));
        read(&headers)
    }

    #[test]
    fn what_is_said_right_is_read_and_the_rest_is_not_said() {
        let comfort = said("a=b; theme=dark; density=compact; shortcuts=off; zone=Asia/Tokyo");
        assert_eq!(comfort.theme, Theme::Dark);
        assert_eq!(comfort.density, Density::Compact);
        assert_eq!(comfort.shortcuts, Shortcuts::Off);
        assert_eq!(comfort.browser_zone.as_deref(), Some("Asia/Tokyo"));
        assert_eq!(
            said("theme=\"><script>; density=none; shortcuts=maybe; zone=../x"),
            Comfort::default()
        );
    }
}
