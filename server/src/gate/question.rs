//! Whom a question is about and where they want to go, as the key says where that stands.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName};
use domain::{Unnamed, Way};

use super::index::Letters;
use super::target::Target;
use crate::api_keys::{CustomerFrom, GateSettings, OpenPrefix};

/// The address that was asked for, as nginx is told to name it, and as Caddy and Traefik do.
const ADDRESS: [HeaderName; 2] = [
    HeaderName::from_static("x-original-uri"),
    HeaderName::from_static("x-forwarded-uri"),
];
/// The host that was asked for.
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The customer that a question names.
pub struct Named<'r> {
    /// The external id.
    pub external: Cow<'r, str>,
    /// How its letters are compared.
    pub letters: Letters,
}

/// A question, as its headers put it.
pub struct Question<'r> {
    headers: &'r HeaderMap,
    target: Result<Option<Target<'r>>, Unnamed>,
}

impl<'r> Question<'r> {
    /// Reads it.
    pub fn new(headers: &'r HeaderMap) -> Self {
        let target = target(headers);
        Self { headers, target }
    }

    /// Whom it is about.
    ///
    /// # Errors
    /// Why it names nobody.
    pub fn who(&self, settings: &GateSettings) -> Result<Named<'r>, Unnamed> {
        let target = self.target?;
        let exact = |external| Named {
            external,
            letters: Letters::Exact,
        };
        match &settings.customer {
            CustomerFrom::Header(name) => only(self.headers, name.http())?
                .ok_or(Unnamed::Missing)
                .map(|external| exact(external.into())),
            CustomerFrom::Host { suffix } => {
                let host = only(self.headers, &HOST)?.ok_or(Unnamed::Missing)?;
                let external = before_suffix(host, suffix.as_str())?;
                Ok(Named {
                    external: external.into(),
                    letters: Letters::AnyCase,
                })
            }
            CustomerFrom::PathPrefix(prefix) => target
                .ok_or(Unnamed::Missing)?
                .segment_after(prefix.as_str())
                .map(|segment| exact(segment.into())),
            CustomerFrom::Query(name) => target
                .ok_or(Unnamed::Missing)?
                .parameter(name.as_str())
                .map(exact),
        }
    }

    /// Where they want to go.
    pub fn way(&self, settings: &GateSettings) -> Way {
        let open = settings.open_prefixes.iter().map(OpenPrefix::as_str);
        match self.target {
            Ok(Some(target)) if target.is_below(open) => Way::OpenWhileSuspended,
            _ => Way::Guarded,
        }
    }
}

/// The address that was asked for. Two of them are one too many: a proxy sets one, and the other came from outside.
fn target(headers: &HeaderMap) -> Result<Option<Target<'_>>, Unnamed> {
    let [original, forwarded] = ADDRESS.map(|name| only(headers, &name));
    match (original?, forwarded?) {
        (None, None) => Ok(None),
        (Some(address), None) | (None, Some(address)) => {
            Target::parse(address).map(Some).ok_or(Unnamed::Malformed)
        }
        (Some(_), Some(_)) => Err(Unnamed::Malformed),
    }
}

/// The one value of a header.
fn only<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Result<Option<&'r str>, Unnamed> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            let text = std::str::from_utf8(value.as_bytes()).map_err(|_| Unnamed::Malformed)?;
            Ok((!text.is_empty()).then_some(text))
        }
        (Some(_), Some(_)) => Err(Unnamed::Malformed),
    }
}

/// What stands in a host's name before its end.
fn before_suffix<'h>(host: &'h str, suffix: &str) -> Result<&'h str, Unnamed> {
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.contains([',', ' ', ':']) {
        return Err(Unnamed::Malformed);
    }
    let suffix = suffix.trim_start_matches('.');
    let split = host
        .len()
        .checked_sub(suffix.len())
        .ok_or(Unnamed::Missing)?;
    let (name, end) = host.split_at_checked(split).ok_or(Unnamed::Missing)?;
    match name.strip_suffix('.') {
        Some(name) if !name.is_empty() && end.eq_ignore_ascii_case(suffix) => Ok(name),
        _ => Err(Unnamed::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_names_a_customer_before_its_suffix() {
        for host in [
            "acme.app.example",
            "Acme.APP.example:8443",
            "acme.app.example.",
        ] {
            let named = before_suffix(host, "app.example").unwrap();
            assert!(named.eq_ignore_ascii_case("acme"), "{host}");
        }
        for host in [
            "app.example",
            ".app.example",
            "evilapp.example",
            "acme.other.example",
            "é",
            "",
        ] {
            assert_eq!(
                before_suffix(host, "app.example"),
                Err(Unnamed::Missing),
                "{host}"
            );
        }
        let two = before_suffix("bolt.app.example, acme.app.example", "app.example");
        assert_eq!(two, Err(Unnamed::Malformed));
    }

    #[test]
    fn two_addresses_are_one_too_many() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-uri", "/billing".parse().unwrap());
        assert!(target(&headers).is_ok_and(|target| target.is_some()));
        headers.append("x-forwarded-uri", "/billing".parse().unwrap());
        assert!(target(&headers).is_err(), "twice");
        headers.remove("x-forwarded-uri");
        headers.insert("x-forwarded-uri", "/admin".parse().unwrap());
        headers.insert("x-original-uri", "/billing".parse().unwrap());
        assert!(target(&headers).is_err(), "in two headers");
    }
}
