//! One customer as a row of a list.

use std::collections::HashMap;

use app::wire::{Link, Row, StatusLabel, Tone};
use domain::{CustomerId, PartnerId, Permission, Reason, Status, Timestamp};

use super::address::Address;
use super::customer_history::undo_link;
use super::menu::customer_path;
use super::query::a_day_ago;
use super::words::{Context, hue, initials};
use crate::error::Result;
use crate::store::{CustomerRow, LastMoves, Tx};

/// What only Suspended Customers shows.
#[derive(Debug, Default)]
pub struct Extras {
    told: HashMap<CustomerId, String>,
    moves: HashMap<CustomerId, LastMoves>,
}

impl Extras {
    /// For these rows.
    pub async fn read(tx: &mut Tx, partner: &PartnerId, rows: &[CustomerRow]) -> Result<Extras> {
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.id.clone()).collect();
        Ok(Extras {
            told: tx.told(partner, &ids).await?,
            moves: tx.last_moves(partner, &ids).await?,
        })
    }
}

impl Context {
    /// The row on a page; links lead from there and back to it.
    pub fn row(&self, customer: &CustomerRow, page: &Address) -> Row {
        self.row_with(customer, page, &Extras::default())
    }

    /// The row with what only Suspended Customers shows.
    pub fn row_with(&self, customer: &CustomerRow, page: &Address, extras: &Extras) -> Row {
        let say = &self.say;
        let name = self.customer_named(customer.name.as_deref());
        let href = view_address(&customer.id, page).to_string();
        let suspension = customer.suspension.as_ref();
        Row {
            id: customer.id.to_string(),
            name: name.clone(),
            initials: initials(&name),
            hue: hue(&customer.id),
            email: customer.email.clone(),
            plan: self.plan(&customer.terms.plan),
            plan_badge: self.plan_badge(&customer.terms),
            price: customer.price_month.map(|price| say.money(price)),
            usage: customer.usage.as_ref().map(|gauge| self.bar(gauge)),
            status: self.status_label(customer.status, &customer.in_force),
            told: extras.told.get(&customer.id).cloned(),
            undo: self.undo_of_today(customer, page, extras),
            since: suspension.map(|suspension| say.moment(suspension.since)),
            by: suspension.map(|suspension| say.by(self.who(&suspension.by))),
            until: suspension.map(|suspension| self.until(suspension.until)),
            joined: customer.joined_at.map(|joined| say.moment_day(joined)),
            last_seen: customer.last_seen_at.map(|seen| say.moment(seen)),
            menu_label: say.actions_for(&name),
            menu_href: page.page().with("menu", customer.id.as_str()).to_string(),
            menu: self.menu(
                &customer.id,
                &customer.situation(&self.catalog),
                page,
                &href,
            ),
            href,
        }
    }

    /// "Until reactivated", or the end.
    pub fn until(&self, until: Option<Timestamp>) -> String {
        until.map_or_else(
            || self.say.until_reactivated(),
            |until| self.say.day_and_time(until),
        )
    }

    /// Undo for a suspension of the last 24 hours that is still the last thing that was done to access.
    fn undo_of_today(
        &self,
        customer: &CustomerRow,
        page: &Address,
        extras: &Extras,
    ) -> Option<Link> {
        let since = customer.suspension.as_ref()?.since;
        let moves = extras.moves.get(&customer.id)?;
        let (command, _) = moves.access.as_ref()?;
        let undoable = moves.can_be_undone(command);
        let today = since >= a_day_ago(&self.say) && self.actor.permits(Permission::Undo);
        (undoable && today).then(|| undo_link(self, page, &customer.id, command))
    }

    /// How an account stands, in a word and with its reasons.
    pub(super) fn status_label(&self, status: Status, in_force: &[Reason]) -> StatusLabel {
        StatusLabel {
            word: self.say.status(status),
            tone: match status {
                Status::Active => Tone::Good,
                Status::Suspended => Tone::Danger,
                Status::Closed => Tone::Neutral,
            },
            reason: self.reasons(in_force.iter().copied()),
        }
    }
}

/// The customer's page, remembering the list that it was opened from; a customer's own page stays itself.
fn view_address(id: &CustomerId, page: &Address) -> Address {
    let path = customer_path(id);
    if page.path() == path {
        return page.page();
    }
    Address::of(&path).with("from", &page.page().to_string())
}
