//! A disk for tests: SQLite's files in a watched folder pass through it. It notes every write and every sync, can fail
//! as disks fail, and knows what would be left on it if power went away.
//!
//! It takes the place of SQLite's default VFS in the test's own process. So the program under test opens its database as
//! it always does, and there is nothing in it that would have to be switched off for production.

mod disk;
mod hooks;
mod image;

pub use disk::{Counts, Deed, Disk, Fault, Keep, Kind, Lasting, Op, Trouble};
pub use image::{Unsynced, after_power_loss};
