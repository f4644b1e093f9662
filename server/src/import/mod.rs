//! Getting plans and customers in from CSV files: everything is checked and told first, and written only when asked to.

mod arrival;
mod cell;
mod chunks;
mod customer_lines;
mod customers;
mod difference;
mod finding;
mod history_lines;
mod importer;
mod ledger;
mod plan_lines;
mod plans;
mod report;
mod scan;
mod source;
mod table;
mod templates;
mod written;

pub use customers::{Request, customers};
pub use finding::{Finding, Reason, Severity};
pub use plans::plans;
pub use report::{Mode, Progress, Report, Summary};
pub use source::{Source, SourceError};
pub use templates::{TEMPLATES, TemplateError, templates};

pub(crate) use customer_lines::{COLUMNS as CUSTOMER_COLUMNS, USED};
pub(crate) use history_lines::COLUMNS as HISTORY_COLUMNS;
pub(crate) use plan_lines::{COLUMNS as PLAN_COLUMNS, LIMIT};
pub(crate) use written::{limit_text, moment_text, money, yes_no};

/// Why an import did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file could not be read as text.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The header of a file is wrong; the report says how.
    #[error("{0} cannot be imported: its header is wrong.")]
    Header(String),
    /// Lines are wrong; the report says which. Nothing was written.
    #[error("{0}")]
    Refused(Summary),
    /// There are no plans that customers could be on.
    #[error("this partner has no plans yet: import plans first.")]
    NoPlans,
    /// The store refused.
    #[error(
        "the import stopped: {0}. What was written stays; the same command goes on from there."
    )]
    Store(#[from] crate::error::Error),
}
