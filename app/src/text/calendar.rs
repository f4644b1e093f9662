//! Days and dates in the reader's zone.

use domain::Timestamp;
use domain::time::SECOND;
use jiff::civil::{Date, DateTime};

use super::{Calendar, Say};

impl Say {
    pub(super) fn civil(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(instant(at))
    }

    pub(super) fn this_year(&self, at: Timestamp) -> bool {
        self.civil(at).year() == self.civil(self.now).year()
    }

    /// Calendar days between then and today; negative for the future.
    pub(super) fn days_before_today(&self, at: Timestamp) -> i64 {
        let passed = self
            .civil(self.now)
            .date()
            .duration_since(self.civil(at).date());
        passed.as_secs() / 86_400
    }

    pub(super) fn date_text(&self, date: Date, months: Months, year: Year) -> String {
        let names = match months {
            Months::Long => self.months(),
            Months::Short => self.short_months(),
        };
        let month = nth(
            &names,
            usize::from(date.month().unsigned_abs()).saturating_sub(1),
        );
        let day = date.day();
        match (self.locale.calendar, year) {
            (Calendar::DayFirst, Year::With) => {
                self.date(day.to_string(), month, date.year().to_string())
            }
            (Calendar::DayFirst, Year::Without) => format!("{day} {month}"),
            (Calendar::MonthFirst, Year::With) => format!("{month} {day}, {}", date.year()),
            (Calendar::MonthFirst, Year::Without) => format!("{month} {day}"),
        }
    }
}

/// Long or short names of months.
#[derive(Clone, Copy)]
pub(super) enum Months {
    Long,
    Short,
}

/// Whether a date says its year.
#[derive(Clone, Copy)]
pub(super) enum Year {
    With,
    Without,
}

/// RFC 3339 in UTC, whole seconds.
pub fn machine(at: Timestamp) -> String {
    instant(at.plus_millis(-at.millis().rem_euclid(SECOND))).to_string()
}

/// A moment outside of the calendar that jiff can write is shown as the nearest one that it can.
fn instant(at: Timestamp) -> jiff::Timestamp {
    let nearest = if at.millis() < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    };
    jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(nearest)
}

/// The nth of a list of names that the catalogue keeps in one line.
pub(super) fn nth(names: &str, index: usize) -> &str {
    names.split(' ').nth(index).unwrap_or_default()
}
