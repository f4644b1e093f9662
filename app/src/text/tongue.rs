//! The languages of the sentences: English, two that nobody speaks, and those of customers. The pseudo-languages are made from English where a
//! template is filled, so that a text that is not in the catalogue stands out, a longer one finds what does not fit, and one
//! that runs from right to left finds what is fixed to a side.

use std::borrow::Cow;

use super::customer::Translation;
use super::template::matching_brace;

/// A language of the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// The language of the catalogue.
    English,
    /// `en-XA`: no letter is plain, and everything is about 40 % longer.
    Accented,
    /// `ar-XB`: every word runs from right to left.
    Mirrored,
    /// One that customers read; of the rest of the catalogue it has nothing.
    Translated(&'static Translation),
}

impl Tongue {
    /// The language of the panel for a BCP 47 tag; English for one that nothing is translated to.
    pub fn of(tag: &str) -> Tongue {
        match tag.to_ascii_lowercase().as_str() {
            "en-xa" => Tongue::Accented,
            "ar-xb" => Tongue::Mirrored,
            _ => Tongue::English,
        }
    }

    /// Its own tag.
    pub fn tag(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Accented => "en-XA",
            Tongue::Mirrored => "ar-XB",
            Tongue::Translated(translation) => translation.tag,
        }
    }

    /// `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        match self {
            Tongue::English | Tongue::Accented => "ltr",
            Tongue::Mirrored => "rtl",
            Tongue::Translated(translation) => translation.direction,
        }
    }

    /// A template of the catalogue in this language, by its key.
    pub fn template<'a>(self, key: &str, english: &'a str) -> Cow<'a, str> {
        match self {
            Tongue::Translated(translation) => {
                Cow::Borrowed(translation.template(key).unwrap_or(english))
            }
            _ => self.pseudo(english),
        }
    }

    /// A text of the panel in this language.
    pub fn pseudo(self, english: &str) -> Cow<'_, str> {
        match self {
            Tongue::English | Tongue::Translated(_) => Cow::Borrowed(english),
            Tongue::Accented => Cow::Owned(transform(english, accented)),
            Tongue::Mirrored => Cow::Owned(transform(english, mirrored)),
        }
    }
}

/// Transforms the text of a template, also within plural forms, and leaves its places alone.
fn transform(template: &str, write: fn(&str, &mut String)) -> String {
    let mut done = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(length) = matching_brace(&rest[open..]) else {
            break;
        };
        write(&rest[..open], &mut done);
        let inside = &rest[open + 1..open + length];
        done.push('{');
        if inside.contains(", plural, ") {
            forms(inside, write, &mut done);
        } else {
            done.push_str(inside);
        }
        done.push('}');
        rest = &rest[open + length + 1..];
    }
    write(rest, &mut done);
    done
}

fn forms(place: &str, write: fn(&str, &mut String), done: &mut String) {
    let mut rest = place;
    while let Some(open) = rest.find('{') {
        let Some(length) = matching_brace(&rest[open..]) else {
            break;
        };
        done.push_str(&rest[..=open]);
        done.push_str(&transform(&rest[open + 1..open + length], write));
        done.push('}');
        rest = &rest[open + length + 1..];
    }
    done.push_str(rest);
}

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "åƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";

fn accented(text: &str, done: &mut String) {
    for letter in text.chars() {
        let other = PLAIN
            .find(letter)
            .and_then(|at| ACCENTED.chars().nth(at))
            .unwrap_or(letter);
        done.push(other);
        if "aeiouystAEIOUY".contains(letter) {
            done.extend(other.to_lowercase());
        }
    }
}

/// Right-to-left override, and the end of it.
const MIRROR: (char, char) = ('\u{202e}', '\u{202c}');

fn mirrored(text: &str, done: &mut String) {
    let mut within = false;
    for letter in text.chars() {
        if letter.is_alphabetic() != within && (within || letter.is_alphabetic()) {
            done.push(if within { MIRROR.1 } else { MIRROR.0 });
            within = !within;
        }
        done.push(letter);
    }
    if within {
        done.push(MIRROR.1);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Tongue;
    use crate::text::catalogue;
    use crate::text::template::places;

    #[test]
    fn places_and_plural_forms_survive() {
        let template = "Add {n, plural, one {# seat for {who}} other {# seats}} to {plan}.";
        assert_eq!(
            Tongue::Accented.pseudo(template),
            "Ååðð {n, plural, one {# ššééååţţ ƒööŕ {who}} other {# ššééååţţšš}} ţţöö {plan}."
        );
        assert_eq!(
            Tongue::Mirrored.pseudo("Go to {list}."),
            "\u{202e}Go\u{202c} \u{202e}to\u{202c} {list}."
        );
        for sentence in catalogue() {
            for tongue in [Tongue::Accented, Tongue::Mirrored] {
                let names = |template: &str| places(template).into_iter().collect::<BTreeSet<_>>();
                let other = tongue.pseudo(sentence.english);
                assert_eq!(names(&other), names(sentence.english), "{}", sentence.key);
            }
        }
    }

    #[test]
    fn no_letter_stays_plain_and_the_whole_is_much_longer() {
        let (mut before, mut after) = (0, 0);
        for sentence in catalogue().filter(|sentence| sentence.arguments.is_empty()) {
            let text = Tongue::Accented.pseudo(sentence.english);
            let plain = text.chars().find(char::is_ascii_alphabetic);
            assert_eq!(plain, None, "{}: {text}", sentence.key);
            before += sentence.english.chars().count();
            after += text.chars().count();
        }
        let longer = after * 100 / before;
        assert!((135..=150).contains(&longer), "{longer} %");
    }

    #[test]
    fn tags_name_them() {
        for (tag, tongue, direction) in [
            ("en-XA", Tongue::Accented, "ltr"),
            ("ar-xb", Tongue::Mirrored, "rtl"),
            ("ar", Tongue::English, "ltr"),
            ("de-AT", Tongue::English, "ltr"),
        ] {
            assert_eq!(Tongue::of(tag), tongue, "{tag}");
            assert_eq!(tongue.direction(), direction, "{tag}");
        }
    }
}
