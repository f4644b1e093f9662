//! Who asks: a person's browser, or a program that reads JSON.

/// What the sender of a request can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A page.
    Page,
    /// A problem document.
    Problem,
}

impl Wanted {
    /// From the header `Accept`. JSON is for who names it, and prefers it to a page.
    #[must_use]
    pub fn of(accept: Option<&str>) -> Self {
        let (mut page, mut problem) = (0, 0);
        for offer in accept.unwrap_or_default().split(',') {
            let mut parts = offer.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1_000, thousandths);
            match kind.as_str() {
                "text/html" | "application/xhtml+xml" => page = weight.max(page),
                "application/json" | "application/problem+json" => problem = weight.max(problem),
                _ => {}
            }
        }
        if problem > page {
            Self::Problem
        } else {
            Self::Page
        }
    }
}

/// "0.8" as 800; what is no weight weighs nothing.
fn thousandths(weight: &str) -> u32 {
    let weight: f32 = weight.parse().unwrap_or(0.0);
    if weight >= 1.0 {
        1_000
    } else {
        (weight.max(0.0) * 1_000.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted::{self, Page, Problem};

    #[test]
    fn json_is_for_who_names_it_and_prefers_it() {
        for (accept, wanted) in [
            (None, Page),
            (Some(""), Page),
            (Some("*/*"), Page),
            (
                Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                Page,
            ),
            (Some("application/json"), Problem),
            (Some("application/json, text/plain, */*"), Problem),
            (Some("Application/Problem+JSON; q=0.5"), Problem),
            (Some("application/json;q=0.8, text/html"), Page),
            (Some("text/html;q=0.1, application/json;q=0.2"), Problem),
            (Some("application/json;q=0"), Page),
            (Some("application/json;q=NaN"), Page),
            (Some("application/json;q=much"), Page),
            (Some(",;,q=;;"), Page),
        ] {
            assert_eq!(Wanted::of(accept), wanted, "{accept:?}");
        }
    }
}
