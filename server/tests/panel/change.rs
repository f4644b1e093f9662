//! Change Plan: what it shows, and that it works.

use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, cards, consequences, done, facts, hidden, reasons};
use app::wire::Tone;
use domain::Role;

#[tokio::test]
async fn the_popup_says_what_it_is_about() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    assert_eq!(popup.title, "Change Acme GmbH's plan?");
    assert_eq!(popup.subject, "Acme GmbH · c-1@customer.example · c-1");
    assert_eq!(
        facts(&popup),
        [(
            "Current plan",
            "Pro · €55.00 per month · since 15 August 2026"
        )]
    );
    assert_eq!(
        reasons(&popup),
        [
            "No reason given",
            "Customer asked",
            "Needs more",
            "Too expensive",
            "Wrong plan sold",
            "Bill correction",
            "Other"
        ]
    );
    assert_eq!(
        consequences(&popup),
        [
            "Takes effect now. Nothing is deleted.",
            "The panel records the price; it charges and refunds nothing."
        ]
    );
    assert_eq!(
        (button(&popup), popup.cancel.as_str()),
        (Some("Yes, Change Plan"), "Cancel")
    );
    assert_eq!(popup.back, "/customers/active");
    assert_eq!(
        (hidden(&popup, "do"), hidden(&popup, "customer")),
        ("change", id.as_str())
    );
    assert_eq!(hidden(&popup, "key").len(), 32);
}

#[tokio::test]
async fn every_plan_is_a_card_in_rank_order_and_none_is_preselected() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let titles: Vec<_> = cards(&popup)
        .iter()
        .map(|card| (card.title.as_str(), card.why_not.as_deref()))
        .collect();
    assert_eq!(
        titles,
        [
            ("Free", None),
            ("Starter", Some("Archived: no longer given.")),
            ("Pro", Some("Already on this plan.")),
            ("Dollar", Some("Sold in USD only.")),
            ("Business", None),
            ("Max", None),
            ("Labs", Some("Not given at the moment.")),
        ]
    );
    assert!(cards(&popup).iter().all(|card| !card.chosen));
    assert_eq!(card(&popup, "Pro").badges, ["Current plan"]);
}

#[tokio::test]
async fn each_card_says_only_what_differs() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let business = card(&popup, "Business");
    assert_eq!(
        (business.price.as_str(), business.badges.as_slice()),
        ("€79.00 per month", &["Recommended".to_owned()][..])
    );
    assert_eq!(
        business.difference.as_deref(),
        Some("Upgrade, +€24.00 per month")
    );
    let lines: Vec<_> = business
        .summary
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(lines, ["Seats 20 → 30", "with API access"]);
    let changes: Vec<_> = business
        .changes
        .iter()
        .map(|change| {
            (
                change.label.as_str(),
                change.before.as_str(),
                change.after.as_str(),
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("Price", "€55.00 per month", "€79.00 per month"),
            ("Seats", "20", "30"),
            ("API access", "no", "yes")
        ]
    );
    let free = card(&popup, "Free");
    assert_eq!(
        free.difference.as_deref(),
        Some("Downgrade, −€55.00 per month")
    );
    let over = free.over.as_ref().expect("a tick that names the limits");
    assert_eq!(
        over.label,
        "I know that today's usage is over these limits: Seats: 12 used, 2 allowed, 10 over"
    );
    assert!(
        free.summary
            .iter()
            .any(|line| line.tone == Tone::Danger && line.text.starts_with("Seats: 12 used"))
    );
}

#[tokio::test]
async fn confirming_moves_the_customer_and_says_so() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let choice = card(&popup, "Business").value.clone();
    let typed = [
        ("choice", choice.as_str()),
        ("reason", "needs_more"),
        ("note", "Ticket 4711"),
    ];
    let done = done(house.send(Role::Agent, &popup, &typed).await.unwrap());
    assert_eq!(done.notice.text, "Acme GmbH moved from Pro to Business.");
    assert_eq!(
        (done.row.plan.as_str(), done.row.price.as_deref()),
        ("Business", Some("€79.00"))
    );
    assert_eq!(done.notice.undo.expect("an offer").label, "Undo");
}

#[tokio::test]
async fn an_older_version_of_the_current_plan_has_todays_version_as_a_card() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").on(&[("pro", 1, 100)]))
        .await;
    let popup = house.open(Role::Agent, "change", &id).await;
    assert_eq!(
        card(&popup, "Pro").badges,
        ["Current plan", "Older version"]
    );
    let today = card(&popup, "Pro, today's version");
    assert_eq!(today.price, "€55.00 per month");
    let sent = house
        .send(Role::Agent, &popup, &[("choice", &today.value)])
        .await
        .unwrap();
    assert_eq!(
        done(sent).notice.text,
        "Acme GmbH is on today's version of Pro at €55.00 per month."
    );
}
