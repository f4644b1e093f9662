//! Undo: at once from a notice, or through a popup from the timeline; and Redo.

use crate::acting::{active, place};
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, done, refused, why};
use app::error::PanelError;
use app::service::PanelService;
use app::wire::{Notice, Outcome};
use domain::{CustomerId, Role};

async fn take_back(house: &House, role: Role, notice: &Notice) -> Outcome {
    let fields = notice.undo.clone().expect("an offer").fields;
    house
        .as_role(role)
        .submit(&active(""), fields)
        .await
        .unwrap()
}

#[tokio::test]
async fn undo_from_the_notice_acts_at_once_and_offers_redo() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let changed = house.change(Role::Agent, &id, "Business").await;
    let undone = done(take_back(&house, Role::Agent, &changed.notice).await);
    assert_eq!(
        undone.notice.text,
        "Acme GmbH is back on Pro at €55.00 per month."
    );
    assert_eq!(undone.notice.undo.as_ref().expect("an offer").label, "Redo");
    let redone = done(take_back(&house, Role::Agent, &undone.notice).await);
    assert_eq!(redone.row.plan, "Business");

    let suspended = house.suspend(&id, "payment_overdue").await;
    let undone = done(take_back(&house, Role::Owner, &suspended.notice).await);
    assert_eq!(undone.notice.text, "Acme GmbH is active again.");
    let redone = done(take_back(&house, Role::Owner, &undone.notice).await);
    assert_eq!(
        redone.notice.text,
        "Acme GmbH is suspended again: Payment overdue."
    );
}

#[tokio::test]
async fn a_double_post_of_undo_is_one_undo() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let changed = house.change(Role::Agent, &id, "Business").await;
    let first = done(take_back(&house, Role::Agent, &changed.notice).await);
    let second = done(take_back(&house, Role::Agent, &changed.notice).await);
    assert_eq!(
        (first.row.plan, first.notice.text),
        (second.row.plan, second.notice.text)
    );
}

#[tokio::test]
async fn what_was_superseded_cannot_be_undone() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let changed = house.change(Role::Agent, &id, "Business").await;
    house.change(Role::Manager, &id, "Max").await;
    let popup = refused(take_back(&house, Role::Agent, &changed.notice).await);
    let instead = popup.instead.as_ref().expect("another way");
    assert_eq!(instead.text, "Roll back to Pro instead");
    assert!(
        instead.href.contains("do=rollback&customer=")
            && instead.href.contains("choice=restore.1.")
    );
    let text = "Mia Manager moved this customer from Business to Max since (just now), so this can no longer be undone.";
    assert_eq!((why(&popup), button(&popup)), ((text, None, 409), None));
}

#[tokio::test]
async fn a_suspension_in_between_does_not_supersede_a_plan_change() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let changed = house.change(Role::Agent, &id, "Business").await;
    house.suspend(&id, "payment_overdue").await;
    let undone = done(take_back(&house, Role::Agent, &changed.notice).await);
    assert_eq!(
        (undone.row.plan.as_str(), undone.row.status.word.as_str()),
        ("Pro", "Suspended")
    );
}

async fn open_from_timeline(house: &House, id: &CustomerId) -> app::wire::Popup {
    let panel = house.as_role(Role::Owner);
    let page = panel
        .customer(&place(&format!("/customers/{id}"), ""))
        .await
        .unwrap();
    let link = page.timeline[0].undo.clone().expect("a link to undo");
    let (path, query) = link.href.split_once('?').expect("a query");
    panel
        .popup(&place(path, query))
        .await
        .unwrap()
        .expect("a popup")
}

#[tokio::test]
async fn from_the_timeline_undo_first_shows_what_it_does() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.change(Role::Agent, &id, "Business").await;
    let popup = open_from_timeline(&house, &id).await;
    assert_eq!(popup.title, "Undo “Change Plan” for Acme GmbH?");
    assert_eq!(
        popup.lead,
        [
            "Puts Acme GmbH back on Pro at €55.00 per month.",
            "Done by Jana Novak, today 12:30."
        ]
    );
    assert_eq!(button(&popup), Some("Yes, Undo"));
    done(house.send(Role::Owner, &popup, &[]).await.unwrap());
    let popup = open_from_timeline(&house, &id).await;
    assert_eq!(
        (popup.title.as_str(), button(&popup)),
        ("Redo “Change Plan” for Acme GmbH?", Some("Yes, Redo"))
    );

    house.suspend(&id, "payment_overdue").await;
    let popup = open_from_timeline(&house, &id).await;
    assert_eq!(popup.title, "Undo “Suspend Account” for Acme GmbH?");
    assert_eq!(popup.lead[0], "Lifts the suspension: Payment overdue.");
    done(house.confirm(Role::Owner, "reactivate", &id, &[]).await);
    let popup = open_from_timeline(&house, &id).await;
    assert_eq!(popup.title, "Undo “Reactivate Account” for Acme GmbH?");
    assert_eq!(popup.lead[0], "Suspends again: Payment overdue.");
}

#[tokio::test]
async fn what_cannot_be_undone_says_so() {
    let house = House::empty().await;
    let ids = house
        .welcome(&[Guest::new("c-1", "Acme GmbH"), Guest::new("c-2", "Other")])
        .await;
    let changed = house.change(Role::Agent, &ids[1], "Business").await;
    let others = changed
        .notice
        .undo
        .expect("an offer")
        .fields
        .into_iter()
        .find(|(name, _)| name == "command")
        .unwrap()
        .1;
    let panel = house.as_role(Role::Agent);
    for command in ["", "cmd_unreadable", &others] {
        let query = format!("do=undo&customer={}&command={command}", ids[0]);
        let popup = panel.popup(&active(&query)).await.unwrap().unwrap();
        assert_eq!(popup.lead, ["There is nothing here that can be undone."]);
        assert_eq!(button(&popup), None);
    }
    let fields = vec![
        ("do".to_owned(), "undo".to_owned()),
        ("customer".to_owned(), ids[0].to_string()),
    ];
    let popup = refused(panel.submit(&active(""), fields).await.unwrap());
    assert_eq!(why(&popup).2, 422);
    let viewer = house.as_role(Role::Viewer);
    let fields = vec![
        ("do".to_owned(), "undo".to_owned()),
        ("customer".to_owned(), ids[0].to_string()),
    ];
    assert!(matches!(
        viewer.submit(&active(""), fields).await,
        Err(PanelError::Forbidden(_))
    ));
}
