//! Words for the codes of the domain.

use domain::{
    ChangeReason, Cycle, Kind, Limit, Misuse, Money, PlanReason, ReactivateReason, Reason, Role,
    RollbackReason, Status,
};

use super::Say;

impl Say {
    /// The word for a status.
    pub fn status(&self, status: Status) -> String {
        match status {
            Status::Active => self.status_active(),
            Status::Suspended => self.status_suspended(),
            Status::Closed => self.status_closed(),
        }
    }

    /// The words for a role.
    pub fn role(&self, role: Role) -> String {
        match role {
            Role::Owner => self.role_owner(),
            Role::Manager => self.role_manager(),
            Role::Agent => self.role_agent(),
            Role::Viewer => self.role_viewer(),
        }
    }

    /// Why a customer is suspended.
    pub fn suspension_reason(&self, reason: Reason) -> String {
        match reason {
            Reason::PaymentOverdue => self.reason_payment_overdue(),
            Reason::FraudOrChargeback => self.reason_fraud_or_chargeback(),
            Reason::TermsBroken => self.reason_terms_broken(),
            Reason::SecurityRisk => self.reason_security_risk(),
            Reason::CustomerAsked => self.reason_customer_asked(),
            Reason::Other => self.reason_other(),
            Reason::Operator => self.reason_operator(),
        }
    }

    /// The words for a kind of suspension.
    pub fn suspension_kind(&self, kind: Kind) -> String {
        match kind {
            Kind::Manual => self.kind_manual(),
            Kind::Billing => self.kind_billing(),
            Kind::Compliance => self.kind_compliance(),
            Kind::Platform => self.kind_platform(),
        }
    }

    /// Why a plan was changed.
    pub fn change_reason(&self, reason: ChangeReason) -> String {
        match reason {
            ChangeReason::CustomerAsked => self.reason_customer_asked(),
            ChangeReason::NeedsMore => self.why_needs_more(),
            ChangeReason::TooExpensive => self.why_too_expensive(),
            ChangeReason::WrongPlanSold => self.why_wrong_plan_sold(),
            ChangeReason::BillCorrection => self.why_bill_correction(),
            ChangeReason::Other => self.reason_other(),
        }
    }

    /// Why a plan was rolled back.
    pub fn rollback_reason(&self, reason: RollbackReason) -> String {
        match reason {
            RollbackReason::ChangedByMistake => self.why_changed_by_mistake(),
            RollbackReason::CustomerChangedMind => self.why_customer_changed_their_mind(),
            RollbackReason::BillCorrection => self.why_bill_correction(),
            RollbackReason::Other => self.reason_other(),
        }
    }

    /// Why the ledger moved.
    pub fn plan_reason(&self, reason: PlanReason) -> String {
        match reason {
            PlanReason::Change(reason) => self.change_reason(reason),
            PlanReason::Rollback(reason) => self.rollback_reason(reason),
        }
    }

    /// Why a suspension was lifted.
    pub fn reactivate_reason(&self, reason: ReactivateReason) -> String {
        match reason {
            ReactivateReason::Paid => self.why_paid(),
            ReactivateReason::Reviewed => self.why_reviewed(),
            ReactivateReason::CustomerAsked => self.reason_customer_asked(),
            ReactivateReason::SuspendedByMistake => self.why_suspended_by_mistake(),
            ReactivateReason::Other => self.reason_other(),
        }
    }

    /// "€49.00 per month", "€490.00 per year", "price not known".
    pub fn price_per_cycle(&self, price: Option<Money>, cycle: Cycle) -> String {
        match (price, cycle) {
            (None, _) => self.price_unknown(),
            (Some(price), Cycle::Month) => self.per_month(self.money(price)),
            (Some(price), Cycle::Year) => self.per_year(self.money(price)),
        }
    }

    /// How, and how often, an API key was used in vain.
    pub fn key_misuse(&self, misuse: Misuse, times: u32) -> String {
        match misuse {
            Misuse::WrongSecret => self.key_used_with_wrong_secret(times),
            Misuse::Expired => self.key_used_when_expired(times),
            Misuse::Revoked => self.key_used_when_revoked(times),
            Misuse::WrongScope => self.key_used_for_something_else(times),
        }
    }

    /// What a plan says about a limit: "20", "unlimited", "yes".
    pub fn allowed(&self, limit: Limit) -> String {
        match limit {
            Limit::Count(count) => self.number(count),
            Limit::Unlimited => self.unlimited(),
            Limit::Yes => self.included(),
            Limit::No => self.not_included(),
        }
    }
}
