//! Where the gate looks in a request: names of headers and of query fields, endings of host names, beginnings of paths.
//! Each is checked and brought to one form where it comes in.

use std::fmt;

use axum::http::HeaderName as HttpHeaderName;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::malformed_place::{MalformedPlace, shown};

/// The most characters of a place.
const LONGEST: usize = 200;

/// Headers that proxies and browsers use themselves; a customer that was found there would be found by accident.
const TAKEN: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

macro_rules! place {
    ($(#[$meta:meta])* $name:ident($kept:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name($kept);

        impl $name {
            /// In its one form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    };
}

place!(
    /// The name of a header, in lower case.
    HeaderName(HttpHeaderName)
);
place!(
    /// The end of a host name, in lower case, without a dot before it.
    HostSuffix(String)
);
place!(
    /// The beginning of a path, after which the customer stands. `/` or `/t`, never with a slash at its end but the first.
    PathPrefix(String)
);
place!(
    /// The name of a query field.
    QueryName(String)
);
place!(
    /// The beginning of paths that stay open while a customer is suspended: `/billing`, never `/`.
    OpenPrefix(String)
);

impl HeaderName {
    /// The header of the panel's own examples.
    #[must_use]
    pub fn account() -> Self {
        Self(HttpHeaderName::from_static("x-account"))
    }

    /// Reads the name of a header.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedPlace> {
        let malformed = || MalformedPlace::Header(shown(text));
        if text.trim().len() > LONGEST {
            return Err(malformed());
        }
        let name: HttpHeaderName = text.trim().parse().map_err(|_| malformed())?;
        match name.as_str() {
            taken if TAKEN.contains(&taken) => Err(MalformedPlace::HeaderTaken(shown(text))),
            _ => Ok(Self(name)),
        }
    }

    /// As requests are asked for it.
    #[must_use]
    pub const fn http(&self) -> &HttpHeaderName {
        &self.0
    }
}

impl HostSuffix {
    /// Reads the end of a host name; a dot or a star with a dot before it says the same.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedPlace> {
        let host = text.trim().to_ascii_lowercase();
        let host = host.strip_prefix('*').unwrap_or(&host);
        let host = host.strip_prefix('.').unwrap_or(host);
        let label = |label: &str| {
            let bytes = label.as_bytes();
            let inner = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
            (1..=63).contains(&bytes.len())
                && bytes.iter().all(inner)
                && bytes.first() != Some(&b'-')
                && bytes.last() != Some(&b'-')
        };
        if host.len() <= LONGEST && host.contains('.') && host.split('.').all(label) {
            Ok(Self(host.to_owned()))
        } else {
            Err(MalformedPlace::Host(shown(text)))
        }
    }
}

impl PathPrefix {
    /// Reads the beginning of a path; a slash at its end says the same.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedPlace> {
        path(text).map(Self)
    }
}

impl QueryName {
    /// Reads the name of a query field.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedPlace> {
        let name = text.trim();
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !name.is_empty() && name.len() <= LONGEST && name.bytes().all(letter) {
            Ok(Self(name.to_owned()))
        } else {
            Err(MalformedPlace::Query(shown(text)))
        }
    }
}

impl OpenPrefix {
    /// Reads the beginning of a path; a slash at its end says the same.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedPlace> {
        match path(text)?.as_str() {
            "/" => Err(MalformedPlace::EverythingOpen),
            path => Ok(Self(path.to_owned())),
        }
    }
}

/// A path of plain segments.
fn path(text: &str) -> Result<String, MalformedPlace> {
    let path = text.trim();
    let bare = path.strip_suffix('/').unwrap_or(path);
    let segment = |segment: &str| {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"%?#\\;\"<>".contains(&byte);
        !matches!(segment, "" | "." | "..") && segment.bytes().all(plain)
    };
    let mut segments = bare.split('/');
    match path {
        "/" => Ok("/".to_owned()),
        _ if path.len() <= LONGEST && segments.next() == Some("") && segments.all(segment) => {
            // Without a segment it is empty.
            if bare.is_empty() {
                Err(MalformedPlace::Path(shown(text)))
            } else {
                Ok(bare.to_owned())
            }
        }
        _ => Err(MalformedPlace::Path(shown(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_one_form() {
        let header = HeaderName::parse(" X-Account ").map(|name| name.to_string());
        assert_eq!(header.as_deref(), Ok("x-account"));
        for host in ["app.example.com", ".app.example.com", "*.App.Example.com "] {
            let suffix = HostSuffix::parse(host).map(|suffix| suffix.0);
            assert_eq!(suffix.as_deref(), Ok("app.example.com"), "{host}");
        }
        for prefix in ["/t", "/t/", " /t "] {
            let read = PathPrefix::parse(prefix).map(|prefix| prefix.0);
            assert_eq!(read.as_deref(), Ok("/t"), "{prefix}");
        }
        let root = PathPrefix::parse("/").map(|prefix| prefix.0);
        assert_eq!(root.as_deref(), Ok("/"));
        let query = QueryName::parse("account_id").map(|name| name.0);
        assert_eq!(query.as_deref(), Ok("account_id"));
        let open = OpenPrefix::parse("/billing/export/").map(|prefix| prefix.0);
        assert_eq!(open.as_deref(), Ok("/billing/export"));
    }

    #[test]
    fn what_is_no_place_is_refused_in_a_sentence() {
        let long = "a".repeat(10_000);
        for text in [
            "",
            " ",
            "x account",
            "x:y",
            "x\0y",
            "é",
            &long,
            "Cookie",
            "HOST",
        ] {
            let error = HeaderName::parse(text).map_err(|error| error.to_string());
            assert!(
                error.as_ref().is_err_and(|error| error.len() < 300),
                "{error:?}"
            );
        }
        for text in [
            "", "com", "a..com", "-a.com", "a.com:80", "a.com/x", "a b.com", &long,
        ] {
            assert!(HostSuffix::parse(text).is_err(), "{text}");
        }
        for text in [
            "",
            "t",
            "//",
            "/t//x",
            "/../x",
            "/x/..",
            "/./x",
            "/x?y",
            "/%2e",
            "/x#y",
            "/x y",
            "/é",
            "/x;y",
            "/\0",
            &format!("/{long}"),
        ] {
            assert!(PathPrefix::parse(text).is_err(), "{text}");
            assert!(OpenPrefix::parse(text).is_err(), "{text}");
        }
        assert_eq!(OpenPrefix::parse("/"), Err(MalformedPlace::EverythingOpen));
        for text in ["", "a b", "a=b", "a&b", "é", &long] {
            assert!(QueryName::parse(text).is_err(), "{text}");
        }
    }
}
