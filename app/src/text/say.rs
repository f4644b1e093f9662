//! Who reads: language, zone and the present moment. Everything that is said, is said through it.

use domain::{Money, Timestamp};
use jiff::tz::TimeZone;

use super::template::{self, Arg};
use super::tongue::Tongue;
use super::{Locale, Words};

/// Speaks to one reader: the sentences of the catalogue, and numbers, money and times as this reader writes them.
#[derive(Clone, Debug)]
pub struct Say {
    tongue: Tongue,
    pub(super) locale: Locale,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

impl Say {
    /// For a BCP 47 tag, an IANA time zone and the present moment. A zone that is not known is read
    /// as UTC.
    pub fn new(language: &str, time_zone: &str, now: Timestamp) -> Say {
        Say::in_tongue(Tongue::of(language), language, time_zone, now)
    }

    /// For a language, and a BCP 47 tag by which numbers and dates are written.
    pub(super) fn in_tongue(tongue: Tongue, tag: &str, time_zone: &str, now: Timestamp) -> Say {
        Say {
            tongue,
            locale: Locale::of(tag),
            zone: TimeZone::get(time_zone).unwrap_or(TimeZone::UTC),
            now,
        }
    }

    /// The language of the sentences, for `<html lang>`.
    pub fn words_language(&self) -> &'static str {
        self.tongue.tag()
    }

    /// `ltr` or `rtl`, for the language of the sentences.
    pub fn direction(&self) -> &'static str {
        self.tongue.direction()
    }

    /// The words that the browser's own code needs.
    pub fn words(&self) -> Words {
        let Words(english) = Words::english();
        Words(
            english
                .iter()
                .map(|word| self.tongue.pseudo(word).into_owned())
                .collect(),
        )
    }

    /// The same reader, for whom numbers and dates are written as a tag says.
    pub fn written_as(&self, tag: &str) -> Say {
        Say {
            locale: Locale::of(tag),
            ..self.clone()
        }
    }

    /// The present moment that relative times refer to.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The reader's zone by its IANA name.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// "1,284"
    pub fn number(&self, number: u64) -> String {
        self.locale.whole(number)
    }

    /// "0.4", from tenths.
    pub fn tenths(&self, number: u64) -> String {
        self.locale.tenths(number)
    }

    /// "€49.00"
    pub fn money(&self, amount: Money) -> String {
        self.locale.money(amount)
    }

    /// "+€30.00"
    pub fn difference(&self, amount: Money) -> String {
        self.locale.difference(amount)
    }

    /// Fills a template of the catalogue.
    pub(super) fn fill(&self, key: &str, english: &str, args: &[(&str, Arg)]) -> String {
        template::fill(&self.tongue.template(key, english), args, self.locale)
    }
}
