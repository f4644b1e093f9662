//! Whether a customer may come in, as the product asks at its gate.

use crate::{GateMode, Reason, Status, UnknownCustomer};

/// How a customer stands at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// May come in.
    Active,
    /// Kept out; by the suspension in force that was opened first.
    Suspended(Reason),
    /// Left for good.
    Closed,
}

impl Standing {
    /// The status that people see.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Active => Status::Active,
            Self::Suspended(_) => Status::Suspended,
            Self::Closed => Status::Closed,
        }
    }
}

/// Why nobody can be named who asks to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnamed {
    /// The request names no customer.
    Missing,
    /// The request can be read in more than one way.
    Malformed,
    /// Customers of several partners have this name.
    Ambiguous,
    /// No customer has this name.
    Unknown,
}

/// Why somebody is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// A suspension is in force.
    Suspended(Reason),
    /// The account is closed.
    Closed,
    /// Nobody knows who it is.
    Unnamed(Unnamed),
    /// What is known is too old to rely on.
    Outdated,
}

impl Denial {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspended(reason) => reason.code(),
            Self::Closed => "closed",
            Self::Unnamed(Unnamed::Missing) => "customer_missing",
            Self::Unnamed(Unnamed::Malformed) => "request_malformed",
            Self::Unnamed(Unnamed::Ambiguous) => "customer_ambiguous",
            Self::Unnamed(Unnamed::Unknown) => "customer_unknown",
            Self::Outdated => "outdated",
        }
    }
}

/// Where somebody asks to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Where only who may come in can go.
    Guarded,
    /// Where suspended customers can go as well: to their bills and their data.
    OpenWhileSuspended,
}

/// How old what is known is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// As new as can be.
    Fresh,
    /// The database is away; the last known truth still counts.
    Stale,
    /// The database has been away for too long.
    Outdated,
}

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Come in.
    Pass,
    /// Come in, though one that enforces would have said no.
    WouldDeny(Denial),
    /// Stay out.
    Deny(Denial),
}

/// Who may come in: never somebody of whom nothing certain is known, unless the key says otherwise. Where somebody wants
/// to go matters to those alone who are suspended; of all others it is not asked.
#[must_use]
pub fn verdict(
    who: Result<Standing, Unnamed>,
    way: impl FnOnce() -> Way,
    knowledge: Knowledge,
    mode: GateMode,
    unknown: UnknownCustomer,
) -> Verdict {
    let denial = if knowledge == Knowledge::Outdated {
        Some(Denial::Outdated)
    } else {
        match who {
            Ok(Standing::Active) => None,
            Ok(Standing::Suspended(_)) if way() == Way::OpenWhileSuspended => None,
            Ok(Standing::Suspended(reason)) => Some(Denial::Suspended(reason)),
            Ok(Standing::Closed) => Some(Denial::Closed),
            Err(Unnamed::Unknown) if unknown == UnknownCustomer::Allow => None,
            Err(unnamed) => Some(Denial::Unnamed(unnamed)),
        }
    };
    match (denial, mode) {
        (None, _) => Verdict::Pass,
        (Some(denial), GateMode::Observe) => Verdict::WouldDeny(denial),
        (Some(denial), GateMode::Enforce) => Verdict::Deny(denial),
    }
}
