//! What a person sees, and the wire between the pages and the server.

#![recursion_limit = "256"]

pub mod address;
pub mod api;
mod app;
#[cfg(feature = "hydrate")]
mod browser;
pub mod choice;
#[cfg(feature = "ssr")]
pub mod comfort;
mod desk;
#[cfg(feature = "ssr")]
pub mod document;
pub mod error;
mod expect;
mod frame;
mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod service;
pub mod text;
pub mod wire;

pub use app::App;
#[cfg(feature = "hydrate")]
pub use app::wake;
