//! Why a command was refused: the sentence, its field and its status.

use app::wire::Refusal;
use domain::{Account, ActorRef, Aspect, Ineligible, Moved, Rejection, Stale, Suspension};

use super::words::Context;

/// The shape of a refusal that belongs to a field: 422.
pub fn at_field(field: &str, text: String) -> Refusal {
    Refusal {
        text,
        field: Some(field.to_owned()),
        status: 422,
    }
}

/// The suspension that a move of access has opened, if it was that.
fn placed_by<'a>(account: &'a Account, moved: &Moved) -> Option<&'a Suspension> {
    let mut open = account.suspensions.iter();
    open.find(|open| open.command == moved.command)
}

/// Only a tick is missing.
fn is_over(reason: &Ineligible) -> bool {
    matches!(reason, Ineligible::OverLimit(_))
}

/// A refusal of the whole popup.
pub fn whole(text: String, status: u16) -> Refusal {
    Refusal {
        text,
        field: None,
        status,
    }
}

impl Context {
    /// A rejection as a person reads it, beside the account as it stands now.
    pub fn refusal(&self, rejection: &Rejection, account: &Account) -> Refusal {
        let text = self.rejection(rejection, Some(account));
        let (field, status) = match rejection {
            Rejection::Forbidden { .. } | Rejection::NotYours { .. } => (None, 403),
            Rejection::Closed
            | Rejection::Stale(_)
            | Rejection::Superseded { .. }
            | Rejection::NotUndoable
            | Rejection::NoChangeTarget
            | Rejection::NoRollbackTarget
            | Rejection::BlocksPlanChange { .. } => (None, 409),
            Rejection::AlreadySuspended { .. } | Rejection::NoSuspensionLeft => {
                (Some("reason"), 409)
            }
            Rejection::NotSuspended => (Some("lift"), 409),
            Rejection::NotEligible { reasons } if reasons.iter().all(is_over) => {
                (Some("over"), 422)
            }
            Rejection::SamePlan
            | Rejection::PlanArchived { .. }
            | Rejection::NotEligible { .. } => (Some("choice"), 422),
            Rejection::NoteRequired => (Some("note"), 422),
            Rejection::StartInPast => (Some("from"), 422),
            Rejection::UntilInPast => (Some("until"), 422),
        };
        Refusal {
            text,
            field: field.map(str::to_owned),
            status,
        }
    }

    /// Why something is not possible; `account` where it is at hand, for what only it can tell.
    pub fn rejection(&self, rejection: &Rejection, account: Option<&Account>) -> String {
        let say = &self.say;
        match rejection {
            Rejection::Forbidden { permission } => self.forbidden(*permission),
            Rejection::NotYours { kind } => self.not_yours(*kind),
            Rejection::Closed => say.closed(),
            Rejection::Stale(stale) => self.stale(stale, account),
            Rejection::Superseded { aspect, by } => self.superseded(*aspect, by, account),
            Rejection::NotUndoable => say.not_undoable(),
            Rejection::SamePlan => say.same_plan(),
            Rejection::PlanArchived { plan } => say.plan_archived(self.plan(plan)),
            Rejection::NotEligible { reasons } => self.not_eligible(reasons),
            Rejection::NoChangeTarget => say.no_change_target(),
            Rejection::NoRollbackTarget => say.no_rollback_target(),
            Rejection::BlocksPlanChange { reason, .. } => {
                say.blocks_plan_change(say.suspension_reason(*reason))
            }
            Rejection::AlreadySuspended { by } => {
                let reason = say.suspension_reason(by.reason);
                say.already_suspended_by(reason, say.point(by.placed_at), self.who(&by.placed_by))
            }
            Rejection::NoSuspensionLeft => say.no_suspension_left(),
            Rejection::NotSuspended => say.not_suspended(),
            Rejection::NoteRequired => say.note_required(),
            Rejection::StartInPast => say.start_in_past(),
            Rejection::UntilInPast => say.until_in_past(),
        }
    }

    /// Who did what in the meantime.
    fn stale(&self, stale: &Stale, account: Option<&Account>) -> String {
        let say = &self.say;
        match (stale, account) {
            (Stale::Plan { moved, .. }, Some(account)) => {
                let (before, now) = self.last_plan_move(account);
                say.stale_plan(self.who(&moved.by), before, now, say.ago(moved.at))
            }
            (
                Stale::Access {
                    moved: Some(moved), ..
                },
                Some(account),
            ) => {
                let (who, when) = (self.who(&moved.by), say.ago(moved.at));
                match (placed_by(account, moved), &moved.by) {
                    (_, ActorRef::System) => say.stale_ended(when),
                    (Some(open), _) => {
                        say.stale_suspended(who, say.suspension_reason(open.reason), when)
                    }
                    (None, _) => say.stale_lifted(who, when),
                }
            }
            (Stale::Version { plan, .. }, _) => say.stale_version(self.plan(plan)),
            (Stale::Plan { .. } | Stale::Access { .. }, _) => say.stale_access(),
        }
    }

    /// What stands where an Undo would have to go.
    fn superseded(&self, aspect: Aspect, by: &Moved, account: Option<&Account>) -> String {
        let say = &self.say;
        let (who, when) = (self.who(&by.by), say.ago(by.at));
        match (aspect, account, &by.by) {
            (Aspect::Plan, Some(account), _) => {
                let (before, now) = self.last_plan_move(account);
                say.superseded_plan(who, before, now, when)
            }
            (Aspect::Access, _, ActorRef::System) => say.superseded_ended(when),
            (Aspect::Access, Some(account), _) => match placed_by(account, by) {
                Some(open) => {
                    say.superseded_suspended(who, say.suspension_reason(open.reason), when)
                }
                None => say.superseded_lifted(who, when),
            },
            (_, None, _) => say.nothing_to_undo(),
        }
    }

    /// The names of the plans between which the ledger moved last.
    fn last_plan_move(&self, account: &Account) -> (String, String) {
        let now = &account.assignment().terms.plan;
        let before = account.ledger.previous().map_or(now, |row| &row.terms.plan);
        (self.plan(before), self.plan(now))
    }

    fn not_eligible(&self, reasons: &[Ineligible]) -> String {
        let over: Vec<String> = reasons
            .iter()
            .filter_map(|reason| match reason {
                Ineligible::OverLimit(over) => Some(self.over(over)),
                _ => None,
            })
            .collect();
        match reasons.iter().find(|reason| !is_over(reason)) {
            Some(reason) => self.ineligible(reason),
            None => self.say.accept_over_missing(over.join("; ")),
        }
    }

    /// Why one plan cannot be chosen.
    pub fn ineligible(&self, reason: &Ineligible) -> String {
        let say = &self.say;
        match reason {
            Ineligible::Current => say.ineligible_current(),
            Ineligible::Archived => say.ineligible_archived(),
            Ineligible::Inactive => say.ineligible_inactive(),
            Ineligible::OtherCurrency { currency } => {
                say.ineligible_other_currency(currency.code())
            }
            Ineligible::NoPrice => say.ineligible_no_price(),
            Ineligible::Unknown => say.ineligible_unknown(),
            Ineligible::NotEarlierNorLower => say.ineligible_not_earlier_nor_lower(),
            Ineligible::OverLimit(over) => self.over(over),
        }
    }
}
