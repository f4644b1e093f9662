//! The real binary is killed while it works.

mod clients;
mod early;
mod journal;
mod rounds;
