//! What an import tells while it runs and when it is done.

use std::fmt;

use super::finding::{Finding, Severity};

/// Whether anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only say what would happen.
    DryRun,
    /// Write it.
    Apply,
}

/// How far a long step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Lines (of the demo: customers) done.
    pub done: u64,
    /// Of so many.
    pub total: u64,
}

/// Somebody who wants to hear what an import finds.
pub trait Report: Send {
    /// A sentence about a line.
    fn finding(&mut self, finding: &Finding);
    /// How far it has come.
    fn progress(&mut self, progress: Progress);
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Written, or only tried.
    pub mode: Mode,
    /// Lines with data in the main file.
    pub lines: u64,
    /// Lines that make something new.
    pub created: u64,
    /// Lines that change something.
    pub changed: u64,
    /// Lines that are in the panel already, exactly so.
    pub unchanged: u64,
    /// Lines with an error.
    pub refused: u64,
    /// Sentences that are warnings.
    pub warnings: u64,
    /// Lines that an earlier, interrupted run of the same file had written already.
    pub resumed_at: Option<u64>,
}

impl Summary {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            lines: 0,
            created: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            warnings: 0,
            resumed_at: None,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(done) = self.resumed_at {
            write!(f, "Went on after {done} lines of an earlier run. ")?;
        }
        let Self {
            lines,
            created,
            changed,
            unchanged,
            refused,
            ..
        } = self;
        write!(
            f,
            "{lines} lines: {created} new, {changed} changed, {unchanged} unchanged, {refused} refused."
        )?;
        match (self.mode, refused) {
            (Mode::DryRun, 0) => f.write_str(" Nothing was written; add --apply to write it."),
            (_, 0) => Ok(()),
            _ => f.write_str(" Nothing was written; mend the refused lines first."),
        }
    }
}

/// Collects what is said about lines: counts it and passes it on.
pub(super) struct Findings<'a> {
    report: &'a mut dyn Report,
    /// Lines of the file at hand that have an error, each counted once.
    last_refused: Option<(String, u64)>,
    /// Lines with an error.
    pub refused: u64,
    /// Warnings.
    pub warnings: u64,
}

impl<'a> Findings<'a> {
    pub(super) fn new(report: &'a mut dyn Report) -> Self {
        Self {
            report,
            last_refused: None,
            refused: 0,
            warnings: 0,
        }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        match finding.severity() {
            Severity::Error => {
                let place = (finding.file.clone(), finding.line);
                if self.last_refused.as_ref() != Some(&place) {
                    self.refused += 1;
                    self.last_refused = Some(place);
                }
            }
            Severity::Warning => self.warnings += 1,
            Severity::Change => {}
        }
        self.report.finding(&finding);
    }

    pub(super) fn progress(&mut self, done: u64, total: u64) {
        self.report.progress(Progress { done, total });
    }
}
