//! The popups that confirm: each is made from the account as it stands now, and from what was typed before a refusal.

mod cards;
mod change;
mod outlook;
mod parts;
mod reactivate;
mod rollback;
mod suspend;
mod undo;

use app::wire::{Action, Block, Confirm, Partly, Popup, Refusal, Tone};
use domain::{Account, CommandId, CustomerId, Event, Permission, Rejection, Timestamp};

use super::address::Address;
use super::forms::Form;
use super::words::Context;
use crate::store::Connection;

/// What every popup is made from.
pub struct Subject<'a> {
    /// Who asks, and for whom.
    pub context: &'a Context,
    /// Whose popup it is.
    pub id: &'a CustomerId,
    /// How it stands now.
    pub account: &'a Account,
    /// When it was last seen.
    pub last_seen: Option<Timestamp>,
    /// Whether a product asks about its customers.
    pub connection: Connection,
    /// What was typed before; empty when the popup was only opened.
    pub form: &'a Form,
    /// What an Undo would take back; with whether that was an Undo itself.
    pub undone: Option<&'a Undone>,
}

/// The command that an Undo names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Which one.
    pub command: CommandId,
    /// What it was.
    pub was: Was,
    /// What it did.
    pub did: Vec<Event>,
}

/// Whether taking a command back is an Undo or a Redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Was {
    /// Somebody's action.
    Action,
    /// Somebody's Undo.
    Undo,
}

/// What differs between the popups.
pub(super) struct Body {
    /// "Suspend Acme?"
    pub title: String,
    /// Title and button while something would be left in force.
    pub partly: Option<Partly>,
    /// Sentences under the subject.
    pub lead: Vec<String>,
    /// What stands between the lead and the buttons.
    pub blocks: Vec<Block>,
    /// Hidden fields beside `do`, `customer` and `key`.
    pub hidden: Vec<(String, String)>,
    /// Label and tone of the confirming button.
    pub confirm: (String, Tone),
}

/// The permission that an action needs.
pub fn permission(action: Action) -> Permission {
    match action {
        Action::View => Permission::View,
        Action::ChangePlan => Permission::ChangePlan,
        Action::RollbackPlan => Permission::RollbackPlan,
        Action::Suspend => Permission::Suspend,
        Action::Reactivate => Permission::Reactivate,
        Action::Undo => Permission::Undo,
    }
}

/// The popup for an action, with the `key` that it posts, on top of `page`.
pub fn popup(
    subject: &Subject<'_>,
    action: Action,
    key: String,
    page: &Address,
    refusal: Option<Refusal>,
) -> Popup {
    let body = match action {
        Action::ChangePlan => change::body(subject),
        Action::RollbackPlan => rollback::body(subject),
        Action::Suspend => suspend::body(subject),
        Action::Reactivate => reactivate::body(subject),
        Action::Undo => undo::body(subject),
        Action::View => Err(subject.context.say.nothing_changed()),
    };
    let instead = match (&body, action) {
        (Err(_), Action::Undo) => undo::instead(subject, page),
        _ => None,
    };
    let say = &subject.context.say;
    let mut popup = Popup {
        action,
        customer: subject.id.to_string(),
        title: subject.title(action),
        subject: subject.line(),
        lead: Vec::new(),
        partly: None,
        refusal,
        meanwhile: None,
        seq: subject.context.partner.last_seq,
        blocks: Vec::new(),
        hidden: Vec::new(),
        cancel: say.close(),
        confirm: None,
        instead,
        back: page.to_string(),
        outlook: None,
    };
    match body {
        Ok(body) => {
            popup.title = body.title;
            popup.partly = body.partly;
            popup.lead = body.lead;
            popup.blocks = body.blocks;
            popup.hidden = subject.hidden(action, key, body.hidden);
            popup.cancel = say.cancel();
            let (label, tone) = body.confirm;
            popup.confirm = Some(Confirm {
                label,
                tone,
                busy: say.working(),
            });
            popup.outlook = Some(Box::new(outlook::outlook(subject, action)));
        }
        // The same sentence twice would say nothing more.
        Err(why_not)
            if popup
                .refusal
                .as_ref()
                .is_some_and(|refusal| refusal.text == why_not) => {}
        Err(why_not) => popup.lead = vec![why_not],
    }
    popup
}

impl Subject<'_> {
    /// Name · e-mail · external id: namesakes exist.
    fn line(&self) -> String {
        let say = &self.context.say;
        let profile = &self.account.profile;
        let external_id = self.account.external_id.as_str();
        profile
            .email
            .as_deref()
            .into_iter()
            .chain([external_id])
            .fold(self.name(), |line, next| say.joined_by_dot(line, next))
    }

    /// The customer's name.
    fn name(&self) -> String {
        self.context.customer(&self.account.profile)
    }

    fn title(&self, action: Action) -> String {
        let say = &self.context.say;
        match action {
            Action::View => self.name(),
            Action::ChangePlan => say.change_title(self.name()),
            Action::RollbackPlan => say.rollback_title(self.name()),
            Action::Suspend => say.suspend_title(self.name()),
            Action::Reactivate => say.reactivate_title(self.name()),
            Action::Undo => say.undo_nothing_title(self.name()),
        }
    }

    fn hidden(
        &self,
        action: Action,
        key: String,
        more: Vec<(String, String)>,
    ) -> Vec<(String, String)> {
        let code = action.code().unwrap_or_default().to_owned();
        let mut hidden = vec![
            ("do".to_owned(), code),
            ("customer".to_owned(), self.id.to_string()),
            ("key".to_owned(), key),
        ];
        hidden.extend(more);
        hidden
    }

    /// Refuses what the rules refuse before anything is chosen.
    fn possible(&self, action: domain::Action) -> Result<(), String> {
        let account = self.account;
        let actions =
            domain::available_actions(account, &self.context.catalog, &self.context.actor);
        let refused = match actions
            .into_iter()
            .find(|availability| availability.action == action)
        {
            Some(availability) => availability.refused,
            // Offered only while something keeps the customer out; one that is planned is called off by the same popup.
            None => self.nothing_to_lift(),
        };
        refused.map_or(Ok(()), |rejection| {
            Err(self.context.rejection(&rejection, Some(account)))
        })
    }

    fn nothing_to_lift(&self) -> Option<Rejection> {
        let actor = &self.context.actor;
        let permission = Permission::Reactivate;
        let open = &self.account.suspensions;
        if !actor.permits(permission) {
            return Some(Rejection::Forbidden { permission });
        }
        match (
            open.iter().any(|open| actor.may_lift(open.kind)),
            open.first(),
        ) {
            (true, _) => None,
            (false, Some(open)) => Some(Rejection::NotYours { kind: open.kind }),
            (false, None) => Some(Rejection::NotSuspended),
        }
    }

    /// "Pro · €49.00 per month · since 3 March 2026", and by whom where a person moved it.
    fn current_plan(&self) -> String {
        let say = &self.context.say;
        let head = self.account.assignment();
        let line = self.context.plan_dot(&head.terms);
        say.joined_by_dot(line, say.since(say.point(head.started_at)))
    }

    /// "Stays suspended: Payment overdue, Terms broken"
    fn stays_suspended(&self) -> Option<String> {
        let reasons = self.account.in_force().map(|open| open.reason);
        let reasons = self.context.reasons(reasons)?;
        Some(self.context.say.stays_suspended(reasons))
    }
}
