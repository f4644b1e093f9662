//! The log proves itself: signed checkpoints say where it stood, and what is stored is held against them.

mod checkpoint;
mod demands;
mod export;
mod history;
mod journal;
mod keeper;
mod key;
mod signing;
mod verify;

pub use demands::{Source, Wrong};
pub use export::{Exported, export};
pub use history::begin_history;
pub use journal::{Journal, JournalError, read};
pub use keeper::{Keeper, KeeperError};
pub(crate) use key::sync_folder;
pub use key::{AuditKey, KeyError, PublicKey};
pub use signing::Signing;
pub use verify::{Evidence, Verdict, VerifyError, verify};
