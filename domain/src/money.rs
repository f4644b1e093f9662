//! Amounts of money in minor units; read and written as decimal text without floating point.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Cycle;

codes! {
    /// Why a text is no currency or amount.
    pub enum MalformedMoney {
        /// No currency of ISO 4217 has this code.
        UnknownCurrency = "unknown_currency",
        /// Not a plain decimal number.
        NotANumber = "not_a_number",
        /// More decimal places than the currency has.
        TooPrecise = "too_precise",
        /// More than 15 figures before the decimal point.
        TooLarge = "too_large",
    }
}
code_error!(MalformedMoney);

/// The active codes of ISO 4217 that people are billed in, three letters each.
const CODES: &str = "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRC\
CUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPW\
KRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQAR\
RONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCD\
XCGXOFXPFYERZARZMWZWG";

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code such as `EUR`; capital letters only.
    ///
    /// # Errors
    /// [`MalformedMoney::UnknownCurrency`].
    pub fn parse(code: &str) -> Result<Self, MalformedMoney> {
        CODES
            .as_bytes()
            .chunks_exact(3)
            .find(|known| *known == code.as_bytes())
            .map(|known| Self([known[0], known[1], known[2]]))
            .ok_or(MalformedMoney::UnknownCurrency)
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(&self) -> &str {
        // Made only from ASCII capitals, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimal places between the currency and its minor unit.
    #[must_use]
    pub const fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(de::Error::custom)
    }
}

/// An amount: whole minor units (cents, yen, fils) of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for a decrease.
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount of `minor` units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads decimal text such as `49`, `49.5` or `-0.05`: a point, no grouping, no sign of currency. Zeros beyond
    /// the currency's decimal places are taken.
    ///
    /// # Errors
    /// [`MalformedMoney`], saying what is wrong.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MalformedMoney> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        if whole.is_empty()
            || fraction.is_empty()
            || !whole
                .bytes()
                .chain(fraction.bytes())
                .all(|b| b.is_ascii_digit())
        {
            return Err(MalformedMoney::NotANumber);
        }
        if whole.trim_start_matches('0').len() > 15 {
            return Err(MalformedMoney::TooLarge);
        }
        let places = currency.exponent() as usize;
        if fraction.trim_end_matches('0').len() > places {
            return Err(MalformedMoney::TooPrecise);
        }
        let fraction = fraction.bytes().chain(std::iter::repeat(b'0')).take(places);
        // At most 15 + 3 figures: inside i64.
        let minor = whole
            .bytes()
            .chain(fraction)
            .fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// Decimal text with all places of the currency, such as `49.00`; reads back with [`Money::parse_decimal`].
    #[must_use]
    pub fn to_decimal(&self) -> String {
        let places = self.currency.exponent() as usize;
        let mut text = self.minor.unsigned_abs().to_string();
        if places > 0 {
            while text.len() <= places {
                text.insert(0, '0');
            }
            text.insert(text.len() - places, '.');
        }
        if self.minor < 0 {
            text.insert(0, '-');
        }
        text
    }

    /// This price for one `cycle`, as a price per month, rounded half away from zero.
    #[must_use]
    pub const fn per_month(self, cycle: Cycle) -> Self {
        let minor = match cycle {
            Cycle::Month => self.minor,
            Cycle::Year => self.minor.saturating_add(6 * self.minor.signum()) / 12,
        };
        Self::new(minor, self.currency)
    }

    /// `self − other`; `None` when the currencies differ.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| Self::new(self.minor.saturating_sub(other.minor), self.currency))
    }
}
