//! Which tests may be skipped.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};

use super::tally::Tally;

/// The titles of the tests that may be skipped, each with its reason.
pub struct Skips {
    reasons: BTreeMap<String, String>,
    judge: Judge,
}

/// What a skip without a reason is worth.
#[derive(Clone, Copy)]
enum Judge {
    /// At a desk: told, no more.
    Lenient,
    /// In CI: a failure.
    Strict,
}

impl Skips {
    /// Reads the list: a line each, `title | reason`; `#` begins a remark.
    pub fn read(file: &Path, ci: bool) -> Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        Self::parse(&text, if ci { Judge::Strict } else { Judge::Lenient })
            .with_context(|| file.display().to_string())
    }

    fn parse(text: &str, judge: Judge) -> Result<Self> {
        let mut reasons = BTreeMap::new();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            match line
                .rsplit_once(" | ")
                .map(|(title, reason)| (title.trim(), reason.trim()))
            {
                Some((title, reason)) if !title.is_empty() && !reason.is_empty() => {
                    reasons.insert(title.to_owned(), reason.to_owned());
                }
                _ => bail!("`{line}` is not `title | reason`"),
            }
        }
        Ok(Self { reasons, judge })
    }

    /// Says of every skipped test why it may be skipped, or counts it as failed.
    pub fn judge(&self, titles: &[String]) -> Tally {
        let mut tally = Tally::default();
        for title in titles {
            match (self.reasons.get(title), self.judge) {
                (Some(reason), _) => {
                    eprintln!("skipped: {title}: {reason}");
                    tally.skipped += 1;
                }
                (None, Judge::Lenient) => {
                    eprintln!("skipped: {title}");
                    tally.skipped += 1;
                }
                (None, Judge::Strict) => {
                    eprintln!("failed: {title} was skipped, and end2end/skips.txt gives no reason");
                    tally.failed += 1;
                }
            }
        }
        tally
    }
}

#[cfg(test)]
impl Skips {
    /// A list that allows nothing, judged as in CI.
    pub fn none() -> Self {
        Self {
            reasons: BTreeMap::new(),
            judge: Judge::Strict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "# remark\n\nstore::on_two_nodes | needs two machines\na | b | a pipe in the title\n";

    #[test]
    fn in_ci_only_listed_tests_may_be_skipped() {
        let skips = Skips::parse(LIST, Judge::Strict).unwrap();
        let tally = skips.judge(&[
            "store::on_two_nodes".to_owned(),
            "a | b".to_owned(),
            "another".to_owned(),
        ]);
        assert_eq!(
            tally,
            Tally {
                passed: 0,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn at_a_desk_every_test_may_be_skipped() {
        let skips = Skips::parse(LIST, Judge::Lenient).unwrap();
        assert_eq!(
            skips.judge(&["another".to_owned()]),
            Tally {
                passed: 0,
                failed: 0,
                skipped: 1
            }
        );
    }

    #[test]
    fn a_line_without_a_reason_is_refused() {
        for line in ["only a title", "title | ", " | reason"] {
            assert!(Skips::parse(line, Judge::Strict).is_err(), "{line}");
        }
    }
}
