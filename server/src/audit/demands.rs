//! What the checkpoints demand of a partner's log.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::PathBuf;

use domain::Timestamp;
use thiserror::Error;

use super::key::PublicKey;
use crate::import::moment_text;
use crate::store::{Checkpoint, Claim, Flaw, Head, StreamEpoch};

/// Where a checkpoint was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the database itself.
    Database,
    /// In a file.
    File(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database => f.write_str("the database"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// What is wrong with a partner's log or with what was signed about it. Each is one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    /// The log contradicts itself.
    #[error(transparent)]
    Log(#[from] Flaw),
    /// The log is consistent in itself, and not the one that was signed.
    #[error("events {} to {seq} are not those that were signed at {}", .after + 1, moment_text(*.at))]
    NotSigned {
        /// The last event that is.
        after: u64,
        /// The event that was signed.
        seq: u64,
        /// When.
        at: Timestamp,
    },
    /// There was more.
    #[error("the log ends at event {end}; event {seq} was signed at {}", moment_text(*.at))]
    Cut {
        /// The last event.
        end: u64,
        /// The last one that was signed.
        seq: u64,
        /// When.
        at: Timestamp,
    },
    /// The signature does not fit.
    #[error(
        "the checkpoint of event {seq} in {found_in} was not signed like this by the key {key}"
    )]
    Forged {
        /// What it is about.
        seq: u64,
        /// Where it is.
        found_in: Source,
        /// Whose it pretends to be.
        key: String,
    },
    /// Nobody can say whether the signature fits.
    #[error(
        "the checkpoint of event {seq} in {found_in} was signed by the key {key}, which is not known here; name the file \
         with its public key with --key"
    )]
    UnknownKey {
        /// What it is about.
        seq: u64,
        /// Where it is.
        found_in: Source,
        /// Which one.
        key: String,
    },
    /// The database was exchanged for another one, and not by `restore`.
    #[error(
        "the checkpoint of event {seq} in {found_in} is of the history {stream}, from which no restore leads to the present \
         one"
    )]
    OtherHistory {
        /// What it is about.
        seq: u64,
        /// Where it is.
        found_in: Source,
        /// Of which history.
        stream: StreamEpoch,
    },
}

/// The checkpoints that a partner's log has to agree with.
#[derive(Debug, Default)]
pub struct Demands {
    /// By the number of the event.
    open: BTreeMap<u64, Vec<Claim>>,
    /// How many the log agreed with.
    pub met: u64,
    /// How many a signed restore gave up.
    pub given_up: u64,
    /// The last event that the log and a checkpoint agree on.
    pub signed: u64,
    /// Where the log does not agree with what was signed.
    pub unmet: Option<Wrong>,
    /// Checkpoints that cannot be relied on: each forged one, and one of each unknown key and history.
    pub unreliable: Vec<Wrong>,
}

impl Demands {
    /// Sorts a partner's checkpoints: those that are to be met, those that a restore gave up, and those that are wrong.
    pub fn of(
        present: Option<&StreamEpoch>,
        checkpoints: Vec<(Source, Checkpoint)>,
        keys: &[PublicKey],
    ) -> Self {
        let mut demands = Self::default();
        let mut genuine: Vec<(Source, Claim)> = Vec::new();
        let (mut seen, mut strangers) = (HashSet::new(), HashSet::new());
        for (source, checkpoint) in checkpoints {
            if !seen.insert(checkpoint.clone()) {
                continue;
            }
            match judge(&checkpoint, &source, keys) {
                Ok(()) => genuine.push((source, checkpoint.claim)),
                Err(Wrong::UnknownKey { key, .. }) if !strangers.insert(key.clone()) => {}
                Err(wrong) => demands.unreliable.push(wrong),
            }
        }
        let past = Past::of(present, genuine.iter().map(|(_, claim)| claim));
        let mut elsewhere = HashSet::new();
        for (source, claim) in genuine {
            match past.until.get(&claim.stream) {
                Some(until) if claim.head.seq <= *until => {
                    demands.open.entry(claim.head.seq).or_default().push(claim);
                }
                Some(_) => demands.given_up += 1,
                None if past.replaced.contains(&claim.stream) => demands.given_up += 1,
                None if elsewhere.insert(claim.stream.clone()) => {
                    demands.unreliable.push(Wrong::OtherHistory {
                        seq: claim.head.seq,
                        found_in: source,
                        stream: claim.stream,
                    });
                }
                None => {}
            }
        }
        demands.see(&Head::default());
        demands
    }

    /// Holds the next event of the log against what was signed.
    pub fn see(&mut self, head: &Head) {
        for claim in self.open.remove(&head.seq).unwrap_or_default() {
            if claim.head.hash == head.hash {
                self.met += 1;
                self.signed = head.seq;
            } else {
                self.unmet = Some(Wrong::NotSigned {
                    after: self.signed,
                    seq: head.seq,
                    at: claim.at,
                });
                // All that follows differs as well.
                self.open.clear();
            }
        }
    }

    /// Says that the log ends here.
    pub fn end(&mut self, end: u64) {
        if let Some((seq, claims)) = self.open.pop_last()
            && let Some(claim) = claims.into_iter().next()
        {
            let at = claim.at;
            self.unmet = Some(Wrong::Cut { end, seq, at });
        }
    }
}

fn judge(checkpoint: &Checkpoint, source: &Source, keys: &[PublicKey]) -> Result<(), Wrong> {
    let (seq, found_in, key) = (
        checkpoint.claim.head.seq,
        source.clone(),
        checkpoint.key.clone(),
    );
    match keys.iter().find(|known| known.id() == key) {
        Some(known) if known.signed_checkpoint(checkpoint) => Ok(()),
        Some(_) => Err(Wrong::Forged { seq, found_in, key }),
        None => Err(Wrong::UnknownKey { seq, found_in, key }),
    }
}

/// The histories that lead to the present one.
struct Past {
    /// Until which event the present log goes on from each.
    until: HashMap<StreamEpoch, u64>,
    /// Those that were given up as a whole.
    replaced: HashSet<StreamEpoch>,
}

impl Past {
    fn of<'a>(present: Option<&StreamEpoch>, claims: impl Iterator<Item = &'a Claim>) -> Self {
        let begins: HashMap<&StreamEpoch, &Claim> = claims
            .filter(|claim| claim.continues.is_some() || claim.replaces.is_some())
            .map(|claim| (&claim.stream, claim))
            .collect();
        let mut past = Self {
            until: HashMap::new(),
            replaced: HashSet::new(),
        };
        let (mut next, mut until) = (present, u64::MAX);
        while let Some(stream) = next
            && !past.until.contains_key(stream)
        {
            past.until.insert(stream.clone(), until);
            let begin = begins.get(stream);
            until = begin.map_or(until, |begin| until.min(begin.head.seq));
            next = begin.and_then(|begin| begin.continues.as_ref());
        }
        // What was given up for a history that was given up later is given up as well, with all that led to it.
        let mut given_up: Vec<&StreamEpoch> = past
            .until
            .keys()
            .filter_map(|stream| begins.get(stream)?.replaces.as_ref())
            .collect();
        while let Some(stream) = given_up.pop() {
            if past.until.contains_key(stream) || !past.replaced.insert(stream.clone()) {
                continue;
            }
            if let Some(begin) = begins.get(stream) {
                given_up.extend(begin.continues.iter().chain(&begin.replaces));
            }
        }
        past
    }
}
