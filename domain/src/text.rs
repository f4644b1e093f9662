//! Texts that came from outside, checked once at the edge.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

codes! {
    /// Why a text was not taken.
    pub enum MalformedText {
        /// Nothing in it.
        Empty = "empty",
        /// Fewer characters than it needs.
        TooShort = "too_short",
        /// More characters than it may have.
        TooLong = "too_long",
        /// A character that may not stand in it.
        ForbiddenCharacter = "forbidden_character",
    }
}
code_error!(MalformedText);

/// Lengths are in characters, not bytes: a limit must not be tighter for one script than for another.
fn check(
    text: &str,
    shortest: usize,
    longest: usize,
    allowed: fn(char) -> bool,
) -> Result<(), MalformedText> {
    let length = text.chars().count();
    if length == 0 {
        Err(MalformedText::Empty)
    } else if length < shortest {
        Err(MalformedText::TooShort)
    } else if length > longest {
        Err(MalformedText::TooLong)
    } else if !text.chars().all(allowed) {
        Err(MalformedText::ForbiddenCharacter)
    } else {
        Ok(())
    }
}

fn not_control(character: char) -> bool {
    !character.is_control()
}

fn writing(character: char) -> bool {
    !character.is_control() || matches!(character, '\n' | '\r' | '\t')
}

fn name_of_limit(character: char) -> bool {
    !character.is_control() && !matches!(character, ',' | ';' | '"')
}

fn key(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

macro_rules! text {
    ($(#[$meta:meta])* $name:ident, $shortest:literal..=$longest:literal, $allowed:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The most characters that it may have.
            pub const LONGEST: usize = $longest;

            /// Takes a text as it is.
            ///
            /// # Errors
            /// [`MalformedText`] when its length or a character is not allowed.
            pub fn parse(text: &str) -> Result<Self, MalformedText> {
                check(text, $shortest, $longest, $allowed)?;
                Ok(Self(text.to_owned()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    };
}

/// A form field: blank means that nothing was written, anything else is taken without outer white space.
macro_rules! optional_field {
    ($name:ident) => {
        impl $name {
            /// Reads an optional form field; only white space means none.
            ///
            /// # Errors
            /// [`MalformedText`] when what was written is too long or holds a forbidden character.
            pub fn from_field(text: &str) -> Result<Option<Self>, MalformedText> {
                match text.trim() {
                    "" => Ok(None),
                    written => Self::parse(written).map(Some),
                }
            }
        }
    };
}

text!(
    /// The customer's name in the operator's own system; unique within a partner.
    ExternalId, 1..=200, not_control
);
text!(
    /// Chosen by the sender of a command, so that sending twice does it once.
    IdempotencyKey, 16..=64, key
);
text!(
    /// What people call an API key: where it is used.
    ApiKeyName, 1..=60, not_control
);
text!(
    /// The name by which an operator's files know a plan; unique within a partner.
    PlanCode, 1..=100, not_control
);
text!(
    /// What a plan limits or grants: seats, bots, API access.
    LimitName, 1..=60, name_of_limit
);
text!(
    /// What a colleague wrote for colleagues; never shown to the customer.
    Note, 1..=2000, writing
);
text!(
    /// What the customer reads while suspended.
    CustomerMessage, 1..=1000, writing
);
optional_field!(Note);
optional_field!(CustomerMessage);
