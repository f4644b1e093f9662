//! One customer as a row of a list.

use app::wire::{Row, StatusLabel, Tone};
use domain::{CustomerId, Reason, Status, Timestamp};

use super::address::Address;
use super::menu::customer_path;
use super::words::{Context, hue, initials};
use crate::store::CustomerRow;

impl Context {
    /// The row on a page; links lead from there and back to it.
    pub fn row(&self, customer: &CustomerRow, page: &Address) -> Row {
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
            status: self.status_label(
                customer.status,
                suspension.map(|suspension| suspension.reason),
            ),
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

    fn status_label(&self, status: Status, reason: Option<Reason>) -> StatusLabel {
        StatusLabel {
            word: self.say.status(status),
            tone: match status {
                Status::Active => Tone::Good,
                Status::Suspended => Tone::Danger,
                Status::Closed => Tone::Neutral,
            },
            reason: reason.map(|reason| self.say.suspension_reason(reason)),
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
