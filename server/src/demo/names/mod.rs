//! Names of people and companies from many countries, with addresses under domains that are reserved for examples.

mod africa_and_west_asia;
mod americas;
mod asia_and_oceania;
mod north_and_east;
mod west;

use std::collections::HashSet;

use domain::Profile;
use unicode_normalization::UnicodeNormalization as _;

use super::dice::Dice;

/// How people and companies of one country are called. A word in another script carries its Latin form after `=`.
pub(super) struct Land {
    country: &'static str,
    language: &'static str,
    dialling: &'static str,
    given: &'static [&'static str],
    family: &'static [&'static str],
    /// What a company does.
    trade: &'static [&'static str],
    /// How the two make a company: `{f}` and `{t}`.
    company: &'static [&'static str],
    /// Whether the family comes first.
    order: Order,
}

/// Which name comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    GivenFamily,
    FamilyGiven,
}

/// Every land, in an order that never changes.
fn lands() -> Vec<&'static Land> {
    [
        west::LANDS,
        north_and_east::LANDS,
        americas::LANDS,
        asia_and_oceania::LANDS,
        africa_and_west_asia::LANDS,
    ]
    .concat()
}

/// Makes people and companies, no name twice.
pub(super) struct Names {
    lands: Vec<&'static Land>,
    home: &'static str,
    taken: HashSet<String>,
    addresses: HashSet<String>,
}

impl Names {
    /// Names for a partner in the country `home`, where a third of its customers live.
    pub(super) fn new(home: &'static str) -> Self {
        Self {
            lands: lands(),
            home,
            taken: HashSet::new(),
            addresses: HashSet::new(),
        }
    }

    /// Keeps `name` and `email` from being made by chance.
    pub(super) fn take(&mut self, profile: &Profile) {
        self.taken.extend(profile.name.clone());
        self.addresses.extend(profile.email.clone());
    }

    /// The next customer: two of three are companies.
    pub(super) fn next(&mut self, dice: &Dice) -> Profile {
        loop {
            let home = dice
                .chance(330)
                .then(|| self.lands.iter().find(|land| land.country == self.home))
                .flatten();
            let land = home.unwrap_or_else(|| dice.pick(&self.lands));
            let (name, local, host) = if dice.chance(660) {
                company(land, dice)
            } else {
                person(land, dice)
            };
            if !self.taken.insert(name.clone()) {
                continue;
            }
            let mut email = format!("{local}@{host}");
            let mut number = 2;
            while !self.addresses.insert(email.clone()) {
                email = format!("{local}{number}@{host}");
                number += 1;
            }
            let phone = format!(
                "{} 555 01{:02} {:02}",
                land.dialling,
                dice.below(100),
                dice.below(100)
            );
            return Profile {
                name: Some(name),
                email: Some(email),
                phone: dice.chance(720).then_some(phone),
                country: Some(land.country.to_owned()),
                language: Some(land.language.to_owned()),
            };
        }
    }
}

/// A word and its Latin form.
fn split(word: &'static str) -> (&'static str, &'static str) {
    word.split_once('=').unwrap_or((word, word))
}

/// One of `words`, and its Latin form.
fn word(dice: &Dice, words: &'static [&'static str]) -> (&'static str, &'static str) {
    let word: &&'static str = dice.pick(words);
    split(word)
}

fn company(land: &Land, dice: &Dice) -> (String, String, String) {
    let (family, family_latin) = word(dice, land.family);
    let (trade, trade_latin) = word(dice, land.trade);
    let form: &&'static str = dice.pick(land.company);
    let name = form.replace("{f}", family).replace("{t}", trade);
    let local = *dice.pick(&["office", "info", "billing", "hello", "accounts", "admin"]);
    (
        name,
        local.to_owned(),
        format!("{}-{}.example", latin(family_latin), latin(trade_latin)),
    )
}

fn person(land: &Land, dice: &Dice) -> (String, String, String) {
    let (given, given_latin) = word(dice, land.given);
    let (family, family_latin) = word(dice, land.family);
    let name = match land.order {
        Order::GivenFamily => format!("{given} {family}"),
        Order::FamilyGiven => format!("{family} {given}"),
    };
    let host = dice.pick(&["example.com", "example.org", "example.net"]);
    (
        name,
        format!("{}.{}", latin(given_latin), latin(family_latin)),
        (*host).to_owned(),
    )
}

/// Lower-case ASCII letters and hyphens: what stands in an address.
fn latin(word: &str) -> String {
    let mut made = String::new();
    for character in word.to_lowercase().nfkd() {
        match character {
            'a'..='z' | '0'..='9' => made.push(character),
            'ß' => made.push_str("ss"),
            'ø' => made.push('o'),
            'æ' => made.push_str("ae"),
            'ł' => made.push('l'),
            'đ' => made.push('d'),
            'ı' => made.push('i'),
            ' ' | '-' | '&' if !made.ends_with('-') && !made.is_empty() => made.push('-'),
            _ => {}
        }
    }
    made.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_land_makes_addresses_in_latin_letters() {
        let dice = Dice::new(3);
        for land in lands() {
            for word in [land.given, land.family, land.trade].concat() {
                assert!(latin(split(word).1).len() > 1, "{word}");
            }
            assert!(
                land.company
                    .iter()
                    .all(|form| form.contains("{f}") || form.contains("{t}")),
                "{}",
                land.country
            );
            assert!(!person(land, &dice).1.starts_with('.'));
        }
    }

    #[test]
    fn a_thousand_names_are_all_different_and_of_many_countries() {
        let (mut names, dice) = (Names::new("DE"), Dice::new(3));
        let made: Vec<Profile> = (0..1000).map(|_| names.next(&dice)).collect();
        let distinct = |part: fn(&Profile) -> &Option<String>| {
            made.iter().map(part).collect::<HashSet<_>>().len()
        };
        assert_eq!(distinct(|profile| &profile.name), 1000);
        assert_eq!(distinct(|profile| &profile.email), 1000);
        assert!(distinct(|profile| &profile.country) > 25);
        assert!(made.iter().flat_map(|profile| &profile.email).all(|email| {
            [".example", "@example.com", "@example.org", "@example.net"]
                .iter()
                .any(|end| email.ends_with(end))
        }));
    }

    #[test]
    fn letters_of_many_languages_become_latin() {
        assert_eq!(latin("Łódź Große Ærø"), "lodz-grosse-aero");
        assert_eq!(latin("Yılmaz & Söhne"), "yilmaz-sohne");
    }
}
