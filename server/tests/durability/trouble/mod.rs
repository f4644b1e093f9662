//! The machine does not behave: people are told, nothing is lost, and service returns by itself.

mod disk_full;
mod file_replaced;
mod io_errors;
mod locked;
mod small_disk;
mod starting;
mod stopping;
