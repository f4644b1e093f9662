//! The append-only ledger of a customer's assignments.

use serde::{Deserialize, Serialize};

use crate::{Assignment, LedgerSeq};

/// The rows are no ledger: empty, with a gap, or not joined end to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenLedger;

impl std::fmt::Display for BrokenLedger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken_ledger")
    }
}

impl std::error::Error for BrokenLedger {}

/// All assignments that a customer ever had; exactly one, the head, is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    earlier: Vec<Assignment>,
    head: Assignment,
}

impl Ledger {
    /// From rows in order of `seq`.
    ///
    /// # Errors
    /// [`BrokenLedger`] when they are empty, not numbered from 1 without gaps, or do not join end to start.
    pub fn from_rows(mut rows: Vec<Assignment>) -> Result<Self, BrokenLedger> {
        let head = rows.pop().ok_or(BrokenLedger)?;
        let ledger = Self {
            earlier: rows,
            head,
        };
        if ledger.is_whole() {
            Ok(ledger)
        } else {
            Err(BrokenLedger)
        }
    }

    /// Whether rows are numbered without gaps, join end to start, and only the head is open.
    fn is_whole(&self) -> bool {
        let numbered = self
            .rows()
            .zip(1..)
            .all(|(row, seq)| row.seq == LedgerSeq(seq));
        let joined = self
            .rows()
            .zip(self.rows().skip(1))
            .all(|(row, next)| row.ended_at == Some(next.started_at));
        numbered && joined && self.head.ended_at.is_none()
    }

    /// A ledger of one row, which becomes row 1.
    #[must_use]
    pub fn starting_with(first: Assignment) -> Self {
        Self {
            earlier: Vec::new(),
            head: Assignment {
                seq: LedgerSeq::FIRST,
                ended_at: None,
                ..first
            },
        }
    }

    /// Ends the head where `next` starts, and makes `next` the head, numbered after it.
    pub fn append(&mut self, next: Assignment) {
        let next = Assignment {
            seq: self.head.seq.next(),
            ended_at: None,
            ..next
        };
        let mut ended = std::mem::replace(&mut self.head, next);
        ended.ended_at = Some(self.head.started_at);
        self.earlier.push(ended);
    }

    /// What the customer has now.
    #[must_use]
    pub const fn head(&self) -> &Assignment {
        &self.head
    }

    /// The rows before the head, oldest first.
    #[must_use]
    pub fn earlier(&self) -> &[Assignment] {
        &self.earlier
    }

    /// The row that the head replaced.
    #[must_use]
    pub fn previous(&self) -> Option<&Assignment> {
        self.earlier.last()
    }

    /// All rows, oldest first.
    pub fn rows(&self) -> impl Iterator<Item = &Assignment> {
        self.earlier.iter().chain(std::iter::once(&self.head))
    }

    /// The row numbered `seq`.
    #[must_use]
    pub fn row(&self, seq: LedgerSeq) -> Option<&Assignment> {
        self.rows().find(|row| row.seq == seq)
    }
}
