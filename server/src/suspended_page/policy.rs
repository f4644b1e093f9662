//! What the page may load and run: nothing but what it brings along, named by its digest.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The policy of a page with this one stylesheet, and this one script if it has any.
pub fn policy(style: &str, script: Option<&str>) -> String {
    let (scripts, connections) = match script {
        Some(script) => (source(script), "'self'"),
        None => ("'none'".to_owned(), "'none'"),
    };
    format!(
        "default-src 'none'; script-src {scripts}; style-src {}; img-src data:; connect-src {connections}; \
         form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        source(style)
    )
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
