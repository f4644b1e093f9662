//! Suspensions: what keeps a customer out, and why.

use serde::{Deserialize, Serialize};

use crate::{ActorRef, CommandId, CustomerMessage, Note, SuspensionId, Timestamp};

codes! {
    /// What sort of suspension; nobody chooses it, the reason decides.
    pub enum Kind {
        /// Agreed with the customer, or a colleague's own reason.
        Manual = "manual",
        /// About money.
        Billing = "billing",
        /// About law, terms or safety; blocks plan changes.
        Compliance = "compliance",
        /// Placed by the operator, whom alone it obeys; blocks plan changes.
        Platform = "platform",
    }
}

impl Kind {
    /// Whether a suspension of this kind, while in force, blocks plan changes.
    #[must_use]
    pub const fn blocks_plan_change(self) -> bool {
        matches!(self, Self::Compliance | Self::Platform)
    }
}

codes! {
    /// Why a customer is suspended.
    pub enum Reason {
        /// A bill is overdue.
        PaymentOverdue = "payment_overdue",
        /// Fraud, or a payment was charged back.
        FraudOrChargeback = "fraud_or_chargeback",
        /// The terms of use were broken.
        TermsBroken = "terms_broken",
        /// The account endangers itself or others.
        SecurityRisk = "security_risk",
        /// The customer asked for it.
        CustomerAsked = "customer_asked",
        /// Something else, said in the note.
        Other = "other",
        /// The operator decided so.
        Operator = "operator",
    }
}

impl Reason {
    /// The kind of suspension that this reason makes.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::PaymentOverdue => Kind::Billing,
            Self::FraudOrChargeback | Self::TermsBroken | Self::SecurityRisk => Kind::Compliance,
            Self::CustomerAsked | Self::Other => Kind::Manual,
            Self::Operator => Kind::Platform,
        }
    }

    /// Whether this reason says nothing without a note.
    #[must_use]
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::Other)
    }
}

/// A suspension that has neither been lifted nor ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Its identifier. Undoing a lift reopens the suspension under the same one.
    pub id: SuspensionId,
    /// Its kind; always that of the reason.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// For colleagues; `None` when not written or erased.
    pub note: Option<Note>,
    /// For the customer; `None` when not written or erased.
    pub customer_message: Option<CustomerMessage>,
    /// Who placed it first.
    pub placed_by: ActorRef,
    /// When it was placed first.
    pub placed_at: Timestamp,
    /// From when it is to be in force.
    pub starts_at: Timestamp,
    /// Until when; `None` until somebody lifts it.
    pub until: Option<Timestamp>,
    /// Whether an event has put it in force.
    pub in_force: bool,
    /// The command that opened it last (placed it, or undid its lifting).
    pub command: CommandId,
}

impl Suspension {
    /// Since when, being in force, it keeps the customer out.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.starts_at.max(self.placed_at)
    }
}
