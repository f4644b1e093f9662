//! The panel over HTTP.

mod attempts;
pub mod brand;
mod comfort;
mod cookies;
mod error_page;
mod failure;
mod forms;
mod frame;
mod guard;
mod headers;
mod html;
mod live;
mod next;
mod pages;
pub mod password;
mod preferences;
mod router;
pub mod routes;
mod run;
mod serve;
pub mod session;
mod sign_in;
mod site;
mod state;
mod suspended_preview;
mod test_clock;
mod timer;
mod welcome;
mod wire;

pub use failure::chain;
pub use router::{router, table};
pub use run::{Running, StartError, start};
pub use state::{Parts, Time, Web};
pub use test_clock::MovableClock;
