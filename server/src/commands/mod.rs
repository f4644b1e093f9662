//! Everything that changes customers: decided by the rules, written down as events, in one transaction.

mod api_keys;
mod bulk;
mod erase;
mod execute;
mod fresh;
mod job;
mod key_misuse;
mod life;
mod record;
mod settle;
mod usage;

pub use api_keys::{
    KeyCommand, KeyConflict, KeyOrder, KeyOutcome, MOST_KEYS, NewKey, change_api_keys,
};
pub use bulk::{NewCustomer, Update, add_customers, update_customers};
pub use erase::{Erasure, erase_customer};
pub use execute::{Executed, Order, Replay, execute};
pub use key_misuse::tell_misuse;
pub use life::Life;
pub use settle::settle_due;
pub use usage::report_usage;
