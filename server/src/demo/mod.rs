//! The demo: three partners with their plans, people and customers, whose lives went by the same rules as anybody's.

mod cast;
mod dice;
mod fill;
mod habits;
mod lives;
mod living;
mod names;
mod notes;
mod partners;
mod password;
mod plans;
mod story;

use std::path::{Path, PathBuf};

use domain::{Role, Timestamp};

pub use cast::{
    ARABIC_NAME, ARCHIVED, INACTIVE_PLAN, LONG_NAME, NAMESAKES, NO_EARLIER_PLAN, OLDER_VERSION,
    OVER_LIMIT, PLATFORM, ROLLED_BACK, SUSPENDED_UNTIL, TWO_SUSPENSIONS, UPGRADED, USAGE_UNKNOWN,
    YEARLY,
};
pub use fill::Scale;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::import::Progress;
use crate::store::Store;
use crate::web::password::hash;
use partners::PARTNERS;

/// Under which name the store keeps when the demo was first started.
const STARTED_AT: &str = "demo_started_at";

/// What somebody needs to know to try the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The first partner's people, then another partner's owner.
    pub sign_ins: Vec<SignIn>,
    /// The password of all of them.
    pub password: String,
    /// What to do first.
    pub things_to_try: Vec<String>,
}

/// A person of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// Name of the partner.
    pub partner: &'static str,
    /// What they may do.
    pub role: Role,
    /// Their name.
    pub name: &'static str,
    /// What they sign in with.
    pub email: &'static str,
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database belongs to somebody.
    #[error(
        "this database has partners of its own: the demo fills only an empty one. Start without --demo, or with another --data."
    )]
    NotEmpty,
    /// The file of the password.
    #[error("{} cannot be read or written: {cause}.", path.display())]
    Password {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The password that somebody chose is longer than can be hashed.
    #[error("this password cannot be used: it is too long.")]
    Unfit,
    /// The store refused.
    #[error("the demo could not be filled: {0}.")]
    Store(#[from] crate::error::Error),
}

/// Fills an empty database with the demo; later only makes sure that its password is the one that is told. `chosen` is
/// the password that somebody wants, otherwise it is random for each database and kept in the folder `data`.
///
/// # Errors
/// When the database has other partners, or something cannot be written. Interrupted, it goes on at the next start.
pub async fn ensure(
    store: &Store,
    data: &Path,
    chosen: Option<String>,
    clock: &dyn Clock,
    ids: &dyn Ids,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Demo, DemoError> {
    ensure_scaled(store, data, chosen, clock, ids, Scale::default(), progress).await
}

/// The same in another size.
///
/// # Errors
/// As [`ensure`].
pub async fn ensure_scaled(
    store: &Store,
    data: &Path,
    chosen: Option<String>,
    clock: &dyn Clock,
    ids: &dyn Ids,
    scale: Scale,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Demo, DemoError> {
    let start = started(store, clock).await?;
    let failed = |cause| DemoError::Password {
        path: password::file(data),
        cause,
    };
    let kept = password::kept(data).map_err(failed)?;
    let chosen = chosen.filter(|chosen| !chosen.is_empty());
    let password = chosen
        .or(kept.clone())
        .unwrap_or_else(|| password::make(ids));
    // Everybody in the demo has the same one, so it is hashed once.
    let password_hash = hash(&password, ids).map_err(|_| DemoError::Unfit)?;
    if kept.as_ref() != Some(&password) {
        password::keep(data, &password).map_err(failed)?;
        set_passwords(store, &password_hash).await?;
    }
    let total = (PARTNERS.len() * scale.customers) as u64;
    for (number, partner) in PARTNERS.iter().enumerate() {
        fill::fill(store, number as u64, partner, &password_hash, start, scale).await?;
        progress(Progress {
            done: ((number + 1) * scale.customers) as u64,
            total,
        });
    }
    let signing_in = |partner: &'static partners::DemoPartner| {
        partner.people.iter().map(|person| SignIn {
            partner: partner.name,
            role: person.role,
            name: person.name,
            email: person.email,
        })
    };
    let [first, second, _] = &PARTNERS;
    let sign_ins = signing_in(first)
        .chain(signing_in(second).take(1))
        .collect();
    Ok(Demo {
        sign_ins,
        password,
        things_to_try: cast::things_to_try(),
    })
}

/// When the demo was first started; now, for an empty database.
async fn started(store: &Store, clock: &dyn Clock) -> Result<Timestamp, DemoError> {
    let mut reading = store.read().await?;
    let known = reading.secret(STARTED_AT).await?;
    let partners = reading.partners().await?;
    drop(reading);
    let text = match known {
        Some(text) => text,
        None if partners.is_empty() => {
            store
                .put_secret(STARTED_AT.to_owned(), clock.now().millis().to_string())
                .await?
        }
        None => return Err(DemoError::NotEmpty),
    };
    let millis = text.parse().map_err(crate::error::Error::damaged)?;
    Ok(Timestamp::from_millis(millis))
}

async fn set_passwords(store: &Store, password_hash: &str) -> Result<(), DemoError> {
    for person in PARTNERS.iter().flat_map(|partner| &partner.people) {
        let user = store.read().await?.user_by_email(person.email).await?;
        if let Some(mut user) = user {
            user.password_hash = Some(password_hash.to_owned());
            store.set_user(user).await?;
        }
    }
    Ok(())
}
