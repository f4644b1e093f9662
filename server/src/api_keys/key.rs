//! A key as it is kept.

use std::collections::BTreeSet;

use domain::{ActorRef, ApiKeyId, ApiKeyName, PartnerId, Scope, Timestamp};

use super::gate_settings::GateSettings;
use super::text::PublicPart;

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its identifier.
    pub id: ApiKeyId,
    /// Whose it is.
    pub owner: KeyOwner,
    /// The part of it that people may see.
    pub public: PublicPart,
    /// What people call it.
    pub name: ApiKeyName,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// How the gate answers it.
    pub gate: GateSettings,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: ActorRef,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// The last use that was written down; at most a minute behind.
    pub last_used_at: Option<Timestamp>,
    /// When it was ended.
    pub revoked_at: Option<Timestamp>,
    /// Its successor, and until when it is still good beside it.
    pub replaced: Option<(ApiKeyId, Timestamp)>,
}

/// Whose a key is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyOwner {
    /// One partner's: it finds that partner's customers.
    Partner(PartnerId),
    /// The operator's: it finds the customers of all partners.
    Operator,
}

impl KeyOwner {
    /// The partner, unless it is the operator's own.
    #[must_use]
    pub const fn partner(&self) -> Option<&PartnerId> {
        match self {
            Self::Partner(partner) => Some(partner),
            Self::Operator => None,
        }
    }
}

/// How a key stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It is good.
    Live,
    /// It is good until then, beside its successor.
    Replaced(Timestamp),
    /// Its time is over.
    Expired(Timestamp),
    /// It was ended.
    Revoked(Timestamp),
}

impl ApiKey {
    /// When it ends, unless somebody ends it before.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let overlap = self.replaced.as_ref().map(|(_, until)| *until);
        overlap.map_or(self.expires_at, |until| until.min(self.expires_at))
    }

    /// How it stands at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> KeyState {
        let end = self.ends_at();
        match (self.revoked_at, &self.replaced) {
            (Some(at), _) => KeyState::Revoked(at),
            (None, _) if end <= now => KeyState::Expired(end),
            (None, Some(_)) => KeyState::Replaced(end),
            (None, None) => KeyState::Live,
        }
    }

    /// Whether it is good at `now`.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        matches!(self.state(now), KeyState::Live | KeyState::Replaced(_))
    }
}
