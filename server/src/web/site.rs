//! The files of the site: embedded in the binary, each in up to three encodings, chosen per request.

use std::borrow::Cow;
use std::collections::HashMap;

use app::document::SiteFiles;
use app::parts::html::SPRITE_QUERY;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use rust_embed::RustEmbed;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "$PARTNER_PANEL_SITE"]
struct Embedded;

/// The folder whose names carry the hash of their content.
const HASHED: &str = "/pkg/";
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_FIRST: HeaderValue = HeaderValue::from_static("public, no-cache");

/// What the build says about its files.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    js: Option<String>,
    wasm: Option<String>,
    css: Option<String>,
}

/// One file.
#[derive(Debug)]
struct File {
    plain: Cow<'static, [u8]>,
    brotli: Option<Cow<'static, [u8]>>,
    gzip: Option<Cow<'static, [u8]>>,
    kind: &'static str,
    etag: HeaderValue,
}

/// All files by their path, such as `/pkg/partner-panel.0123456789abcdef.js`.
#[derive(Debug, Default)]
pub struct Site {
    files: HashMap<String, File>,
    manifest: Manifest,
}

impl Site {
    /// The site that was embedded when this binary was built; without files after a plain `cargo build`.
    #[must_use]
    pub fn embedded() -> Self {
        let bytes = |name: &str| Embedded::get(name).map(|file| file.data);
        let manifest = bytes("manifest.json")
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        let mut files = HashMap::new();
        for name in Embedded::iter() {
            if name == "manifest.json" || name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let Some(plain) = bytes(&name) else { continue };
            let file = File {
                brotli: bytes(&format!("{name}.br")),
                gzip: bytes(&format!("{name}.gz")),
                kind: kind_of(&name),
                etag: etag(&plain),
                plain,
            };
            files.insert(format!("/{name}"), file);
        }
        Self { files, manifest }
    }

    /// What a page has to load.
    #[must_use]
    pub fn page_files(&self) -> SiteFiles {
        SiteFiles {
            js: self.manifest.js.clone(),
            wasm: self.manifest.wasm.clone(),
            css: self.manifest.css.clone(),
        }
    }

    /// The address of the stylesheet.
    #[must_use]
    pub fn stylesheet(&self) -> Option<&str> {
        self.manifest.css.as_deref()
    }

    /// Paths of all files outside of the hashed folder.
    pub fn unhashed(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .map(String::as_str)
            .filter(|path| !path.starts_with(HASHED))
    }

    /// Answers a request for a file; none when there is no such file.
    #[must_use]
    pub fn answer(&self, address: &Uri, asked: &HeaderMap) -> Option<Response<Body>> {
        let path = address.path();
        let file = self.files.get(path)?;
        let named = path.starts_with(HASHED) || address.query() == Some(SPRITE_QUERY);
        let kept = if named { FOREVER } else { ASK_FIRST };
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, kept);
        headers.insert(ETAG, file.etag.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if asked
            .get(IF_NONE_MATCH)
            .is_some_and(|known| names(known, &file.etag))
        {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Some(response);
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.kind));
        let accepted = asked
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let (bytes, encoding) = match (&file.brotli, &file.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(accepted, "gzip") => (gzip, Some("gzip")),
            _ => (&file.plain, None),
        };
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        *response.body_mut() = match bytes {
            Cow::Borrowed(bytes) => Body::from(*bytes),
            Cow::Owned(bytes) => Body::from(bytes.clone()),
        };
        Some(response)
    }
}

/// A weak tag, since it stands for every encoding of the file.
fn etag(bytes: &[u8]) -> HeaderValue {
    let digest = hex::encode(&Sha256::digest(bytes)[..8]);
    HeaderValue::from_str(&format!("W/\"{digest}\"")).unwrap_or(HeaderValue::from_static("W/\"0\""))
}

fn names(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known
        .split(',')
        .any(|tag| matches!(tag.trim(), "*") || tag.trim() == etag)
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let file = File {
            plain: Cow::Borrowed(b"plain"),
            brotli: Some(Cow::Borrowed(b"br")),
            gzip: Some(Cow::Borrowed(b"gz")),
            kind: kind_of("a.js"),
            etag: etag(b"plain"),
        };
        Site {
            files: HashMap::from([("/pkg/a.js".to_owned(), file)]),
            manifest: Manifest::default(),
        }
    }

    fn asked(name: axum::http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_encoding_is_the_best_that_is_accepted() {
        for (accept, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("identity", None),
        ] {
            let response = site()
                .answer(
                    &Uri::from_static("/pkg/a.js"),
                    &asked(ACCEPT_ENCODING, accept),
                )
                .unwrap();
            let sent = response
                .headers()
                .get(CONTENT_ENCODING)
                .and_then(|value| value.to_str().ok());
            assert_eq!(sent, encoding, "{accept}");
            assert_eq!(response.headers()[CACHE_CONTROL], FOREVER);
        }
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let tag = etag(b"plain");
        let response = site()
            .answer(
                &Uri::from_static("/pkg/a.js"),
                &asked(IF_NONE_MATCH, tag.to_str().unwrap()),
            )
            .unwrap();
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert!(
            site()
                .answer(&Uri::from_static("/pkg/b.js"), &HeaderMap::new())
                .is_none()
        );
    }
}
