//! What `serve` and the other commands are told at start, checked once.

use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

/// Where the data are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSettings {
    /// The folder of everything that is kept.
    pub folder: PathBuf,
    /// A PostgreSQL database instead of the SQLite file in the folder.
    pub database_url: Option<String>,
}

/// What `serve` needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub addr: SocketAddr,
    /// Where people reach the panel.
    pub origin: PublicOrigin,
    /// Whose clock is read.
    pub time: TimeSource,
}

/// Whose clock the panel reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// The computer's.
    Computer,
    /// The computer's, moved by `POST /test/clock`. For tests of the panel only.
    Movable,
}

/// How far the way between browser and panel can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// https: cookies are Secure and bound to the host.
    Encrypted,
    /// http that never leaves the computer.
    Loopback,
    /// http over a network, asked for by name: every page says so.
    Insecure,
}

/// What is done with plain http to other machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// Refuse to start.
    Refuse,
    /// Serve, with a banner on every page.
    Accept,
}

/// The address that people type, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOrigin {
    scheme: &'static str,
    authority: String,
    transport: Transport,
}

/// Why a public address was not taken.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OriginError {
    /// Not `http://host` or `https://host`.
    #[error(
        "--public-url must look like https://panel.example.com, without a path; \"{0}\" does not"
    )]
    Malformed(String),
    /// Passwords would travel readable.
    #[error(
        "{0} would send passwords unencrypted over the network. Put a TLS proxy in front and name its address with \
         --public-url https://…, or accept the risk with --insecure-http"
    )]
    Unencrypted(String),
}

impl PublicOrigin {
    /// Reads an origin such as `https://panel.example.com` or `http://127.0.0.1:3000`.
    ///
    /// # Errors
    /// [`OriginError`] when it is no origin, or plain http to other machines that was not asked for.
    pub fn parse(text: &str, plain: PlainHttp) -> Result<Self, OriginError> {
        let malformed = || OriginError::Malformed(text.to_owned());
        let (scheme, rest) = match text.split_once("://") {
            Some(("https", rest)) => ("https", rest),
            Some(("http", rest)) => ("http", rest),
            _ => return Err(malformed()),
        };
        let authority: axum::http::uri::Authority = rest
            .strip_suffix('/')
            .unwrap_or(rest)
            .parse()
            .map_err(|_| malformed())?;
        if authority.host().is_empty() || authority.as_str().contains('@') {
            return Err(malformed());
        }
        let transport = match (scheme, is_loopback(authority.host()), plain) {
            ("https", ..) => Transport::Encrypted,
            (_, true, _) => Transport::Loopback,
            (_, false, PlainHttp::Accept) => Transport::Insecure,
            (_, false, PlainHttp::Refuse) => return Err(OriginError::Unencrypted(text.to_owned())),
        };
        Ok(Self {
            scheme,
            authority: authority.as_str().to_ascii_lowercase(),
            transport,
        })
    }

    /// The origin of a panel that is reached at the address it listens on.
    ///
    /// # Errors
    /// [`OriginError::Unencrypted`] when other machines can reach that address.
    pub fn of_listener(addr: SocketAddr, plain: PlainHttp) -> Result<Self, OriginError> {
        Self::parse(&format!("http://{addr}"), plain)
    }

    /// Scheme, host and port, as browsers send it in `Origin`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Host and port, as browsers send it in `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// How far the way can be trusted.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.transport
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transport(text: &str) -> Result<Transport, OriginError> {
        PublicOrigin::parse(text, PlainHttp::Refuse).map(|origin| origin.transport())
    }

    #[test]
    fn the_scheme_and_the_host_decide_about_cookies() {
        assert_eq!(
            transport("https://panel.example.com"),
            Ok(Transport::Encrypted)
        );
        for local in [
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
            "http://localhost:3000/",
        ] {
            assert_eq!(transport(local), Ok(Transport::Loopback), "{local}");
        }
    }

    #[test]
    fn plain_http_to_other_machines_must_be_asked_for() {
        let address = "http://192.168.1.5:3000";
        assert_eq!(
            transport(address),
            Err(OriginError::Unencrypted(address.to_owned()))
        );
        let asked =
            PublicOrigin::parse(address, PlainHttp::Accept).map(|origin| origin.transport());
        assert_eq!(asked, Ok(Transport::Insecure));
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "",
            "panel.example.com",
            "ftp://x",
            "https://",
            "https://a/b",
            "https://u@h",
            "https://a?b",
        ] {
            assert_eq!(
                transport(text),
                Err(OriginError::Malformed(text.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn the_origin_is_written_as_browsers_send_it() {
        let origin = PublicOrigin::parse("https://Panel.Example.com:8443/", PlainHttp::Refuse);
        assert_eq!(
            origin.map(|origin| origin.text()).as_deref(),
            Ok("https://panel.example.com:8443")
        );
    }
}
