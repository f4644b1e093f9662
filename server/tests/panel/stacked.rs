//! Several suspensions at once, and planned ones.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, done, refused, why};
use app::service::PanelService;
use app::wire::{Block, Lifts, Link, Popup};
use domain::time::HOUR;
use domain::{AccessRevision, Actor, Command, CustomerId, Reason, Role, Suspend};
use server::commands::{Order, execute};
use server::panel::{Panel, PanelShared};
use std::sync::Arc;

fn lifts(popup: &Popup) -> &Lifts {
    let found = popup.blocks.iter().find_map(|block| match block {
        Block::Lifts(lifts) => Some(lifts),
        _ => None,
    });
    found.expect("suspensions to choose from")
}

/// A customer suspended for an overdue payment and for broken terms.
async fn twice_suspended(house: &House) -> CustomerId {
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.suspend(&id, "payment_overdue").await;
    house.suspend(&id, "terms_broken").await;
    id
}

#[tokio::test]
async fn a_second_suspension_is_added_for_a_reason_of_another_kind() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.suspend(&id, "terms_broken").await;
    let popup = house.open(Role::Agent, "suspend", &id).await;
    let select = popup.blocks.iter().find_map(|block| match block {
        Block::Select(select) => Some(select),
        _ => None,
    });
    let closed: Vec<_> = select
        .expect("reasons")
        .options
        .iter()
        .filter(|option| option.why_not.is_some())
        .map(|option| option.value.as_str())
        .collect();
    assert_eq!(
        closed,
        ["fraud_or_chargeback", "terms_broken", "security_risk"]
    );
    let again = [("reason", "security_risk")];
    let again = refused(house.send(Role::Agent, &popup, &again).await.unwrap());
    let (text, field, status) = why(&again);
    assert_eq!((field, status), (Some("reason"), 409));
    assert!(
        text.starts_with("Already suspended: Terms broken"),
        "{text}"
    );
    let added = [("reason", "customer_asked")];
    let added = done(house.send(Role::Agent, &popup, &added).await.unwrap());
    let reasons = added.row.status.reason.as_deref();
    assert_eq!(reasons, Some("Terms broken, Customer asked"));
    let page = house
        .as_role(Role::Agent)
        .customer(&place(&format!("/customers/{id}"), ""))
        .await
        .unwrap();
    assert_eq!(page.suspensions.len(), 2);
}

#[tokio::test]
async fn exactly_the_ticked_ones_are_lifted_and_the_rest_is_said() {
    let house = House::empty().await;
    let id = twice_suspended(&house).await;
    let popup = house.open(Role::Manager, "reactivate", &id).await;
    let partly = popup.partly.as_ref().expect("other words");
    assert_eq!(
        (popup.title.as_str(), partly.title.as_str()),
        ("Reactivate Acme GmbH?", "Lift a suspension of Acme GmbH?")
    );
    assert_eq!(
        (button(&popup), partly.confirm.as_str()),
        (Some("Yes, Reactivate"), "Yes, Lift")
    );
    let choice = lifts(&popup);
    let left: Vec<_> = choice.lifts.iter().map(|lift| lift.left.as_str()).collect();
    assert_eq!(
        left,
        [
            "Stays suspended: Payment overdue",
            "Stays suspended: Terms broken"
        ]
    );
    assert!(
        choice.all.starts_with("Active on ") && choice.all.ends_with("Access returns now."),
        "{}",
        choice.all
    );
    let none = refused(house.send(Role::Manager, &popup, &[]).await.unwrap());
    assert_eq!(why(&none), ("Choose what to lift.", Some("lift"), 422));
    let billing = choice.lifts[0].tick.value.as_str();
    let lifted = [("lift", billing)];
    let lifted = done(house.send(Role::Manager, &popup, &lifted).await.unwrap());
    assert_eq!(
        lifted.notice.text,
        "Acme GmbH stays suspended: Terms broken."
    );
    let reason = lifted.row.status.reason.as_deref();
    assert_eq!(reason, Some("Terms broken"));
}

#[tokio::test]
async fn an_agent_is_offered_only_what_an_agent_may_lift() {
    let house = House::empty().await;
    let id = twice_suspended(&house).await;
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    let ticks: Vec<_> = lifts(&popup).lifts.iter().map(|lift| &lift.tick).collect();
    assert!(ticks[0].ticked && ticks[0].why_not.is_none());
    assert!(!ticks[1].ticked);
    assert_eq!(
        ticks[1].why_not.as_deref(),
        Some("Your role, Agent, may not lift suspensions that protect law, terms or safety.")
    );
    let both: Vec<_> = ticks
        .iter()
        .map(|tick| ("lift", tick.value.as_str()))
        .collect();
    let refused = refused(house.send(Role::Agent, &popup, &both).await.unwrap());
    assert_eq!(why(&refused).2, 403);
}

#[tokio::test]
async fn suspended_for_every_kind_there_is_nothing_to_add() {
    let house = House::empty().await;
    let id = twice_suspended(&house).await;
    let last = house.suspend(&id, "customer_asked").await;
    let add = last.row.menu.last().expect("an entry");
    assert_eq!(
        (add.label.as_str(), add.why_not.as_deref()),
        (
            "Add Suspension",
            Some("Suspended for every kind of reason already.")
        )
    );
}

#[tokio::test]
async fn who_was_suspended_today_is_one_look_away_with_message_and_undo() {
    let house = House::empty().await;
    let old = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.suspend(&old, "payment_overdue").await;
    house.clock.advance(25 * HOUR);
    let new = house.guest(Guest::new("c-2", "Birch Ltd")).await;
    house.suspend(&new, "terms_broken").await;
    let panel = house.as_role(Role::Manager);
    let whole = panel
        .list(&place("/customers/suspended", ""))
        .await
        .unwrap();
    let hint = &whole.elsewhere[0];
    assert_eq!(hint.text, "1 customer was suspended in the last 24 hours.");
    assert_eq!(
        hint.link.as_ref().unwrap().href,
        "/customers/suspended?since=day"
    );
    let undo_of = |row: &app::wire::Row| row.undo.clone();
    let of_old: Vec<Option<Link>> = whole.rows.iter().map(undo_of).collect();
    assert!(of_old[0].is_some() && of_old[1].is_none());
    let today = panel
        .list(&place("/customers/suspended", "since=day"))
        .await
        .unwrap();
    let [row] = today.rows.as_slice() else {
        panic!("only the one of today");
    };
    assert_eq!(row.name, "Birch Ltd");
    let told = row.told.as_deref().expect("what the customer is told");
    assert!(
        told.starts_with("Your account is paused because our terms"),
        "{told}"
    );
    assert_eq!(row.by.as_deref(), Some("by Olga Owner"));
    let undo = row.undo.as_ref().expect("a way back");
    let (path, query) = undo.href.split_once('?').expect("a query");
    let popup = panel.popup(&place(path, query)).await.unwrap();
    assert_eq!(
        popup.expect("a popup").title,
        "Undo “Suspend Account” for Birch Ltd?"
    );
    let viewer = house.as_role(Role::Viewer);
    let seen = viewer
        .list(&place("/customers/suspended", "since=day"))
        .await
        .unwrap();
    assert!(seen.rows[0].undo.is_none(), "a viewer may not undo");
}

#[tokio::test]
async fn a_suspension_by_the_operator_is_named_and_only_the_operators_to_lift() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let order = Order {
        partner: house.partner.clone(),
        actor: Actor::Operator,
        customer: id.clone(),
        command: Command::Suspend(Suspend {
            reason: Reason::Operator,
            note: None,
            customer_message: None,
            starts_at: None,
            until: None,
            expect_access_revision: AccessRevision::FIRST,
        }),
        key: None,
    };
    execute(&house.shared.store, &*house.clock, &*house.ids, order)
        .await
        .unwrap();
    let shared = PanelShared {
        operator: Some("Botly Inc".to_owned()),
        ..PanelShared::clone(&house.shared)
    };
    let owner = Panel::new(Arc::new(shared), house.signed(&house.partner, Role::Owner));
    let page = owner
        .customer(&place(&format!("/customers/{id}"), ""))
        .await
        .unwrap();
    assert_eq!(
        page.suspensions[0].by,
        "Suspended for 1 minute by Botly Inc"
    );
    let why_not: Vec<_> = page
        .actions
        .iter()
        .map(|entry| (entry.label.as_str(), entry.why_not.as_deref()))
        .collect();
    let blocked =
        "Suspended (Decided by the platform): the plan cannot be changed before that is lifted.";
    assert_eq!(
        why_not,
        [
            (
                "Reactivate Account",
                Some("Placed by the platform, which alone can lift it.")
            ),
            ("Change Plan", Some(blocked)),
            ("Rollback Plan", Some(blocked)),
            ("Add Suspension", None)
        ]
    );
}
