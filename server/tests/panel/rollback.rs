//! Rollback Plan.

use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, cards, consequences, done, facts, reasons, refused, why};
use domain::Role;

#[tokio::test]
async fn earlier_plans_come_first_with_their_price_then_and_lower_ones_after() {
    let house = House::empty().await;
    let past = [("starter", 1, 300), ("pro", 1, 200), ("business", 1, 100)];
    let id = house
        .guest(
            Guest::new("c-1", "Acme GmbH")
                .on(&past)
                .using(&[("Seats", 12)]),
        )
        .await;
    let popup = house.open(Role::Agent, "rollback", &id).await;
    assert_eq!(popup.title, "Roll back Acme GmbH's plan?");
    assert_eq!(
        facts(&popup),
        [(
            "Current plan",
            "Business · €79.00 per month · since 15 August 2026"
        )]
    );
    let titles: Vec<_> = cards(&popup)
        .iter()
        .map(|card| card.title.as_str())
        .collect();
    assert_eq!(&titles[..2], ["Pro", "Starter"]);
    assert!(titles[2..].contains(&"Free"));
    let pro = card(&popup, "Pro");
    assert_eq!(pro.price, "€49.00 per month, its price then (today €55.00)");
    assert_eq!(pro.notes, ["was active until 15 August"]);
    assert!(pro.chosen && cards(&popup).iter().filter(|card| card.chosen).count() == 1);
    assert_eq!(card(&popup, "Starter").badges, ["Archived"]);
    assert_eq!(
        card(&popup, "Free").heading.as_deref(),
        None.or(first_heading(&popup))
    );
    let changes: Vec<_> = pro
        .changes
        .iter()
        .map(|change| (change.label.as_str(), change.after.as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            ("Price", "€49.00 per month"),
            ("Seats", "20"),
            ("API access", "no")
        ]
    );
    assert_eq!(
        reasons(&popup),
        [
            "No reason given",
            "Changed by mistake",
            "Customer changed their mind",
            "Bill correction",
            "Other"
        ]
    );
    assert_eq!(
        consequences(&popup),
        [
            "Takes effect now. Nothing is deleted.",
            "Nothing is charged or refunded here."
        ]
    );
    assert_eq!(button(&popup), Some("Yes, Rollback"));
}

/// The heading of Free when it is the first lower plan.
fn first_heading(popup: &app::wire::Popup) -> Option<&str> {
    let first_lower = cards(popup).iter().find(|card| card.heading.is_some())?;
    assert_eq!(
        first_lower.heading.as_deref(),
        Some("Lower plans, not used before")
    );
    (first_lower.title == "Free").then_some("Lower plans, not used before")
}

#[tokio::test]
async fn confirming_restores_the_version_and_price_of_then() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").on(&[("pro", 1, 200), ("business", 1, 100)]))
        .await;
    let popup = house.open(Role::Agent, "rollback", &id).await;
    let choice = card(&popup, "Pro").value.clone();
    let done = done(
        house
            .send(Role::Agent, &popup, &[("choice", &choice)])
            .await
            .unwrap(),
    );
    assert_eq!(
        done.notice.text,
        "Acme GmbH is back on Pro at €49.00 per month."
    );
    assert_eq!(
        (done.row.price.as_deref(), done.row.plan_badge.as_deref()),
        (Some("€49.00"), Some("Older version"))
    );
}

#[tokio::test]
async fn a_rollback_after_a_rollback_walks_further_back() {
    let house = House::empty().await;
    let id = house
        .guest(
            Guest::new("c-1", "Acme GmbH")
                .on(&[("free", 1, 300)])
                .using(&[]),
        )
        .await;
    house.change(Role::Agent, &id, "Pro").await;
    house.change(Role::Agent, &id, "Max").await;
    for expected in ["Pro", "Free"] {
        let popup = house.open(Role::Agent, "rollback", &id).await;
        let chosen = cards(&popup)
            .iter()
            .find(|card| card.chosen)
            .expect("a default");
        assert_eq!(chosen.title, expected);
        let choice = chosen.value.clone();
        done(
            house
                .send(Role::Agent, &popup, &[("choice", &choice)])
                .await
                .unwrap(),
        );
    }
}

#[tokio::test]
async fn a_change_by_a_colleague_is_named() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.change(Role::Manager, &id, "Business").await;
    let popup = house.open(Role::Agent, "rollback", &id).await;
    assert_eq!(
        facts(&popup),
        [(
            "Current plan",
            "Business · €79.00 per month · since today 12:30, changed by Mia Manager"
        )]
    );
}

#[tokio::test]
async fn without_an_earlier_or_lower_plan_it_says_so() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").on(&[("free", 1, 100)]))
        .await;
    let popup = house.open(Role::Agent, "rollback", &id).await;
    assert_eq!(
        (popup.lead.as_slice(), button(&popup)),
        (&["No earlier or lower plan.".to_owned()][..], None)
    );
    assert_eq!(popup.cancel, "Close");
}

#[tokio::test]
async fn broken_choices_are_refused() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").on(&[("pro", 1, 200), ("business", 1, 100)]))
        .await;
    let popup = house.open(Role::Agent, "rollback", &id).await;
    for (choice, text) in [
        ("", "Choose a plan."),
        ("restore.x", "There is no such plan. Choose one of these."),
        ("restore.1.2", "There is no such plan. Choose one of these."),
        (
            "restore.99",
            "Neither an earlier nor a lower plan of this customer.",
        ),
        (
            "restore.2",
            "Already on this plan, in this version and for this price.",
        ),
    ] {
        let again = refused(
            house
                .send(Role::Agent, &popup, &[("choice", choice)])
                .await
                .unwrap(),
        );
        assert_eq!(why(&again), (text, Some("choice"), 422), "{choice}");
    }
}
