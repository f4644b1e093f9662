//! The text catalogue: every sentence a person reads, once.

#[cfg(feature = "ssr")]
mod calendar;
#[cfg(feature = "ssr")]
mod codes;
#[cfg(feature = "ssr")]
mod customer;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod locale;
#[cfg(feature = "ssr")]
mod moments;
#[cfg(feature = "ssr")]
mod say;
#[cfg(feature = "ssr")]
mod sentences;
#[cfg(feature = "ssr")]
mod template;
#[cfg(feature = "ssr")]
mod tongue;
mod words;
#[cfg(feature = "ssr")]
mod zones;

pub use words::{Key, Words};
#[cfg(feature = "ssr")]
pub use {
    calendar::machine,
    customer::CustomerSay,
    locale::{Calendar, CurrencyPlace, Locale},
    say::Say,
    sentences::{Sentence, catalogue},
    template::Arg,
    zones::{known_zone, zone_names},
};
