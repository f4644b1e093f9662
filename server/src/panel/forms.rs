//! Posted fields, taken apart: known names, bounded lengths, no forbidden characters.

use app::service::Fields;

/// The most fields that a form of the panel posts, with room to spare.
const MOST_FIELDS: usize = 64;
/// The longest single value in bytes: the longest text in the widest script, with room to spare.
const LONGEST_VALUE: usize = 16_000;

/// What is wrong with a whole form; a person with an unchanged page cannot cause it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenForm {
    /// Too many fields, or too long.
    TooLarge,
    /// A NUL somewhere.
    ForbiddenCharacter,
}

/// A posted form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Fields);

impl Form {
    /// Takes the posted fields.
    pub fn read(fields: Fields) -> Result<Form, BrokenForm> {
        if fields.len() > MOST_FIELDS || fields.iter().any(|(_, value)| value.len() > LONGEST_VALUE)
        {
            return Err(BrokenForm::TooLarge);
        }
        if fields
            .iter()
            .any(|(name, value)| name.contains('\0') || value.contains('\0'))
        {
            return Err(BrokenForm::ForbiddenCharacter);
        }
        Ok(Form(fields))
    }

    /// The first value of a field; empty when it was not posted.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a field was posted at all, perhaps empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Whether a tick with this value was posted.
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|posted| posted == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_forms_are_refused_whole() {
        let field = |value: &str| ("note".to_owned(), value.to_owned());
        assert_eq!(
            Form::read(vec![field("a\0b")]),
            Err(BrokenForm::ForbiddenCharacter)
        );
        assert_eq!(Form::read(vec![field("a"); 65]), Err(BrokenForm::TooLarge));
        assert_eq!(
            Form::read(vec![field(&"a".repeat(16_001))]),
            Err(BrokenForm::TooLarge)
        );
        assert!(Form::read(vec![field("a"); 64]).is_ok());
    }

    #[test]
    fn ticks_are_told_apart_by_value() {
        let form = Form::read(vec![
            ("lift".into(), "a".into()),
            ("lift".into(), "b".into()),
        ])
        .expect("fine");
        assert!(form.ticked("lift", "b") && !form.ticked("lift", "c") && !form.has("note"));
        assert_eq!(form.get("note"), "");
    }
}
