//! Parts of pages, as text.

pub mod activity;
#[cfg(feature = "ssr")]
pub mod api_keys;
#[cfg(feature = "ssr")]
pub mod ask;
pub mod cells;
pub mod common;
pub mod customer;
#[cfg(feature = "ssr")]
pub mod fields;
pub mod filters;
pub mod html;
pub mod list;
pub mod live;
pub mod menu;
pub mod notice;
pub mod pager;
pub mod palette;
pub mod popup;
pub mod popup_blocks;
pub mod preferences;
pub mod shortcuts;
pub mod sidebar;
pub mod timeline;
pub mod trouble;
