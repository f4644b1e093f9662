//! Whether everything that is stored is as it should be.

use domain::{ExternalId, PartnerId};

use crate::api_keys::KeyOwner;
use crate::audit::{self, Evidence, VerifyError, Wrong};
use crate::error::{Error, Result};
use crate::store::{Dialect, Partner, Store, Tx};

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The structure of SQLite's file.
    File,
    /// That rows point to rows that exist.
    References,
    /// The chain of a partner's log.
    Log(String),
    /// The rows of a partner's customers beside its log.
    Customers(String),
    /// How many customers a partner is said to have.
    Counts(String),
    /// A partner's log beside its checkpoints.
    Checkpoints(String),
    /// That a key of the operator finds one customer by an external id.
    ExternalIds,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be, with what was looked at.
    Good(String),
    /// Worth knowing, though nothing is broken.
    Notable(String),
    /// Not as it should be.
    Wrong(String),
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub about: About,
    /// What was found.
    pub state: State,
}

impl Finding {
    fn good(about: About, what: impl Into<String>) -> Self {
        let state = State::Good(what.into());
        Self { about, state }
    }

    fn wrong(about: About, why: impl Into<String>) -> Self {
        let state = State::Wrong(why.into());
        Self { about, state }
    }

    /// Whether nothing is broken.
    #[must_use]
    pub fn is_good(&self) -> bool {
        !matches!(self.state, State::Wrong(_))
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mark, text) = match &self.state {
            State::Good(text) => ("ok   ", text),
            State::Notable(text) => ("note ", text),
            State::Wrong(text) => ("WRONG", text),
        };
        let about = match &self.about {
            About::File => "file".to_owned(),
            About::References => "references".to_owned(),
            About::Log(partner) => format!("{partner}, log"),
            About::Customers(partner) => format!("{partner}, customers"),
            About::Counts(partner) => format!("{partner}, counts"),
            About::Checkpoints(partner) => format!("{partner}, checkpoints"),
            About::ExternalIds => "external ids".to_owned(),
        };
        write!(f, "{mark} {about}: {text}")
    }
}

/// Looks at everything that a database says about itself: its structure, every log, and every row beside the logs.
///
/// # Errors
/// When the database does not answer.
pub async fn whole(store: &Store) -> Result<Vec<Finding>> {
    let mut tx = store.read().await?;
    let mut findings = Vec::new();
    if store.dialect() == Dialect::Sqlite {
        let found = tx.integrity().await;
        findings.push(listed(About::File, found, "structure, indexes and checks")?);
        let found = tx.dangling().await;
        findings.push(listed(
            About::References,
            found,
            "every one leads to a row",
        )?);
    }
    let partners = match tx.partners().await {
        Ok(partners) => partners,
        Err(error) => {
            findings.push(Finding::wrong(About::File, damage(error)?));
            return Ok(findings);
        }
    };
    for partner in &partners {
        partner_is_whole(&mut tx, partner, &mut findings).await?;
    }
    findings.extend(external_ids(&mut tx).await?);
    Ok(findings)
}

/// So many external ids are named.
const NAMED: usize = 20;

/// Whether keys of the operator find one customer by each external id; nothing while there is no such key.
async fn external_ids(tx: &mut Tx) -> Result<Option<Finding>> {
    let keys = tx.api_keys(&KeyOwner::Operator).await?;
    if keys.iter().all(|key| key.revoked_at.is_some()) {
        return Ok(None);
    }
    let most = u32::try_from(NAMED + 1).unwrap_or(u32::MAX);
    let ambiguous = tx.ambiguous_external_ids(most).await?;
    let about = About::ExternalIds;
    if ambiguous.is_empty() {
        return Ok(Some(Finding::good(about, "each is of one partner only")));
    }
    let named: Vec<&str> = ambiguous
        .iter()
        .take(NAMED)
        .map(ExternalId::as_str)
        .collect();
    let more = if ambiguous.len() > NAMED {
        " and more"
    } else {
        ""
    };
    let state = State::Notable(format!(
        "customers of several partners have the same one, and a key of the operator finds none of them by it: {}{more}",
        named.join(", ")
    ));
    Ok(Some(Finding { about, state }))
}

/// The same, and every log beside its checkpoints.
///
/// # Errors
/// When the database does not answer, or checkpoints cannot be read.
pub async fn check(store: &Store, evidence: &Evidence) -> Result<Vec<Finding>, VerifyError> {
    let mut findings = whole(store).await?;
    let verdicts = match audit::verify(store, evidence, None).await {
        Ok(verdicts) => verdicts,
        Err(VerifyError::Store(error)) => {
            findings.push(Finding::wrong(
                About::Checkpoints("all".to_owned()),
                damage(error)?,
            ));
            return Ok(findings);
        }
        Err(error) => return Err(error),
    };
    let partners = store.read().await?.partners().await.unwrap_or_default();
    for verdict in verdicts {
        let about = About::Checkpoints(name(&partners, &verdict.partner));
        // What is wrong with the log itself has been said.
        let mut wrong = verdict
            .wrong
            .iter()
            .filter(|wrong| !matches!(wrong, Wrong::Log(_)))
            .peekable();
        if wrong.peek().is_none() && verdict.wrong.is_empty() {
            let agree = format!("{} in agreement", verdict.checkpoints);
            findings.push(Finding::good(about.clone(), agree));
        }
        findings.extend(wrong.map(|wrong| Finding::wrong(about.clone(), wrong.to_string())));
    }
    Ok(findings)
}

fn name(partners: &[Partner], id: &PartnerId) -> String {
    let partner = partners.iter().find(|partner| partner.id == *id);
    partner.map_or_else(|| id.to_string(), |partner| partner.profile.name.clone())
}

async fn partner_is_whole(
    tx: &mut Tx,
    partner: &Partner,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let name = || partner.profile.name.clone();
    findings.push(match tx.walk_to_end(&partner.id, |_| {}).await {
        Ok(walk) => match walk.flaw {
            None => Finding::good(
                About::Log(name()),
                format!("{} events, each linked to the one before it", walk.head.seq),
            ),
            Some(flaw) => Finding::wrong(About::Log(name()), flaw.to_string()),
        },
        Err(error) => Finding::wrong(About::Log(name()), damage(error)?),
    });
    let compared = match tx.compare_customers(&partner.id).await {
        Ok(compared) => compared,
        Err(error) => {
            findings.push(Finding::wrong(About::Customers(name()), damage(error)?));
            return Ok(());
        }
    };
    if let Some(difference) = compared.difference {
        // Counting what differs says nothing.
        findings.push(Finding::wrong(
            About::Customers(name()),
            difference.to_string(),
        ));
        return Ok(());
    }
    findings.push(Finding::good(
        About::Customers(name()),
        format!("{} rows equal the log", compared.customers),
    ));
    findings.push(if compared.counts == partner.counts {
        Finding::good(About::Counts(name()), "as many as there are")
    } else {
        Finding::wrong(About::Counts(name()), "they differ from the customers")
    });
    Ok(())
}

fn listed(about: About, found: Result<Vec<String>>, good: &str) -> Result<Finding> {
    Ok(match found {
        Ok(list) if list.is_empty() => Finding::good(about, good),
        Ok(list) => Finding::wrong(about, list.join("; ")),
        Err(error) => Finding::wrong(about, damage(error)?),
    })
}

/// What a damaged database answers; an error that says nothing about damage stays one.
fn damage(error: Error) -> Result<String> {
    match error {
        Error::Database(cause) => Ok(cause.to_string()),
        Error::Damaged(what) => Ok(what),
        other => Err(other),
    }
}
