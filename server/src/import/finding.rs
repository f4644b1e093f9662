//! What the report says about one line.

use std::fmt;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The line cannot be imported.
    Error,
    /// It can, but not everything in it is used.
    Warning,
    /// What the line would do.
    Change,
}

/// One sentence of the report: where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file.
    pub file: String,
    /// Line in the file where the record starts, from 1.
    pub line: u64,
    /// Column, when one column is meant.
    pub field: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Everything that can be said about a line or a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The file has no header.
    #[error("the file is empty; the first line must name the columns")]
    NoHeader,
    /// A column that every file of this kind needs.
    #[error("this column is missing in the header")]
    MissingColumn,
    /// The header names a column twice.
    #[error("this column stands in the header twice")]
    DuplicateColumn,
    /// The header has a nameless column.
    #[error("column {0} has no name")]
    NamelessColumn(usize),
    /// A column that nobody reads.
    #[error("this column is not known and is not imported")]
    UnknownColumn,
    /// Too many or too few cells.
    #[error("the line has {found} cells, the header {expected}")]
    CellCount {
        /// Cells in the line.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// A zero character, which no database keeps.
    #[error("contains a NUL character")]
    Nul,
    /// A cell that must not be empty.
    #[error("must not be empty")]
    Empty,
    /// A character that may not stand there.
    #[error("contains a character that is not allowed here")]
    ForbiddenCharacter,
    /// A cell longer than is kept.
    #[error("is longer than {max} characters")]
    TooLong {
        /// Most characters kept.
        max: usize,
    },
    /// Not what the column holds.
    #[error("\"{found}\" is not {expected}")]
    NotA {
        /// The cell, shortened.
        found: String,
        /// What was expected, with an example.
        expected: &'static str,
    },
    /// More digits after the point than the currency has.
    #[error("{currency} has {digits} digits after the point")]
    TooPrecise {
        /// Currency code.
        currency: String,
        /// Its digits.
        digits: u32,
    },
    /// The same key in an earlier line.
    #[error("\"{key}\" stands in line {first} already")]
    Repeated {
        /// The key.
        key: String,
        /// Where it was first.
        first: u64,
    },
    /// No such plan.
    #[error("there is no plan with the code \"{0}\"")]
    UnknownPlan(String),
    /// History of somebody who is in neither the file nor the panel.
    #[error("there is no customer \"{0}\" in the customers file")]
    UnknownCustomer(String),
    /// A period that ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// Two periods of one customer at the same time.
    #[error("overlaps with line {0}")]
    Overlap(u64),
    /// A hole between two periods: the ledger has none.
    #[error("line {0} starts later: the time between is counted for this plan")]
    Gap(u64),
    /// The open period names another plan than the customers file.
    #[error("the open period is not the plan, price and cycle of the customer")]
    OpenPeriodDiffers,
    /// History after now, or a period in the future.
    #[error("lies in the future")]
    Future,
    /// A ledger is append-only: history is taken once.
    #[error("differs from what the panel recorded, which is kept")]
    HistoryKept,
    /// A suspension detail without the status.
    #[error("is only used when status is \"suspended\"")]
    NotSuspended,
    /// The panel knows of a suspension, the file does not.
    #[error("the customer stays suspended; an import does not reactivate")]
    StaysSuspended,
    /// The customer left.
    #[error("the customer is closed; the line is left alone")]
    CustomerClosed,
    /// Suspended, but nobody says why.
    #[error("a suspension needs a reason")]
    SuspensionReasonMissing,
    /// A partner has one currency.
    #[error("the partner's currency is {0}")]
    OtherCurrency(String),
    /// A new customer.
    #[error("new customer")]
    Created,
    /// A new plan.
    #[error("new plan")]
    PlanCreated,
    /// A cell that changes something.
    #[error("\"{before}\" becomes \"{after}\"")]
    Changed {
        /// Now.
        before: String,
        /// Then.
        after: String,
    },
}

impl Reason {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::UnknownColumn
            | Self::Gap(_)
            | Self::HistoryKept
            | Self::NotSuspended
            | Self::StaysSuspended
            | Self::CustomerClosed => Severity::Warning,
            Self::Created | Self::PlanCreated | Self::Changed { .. } => Severity::Change,
            _ => Severity::Error,
        }
    }
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.reason.severity()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.file, self.line)?;
        if let Some(field) = &self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": {}.", self.reason)
    }
}
