//! Suspensions that begin later.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, done};
use app::service::PanelService;
use app::wire::Standing;
use domain::time::HOUR;
use domain::{CustomerId, Role};

async fn planned(house: &House) -> CustomerId {
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let fields = [
        ("reason", "payment_overdue"),
        ("from_mode", "date"),
        ("from", "2026-11-23T14:30"),
        ("until_mode", "date"),
        ("until", "2026-11-23T16:30"),
    ];
    let said = done(house.confirm(Role::Agent, "suspend", &id, &fields).await);
    assert_eq!(
        said.notice.text,
        "Acme GmbH will be suspended from 23 November 2026, 14:30: Payment overdue."
    );
    assert_eq!(said.row.status.word, "Active");
    id
}

async fn settle(house: &House) {
    server::commands::settle_due(&house.shared.store, &*house.clock, &*house.ids)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_planned_suspension_begins_and_ends_by_itself() {
    let house = House::empty().await;
    let id = planned(&house).await;
    let page = || async {
        let panel = house.as_role(Role::Agent);
        let address = place(&format!("/customers/{id}"), "");
        panel.customer(&address).await.unwrap()
    };
    let card = page().await.suspensions.remove(0);
    assert_eq!(
        (card.standing, card.by.as_str(), card.since.short.as_str()),
        (
            Standing::Planned,
            "Planned by Jana Novak",
            "23 November 2026, 14:30"
        )
    );
    house.clock.advance(2 * HOUR);
    settle(&house).await;
    let begun = page().await;
    assert_eq!(begun.row.status.word, "Suspended");
    assert_eq!(begun.suspensions[0].standing, Standing::InForce);
    house.clock.advance(2 * HOUR);
    settle(&house).await;
    settle(&house).await;
    let over = page().await;
    assert_eq!(over.row.status.word, "Active");
    let titles: Vec<_> = over.timeline.iter().map(|entry| &entry.title).collect();
    assert_eq!(
        titles,
        [
            "A suspension ended as planned",
            "A planned suspension began",
            "Jana Novak planned a suspension",
            "Operator added the customer"
        ]
    );
}

#[tokio::test]
async fn a_planned_suspension_can_be_called_off_and_that_be_undone() {
    let house = House::empty().await;
    let id = planned(&house).await;
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    assert_eq!(popup.title, "Call off the planned suspension of Acme GmbH?");
    assert_eq!(button(&popup), Some("Yes, Call Off"));
    let off = done(house.send(Role::Agent, &popup, &[]).await.unwrap());
    assert_eq!(
        off.notice.text,
        "The planned suspension of Acme GmbH is called off."
    );
    let undo = off.notice.undo.expect("a way back");
    let panel = house.as_role(Role::Agent);
    let again = panel
        .submit(&place("/customers/active", ""), undo.fields)
        .await
        .unwrap();
    let again = done(again).notice.text;
    assert!(
        again.starts_with("Acme GmbH will be suspended from 23 November"),
        "{again}"
    );
}
