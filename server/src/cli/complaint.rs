//! Why a command did nothing: a sentence that a person can act on.

use std::error::Error;
use std::fmt;

/// A sentence for the person at the command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Complaint(String);

impl Complaint {
    /// Says `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// Says what an error says, with its causes.
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        let mut sentence = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // Some errors repeat their cause in their own text.
            if !sentence.contains(&text) {
                sentence.push_str(": ");
                sentence.push_str(&text);
            }
            cause = error.source();
        }
        Self(sentence)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first_word = self.0.split(' ').next().unwrap_or_default();
        let mut rest = self.0.chars();
        match rest.next() {
            // The name of a file or an address stays as it is: another letter would be another one.
            Some(first) if first_word.chars().all(char::is_alphabetic) => {
                write!(f, "{}{}", first.to_uppercase(), rest.as_str())?;
            }
            _ => f.write_str(&self.0)?,
        }
        if self.0.ends_with(['.', '?', ':']) {
            Ok(())
        } else {
            f.write_str(".")
        }
    }
}

impl From<crate::error::Error> for Complaint {
    fn from(error: crate::error::Error) -> Self {
        Self::of(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::Complaint;

    #[test]
    fn a_complaint_is_a_sentence() {
        assert_eq!(
            Complaint::new("no such partner").to_string(),
            "No such partner."
        );
        assert_eq!(Complaint::new("Try again.").to_string(), "Try again.");
        assert_eq!(
            Complaint::new("data/panel.db is in use").to_string(),
            "data/panel.db is in use."
        );
    }
}
