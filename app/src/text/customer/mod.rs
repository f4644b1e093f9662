//! What customers read, in their own languages. The panel itself speaks other languages: those of its users.

mod languages;
mod say;
mod sentences;

pub use say::CustomerSay;
pub(super) use sentences::{ALL, Translation};
