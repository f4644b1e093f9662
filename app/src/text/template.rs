//! Filling a template: `{name}` is an argument; `{name, plural, one {# seat} other {# seats}}` chooses by number, where `#`
//! is the number itself. A subset of ICU MessageFormat, so that translators' tools understand it.

use super::Locale;

/// A value for a named place of a template.
#[derive(Clone, Debug)]
pub enum Arg {
    /// As it is.
    Text(String),
    /// Written for the reader, and what plural forms choose by.
    Count(u64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Arg::Count(count)
    }
}

impl From<u32> for Arg {
    fn from(count: u32) -> Self {
        Arg::Count(u64::from(count))
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Arg::Count(count as u64)
    }
}

/// Fills a template. A place without an argument stays as it is: a test over the whole catalogue finds those.
pub(super) fn fill(template: &str, args: &[(&str, Arg)], locale: Locale) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(close) = matching_brace(&rest[open..]) else {
            break;
        };
        text.push_str(&rest[..open]);
        place(&rest[open + 1..open + close], args, locale, &mut text);
        rest = &rest[open + close + 1..];
    }
    text.push_str(rest);
    text
}

fn place(inside: &str, args: &[(&str, Arg)], locale: Locale, text: &mut String) {
    let (name, forms) = match inside.split_once(", plural, ") {
        Some((name, forms)) => (name.trim(), Some(forms)),
        None => (inside.trim(), None),
    };
    let Some((_, arg)) = args.iter().find(|(known, _)| *known == name) else {
        text.push('{');
        text.push_str(inside);
        text.push('}');
        return;
    };
    match (arg, forms) {
        (Arg::Count(count), Some(forms)) => {
            let number = locale.whole(*count);
            text.push_str(&fill(
                &plural_form(forms, *count).replace('#', &number),
                args,
                locale,
            ));
        }
        (Arg::Count(count), None) => text.push_str(&locale.whole(*count)),
        (Arg::Text(value), _) => text.push_str(value),
    }
}

/// The form of English plurals: `one` for 1, else `other`.
fn plural_form(forms: &str, count: u64) -> &str {
    let wanted = if count == 1 { "one" } else { "other" };
    form(forms, wanted)
        .or_else(|| form(forms, "other"))
        .unwrap_or_default()
}

fn form<'a>(forms: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = forms.trim_start();
    while let Some(open) = rest.find('{') {
        let close = open + matching_brace(&rest[open..])?;
        if rest[..open].trim() == wanted {
            return Some(&rest[open + 1..close]);
        }
        rest = &rest[close + 1..];
    }
    None
}

/// Index of the brace that closes the one at the start.
pub(super) fn matching_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The names of the places of a template, for the test over the catalogue.
#[cfg(test)]
pub(super) fn places(template: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let close = open + matching_brace(&rest[open..]).expect("braces match");
        let inside = &rest[open + 1..close];
        match inside.split_once(", plural, ") {
            Some((name, forms)) => {
                names.push(name.trim().to_owned());
                for wanted in ["one", "other"] {
                    names.extend(places(form(forms, wanted).expect("both plural forms")));
                }
            }
            None => names.push(inside.trim().to_owned()),
        }
        rest = &rest[close + 1..];
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, args: &[(&str, Arg)]) -> String {
        fill(template, args, Locale::of("en"))
    }

    #[test]
    fn places_are_filled_by_name() {
        assert_eq!(
            filled("{a} to {b}", &[("b", "2".into()), ("a", "1".into())]),
            "1 to 2"
        );
        assert_eq!(filled("nothing", &[]), "nothing");
    }

    #[test]
    fn braces_in_an_argument_are_only_text() {
        assert_eq!(
            filled("{a}!", &[("a", "{b}".into()), ("b", "x".into())]),
            "{b}!"
        );
    }

    #[test]
    fn plurals_choose_by_number() {
        let template = "{n, plural, one {# match in {list}} other {# matches in {list}}}: go";
        let in_list = |n: u64| filled(template, &[("n", n.into()), ("list", "All".into())]);
        assert_eq!(in_list(0), "0 matches in All: go");
        assert_eq!(in_list(1), "1 match in All: go");
        assert_eq!(in_list(1_284), "1,284 matches in All: go");
    }

    #[test]
    fn unknown_places_and_open_braces_stay() {
        assert_eq!(filled("{a} {", &[]), "{a} {");
    }
}
