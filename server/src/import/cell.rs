//! Typed reading of cells. An empty cell means unknown and is `None`; everything else is taken or refused with a reason.

use domain::{Currency, Cycle, Limit, MalformedMoney, MalformedText, Money, PlanStatus, Timestamp};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::finding::Reason;

/// Longest part of a cell that a report repeats, in characters.
const SHOWN: usize = 60;

/// Most characters of a name, an address or another text about a customer.
pub(super) const LONGEST_TEXT: usize = 1000;

/// What a cell is read as.
pub(super) type Cell<T> = Result<Option<T>, Reason>;

fn not_a<T>(found: &str, expected: &'static str) -> Result<T, Reason> {
    let mut shown: String = found.chars().take(SHOWN).collect();
    if shown.len() < found.len() {
        shown.push('…');
    }
    Err(Reason::NotA {
        found: shown,
        expected,
    })
}

/// Only the cells that are kept as text keep their outer white space; around a number or a date it means nothing.
fn filled(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!cell.is_empty()).then_some(cell)
}

/// A text, byte for byte.
pub(super) fn text(cell: &str) -> Cell<String> {
    if cell.chars().count() > LONGEST_TEXT {
        return Err(Reason::TooLong { max: LONGEST_TEXT });
    }
    Ok((!cell.is_empty()).then(|| cell.to_owned()))
}

/// A text of the domain that must be there.
pub(super) fn required<T>(
    cell: &str,
    longest: usize,
    parse: impl FnOnce(&str) -> Result<T, MalformedText>,
) -> Result<T, Reason> {
    parse(cell).map_err(|error| match error {
        MalformedText::Empty | MalformedText::TooShort => Reason::Empty,
        MalformedText::TooLong => Reason::TooLong { max: longest },
        MalformedText::ForbiddenCharacter => Reason::ForbiddenCharacter,
    })
}

/// A price as decimal text with a point, never negative.
pub(super) fn price(cell: &str, currency: Currency) -> Cell<Money> {
    const EXPECTED: &str = "a price; write it like 49.00";
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    match Money::parse_decimal(text, currency) {
        Ok(money) if money.minor >= 0 && !text.starts_with('-') => Ok(Some(money)),
        Err(MalformedMoney::TooPrecise) => Err(Reason::TooPrecise {
            currency: currency.code().to_owned(),
            digits: currency.exponent(),
        }),
        Ok(_) | Err(_) => not_a(text, EXPECTED),
    }
}

/// RFC 3339, or a date, which is its midnight in UTC.
pub(super) fn moment(cell: &str) -> Cell<Timestamp> {
    const EXPECTED: &str = "a time; write it like 2026-03-14 or 2026-03-14T09:30:00Z";
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    let parsed = Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map(|date| date.midnight().assume_utc())
        .or_else(|_| OffsetDateTime::parse(text, &Rfc3339));
    let Ok(parsed) = parsed else {
        return not_a(text, EXPECTED);
    };
    match i64::try_from(parsed.unix_timestamp_nanos() / 1_000_000) {
        Ok(millis) if millis >= 0 => Ok(Some(Timestamp::from_millis(millis))),
        _ => not_a(text, EXPECTED),
    }
}

/// `month` or `year`.
pub(super) fn cycle(cell: &str) -> Cell<Cycle> {
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    Cycle::parse(text)
        .map(Some)
        .or_else(|_| not_a(text, "month or year"))
}

/// A whole number from 0.
pub(super) fn count(cell: &str) -> Cell<u64> {
    const EXPECTED: &str = "a whole number";
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return not_a(text, EXPECTED);
    }
    match text.parse::<i64>() {
        // Kept as a signed number in the database.
        Ok(number) => Ok(Some(number.unsigned_abs())),
        Err(_) => not_a(text, EXPECTED),
    }
}

/// Place of a plan among the others.
pub(super) fn rank(cell: &str) -> Cell<i32> {
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .or_else(|_| not_a(text, "a whole number"))
}

/// A limit of a plan.
pub(super) fn limit(cell: &str) -> Cell<Limit> {
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    Ok(Some(match text {
        "unlimited" => Limit::Unlimited,
        "yes" => Limit::Yes,
        "no" => Limit::No,
        _ => match count(text) {
            Ok(Some(number)) => Limit::Count(number),
            _ => return not_a(text, "a limit: a whole number, unlimited, yes or no"),
        },
    }))
}

/// Status of a plan.
pub(super) fn plan_status(cell: &str) -> Cell<PlanStatus> {
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    PlanStatus::parse(text)
        .map(Some)
        .or_else(|_| not_a(text, "active, inactive or archived"))
}

/// `yes` or `no`.
pub(super) fn yes_no(cell: &str) -> Cell<bool> {
    match filled(cell) {
        None => Ok(None),
        Some("yes") => Ok(Some(true)),
        Some("no") => Ok(Some(false)),
        Some(text) => not_a(text, "yes or no"),
    }
}

/// Whether a customer is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// May use the product.
    Active,
    /// May not.
    Suspended,
}

/// Status of a customer.
pub(super) fn standing(cell: &str) -> Cell<Standing> {
    match filled(cell) {
        None => Ok(None),
        Some("active") => Ok(Some(Standing::Active)),
        Some("suspended") => Ok(Some(Standing::Suspended)),
        Some(text) => not_a(text, "active or suspended"),
    }
}

/// Why a customer is suspended.
pub(super) fn suspension_reason(cell: &str) -> Cell<domain::Reason> {
    const EXPECTED: &str = "a reason: payment_overdue, fraud_or_chargeback, terms_broken, security_risk, customer_asked, \
                            other or operator";
    let Some(text) = filled(cell) else {
        return Ok(None);
    };
    domain::Reason::parse(text)
        .map(Some)
        .or_else(|_| not_a(text, EXPECTED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    #[test]
    fn prices_are_exact() {
        let minor = |text| price(text, eur()).map(|money| money.map(|money| money.minor));
        assert_eq!(minor("49"), Ok(Some(4900)));
        assert_eq!(minor("0.1"), Ok(Some(10)));
        assert_eq!(minor(" 49.90 "), Ok(Some(4990)));
        assert_eq!(minor("90071992547409.93"), Ok(Some(9_007_199_254_740_993)));
        assert_eq!(minor(""), Ok(None));
        assert!(matches!(
            minor("49.005"),
            Err(Reason::TooPrecise { digits: 2, .. })
        ));
        for wrong in [
            "49,00", "-1", "-0", "1e3", "NaN", "€49", "1 000", ".", "0x10", "٣",
        ] {
            assert!(matches!(minor(wrong), Err(Reason::NotA { .. })), "{wrong}");
        }
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(price("1200", yen).unwrap().unwrap().minor, 1200);
    }

    #[test]
    fn times_are_rfc_3339_or_a_date() {
        let millis = |text| moment(text).map(|at| at.map(Timestamp::millis));
        assert_eq!(millis("1970-01-02"), Ok(Some(86_400_000)));
        assert_eq!(millis("1970-01-01T01:00:00.250+01:00"), Ok(Some(250)));
        assert_eq!(millis(""), Ok(None));
        for wrong in [
            "14.03.2026",
            "2026-02-30",
            "2026-03-14 09:30",
            "yesterday",
            "1969-12-31",
            "2026-3-1",
        ] {
            assert!(matches!(millis(wrong), Err(Reason::NotA { .. })), "{wrong}");
        }
    }

    #[test]
    fn limits_and_counts() {
        for text in ["0", "20", "unlimited", "yes", "no"] {
            assert!(limit(text).unwrap().is_some());
        }
        for wrong in ["-1", "1.5", "9223372036854775808", "ja", "+3"] {
            assert!(limit(wrong).is_err() && count(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            count("9223372036854775807"),
            Ok(Some(9_223_372_036_854_775_807))
        );
    }

    #[test]
    fn a_long_cell_is_shortened_in_the_report() {
        let Err(Reason::NotA { found, .. }) = moment(&"ä".repeat(500)) else {
            panic!("taken")
        };
        assert_eq!(found.chars().count(), SHOWN + 1);
    }

    #[test]
    fn texts_keep_their_white_space() {
        assert_eq!(text(" Ana\u{a0}").unwrap().as_deref(), Some(" Ana\u{a0}"));
        assert_eq!(text("").unwrap(), None);
        assert_eq!(
            text(&"x".repeat(LONGEST_TEXT + 1)),
            Err(Reason::TooLong { max: LONGEST_TEXT })
        );
    }
}
