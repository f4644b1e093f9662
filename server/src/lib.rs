//! The server of the panel: store, commands, pages, command line.

pub mod api_keys;
pub mod audit;
pub mod backup;
pub mod check;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod demo;
pub mod error;
pub mod export;
pub mod gate;
pub mod ids;
pub mod import;
pub mod live;
pub mod panel;
pub mod settings;
pub mod store;
pub mod suspended_page;
pub mod web;
