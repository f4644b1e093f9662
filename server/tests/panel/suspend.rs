//! Suspend Account.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{consequences, done, reasons, refused, typed, why};
use app::service::PanelService;
use app::wire::{Block, Popup, Select, Tone};
use domain::Role;

fn select(popup: &Popup) -> &Select {
    popup
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Select(select) => Some(select),
            _ => None,
        })
        .expect("a select")
}

#[tokio::test]
async fn the_suspend_popup_is_as_designed() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "suspend", &id).await;
    assert_eq!(popup.title, "Suspend Acme GmbH?");
    assert_eq!(popup.lead, ["Pro · €55.00 per month · in use now"]);
    assert_eq!(
        reasons(&popup),
        [
            "Choose a reason",
            "Payment overdue",
            "Fraud or chargeback",
            "Terms broken",
            "Security risk",
            "Customer asked",
            "Other (say what in the note)"
        ]
    );
    assert_eq!(select(&popup).fills.len(), 6);
    assert_eq!(
        consequences(&popup),
        [
            "No product is connected: this is recorded, but nothing refuses Acme GmbH yet.",
            "Nothing is deleted; plan and price stay; can be reactivated at any time."
        ]
    );
    let confirm = popup.confirm.as_ref().expect("a button");
    assert_eq!(
        (confirm.label.as_str(), confirm.tone),
        ("Yes, Suspend", Tone::Danger)
    );
    let points: Vec<_> = popup
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Point(point) => Some((point.label.as_str(), point.date_label.as_str())),
            _ => None,
        })
        .collect();
    let date = "Date and time (Europe/Berlin)";
    assert_eq!(points, [("From", date), ("Until", date)]);
}

#[tokio::test]
async fn when_it_was_last_seen_is_told() {
    let house = House::empty().await;
    for (external_id, seen, line) in [
        (
            "c-1",
            Some(14 * 60_000),
            "Pro · €55.00 per month · in use now",
        ),
        (
            "c-2",
            Some(20 * 60_000),
            "Pro · €55.00 per month · last seen 20 minutes ago",
        ),
        (
            "c-3",
            None,
            "Pro · €55.00 per month · last seen: not reported",
        ),
    ] {
        let id = house
            .guest(Guest {
                seen,
                ..Guest::new(external_id, "Acme")
            })
            .await;
        assert_eq!(house.open(Role::Agent, "suspend", &id).await.lead, [line]);
    }
}

#[tokio::test]
async fn confirming_suspends_counts_and_offers_undo() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let done = house.suspend(&id, "payment_overdue").await;
    assert_eq!(done.notice.text, "Acme GmbH is suspended: Payment overdue.");
    let counts: Vec<_> = done
        .nav
        .customers
        .iter()
        .map(|item| item.count.as_deref().unwrap())
        .collect();
    assert_eq!(counts, ["0", "1", "1"]);
    assert_eq!(done.row.status.reason.as_deref(), Some("Payment overdue"));
    assert_eq!(done.row.by.as_deref(), Some("by Olga Owner"));
    assert_eq!(done.row.until.as_deref(), Some("Until reactivated"));
    assert_eq!(done.row.menu[0].label, "Reactivate Account");
}

#[tokio::test]
async fn what_is_typed_is_kept_and_what_is_missing_is_said() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "suspend", &id).await;
    let date = [("reason", "customer_asked"), ("until_mode", "date")];
    let with = |until| [date[0], date[1], ("until", until)];
    for (fields, text, field) in [
        (vec![("note", "hm")], "Choose a reason.", "reason"),
        (
            vec![("reason", "operator"), ("note", "hm")],
            "There is no such reason. Choose one of these.",
            "reason",
        ),
        (
            vec![("reason", "other"), ("note", " ")],
            "Say in the note what “Other” means.",
            "note",
        ),
        (
            date.to_vec(),
            "Choose the date and time, or “Someone reactivates”.",
            "until",
        ),
        (
            with("soon").to_vec(),
            "This is no date and time. Write it like 2026-12-01T09:30.",
            "until",
        ),
        (
            with("2026-11-23T12:30").to_vec(),
            "The end must lie ahead, and after the start. Choose a later one.",
            "until",
        ),
    ] {
        let again = refused(house.send(Role::Agent, &popup, &fields).await.unwrap());
        assert_eq!(why(&again), (text, Some(field), 422));
        let note = fields
            .iter()
            .find(|(name, _)| *name == "note")
            .map_or("", |(_, note)| note);
        assert_eq!(typed(&again, "note"), note);
    }
}

#[tokio::test]
async fn an_end_is_read_in_the_persons_zone_and_the_usual_message_is_sent_when_none_is_written() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let fields = [
        ("reason", "customer_asked"),
        ("until_mode", "date"),
        ("until", "2026-12-01T09:30"),
    ];
    let done = done(house.confirm(Role::Agent, "suspend", &id, &fields).await);
    assert_eq!(done.row.until.as_deref(), Some("1 December 2026, 09:30"));
    let page = house
        .as_role(Role::Agent)
        .customer(&place(&format!("/customers/{id}"), ""))
        .await
        .unwrap();
    let message = page.suspensions[0].message.as_deref().expect("a message");
    assert!(
        message.starts_with("Your account is paused, as you asked."),
        "{message}"
    );
}

#[tokio::test]
async fn a_colleague_who_was_faster_is_named() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let mine = house.open(Role::Agent, "suspend", &id).await;
    house.suspend(&id, "terms_broken").await;
    let fields = [("reason", "payment_overdue"), ("note", "invoice 7")];
    let again = refused(house.send(Role::Agent, &mine, &fields).await.unwrap());
    let text = "Meanwhile Olga Owner suspended this customer (just now): Terms broken. \
                Nothing of yours was applied; this is how it stands now.";
    assert_eq!(why(&again), (text, None, 409));
    assert_eq!(typed(&again, "note"), "invoice 7");
    let added = done(house.send(Role::Agent, &again, &fields).await.unwrap());
    assert_eq!(
        added.row.status.reason.as_deref(),
        Some("Terms broken, Payment overdue")
    );
}
