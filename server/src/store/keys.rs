//! Keys made in Rust, so that both databases sort and search alike: compared bytewise, equal for what people take as
//! equal (letter case, full width, ligatures).

use unicode_normalization::UnicodeNormalization as _;

/// The most bytes that a key has; longer texts are cut between characters.
pub const LONGEST: usize = 200;

/// The key of a text: NFKC, case-folded, cut.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len().min(LONGEST));
    for character in fold(text) {
        if key.len() + character.len_utf8() > LONGEST {
            break;
        }
        key.push(character);
    }
    key
}

/// The same folding as [`key`] without outer white space: what is looked for in keys.
#[must_use]
pub fn needle(text: &str) -> String {
    key(text.trim())
}

/// Upper and then lower case, letter by letter, is full case folding but for a handful of letters ("ß" is "ss").
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfkc()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfkc()
        .filter(|character| *character != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_for_people_is_equal_as_key() {
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("ＡＣＭＥ ﬁne"), "acme fine");
        assert_eq!(key("Zoe\u{308}"), key("ZOË"));
        assert_eq!(key("ΟΔΟΣ"), key("οδος"));
        assert_eq!(needle("  Acme "), "acme");
    }

    #[test]
    fn a_key_is_cut_between_characters() {
        assert_eq!(key(&"é".repeat(150)).len(), 200);
        assert_eq!(key(&format!("a{}", "é".repeat(150))).len(), 199);
    }
}
