//! Open panels learn what happened: one reader of the log for everybody who watches a partner.

mod bell;
mod feed;
mod hub;
mod message;
mod sights;

pub use bell::{Bell, LOOK, Turns};
pub use feed::Feed;
pub use hub::Hub;
pub use message::{Message, Position};
pub use sights::Sight;
