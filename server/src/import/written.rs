//! Cells as the export writes them and the import reads them back.

use domain::{Currency, Limit, Money, Timestamp};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// Writes a time as `moment` reads it: a date when it is midnight in UTC.
pub(crate) fn moment_text(at: Timestamp) -> String {
    let date_time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.millis()) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let written = if date_time.time() == time::Time::MIDNIGHT {
        date_time.format(format_description!("[year]-[month]-[day]"))
    } else {
        date_time.format(&Rfc3339)
    };
    written.unwrap_or_default()
}

/// Writes a limit as `limit` reads it.
pub(crate) fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::Count(number) => number.to_string(),
        Limit::Unlimited => "unlimited".to_owned(),
        Limit::Yes => "yes".to_owned(),
        Limit::No => "no".to_owned(),
    }
}

/// Writes a price as a cell.
pub(crate) fn money(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).to_decimal()
}

/// Writes a yes or no as a cell.
pub(crate) fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::super::cell::{limit, moment};
    use super::*;

    #[test]
    fn times_read_back_as_written() {
        for text in [
            "2026-03-14",
            "2026-03-14T09:30:00Z",
            "2026-03-14T09:30:00.25Z",
            "1970-01-01",
        ] {
            assert_eq!(moment_text(moment(text).unwrap().unwrap()), text);
        }
    }

    #[test]
    fn limits_read_back_as_written() {
        for text in ["0", "20", "unlimited", "yes", "no"] {
            assert_eq!(limit_text(limit(text).unwrap().unwrap()), text);
        }
    }
}
