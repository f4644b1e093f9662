use domain::time::{DAY, HOUR, MINUTE, SECOND};
use domain::*;

use crate::world::{NOON, eur, pln};

#[test]
fn identifiers_have_their_prefix_and_sort_by_time() {
    let early = CustomerId::from_random(NOON, [255; 10]);
    let late = CustomerId::from_random(NOON.plus_millis(1), [0; 10]);
    assert!(early < late);
    assert!(early.as_str().starts_with("cus_"));
    assert_eq!(early.as_str().len(), 30);
    assert_eq!(CustomerId::parse(early.as_str()), Ok(early));
}

#[test]
fn identifiers_come_back_from_their_bits() {
    let random = [1, 2, 3, 4, 5, 6, 7, 8, 9, 250];
    let id = CustomerId::from_random(NOON, random);
    let time = u128::from(NOON.millis().unsigned_abs());
    assert_eq!(id.bits(), (time << 80) | 0x0102_0304_0506_0708_09fa);
    assert_eq!(CustomerId::from_bits(id.bits()), id);
}

#[test]
fn identifiers_of_another_kind_or_shape_are_refused() {
    let plan = pln("pro");
    assert_eq!(CustomerId::parse(plan.as_str()), Err(MalformedId));
    for text in [
        "",
        "cus_",
        "cus_0",
        "cus_0123456789abcdefghjkmnpqrU",
        "cus_0123456789abcdefghjkmnpq'; --",
    ] {
        assert_eq!(CustomerId::parse(text), Err(MalformedId), "{text}");
    }
}

#[test]
fn texts_are_measured_in_characters_and_free_of_control_characters() {
    assert!(ExternalId::parse(&"ß".repeat(200)).is_ok());
    assert_eq!(
        ExternalId::parse(&"ß".repeat(201)),
        Err(MalformedText::TooLong)
    );
    assert_eq!(ExternalId::parse(""), Err(MalformedText::Empty));
    assert_eq!(
        ExternalId::parse("a\nb"),
        Err(MalformedText::ForbiddenCharacter)
    );
    assert_eq!(IdempotencyKey::parse("short"), Err(MalformedText::TooShort));
    assert_eq!(
        IdempotencyKey::parse("0123456789abcde!"),
        Err(MalformedText::ForbiddenCharacter)
    );
    assert!(IdempotencyKey::parse("0123456789_-ABCD").is_ok());
    assert_eq!(
        LimitName::parse("a,b"),
        Err(MalformedText::ForbiddenCharacter)
    );
}

#[test]
fn a_blank_field_is_no_note() {
    assert_eq!(Note::from_field(" \n "), Ok(None));
    assert_eq!(
        Note::from_field(" two\nlines ").unwrap().unwrap().as_str(),
        "two\nlines"
    );
    assert_eq!(
        Note::from_field(&"x".repeat(2001)),
        Err(MalformedText::TooLong)
    );
    assert_eq!(
        Note::from_field("bell\u{7}"),
        Err(MalformedText::ForbiddenCharacter)
    );
}

#[test]
fn money_is_read_and_written_without_loss() {
    let money = |text, code| Money::parse_decimal(text, Currency::parse(code).unwrap());
    for (text, code, minor, written) in [
        ("49", "EUR", 4900, "49.00"),
        ("49.5", "EUR", 4950, "49.50"),
        ("0.05", "USD", 5, "0.05"),
        ("-0.05", "USD", -5, "-0.05"),
        ("007.10", "GBP", 710, "7.10"),
        ("1500", "JPY", 1500, "1500"),
        ("1500.00", "JPY", 1500, "1500"),
        ("1.234", "KWD", 1234, "1.234"),
        ("0", "EUR", 0, "0.00"),
        (
            "999999999999999.99",
            "EUR",
            99_999_999_999_999_999,
            "999999999999999.99",
        ),
    ] {
        let read = money(text, code).unwrap();
        assert_eq!(read.minor, minor, "{text}");
        assert_eq!(read.to_decimal(), written, "{text}");
        assert_eq!(money(written, code).unwrap(), read);
    }
    for text in [
        "", ".", "1.", ".5", "1,50", "+1", "1e3", "--1", "1.2.3", " 1", "١", "€1",
    ] {
        assert_eq!(
            money(text, "EUR"),
            Err(MalformedMoney::NotANumber),
            "{text}"
        );
    }
    assert_eq!(money("1.001", "EUR"), Err(MalformedMoney::TooPrecise));
    assert_eq!(money("0.5", "JPY"), Err(MalformedMoney::TooPrecise));
    assert_eq!(
        money("1000000000000000", "EUR"),
        Err(MalformedMoney::TooLarge)
    );
}

#[test]
fn currencies_are_those_of_iso_4217() {
    for code in [
        "EUR", "USD", "GBP", "INR", "AED", "ZMW", "ZWG", "JPY", "CHF", "BRL", "NGN", "VES", "WST",
        "CUP",
    ] {
        assert_eq!(Currency::parse(code).unwrap().code(), code);
    }
    for code in ["", "eur", "EU", "EURO", "XXX", "URE", "AAA"] {
        assert_eq!(
            Currency::parse(code),
            Err(MalformedMoney::UnknownCurrency),
            "{code}"
        );
    }
}

#[test]
fn a_yearly_price_per_month_is_rounded_half_away_from_zero() {
    for (year, month) in [
        (120, 10),
        (49_000, 4083),
        (6, 1),
        (5, 0),
        (0, 0),
        (-5, 0),
        (-6, -1),
        (-120, -10),
    ] {
        let price = Money::new(year, eur());
        assert_eq!(price.per_month(Cycle::Year).minor, month, "{year}");
        assert_eq!(price.per_month(Cycle::Month), price);
    }
}

#[test]
fn every_code_reads_back() {
    for reason in Reason::ALL {
        assert_eq!(Reason::parse(reason.code()), Ok(*reason));
    }
    for kind in EventKind::ALL {
        assert_eq!(EventKind::parse(kind.code()), Ok(*kind));
    }
    assert_eq!(Role::parse("Owner"), Err(UnknownCode));
}

#[test]
fn a_plan_without_the_wanted_cycle_is_taken_monthly() {
    let catalog = crate::world::catalog();
    let cycle = |code| {
        catalog
            .plan_by_code(code)
            .unwrap()
            .terms_today(Cycle::Year)
            .unwrap()
            .cycle
    };
    assert_eq!(cycle("pro"), Cycle::Year);
    assert_eq!(cycle("business"), Cycle::Month);
}

#[test]
fn values_are_written_as_they_are_read_and_errors_as_their_code() {
    for (written, text) in [
        (eur().to_string(), "EUR"),
        (pln("pro").to_string(), pln("pro").as_str()),
        (PlanCode::parse("pro").unwrap().to_string(), "pro"),
        (MalformedText::TooLong.to_string(), "too_long"),
        (MalformedMoney::TooPrecise.to_string(), "too_precise"),
        (MalformedId.to_string(), "malformed_id"),
        (UnknownCode.to_string(), "unknown_code"),
        (BrokenLedger.to_string(), "broken_ledger"),
    ] {
        assert_eq!(written, text);
    }
}

#[test]
fn only_other_says_nothing_without_a_note() {
    for reason in Reason::ALL {
        assert_eq!(reason.needs_note(), *reason == Reason::Other, "{reason:?}");
    }
}

#[test]
fn spans_are_in_milliseconds() {
    let spans = [SECOND, MINUTE, HOUR, DAY];
    assert_eq!(spans, [1_000, 60_000, 3_600_000, 86_400_000]);
}
