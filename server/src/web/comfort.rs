//! What a browser keeps of a person's preferences: read before anybody signs in, so that signing in looks right too.

use app::comfort::{Choice, Comfort};
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
    Comfort {
        theme: chosen(headers, THEME),
        density: chosen(headers, DENSITY),
        shortcuts: chosen(headers, SHORTCUTS),
        browser_zone: cookies::named(headers, ZONE).next().and_then(known_zone),
    }
}

fn chosen<T: Choice>(headers: &HeaderMap, name: &str) -> T {
    let code = cookies::named(headers, name).next();
    code.and_then(T::from_code).unwrap_or_default()
}

/// Asks the browser to keep what was chosen.
pub(super) fn keep(response: &mut Response, transport: Transport, chosen: &Comfort) {
    for (name, mark) in [
        (THEME, chosen.theme.mark()),
        (DENSITY, chosen.density.mark()),
        (SHORTCUTS, chosen.shortcuts.mark()),
    ] {
        let (value, seconds) = mark.map_or(("", 0), |code| (code, LONG));
        cookies::keep(response, transport, name, value, seconds);
    }
}

#[cfg(test)]
mod tests {
    use app::comfort::{Density, Shortcuts, Theme};
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
