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
        let mut letters = self.0.chars();
        if let Some(first) = letters.next() {
            write!(f, "{}{}", first.to_uppercase(), letters.as_str())?;
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
    }
}
