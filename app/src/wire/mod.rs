//! What crosses from the server to a page: plain values, every text, number, date and link already resolved by the
//! server for the reader's language, currency and zone. The views only place them.

pub mod activity;
pub mod customer;
pub mod list;
pub mod live;
pub mod outlook;
pub mod page;
pub mod palette;
pub mod popup;
pub mod shared;
pub mod shell;

pub use activity::*;
pub use customer::*;
pub use list::*;
pub use live::*;
pub use outlook::*;
pub use page::*;
pub use palette::*;
pub use popup::*;
pub use shared::*;
pub use shell::*;
