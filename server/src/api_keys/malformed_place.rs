//! What is said of a place that makes no sense.

use thiserror::Error;

/// Why a place was not taken, in words for whoever typed it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MalformedPlace {
    /// Not the name of a header.
    #[error(
        "\"{0}\" is not the name of a header; it consists of letters, figures and hyphens, such as X-Account"
    )]
    Header(String),
    /// A header that says something else.
    #[error("The header {0} has a meaning of its own and cannot name a customer")]
    HeaderTaken(String),
    /// Not the end of a host name.
    #[error(
        "\"{0}\" is not the end of a host name with a dot in it, such as app.example.com; leave out the part that names the customer"
    )]
    Host(String),
    /// Not the beginning of a path.
    #[error(
        "\"{0}\" is not the beginning of a path, such as /billing: it starts with /, without //, dots for folders, %, ? or #"
    )]
    Path(String),
    /// Everything.
    #[error("/ alone would keep everything open; name a part of the product, such as /billing")]
    EverythingOpen,
    /// Not the name of a query field.
    #[error(
        "\"{0}\" is not the name of a query field; it consists of letters, figures, - and _, such as account"
    )]
    Query(String),
}

/// What was typed, as far as a sentence should repeat it.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    let printed = text.chars().filter(|character| !character.is_control());
    let mut short: String = printed.take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
