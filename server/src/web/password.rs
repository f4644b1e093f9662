//! Passwords: argon2id, off the threads that serve pages, and never more at once than the computer can bear.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::ids::Ids;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters of a password: what is hashed must have a bound.
pub const LONGEST: usize = 256;

/// Why a new password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// More than [`LONGEST`] characters.
    #[error("a password has at most {LONGEST} characters")]
    TooLong,
    /// The e-mail address itself.
    #[error("the e-mail address is not a password")]
    IsEmail,
}

/// Whether `password` may be the password of the person with this e-mail address.
///
/// # Errors
/// [`Unfit`] says why not.
pub fn check(password: &str, email: &str) -> Result<(), Unfit> {
    match password.chars().count() {
        0..SHORTEST => Err(Unfit::TooShort),
        SHORTEST..=LONGEST if password.eq_ignore_ascii_case(email) => Err(Unfit::IsEmail),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(Unfit::TooLong),
    }
}

/// The hash of a password as it is stored (argon2id, 19 MiB, two passes). Takes tens of milliseconds.
///
/// # Errors
/// When the password is longer than argon2 takes.
pub fn hash(password: &str, ids: &dyn Ids) -> Result<String, argon2::password_hash::Error> {
    let mut salt = [0; 16];
    ids.fill(&mut salt);
    Ok(Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)?
        .to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| {
        Argon2::default()
            .verify_password(password.as_bytes(), &stored)
            .is_ok()
    })
}

/// Too many people are signing in at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many passwords are being checked")]
pub struct Crowded;

/// Checks and makes password hashes, two at a time.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a password that nobody has: checked when there is no such user, so that the time does not tell.
    nobody: Arc<str>,
}

/// How many hashes may be worked on at once.
const AT_ONCE: usize = 2;
/// How long somebody waits for a turn.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

impl Passwords {
    /// Ready to check.
    ///
    /// # Errors
    /// When no password can be hashed here at all.
    pub fn new(ids: &dyn Ids) -> Result<Self, argon2::password_hash::Error> {
        let nobody = hash(&ids.secret(), ids)?;
        Ok(Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: nobody.into(),
        })
    }

    /// Whether `password` belongs to `stored`; takes as long when there is nothing stored.
    ///
    /// # Errors
    /// [`Crowded`] when no turn came in time.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Crowded> {
        let nobody = Arc::clone(&self.nobody);
        self.work(move || match stored {
            Some(stored) => verify(&password, &stored),
            None => {
                verify(&password, &nobody);
                false
            }
        })
        .await
    }

    /// The hash of a new password; none when it cannot be hashed.
    ///
    /// # Errors
    /// [`Crowded`] when no turn came in time.
    pub async fn hash(
        &self,
        password: String,
        ids: Arc<dyn Ids>,
    ) -> Result<Option<String>, Crowded> {
        self.work(move || hash(&password, &*ids).ok()).await
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Crowded> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Crowded);
        };
        // The turn travels with the work: a visitor who leaves does not free it while the hash is still being made.
        tokio::task::spawn_blocking(move || {
            let answer = job();
            drop(turn);
            answer
        })
        .await
        .map_err(|_| Crowded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeededIds;

    #[test]
    fn a_password_has_twelve_characters_or_more() {
        assert_eq!(check("short", "a@b.example"), Err(Unfit::TooShort));
        assert_eq!(check("zwölf Zeiche", "a@b.example"), Ok(()));
        assert_eq!(
            check("Maria@Kontor.example", "maria@kontor.example"),
            Err(Unfit::IsEmail)
        );
        assert_eq!(check(&"x".repeat(257), "a@b.example"), Err(Unfit::TooLong));
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let ids = SeededIds::new(1);
        let passwords = Passwords::new(&ids).unwrap();
        let stored = hash("correct horse battery", &ids).unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert_eq!(
            passwords
                .verify("correct horse battery".into(), Some(stored.clone()))
                .await,
            Ok(true)
        );
        assert_eq!(
            passwords
                .verify("wrong horse battery".into(), Some(stored))
                .await,
            Ok(false)
        );
        assert_eq!(
            passwords.verify("correct horse battery".into(), None).await,
            Ok(false)
        );
        assert_eq!(
            passwords
                .verify("x".into(), Some("not a hash".into()))
                .await,
            Ok(false)
        );
    }
}
