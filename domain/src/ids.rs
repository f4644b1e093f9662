//! Identifiers made by the panel: a prefix that says of what, then 26 characters that sort by time of making.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Timestamp;

/// The text is not an identifier of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed_id")
    }
}

impl std::error::Error for MalformedId {}

/// Crockford's alphabet: sorts as it counts, and has no letters that are mistaken for figures.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BODY: usize = 26;

/// 48 bits of time, then 80 random bits, as 26 characters after the prefix.
fn compose(prefix: &str, at: Timestamp, random: [u8; 10]) -> String {
    let mut bits = u128::from(at.millis().unsigned_abs() & 0xffff_ffff_ffff);
    for byte in random {
        bits = (bits << 8) | u128::from(byte);
    }
    write(prefix, bits)
}

fn write(prefix: &str, bits: u128) -> String {
    let mut text = String::with_capacity(prefix.len() + BODY);
    text.push_str(prefix);
    for place in (0..BODY).rev() {
        let digit = (bits >> (place * 5)) & 31;
        text.push(char::from(ALPHABET[digit as usize]));
    }
    text
}

fn bits(body: &str) -> u128 {
    let digit = |byte| ALPHABET.iter().position(|known| *known == byte);
    body.bytes()
        .filter_map(digit)
        .fold(0, |bits, digit| (bits << 5) | digit as u128)
}

fn check(prefix: &str, text: &str) -> Result<String, MalformedId> {
    let body = text.strip_prefix(prefix).ok_or(MalformedId)?;
    // 26 characters could say 130 bits; the first one has only three to say.
    let fits = body.bytes().next().is_some_and(|first| first <= b'7');
    if fits && body.len() == BODY && body.bytes().all(|byte| ALPHABET.contains(&byte)) {
        Ok(text.to_owned())
    } else {
        Err(MalformedId)
    }
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Makes an identifier from its time of making and 80 random bits.
            #[must_use]
            pub fn from_random(at: Timestamp, random: [u8; 10]) -> Self {
                Self(compose($prefix, at, random))
            }

            /// Reads an identifier.
            ///
            /// # Errors
            /// [`MalformedId`] when the prefix, the length or a character is wrong.
            pub fn parse(text: &str) -> Result<Self, MalformedId> {
                check($prefix, text).map(Self)
            }

            /// The identifier with its prefix.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The 128 bits that it was made from, for those who keep many.
            #[must_use]
            pub fn bits(&self) -> u128 {
                bits(&self.0[$prefix.len()..])
            }

            /// The identifier made from these bits.
            #[must_use]
            pub fn from_bits(bits: u128) -> Self {
                Self(write($prefix, bits))
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

id!(
    /// A partner: a reseller with its own users, plans and customers.
    PartnerId, "par_"
);
id!(
    /// A person who signs in for a partner.
    UserId, "usr_"
);
id!(
    /// A customer of a partner.
    CustomerId, "cus_"
);
id!(
    /// A plan of a partner, over all its versions.
    PlanId, "pln_"
);
id!(
    /// One committed command: all its events carry it, and Undo names it.
    CommandId, "cmd_"
);
id!(
    /// One suspension of one customer.
    SuspensionId, "sus_"
);
id!(
    /// One run of an import.
    ImportId, "imp_"
);
id!(
    /// A key that a program shows instead of a person signing in.
    ApiKeyId, "key_"
);
