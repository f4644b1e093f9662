//! Moments and durations as a person reads them, in their zone.

use domain::Timestamp;
use domain::time::{DAY, HOUR, MINUTE, SECOND};

use super::calendar::{Months, Year, machine, nth};
use super::{Calendar, Say};
use crate::wire::Moment;

impl Say {
    /// A moment for a list: "4 minutes ago", "yesterday", "3 Nov"; the whole date and time on demand.
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment {
            short: self.ago(at),
            full: self.date_time(at),
            machine: machine(at),
        }
    }

    /// A moment for the log: "10:12" with the day said elsewhere.
    pub fn moment_of_day(&self, at: Timestamp) -> Moment {
        Moment {
            short: self.time(at),
            full: self.date_time(at),
            machine: machine(at),
        }
    }

    /// A moment that lies ahead: "3 March 2026, 14:05".
    pub fn moment_ahead(&self, at: Timestamp) -> Moment {
        Moment {
            short: self.day_and_time(at),
            full: self.date_time(at),
            machine: machine(at),
        }
    }

    /// A moment as a day: "3 Nov", with the year when it is not this one.
    pub fn moment_day(&self, at: Timestamp) -> Moment {
        Moment {
            short: self.short_day(at),
            full: self.date_time(at),
            machine: machine(at),
        }
    }

    /// How long ago: "just now", "4 minutes ago", "yesterday", "5 days ago", then the day.
    pub fn ago(&self, at: Timestamp) -> String {
        let passed = self.now.millis_since(at);
        if passed < -MINUTE {
            return self.day_and_time(at);
        }
        if passed < MINUTE {
            return self.just_now();
        }
        if passed < HOUR {
            return self.minutes_ago(count(passed / MINUTE));
        }
        match self.days_before_today(at) {
            0 => self.hours_ago(count(passed / HOUR)),
            1 if passed < 12 * HOUR => self.hours_ago(count(passed / HOUR)),
            1 => self.yesterday(),
            days @ 2..=6 => self.days_ago(count(days)),
            _ => self.short_day(at),
        }
    }

    /// The same for what has only just happened, where seconds matter: "3 seconds ago".
    pub fn ago_to_the_second(&self, at: Timestamp) -> String {
        match self.now.millis_since(at) {
            passed @ SECOND..MINUTE => self.seconds_ago(count(passed / SECOND)),
            _ => self.ago(at),
        }
    }

    /// How short a time is, in milliseconds: "0.4 s" below a minute.
    pub fn short_time(&self, millis: i64) -> String {
        match millis.max(0) {
            // A tenth that has begun is counted: nothing takes no time at all.
            short @ ..MINUTE => {
                self.seconds_short(self.tenths(count(short / 100).saturating_add(1)))
            }
            long => self.lasting(self.now.plus_millis(-long), self.now),
        }
    }

    /// How long a time is: "4 minutes", "3 hours", "20 days".
    pub fn lasting(&self, from: Timestamp, to: Timestamp) -> String {
        let passed = to.millis_since(from).max(0);
        if passed < HOUR {
            self.minutes(count((passed / MINUTE).max(1)))
        } else if passed < DAY {
            self.hours(count(passed / HOUR))
        } else {
            self.days(count(passed / DAY))
        }
    }

    /// For the middle of a sentence: "today 10:12", "yesterday 10:12", "3 March 2026".
    pub fn point(&self, at: Timestamp) -> String {
        match self.days_before_today(at) {
            0 => self.today_at(self.time(at)),
            1 => self.yesterday_at(self.time(at)),
            _ => self.day(at),
        }
    }

    /// For the middle of a sentence where the year can be guessed: "today 10:12", "3 March", "3 March 2025".
    pub fn near_point(&self, at: Timestamp) -> String {
        match self.days_before_today(at) {
            0 | 1 => self.point(at),
            _ if self.this_year(at) => {
                self.date_text(self.civil(at).date(), Months::Long, Year::Without)
            }
            _ => self.day(at),
        }
    }

    /// An end in the future, or any moment where the time matters: "3 March 2026, 14:05".
    pub fn day_and_time(&self, at: Timestamp) -> String {
        self.date_and_time(self.day(at), self.time(at))
    }

    /// "3 March 2026"
    pub fn day(&self, at: Timestamp) -> String {
        self.date_text(self.civil(at).date(), Months::Long, Year::With)
    }

    /// "3 Nov", and "3 Nov 2025" when it is not this year.
    pub fn short_day(&self, at: Timestamp) -> String {
        let year = if self.this_year(at) {
            Year::Without
        } else {
            Year::With
        };
        self.date_text(self.civil(at).date(), Months::Short, year)
    }

    /// The heading of a day in the log: "Today", "Yesterday", "Saturday, 21 November 2026".
    pub fn day_heading(&self, at: Timestamp) -> String {
        match self.days_before_today(at) {
            0 => self.today_heading(),
            1 => self.yesterday_heading(),
            _ => {
                let date = self.civil(at).date();
                let weekday = self.weekdays();
                let name = nth(
                    &weekday,
                    usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()),
                );
                format!("{name}, {}", self.date_text(date, Months::Long, Year::With))
            }
        }
    }

    /// "14:05", or "2:05 PM" where people write it so.
    pub fn time(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        let minute = civil.minute();
        match self.locale.calendar {
            Calendar::DayFirst => format!("{:02}:{minute:02}", civil.hour()),
            Calendar::MonthFirst => {
                let half = if civil.hour() < 12 { "AM" } else { "PM" };
                let hour = if civil.hour() % 12 == 0 {
                    12
                } else {
                    civil.hour() % 12
                };
                format!("{hour}:{minute:02} {half}")
            }
        }
    }

    /// Date, time and zone: "3 March 2026, 14:05 (Europe/Berlin)".
    pub fn date_time(&self, at: Timestamp) -> String {
        format!("{} ({})", self.day_and_time(at), self.zone_name())
    }
}

fn count(number: i64) -> u64 {
    number.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().expect("RFC 3339");
        Timestamp::from_millis(instant.as_millisecond())
    }

    /// In Berlin it is Monday, 23 November 2026, 12:30.
    fn berlin() -> Say {
        Say::new("en", "Europe/Berlin", at("2026-11-23T11:30:00Z"))
    }

    #[test]
    fn ago_is_told_in_the_largest_fitting_unit() {
        for (then, text) in [
            ("2026-11-23T11:30:00Z", "just now"),
            ("2026-11-23T11:29:01Z", "just now"),
            ("2026-11-23T11:29:00Z", "1 minute ago"),
            ("2026-11-23T11:26:00Z", "4 minutes ago"),
            ("2026-11-23T10:30:00Z", "1 hour ago"),
            ("2026-11-22T23:30:00Z", "12 hours ago"),
            ("2026-11-22T22:30:00Z", "yesterday"),
            ("2026-11-21T22:30:00Z", "2 days ago"),
            ("2026-11-17T12:00:00Z", "6 days ago"),
            ("2026-11-03T12:00:00Z", "3 Nov"),
            ("2025-11-03T12:00:00Z", "3 Nov 2025"),
            ("2026-11-24T12:00:00Z", "24 November 2026, 13:00"),
        ] {
            assert_eq!(berlin().ago(at(then)), text, "{then}");
        }
    }

    #[test]
    fn the_day_is_the_one_of_the_readers_zone() {
        let late = at("2026-11-22T23:30:00Z");
        assert_eq!(berlin().point(late), "today 00:30");
        let honolulu = Say::new("en", "Pacific/Honolulu", at("2026-11-23T11:30:00Z"));
        assert_eq!(honolulu.point(late), "yesterday 13:30");
        let nowhere = Say::new("en", "Nowhere/Land", at("2026-11-23T11:30:00Z"));
        assert_eq!(
            (nowhere.point(late).as_str(), nowhere.zone_name()),
            ("yesterday 23:30", "UTC")
        );
    }

    #[test]
    fn points_in_sentences() {
        let say = berlin();
        assert_eq!(say.point(at("2026-03-03T12:00:00Z")), "3 March 2026");
        assert_eq!(say.near_point(at("2026-03-03T12:00:00Z")), "3 March");
        assert_eq!(say.near_point(at("2025-03-03T12:00:00Z")), "3 March 2025");
        assert_eq!(
            say.day_heading(at("2026-11-21T12:00:00Z")),
            "Saturday, 21 November 2026"
        );
        assert_eq!(say.day_heading(at("2026-11-22T12:00:00Z")), "Yesterday");
        assert_eq!(
            say.date_time(at("2026-03-03T12:00:00Z")),
            "3 March 2026, 13:00 (Europe/Berlin)"
        );
    }

    #[test]
    fn american_dates_have_the_month_first() {
        let say = Say::new("en-US", "America/New_York", at("2026-11-23T17:30:00Z"));
        assert_eq!(
            say.day_and_time(at("2026-03-03T18:05:00Z")),
            "March 3, 2026, 1:05 PM"
        );
        assert_eq!(say.time(at("2026-03-03T05:05:00Z")), "12:05 AM");
    }

    #[test]
    fn durations() {
        let say = berlin();
        let start = at("2026-11-03T11:30:00Z");
        assert_eq!(say.lasting(start, start), "1 minute");
        assert_eq!(say.lasting(start, start.plus_millis(3 * HOUR)), "3 hours");
        assert_eq!(say.lasting(start, say.now()), "20 days");
    }

    #[test]
    fn absurd_moments_are_written_without_a_panic() {
        for millis in [i64::MIN, i64::MAX] {
            let moment = berlin().moment(Timestamp::from_millis(millis));
            assert!(!moment.machine.is_empty());
        }
    }
}
