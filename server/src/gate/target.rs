//! The address that somebody asked the product for. What two programs could read differently is not read at all: a path
//! with dots, doubled or hidden slashes, or something that a second decoding would turn into them.

use std::borrow::Cow;

use domain::Unnamed;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;

/// A path with its query, as a request line has them.
#[derive(Clone, Copy, Debug)]
pub struct Target<'r> {
    path: &'r str,
    query: &'r str,
}

impl<'r> Target<'r> {
    /// Reads `/path?query`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &'r str) -> Option<Self> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        path.starts_with('/').then_some(Self { path, query })
    }

    /// The path, decoded, when everybody reads it alike.
    #[must_use]
    pub fn plain_path(&self) -> Option<Cow<'r, str>> {
        let hidden = |raw: &str| {
            let raw = raw.to_ascii_lowercase();
            raw.contains("%2f") || raw.contains("%5c")
        };
        if hidden(self.path) {
            return None;
        }
        let path = percent_decode_str(self.path).decode_utf8().ok()?;
        (is_plain(&path) && (path.is_ascii() || is_plain(&path.nfkc().collect::<String>())))
            .then_some(path)
    }

    /// Whether the path is one of these, or below one.
    #[must_use]
    pub fn is_below<'p>(&self, mut prefixes: impl Iterator<Item = &'p str>) -> bool {
        let Some(path) = self.plain_path() else {
            return false;
        };
        // Everything is below the first page: so that means only itself.
        prefixes.any(|prefix| match rest(&path, prefix) {
            Some(rest) => prefix != "/" || rest == "/",
            None => false,
        })
    }

    /// The segment of the path that follows `prefix`.
    ///
    /// # Errors
    /// Why it names nobody.
    pub fn segment_after(&self, prefix: &str) -> Result<String, Unnamed> {
        let path = self.plain_path().ok_or(Unnamed::Malformed)?;
        let rest = rest(&path, prefix).ok_or(Unnamed::Missing)?;
        match rest.trim_start_matches('/').split('/').next() {
            None | Some("") => Err(Unnamed::Missing),
            Some(segment) => Ok(segment.to_owned()),
        }
    }

    /// The one value of a parameter of the query.
    ///
    /// # Errors
    /// Why it names nobody.
    pub fn parameter(&self, name: &str) -> Result<Cow<'r, str>, Unnamed> {
        // Some programs end a parameter there, and would find another one.
        if self.query.contains(';') {
            return Err(Unnamed::Malformed);
        }
        let mut values = form_urlencoded::parse(self.query.as_bytes())
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            (None, _) => Err(Unnamed::Missing),
            (Some(_), Some(_)) => Err(Unnamed::Malformed),
        }
    }
}

/// What follows `prefix` in `path`; only whole segments count.
fn rest<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    let prefix = prefix.trim_end_matches('/');
    let rest = path.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

fn is_plain(path: &str) -> bool {
    let dots = |segment: &str| {
        let name = segment.split(';').next().unwrap_or_default();
        matches!(name.trim(), "." | "..")
    };
    let strange = |character: char| character.is_control() || matches!(character, '\\' | '%' | '#');
    !path.contains("//") && !path.contains(strange) && !path.split('/').any(dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_open(path: &str) -> bool {
        Target::parse(path).is_some_and(|target| target.is_below(["/billing"].into_iter()))
    }

    #[test]
    fn what_is_below_an_open_path_is_open() {
        for path in [
            "/billing",
            "/billing/",
            "/billing/a/b?c=/..",
            "/b%69lling/%C3%A9",
            "/billing?x",
        ] {
            assert!(is_open(path), "{path}");
        }
    }

    #[test]
    fn nothing_slips_through_an_open_path() {
        for path in [
            "/",
            "/billings",
            "/Billing",
            "billing",
            "",
            "//billing",
            "/billing//admin",
            "/billing/../admin",
            "/billing/./x",
            "/billing/..",
            "/billing/%2e%2e/admin",
            "/billing/%2E./admin",
            "/billing/..;/admin",
            "/billing/..;a=b/admin",
            "/billing/%2e%2e;/admin",
            "/billing%2f..%2fadmin",
            "/billing/..%2Fadmin",
            "/billing/%252e%252e/admin",
            "/billing/..\\admin",
            "/billing/%5c..%5cadmin",
            "/billing/%00/../admin",
            "/billing/%00",
            "/billing/%ff",
            "/billing/\u{ff0e}\u{ff0e}/admin",
            "/billing/\u{2025}/admin",
            "/billing/..%20/admin",
            "/admin/../billing",
            "/billing#/../admin",
            "http://elsewhere/billing",
        ] {
            assert!(!is_open(path), "{path}");
        }
        let root = Target::parse("/admin").unwrap();
        assert!(
            !root.is_below(["/"].into_iter()),
            "only the first page itself"
        );
    }

    #[test]
    fn a_segment_names_a_customer_when_everybody_reads_it_alike() {
        let named = |path| Target::parse(path).unwrap().segment_after("/t/");
        assert_eq!(named("/t/acme/x").as_deref(), Ok("acme"));
        assert_eq!(named("/t/K%C3%B6ln").as_deref(), Ok("Köln"));
        assert_eq!(named("/t/"), Err(Unnamed::Missing));
        assert_eq!(named("/x/acme"), Err(Unnamed::Missing));
        for path in [
            "/t/acme/../bolt",
            "/t//acme",
            "/t/acme%2fbolt",
            "/t/acme/%2e%2e/bolt",
        ] {
            assert_eq!(named(path), Err(Unnamed::Malformed), "{path}");
        }
    }

    #[test]
    fn a_parameter_names_a_customer_once() {
        let named = |path| Target::parse(path).unwrap().parameter("tenant");
        assert_eq!(named("/?a=1&tenant=K%201").as_deref(), Ok("K 1"));
        assert_eq!(named("/"), Err(Unnamed::Missing));
        for path in [
            "/?tenant=a&tenant=b",
            "/?tenant=a&t%65nant=b",
            "/?x=1;tenant=a&tenant=b",
        ] {
            assert_eq!(named(path), Err(Unnamed::Malformed), "{path}");
        }
    }
}
