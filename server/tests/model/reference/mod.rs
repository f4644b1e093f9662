//! The rules a second time, written from their description and not from `domain`, as plainly as can be. Of `domain` it
//! takes values (identifiers, amounts, terms, commands) and no decision.

mod access;
mod catalog;
mod customer;
mod orders;
mod plans;
mod refusal;
mod rollback;
mod undo;
mod usage;
mod who;

pub use catalog::Plan;
pub use customer::{Customer, Moved, Open, Row};
pub use orders::{Given, Names, Partner};
pub use refusal::Refusal;
pub use rollback::{default_target, restore};
