//! The gate: may this customer come in? Answered from memory, kept fresh by the logs.

mod entry;
mod everybody;
mod follow;
mod index;
mod plan;
mod question;
mod state;
mod target;
mod visits;

pub use follow::Follower;
pub use state::{Asks, Entitlements, Gate, GateTimes, Told, ToldCustomer};
