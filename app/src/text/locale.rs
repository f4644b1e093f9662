//! How numbers are written where the reader lives. Words are another matter: they come from the catalogue.

use domain::Money;

/// The ways of writing numbers and dates that the panel knows, chosen by a BCP 47 tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// Between groups of three digits.
    pub group: &'static str,
    /// Before the decimals.
    pub decimal: char,
    /// Where the currency stands.
    pub currency: CurrencyPlace,
    /// Which comes first, and how the clock reads.
    pub calendar: Calendar,
}

/// Where the sign of the currency stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurrencyPlace {
    /// "€49.00"
    Before,
    /// "49,00 €"
    After,
}

/// Order of day and month, and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// "3 March 2026", "14:05"
    DayFirst,
    /// "March 3, 2026", "2:05 PM"
    MonthFirst,
}

const NO_BREAK: &str = "\u{a0}";
const NARROW_NO_BREAK: &str = "\u{202f}";

impl Locale {
    /// The locale for a tag such as `de-AT`; English for a tag that is not known.
    pub fn of(tag: &str) -> Locale {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts
            .find(|part| part.len() == 2)
            .unwrap_or_default()
            .to_ascii_uppercase();
        let after = |group, decimal| Locale {
            group,
            decimal,
            currency: CurrencyPlace::After,
            calendar: Calendar::DayFirst,
        };
        let before = |group, decimal, calendar| Locale {
            group,
            decimal,
            currency: CurrencyPlace::Before,
            calendar,
        };
        match (language.as_str(), region.as_str()) {
            ("de", "CH" | "LI") => before("’", '.', Calendar::DayFirst),
            ("de" | "es" | "it" | "tr" | "da" | "el" | "id" | "hr" | "sl" | "ro", _) => {
                after(".", ',')
            }
            ("pt", "BR") | ("nl", _) => before(".", ',', Calendar::DayFirst),
            ("fr" | "nb" | "no", _) => after(NARROW_NO_BREAK, ','),
            ("pt" | "pl" | "cs" | "sk" | "ru" | "uk" | "sv" | "fi" | "hu" | "bg", _) => {
                after(NO_BREAK, ',')
            }
            ("en", "US" | "PH") => before(",", '.', Calendar::MonthFirst),
            _ => before(",", '.', Calendar::DayFirst),
        }
    }

    /// "1,284"
    pub fn whole(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        text
    }

    /// "0.4", from tenths.
    pub fn tenths(self, number: u64) -> String {
        format!("{}{}{}", self.whole(number / 10), self.decimal, number % 10)
    }

    /// "€1,049.00"; cents are never left out. A negative amount has a true minus.
    pub fn money(self, amount: Money) -> String {
        let sign = currency_sign(amount.currency.code());
        let decimals = amount.currency.exponent();
        let unit = 10_u64.pow(decimals);
        let size = amount.minor.unsigned_abs();
        let mut number = self.whole(size / unit);
        if decimals > 0 {
            let fraction = size % unit;
            number.push(self.decimal);
            number.push_str(&format!("{fraction:0width$}", width = decimals as usize));
        }
        let minus = if amount.minor < 0 { "−" } else { "" };
        match self.currency {
            CurrencyPlace::Before => {
                let space = if sign.ends_with(char::is_alphabetic) {
                    NO_BREAK
                } else {
                    ""
                };
                format!("{minus}{sign}{space}{number}")
            }
            CurrencyPlace::After => format!("{minus}{number}{NO_BREAK}{sign}"),
        }
    }

    /// A difference between two amounts: always with its sign, "+€30.00".
    pub fn difference(self, amount: Money) -> String {
        let plus = if amount.minor > 0 { "+" } else { "" };
        format!("{plus}{}", self.money(amount))
    }
}

/// The sign of a currency. One without a sign of its own is written by its code.
fn currency_sign(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "INR" => "₹",
        "JPY" => "¥",
        "CNY" => "CN¥",
        "KRW" => "₩",
        "BRL" => "R$",
        "ILS" => "₪",
        "NGN" => "₦",
        "PHP" => "₱",
        "UAH" => "₴",
        "VND" => "₫",
        "CAD" => "CA$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "MXN" => "MX$",
        "SGD" => "S$",
        "HKD" => "HK$",
        "SEK" | "NOK" | "DKK" => "kr",
        "PLN" => "zł",
        "CZK" => "Kč",
        "TRY" => "₺",
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    fn amount(minor: i64, currency: &str) -> Money {
        Money::new(minor, Currency::parse(currency).expect("a currency"))
    }

    #[test]
    fn numbers_are_grouped_by_language() {
        for (tag, number, text) in [
            ("en", 0, "0"),
            ("en", 999, "999"),
            ("en", 1_284, "1,284"),
            ("en-GB", 1_234_567, "1,234,567"),
            ("de", 1_284, "1.284"),
            ("de-CH", 1_284, "1’284"),
            ("fr-FR", 1_284, "1\u{202f}284"),
            ("sv", 100_000, "100\u{a0}000"),
            ("tlh", 1_284, "1,284"),
            ("", 1_284, "1,284"),
        ] {
            assert_eq!(Locale::of(tag).whole(number), text, "{tag}");
        }
    }

    #[test]
    fn money_follows_language_and_currency() {
        for (tag, minor, currency, text) in [
            ("en", 4_900, "EUR", "€49.00"),
            ("en", 0, "EUR", "€0.00"),
            ("en", 5, "EUR", "€0.05"),
            ("en", 104_900, "USD", "$1,049.00"),
            ("en", -3_000, "EUR", "−€30.00"),
            ("en", 4_900, "CHF", "CHF\u{a0}49.00"),
            ("de", 104_900, "EUR", "1.049,00\u{a0}€"),
            ("de-CH", 104_900, "CHF", "CHF\u{a0}1’049.00"),
            ("fr", 104_900, "EUR", "1\u{202f}049,00\u{a0}€"),
            ("en", 4_900, "JPY", "¥4,900"),
            ("en", 4_900, "KWD", "KWD\u{a0}4.900"),
            ("en", i64::MIN, "EUR", "−€92,233,720,368,547,758.08"),
        ] {
            assert_eq!(
                Locale::of(tag).money(amount(minor, currency)),
                text,
                "{tag} {currency}"
            );
        }
    }

    #[test]
    fn differences_carry_their_sign() {
        let english = Locale::of("en");
        assert_eq!(english.difference(amount(3_000, "EUR")), "+€30.00");
        assert_eq!(english.difference(amount(-3_000, "EUR")), "−€30.00");
        assert_eq!(english.difference(amount(0, "EUR")), "€0.00");
    }
}
