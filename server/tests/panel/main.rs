//! The service behind the pages, spoken to through its trait, on a real database in a temporary folder.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod acting;
mod activity;
mod change;
mod change_refused;
mod connect;
mod customer;
mod customer_languages;
mod expected;
mod frame;
mod guests;
mod house;
mod lists;
mod narrowing;
mod news;
mod one_state;
mod planned;
mod reactivate;
mod reading;
mod rebase;
mod rollback;
mod sights;
mod stacked;
mod suspend;
mod suspended_page;
mod undo;
mod used;
