//! ⋮ Actions: what a person may start on a customer, and why not.

use app::wire::{Action, MenuEntry};
use domain::{Availability, CustomerId, Situation, actions_in};

use super::address::Address;
use super::words::Context;

/// The page of a customer.
pub fn customer_path(id: &CustomerId) -> String {
    format!("/customers/{id}")
}

/// The page at hand with a popup open on top.
pub fn popup_address(page: &Address, action: Action, id: &CustomerId) -> Address {
    let page = page.page();
    match action.code() {
        Some(code) => page.with("do", code).with("customer", id.as_str()),
        None => Address::of(&customer_path(id)),
    }
}

impl Context {
    /// The entries in the order shown; `view` is where View leads.
    pub fn menu(
        &self,
        id: &CustomerId,
        situation: &Situation,
        page: &Address,
        view: &str,
    ) -> Vec<MenuEntry> {
        let entry = |availability: Availability| {
            let action = wire_action(availability.action);
            let why_not = availability
                .refused
                .map(|rejection| self.rejection(&rejection, None));
            let href = match action {
                Action::View => view.to_owned(),
                _ => popup_address(page, action, id).to_string(),
            };
            let label = match action {
                Action::Suspend if !situation.in_force.is_empty() => self.say.add_suspension(),
                _ => self.action(action),
            };
            MenuEntry {
                action,
                label,
                href: why_not.is_none().then_some(href),
                why_not,
            }
        };
        let mut entries: Vec<MenuEntry> = actions_in(situation, &self.actor)
            .into_iter()
            .map(entry)
            .collect();
        // What a person is looking for when somebody is suspended stands first.
        if let Some(place) = entries
            .iter()
            .position(|entry| entry.action == Action::Reactivate)
        {
            entries[..=place].rotate_right(1);
        }
        entries
    }

    /// The label of an action.
    pub fn action(&self, action: Action) -> String {
        match action {
            Action::View => self.say.view(),
            Action::ChangePlan => self.say.change_plan(),
            Action::RollbackPlan => self.say.rollback_plan(),
            Action::Suspend => self.say.suspend_account(),
            Action::Reactivate => self.say.reactivate_account(),
            Action::Undo => self.say.undo(),
        }
    }
}

fn wire_action(action: domain::Action) -> Action {
    match action {
        domain::Action::View => Action::View,
        domain::Action::ChangePlan => Action::ChangePlan,
        domain::Action::RollbackPlan => Action::RollbackPlan,
        domain::Action::Suspend => Action::Suspend,
        domain::Action::Reactivate => Action::Reactivate,
    }
}
