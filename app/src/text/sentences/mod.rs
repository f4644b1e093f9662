//! The catalogue: key, English template, named arguments. Each becomes a method of [`Say`], so that an argument that is
//! missing or misspelled does not compile. What a customer reads is in the catalogue too, and translated: see `customer`.

/// An entry of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its key: what a translation is filed under.
    pub key: &'static str,
    /// The names of its arguments.
    pub arguments: &'static [&'static str],
    /// Its English template.
    pub english: &'static str,
}

/// Declares sentences: `name(argument, …) = "template";`, for everybody unless a visibility comes first.
macro_rules! sentences {
    ($($name:ident ( $($argument:ident),* ) = $english:literal;)+) => {
        $crate::text::sentences::sentences! { pub $($name($($argument),*) = $english;)+ }
    };
    ($visibility:vis $($name:ident ( $($argument:ident),* ) = $english:literal;)+) => {
        impl $crate::text::Say {
            $(
                #[doc = concat!("“", $english, "”")]
                $visibility fn $name(&self, $($argument: impl Into<$crate::text::Arg>),*) -> String {
                    self.fill(stringify!($name), $english, &[$((stringify!($argument), $argument.into())),*])
                }
            )+
        }

        pub(in crate::text) const ALL: &[$crate::text::Sentence] = &[
            $($crate::text::Sentence {
                key: stringify!($name),
                arguments: &[$(stringify!($argument)),*],
                english: $english,
            }),+
        ];
    };
}
pub(in crate::text) use sentences;

mod api_keys;
mod codes;
mod entrance;
mod lists;
mod log;
mod palette;
mod popups;
mod preferences;
mod refusals;
mod shell;
mod time;

/// Every sentence of the catalogue, for translators and for tests.
pub fn catalogue() -> impl Iterator<Item = &'static Sentence> {
    [
        time::ALL,
        shell::ALL,
        lists::ALL,
        palette::ALL,
        popups::ALL,
        preferences::ALL,
        log::ALL,
        refusals::ALL,
        codes::ALL,
        entrance::ALL,
        api_keys::ALL,
        super::customer::ALL,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::template::places;
    use super::catalogue;

    #[test]
    fn every_place_is_an_argument_and_every_argument_has_a_place() {
        for sentence in catalogue() {
            let places: BTreeSet<String> = places(sentence.english).into_iter().collect();
            let arguments: BTreeSet<String> = sentence
                .arguments
                .iter()
                .map(|&name| name.to_owned())
                .collect();
            assert_eq!(places, arguments, "{}", sentence.key);
        }
    }

    #[test]
    fn keys_are_unique() {
        let mut seen = BTreeSet::new();
        for sentence in catalogue() {
            assert!(seen.insert(sentence.key), "{} twice", sentence.key);
        }
    }

    #[test]
    fn the_tone_is_kept() {
        for sentence in catalogue() {
            let text = sentence.english.to_lowercase();
            assert!(
                !text.contains('!') && !text.contains("successfully"),
                "{}",
                sentence.key
            );
        }
    }
}
