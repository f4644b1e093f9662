//! The names of time zones.

use jiff::tz::{self, TimeZone};

/// The IANA name of a time zone as it is written, when there is such a zone.
pub fn known_zone(name: &str) -> Option<String> {
    let zone = TimeZone::get(name).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// The zones that people choose from: those that are named after places, and UTC.
pub fn zone_names() -> Vec<String> {
    const PLACES: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let mut names: Vec<String> = tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| name == "UTC" || PLACES.iter().any(|place| name.starts_with(place)))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::{known_zone, zone_names};

    #[test]
    fn a_zone_is_known_by_its_name() {
        assert_eq!(
            known_zone("europe/berlin").as_deref(),
            Some("Europe/Berlin")
        );
        for unknown in ["", "Mars/Base", "../../etc/passwd", "Europe/Berlin\0"] {
            assert_eq!(known_zone(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_zone_to_choose_is_known() {
        let names = zone_names();
        assert!(names.len() > 300 && names.contains(&"UTC".to_owned()));
        for name in names {
            assert_eq!(known_zone(&name).as_deref(), Some(name.as_str()));
        }
    }
}
