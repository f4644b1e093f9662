//! What a version of a plan grants, as it travels to the product. A version never changes.

use std::fmt::Write as _;

use axum::http::HeaderValue;
use domain::{Limit, LimitName, PlanCode, PlanVersion};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a header as it is; the rest is percent-encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What a version of a plan grants.
pub struct PlanFacts {
    /// The plan's name in files.
    pub code: PlanCode,
    /// Which version.
    pub version: PlanVersion,
    /// The limits, in the order in which people see them.
    pub limits: Vec<(LimitName, Limit)>,
    /// The code as a header.
    pub code_header: HeaderValue,
    /// The limits as a header.
    pub limits_header: HeaderValue,
}

impl PlanFacts {
    /// Of one version.
    pub fn new(code: PlanCode, version: PlanVersion, limits: Vec<(LimitName, Limit)>) -> Self {
        let code_header = header(utf8_percent_encode(code.as_str(), PLAIN).to_string());
        let limits_header = header(limits_text(&limits));
        Self {
            code,
            version,
            limits,
            code_header,
            limits_header,
        }
    }
}

/// `Seats=20, API%20access=yes`
fn limits_text(limits: &[(LimitName, Limit)]) -> String {
    let mut text = String::new();
    for (name, limit) in limits {
        if !text.is_empty() {
            text.push_str(", ");
        }
        let name = utf8_percent_encode(name.as_str(), PLAIN);
        // Writing to a String cannot fail.
        let _ = match limit {
            Limit::Count(count) => write!(text, "{name}={count}"),
            Limit::Unlimited => write!(text, "{name}=unlimited"),
            Limit::Yes => write!(text, "{name}=yes"),
            Limit::No => write!(text, "{name}=no"),
        };
    }
    text
}

fn header(text: String) -> HeaderValue {
    // Everything that no header may hold has been encoded.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_travel_in_plain_characters() {
        let limit = |name: &str, limit| (LimitName::parse(name).unwrap(), limit);
        let facts = PlanFacts::new(
            PlanCode::parse("größer, 2").unwrap(),
            PlanVersion::FIRST,
            vec![
                limit("Seats", Limit::Count(20)),
                limit("API access", Limit::Yes),
                limit("a=b", Limit::No),
                limit("Réports", Limit::Unlimited),
            ],
        );
        assert_eq!(facts.code_header, "gr%C3%B6%C3%9Fer%2C%202");
        assert_eq!(
            facts.limits_header,
            "Seats=20, API%20access=yes, a%3Db=no, R%C3%A9ports=unlimited"
        );
    }
}
