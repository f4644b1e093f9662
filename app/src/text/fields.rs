//! Fields in which a person types a day or a time: read and written in their zone.

use domain::Timestamp;
use jiff::civil::{Date, DateTime};

use super::Say;

impl Say {
    /// A local date and time as `<input type="datetime-local">` wants it.
    pub fn field_time(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute()
        )
    }

    /// A local day as `<input type="date">` wants it.
    pub fn field_day(&self, at: Timestamp) -> String {
        self.civil(at).date().to_string()
    }

    /// The start of today and of tomorrow, in the reader's zone.
    pub fn today(&self) -> (Timestamp, Timestamp) {
        self.read_day(&self.field_day(self.now))
            .unwrap_or((self.now, self.now))
    }

    /// Reads a field of type `datetime-local` in the reader's zone. A time that the clocks skip is
    /// read as the one after the skip, one that comes twice as the first.
    pub fn read_field_time(&self, text: &str) -> Option<Timestamp> {
        let civil: DateTime = text.trim().parse().ok()?;
        let at = self.zone.to_ambiguous_timestamp(civil).compatible().ok()?;
        Some(Timestamp::from_millis(at.as_millisecond()))
    }

    /// The start of a day (`YYYY-MM-DD`) and of the day after it, in the reader's zone.
    pub fn read_day(&self, text: &str) -> Option<(Timestamp, Timestamp)> {
        let date: Date = text.trim().parse().ok()?;
        let start = |date: Date| {
            let at = self
                .zone
                .to_ambiguous_timestamp(date.at(0, 0, 0, 0))
                .compatible()
                .ok()?;
            Some(Timestamp::from_millis(at.as_millisecond()))
        };
        Some((start(date)?, start(date.tomorrow().ok()?)?))
    }
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
    fn fields_are_read_in_the_readers_zone_and_written_back() {
        let say = berlin();
        let written = say.read_field_time("2026-12-01T09:30").expect("a time");
        assert_eq!(written, at("2026-12-01T08:30:00Z"));
        assert_eq!(say.field_time(written), "2026-12-01T09:30");
        // 02:30 is skipped on this night.
        assert_eq!(
            say.read_field_time("2026-03-29T02:30"),
            Some(at("2026-03-29T01:30:00Z"))
        );
        for broken in ["", "tomorrow", "2026-13-01T00:00", "2026-12-01T25:00"] {
            assert_eq!(say.read_field_time(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_day_lasts_from_midnight_to_midnight_there() {
        let summer_ends = berlin().read_day("2026-10-25").expect("a day");
        assert_eq!(
            summer_ends,
            (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"))
        );
        assert_eq!(berlin().read_day("25.10.2026"), None);
        let today = (at("2026-11-22T23:00:00Z"), at("2026-11-23T23:00:00Z"));
        assert_eq!(berlin().today(), today);
        assert_eq!(berlin().field_day(today.0), "2026-11-23");
    }
}
