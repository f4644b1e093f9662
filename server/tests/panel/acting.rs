//! What people do: open popups, fill them in, post them.

use crate::guests::Guest;
use crate::house::{House, plans};
use crate::reading::{card, done};
use app::error::PanelError;
use app::service::{PanelService, Place};
use app::wire::{Done, ListPage, Outcome, Popup};
use domain::{CustomerId, Role};
use server::clock::Clock;
use server::ids::Ids;
use server::store::PlanDraft;

impl House {
    /// Opens a popup on the active list.
    pub async fn open(&self, role: Role, action: &str, id: &CustomerId) -> Popup {
        let place = active(&format!("do={action}&customer={id}"));
        self.as_role(role).popup(&place).await.unwrap().unwrap()
    }

    /// Opens a popup, fills it in and confirms it.
    pub async fn confirm(
        &self,
        role: Role,
        action: &str,
        id: &CustomerId,
        typed: &[(&str, &str)],
    ) -> Outcome {
        let popup = self.open(role, action, id).await;
        self.send(role, &popup, typed).await.unwrap()
    }

    /// Posts a popup with what was typed.
    pub async fn send(
        &self,
        role: Role,
        popup: &Popup,
        typed: &[(&str, &str)],
    ) -> Result<Outcome, PanelError> {
        let mut fields = popup.hidden.clone();
        fields.extend(
            typed
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned())),
        );
        self.as_role(role).submit(&active(""), fields).await
    }

    /// Suspends for a reason.
    pub async fn suspend(&self, id: &CustomerId, reason: &str) -> Box<Done> {
        done(
            self.confirm(
                Role::Owner,
                "suspend",
                id,
                &[("reason", reason), ("note", "Ticket 4711")],
            )
            .await,
        )
    }

    /// Gives a plan a new price, and so a new version.
    pub async fn reprice(&self, code: &str, price: i64) {
        let draft = plans()
            .into_iter()
            .rfind(|draft| draft.code.as_str() == code)
            .unwrap();
        let draft = PlanDraft {
            price_month: Some(price),
            ..draft
        };
        let id = self.ids.plan(self.clock.now());
        self.shared
            .store
            .save_plan(self.partner.clone(), draft, id, self.clock.now())
            .await
            .unwrap();
    }

    /// Moves to a plan.
    pub async fn change(&self, role: Role, id: &CustomerId, plan: &str) -> Box<Done> {
        let popup = self.open(role, "change", id).await;
        let choice = card(&popup, plan).value.clone();
        done(
            self.send(role, &popup, &[("choice", &choice)])
                .await
                .unwrap(),
        )
    }
}

/// A place on the active list.
pub fn active(query: &str) -> Place {
    place("/customers/active", query)
}

pub fn place(path: &str, query: &str) -> Place {
    Place {
        path: path.to_owned(),
        query: query.to_owned(),
    }
}

pub async fn list(house: &House, path: &str, query: &str) -> ListPage {
    house
        .as_role(Role::Agent)
        .list(&place(path, query))
        .await
        .unwrap()
}

pub fn names(page: &ListPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

pub async fn busy() -> House {
    let house = House::empty().await;
    let ids = house
        .welcome(&[
            Guest::new("c-1", "Acme GmbH")
                .on(&[("free", 1, 10)])
                .using(&[("Seats", 2)]),
            Guest::new("c-2", "Bolt")
                .on(&[("pro", 1, 30)])
                .using(&[("Seats", 22)]),
            Guest::new("c-3", "Corto")
                .on(&[("business", 1, 20)])
                .using(&[]),
            Guest::new("c-4", "Acme Foundation")
                .on(&[("max", 1, 40)])
                .using(&[("Seats", 50)]),
        ])
        .await;
    house.suspend(&ids[3], "payment_overdue").await;
    house
}
