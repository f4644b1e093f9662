//! The page that a customer sees in place of the product while suspended. It is answered at the product's own addresses, so it
//! brings along everything that it needs; it speaks in the partner's name, and knows nothing internal that it could tell.

mod accept;
mod answer;
mod page;
mod policy;
mod problem;
mod view;

pub use accept::Wanted;
pub use answer::{answer, preview};
pub use page::{Place, content};
pub use view::{SuspendedView, Told, load, reader};
