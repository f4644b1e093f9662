//! The languages that customers are spoken to in, besides English.

mod asia;
mod europe;
mod germanic;
mod romance;
mod slavic;

use super::Translation;
use crate::text::tongue::Tongue;

static TRANSLATIONS: [Translation; 23] = [
    germanic::GERMAN,
    germanic::DUTCH,
    germanic::DANISH,
    germanic::NORWEGIAN,
    germanic::SWEDISH,
    romance::FRENCH,
    romance::SPANISH,
    romance::ITALIAN,
    romance::PORTUGUESE,
    romance::ROMANIAN,
    slavic::POLISH,
    slavic::CZECH,
    slavic::UKRAINIAN,
    europe::FINNISH,
    europe::HUNGARIAN,
    europe::GREEK,
    europe::TURKISH,
    asia::ARABIC,
    asia::HEBREW,
    asia::JAPANESE,
    asia::CHINESE,
    asia::TRADITIONAL_CHINESE,
    asia::KOREAN,
];

impl Tongue {
    /// The language that a customer reads, for a BCP 47 tag; none for one that is not translated to.
    pub fn of_customer(tag: &str) -> Option<Tongue> {
        let pseudo = Tongue::of(tag);
        if pseudo != Tongue::English {
            return Some(pseudo);
        }
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let wanted = match parts.next().unwrap_or_default() {
            "en" => return Some(Tongue::English),
            // Norwegian by its common name, and its other written form, which readers of this one understand.
            "no" | "nn" => "nb",
            // What Hebrew was called before.
            "iw" => "he",
            "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => "zh-Hant",
            "zh" => "zh-Hans",
            other => other,
        };
        let found = TRANSLATIONS.iter().find(|known| known.tag == wanted);
        found.map(Tongue::Translated)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::{Reason, Timestamp};

    use super::*;
    use crate::text::CustomerSay;
    use crate::text::customer::ALL;
    use crate::text::template::places;

    #[test]
    fn every_translation_has_the_places_of_its_sentence() {
        let names = |template: &str| places(template).into_iter().collect::<BTreeSet<_>>();
        for translation in &TRANSLATIONS {
            for sentence in ALL {
                let key = sentence.key;
                let template = translation.template(key).expect("every sentence");
                assert_eq!(
                    names(template),
                    names(sentence.english),
                    "{} {key}",
                    translation.tag
                );
                assert!(!template.contains('!'), "{} {key}", translation.tag);
                // A sentence that was forgotten would be the English one.
                let english = template == sentence.english && sentence.english.contains(". ");
                assert!(!english, "{} {key}", translation.tag);
            }
            assert_eq!(
                translation.months.split(' ').count(),
                12,
                "{}",
                translation.tag
            );
        }
    }

    #[test]
    fn tags_find_their_language() {
        for (tag, found) in [
            ("de", Some("de")),
            ("de-AT", Some("de")),
            ("PT_br", Some("pt")),
            ("no", Some("nb")),
            ("nn-NO", Some("nb")),
            ("zh", Some("zh-Hans")),
            ("zh-CN", Some("zh-Hans")),
            ("zh-Hant-HK", Some("zh-Hant")),
            ("zh-TW", Some("zh-Hant")),
            ("ar-SA", Some("ar")),
            ("ar-XB", Some("ar-XB")),
            ("en-XA", Some("en-XA")),
            ("en-US", Some("en")),
            ("iw", Some("he")),
            ("tlh", None),
            ("", None),
        ] {
            let tongue = Tongue::of_customer(tag);
            assert_eq!(tongue.map(Tongue::tag), found, "{tag}");
            assert!(
                tongue.is_none_or(|tongue| tongue == Tongue::English || tongue != Tongue::of("de"))
            );
        }
    }

    #[test]
    fn a_moment_and_a_message_are_said_as_people_write_them() {
        // Tuesday, 3 March 2026, 13:05 UTC
        let now = Timestamp::from_millis(1_772_543_100_000);
        for (tags, moment, message) in [
            (
                ["de-CH", "en"],
                "3. März 2026, 14:05 (Europe/Berlin)",
                "Ihr Konto ist gesperrt. Bitte",
            ),
            (
                ["tlh", "fr"],
                "3 mars 2026 à 14:05 (Europe/Berlin)",
                "Votre compte est suspendu. Merci",
            ),
            (
                ["tlh", "xx"],
                "3 March 2026, 14:05 (Europe/Berlin)",
                "Your account is paused. Please",
            ),
            (
                ["en-US", "de"],
                "March 3, 2026, 2:05 PM (Europe/Berlin)",
                "Your account is paused. Please",
            ),
            (
                ["es", "en"],
                "3 de marzo de 2026, 14:05 (Europe/Berlin)",
                "Su cuenta está suspendida. Por",
            ),
            (
                ["hu", "en"],
                "2026. március 3. 14:05 (Europe/Berlin)",
                "Fiókja fel van függesztve. Kér",
            ),
            (
                ["ja-JP", "en"],
                "2026年3月3日 14:05 (Europe/Berlin)",
                "アカウントを停止しています。ご",
            ),
        ] {
            let say = CustomerSay::new(tags, "Europe/Berlin", now);
            assert_eq!(say.moment(now), moment, "{tags:?}");
            let told = say.suggested_message(Reason::Other);
            assert!(told.starts_with(message), "{tags:?}: {told}");
        }
    }
}
