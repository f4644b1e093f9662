//! What is pasted to put the gate in front of a product: the files of `docs/connect`, which are tried by tests, filled in.

use crate::api_keys::{CustomerFrom, HostSuffix};
use crate::settings::PublicOrigin;

/// What the files name instead of what they do not know.
const PANEL: &str = "https://panel.example.com";
const PANEL_HOST: &str = "panel.example.com";
const KEY: &str = "pp_live_YOUR_KEY";
const PRODUCT: &str = "app.example.com";
const HEADER: &str = "X-Account";
/// How the customer is named by hand; a key may find it elsewhere.
const NAMED: &str = "X-Forwarded-Host: YOUR_CUSTOMER.app.example.com";

/// How the gate is asked by hand.
pub const ASK: &str = "curl -i https://panel.example.com/gate -H 'Authorization: Bearer pp_live_YOUR_KEY' \
                       -H 'X-Forwarded-Host: YOUR_CUSTOMER.app.example.com'";

/// One way to put the gate in front of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A proxy before the product.
    Nginx,
    /// The same.
    Caddy,
    /// The same.
    Traefik,
    /// The product itself, written in Rust.
    Axum,
    /// The product itself, written in JavaScript.
    Express,
}

impl Way {
    /// In the order in which people look for theirs.
    pub const ALL: [Self; 5] = [
        Self::Nginx,
        Self::Caddy,
        Self::Traefik,
        Self::Axum,
        Self::Express,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Traefik => "Traefik",
            Self::Axum => "axum",
            Self::Express => "Express",
        }
    }

    /// What its file is written in, as Markdown names it.
    pub const fn language(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddyfile",
            Self::Traefik => "yaml",
            Self::Axum => "rust",
            Self::Express => "js",
        }
    }

    /// Where it takes the customer from, unless it is changed.
    pub const fn names(self) -> Names {
        match self {
            Self::Nginx | Self::Caddy | Self::Traefik => Names::ByHost,
            Self::Axum | Self::Express => Names::ByHeader,
        }
    }

    /// Its file.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Nginx => include_str!("../../../../docs/connect/nginx.conf"),
            Self::Caddy => include_str!("../../../../docs/connect/Caddyfile"),
            Self::Traefik => include_str!("../../../../docs/connect/traefik.yml"),
            Self::Axum => include_str!("../../../../docs/connect/axum.rs"),
            Self::Express => include_str!("../../../../docs/connect/express.js"),
        }
    }
}

/// Where a recipe takes the customer from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// From the name of the host.
    ByHost,
    /// From a header that the product sets.
    ByHeader,
}

/// What is filled in.
pub struct Known<'a> {
    /// Where the panel is.
    pub origin: &'a PublicOrigin,
    /// The key, or what stands for it.
    pub key: &'a str,
    /// Where the key finds the customer.
    pub customer: Option<&'a CustomerFrom>,
}

impl Known<'_> {
    /// A text of ours with everything that is known in its place.
    pub fn fill(&self, text: &str) -> String {
        let origin = self.origin.text();
        let (scheme, host) = origin.split_once("://").unwrap_or(("https", &origin));
        let port = if scheme == "https" { ":443" } else { ":80" };
        let with_port = match host.rsplit_once(':') {
            Some((_, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                host.to_owned()
            }
            _ => [host, port].concat(),
        };
        let text = text
            .replace(PANEL, &origin)
            .replace("https://panel/", &format!("{scheme}://panel/"))
            .replace(&[PANEL_HOST, ":443"].concat(), &with_port)
            .replace(PANEL_HOST, host)
            .replace(KEY, self.key);
        match self.customer {
            Some(CustomerFrom::Host { suffix }) => at_host(&text, suffix),
            Some(CustomerFrom::Header(name)) => {
                let text = text.replace(HEADER, name.as_str());
                by_hand(&text, &format!("{name}: YOUR_CUSTOMER"))
            }
            Some(CustomerFrom::PathPrefix(prefix)) => {
                let prefix = prefix.as_str().trim_end_matches('/');
                by_hand(&text, &format!("X-Original-URI: {prefix}/YOUR_CUSTOMER"))
            }
            Some(CustomerFrom::Query(name)) => {
                by_hand(&text, &format!("X-Original-URI: /?{name}=YOUR_CUSTOMER"))
            }
            None => text,
        }
    }
}

fn at_host(text: &str, suffix: &HostSuffix) -> String {
    let pattern = |host: &str| host.replace('.', "\\.");
    text.replace(&pattern(PRODUCT), &pattern(suffix.as_str()))
        .replace(PRODUCT, suffix.as_str())
}

/// Names the customer in the command by another header. Names of headers and paths may contain the quote that the shell
/// would end it at.
fn by_hand(text: &str, header: &str) -> String {
    text.replace(NAMED, &header.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::PlainHttp;

    #[test]
    fn a_quote_stays_within_the_command() {
        let origin = PublicOrigin::parse("https://panel.acme.example", PlainHttp::Refuse).unwrap();
        for (customer, header) in [
            ("path:/it's", r"'X-Original-URI: /it'\''s/YOUR_CUSTOMER'"),
            ("header:x-it's", r"'x-it'\''s: YOUR_CUSTOMER'"),
        ] {
            let customer = CustomerFrom::parse(customer).unwrap();
            let known = Known {
                origin: &origin,
                key: "pp_live_",
                customer: Some(&customer),
            };
            let command = known.fill(ASK);
            assert!(command.ends_with(header), "{command}");
        }
    }
}
