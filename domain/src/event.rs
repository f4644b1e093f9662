//! What happened: the rows of the log, and all that anything else is told from.

use serde::{Deserialize, Serialize};

use crate::{
    ActorRef, ApiKeyId, Cause, CommandId, CustomerMessage, EventKind, ExternalId, ImportId, Kind,
    LedgerSeq, LimitName, MisuseCount, Note, PlanReason, Profile, ReactivateReason, Reason, Scope,
    Stint, SuspensionId, Terms, Threshold, Timestamp,
};

/// One event of one customer, or of the partner itself. The store keeps `body` and `private` in columns of their own, the rest beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub actor: ActorRef,
    /// The command that it is part of.
    pub command: CommandId,
    /// What happened, free of personal and human-typed text.
    pub body: Body,
    /// Personal and human-typed text; empty once erased.
    pub private: Private,
}

impl Event {
    /// Body and private part, for storing apart.
    #[must_use]
    pub fn split(self) -> (Body, Private) {
        (self.body, self.private)
    }

    /// Puts a stored event together again; an erased private part is `Private::default()`.
    #[must_use]
    pub const fn join(
        at: Timestamp,
        actor: ActorRef,
        command: CommandId,
        body: Body,
        private: Private,
    ) -> Self {
        Self {
            at,
            actor,
            command,
            body,
            private,
        }
    }

    /// Which kind of event it is.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        self.body.kind()
    }
}

/// Text that a person typed, or that says who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Private {
    /// The note given with a plan change, a rollback or a lift.
    pub note: Option<Note>,
    /// The texts of the suspension that the event is about.
    pub suspension: Option<SuspensionTexts>,
    /// The customer's profile after the event.
    pub profile: Option<Profile>,
}

impl Private {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The human-typed part of a suspension.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SuspensionTexts {
    /// For colleagues.
    pub note: Option<Note>,
    /// For the customer.
    pub customer_message: Option<CustomerMessage>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The customer came; always its first event. `private.profile` says who it is.
    CustomerAdded {
        /// Its name in the operator's system.
        external_id: ExternalId,
        /// When it became a customer, if known.
        joined_at: Option<Timestamp>,
        /// The import that brought it; the rows of the ledger then have the cause `Import`.
        import: Option<ImportId>,
        /// Its past plans, oldest first; each lasted until the next one, the last until `current` started.
        earlier: Vec<Stint>,
        /// What it has.
        current: Stint,
    },
    /// `private.profile` is the whole new profile; that there is none says that who the customer is was erased, with
    /// everything that people had written about it.
    ProfileChanged,
    /// The ledger got a new head, started at the event's time.
    PlanChanged {
        /// What the customer had.
        from: Terms,
        /// What it has now.
        to: Terms,
        /// Change, Rollback, Undo or Import.
        cause: Cause,
        /// The ledger row whose terms were brought back.
        restores: Option<LedgerSeq>,
        /// Why; the note is in `private.note`.
        reason: Option<PlanReason>,
        /// The command that this undid.
        undoes: Option<CommandId>,
    },
    /// A suspension was opened: placed, or its lifting undone. Its texts are in `private.suspension`.
    SuspensionPlaced {
        /// Which one; a reopened one keeps its identifier.
        suspension: SuspensionId,
        /// Why; decides the kind.
        reason: Reason,
        /// Who placed it first.
        placed_by: ActorRef,
        /// When it was placed first.
        placed_at: Timestamp,
        /// From when it is to be in force.
        starts_at: Timestamp,
        /// Until when.
        until: Option<Timestamp>,
        /// Whether it is in force from this event on; if not, `SuspensionStarted` follows when due.
        in_force: bool,
        /// The command that this undid.
        undoes: Option<CommandId>,
    },
    /// A suspension was lifted by somebody; the note for that is in `private.note`.
    SuspensionLifted {
        /// Which one.
        suspension: SuspensionId,
        /// Why it had been placed.
        reason: Reason,
        /// Why it was lifted.
        why: Option<ReactivateReason>,
        /// Whether it kept the customer out; a planned one did not yet. Logs from before there were planned ones say nothing.
        #[serde(default = "kept_out")]
        in_force: bool,
        /// The command that this undid.
        undoes: Option<CommandId>,
    },
    /// A suspension came in force because its time had come.
    SuspensionStarted {
        /// Which one.
        suspension: SuspensionId,
        /// Its kind.
        kind: Kind,
        /// When it was due.
        due: Timestamp,
    },
    /// A suspension ended because its time was over.
    SuspensionEnded {
        /// Which one.
        suspension: SuspensionId,
        /// Its kind.
        kind: Kind,
        /// When it was due.
        due: Timestamp,
    },
    /// Usage crossed a threshold upwards.
    UsageCrossed {
        /// Of which limit.
        limit: LimitName,
        /// Which threshold.
        threshold: Threshold,
    },
    /// The customer left; nothing can be done with it any more.
    CustomerClosed,
    /// An API key of the partner was made.
    KeyCreated {
        /// Which one.
        key: ApiKeyId,
        /// What it is good for.
        scopes: Vec<Scope>,
        /// When it ends by itself.
        expires_at: Timestamp,
    },
    /// An API key was given a successor, and both are good for a while.
    KeyRotated {
        /// Which one.
        key: ApiKeyId,
        /// Its successor.
        by: ApiKeyId,
        /// When the old one ends.
        overlap_until: Timestamp,
        /// When the successor ends by itself.
        expires_at: Timestamp,
    },
    /// An API key was ended.
    KeyRevoked {
        /// Which one.
        key: ApiKeyId,
    },
    /// Somebody used an API key in vain. Told at most once an hour for each key.
    KeyMisused {
        /// Which one.
        key: ApiKeyId,
        /// What was wrong, and how often since it was told last.
        uses: Vec<MisuseCount>,
    },
}

/// What a log that says nothing means.
const fn kept_out() -> bool {
    true
}

impl Body {
    /// Which kind of event it is.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::CustomerAdded { .. } => EventKind::CustomerAdded,
            Self::ProfileChanged => EventKind::ProfileChanged,
            Self::PlanChanged { .. } => EventKind::PlanChanged,
            Self::SuspensionPlaced { .. } => EventKind::SuspensionPlaced,
            Self::SuspensionLifted { .. } => EventKind::SuspensionLifted,
            Self::SuspensionStarted { .. } => EventKind::SuspensionStarted,
            Self::SuspensionEnded { .. } => EventKind::SuspensionEnded,
            Self::UsageCrossed { .. } => EventKind::UsageCrossed,
            Self::CustomerClosed => EventKind::CustomerClosed,
            Self::KeyCreated { .. } => EventKind::KeyCreated,
            Self::KeyRotated { .. } => EventKind::KeyRotated,
            Self::KeyRevoked { .. } => EventKind::KeyRevoked,
            Self::KeyMisused { .. } => EventKind::KeyMisused,
        }
    }

    /// The API key that the event is about; then it is about no customer.
    #[must_use]
    pub const fn key(&self) -> Option<&ApiKeyId> {
        match self {
            Self::KeyCreated { key, .. }
            | Self::KeyRotated { key, .. }
            | Self::KeyRevoked { key }
            | Self::KeyMisused { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The command whose effect this event took back.
    #[must_use]
    pub const fn undoes(&self) -> Option<&CommandId> {
        match self {
            Self::PlanChanged { undoes, .. }
            | Self::SuspensionPlaced { undoes, .. }
            | Self::SuspensionLifted { undoes, .. } => undoes.as_ref(),
            _ => None,
        }
    }
}
