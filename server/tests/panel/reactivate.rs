//! Reactivate Account, and what a suspension means for the rest.

use crate::acting::active;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, consequences, done, facts, hidden, reasons, refused, why};
use app::service::PanelService;
use domain::Role;
use domain::time::DAY;

#[tokio::test]
async fn the_reactivate_popup_is_as_designed() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").using(&[("Seats", 22)]))
        .await;
    house.suspend(&id, "payment_overdue").await;
    house.clock.advance(20 * DAY);
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    assert_eq!(popup.title, "Reactivate Acme GmbH?");
    assert_eq!(
        popup.lead,
        [
            "Suspended for 20 days by Olga Owner: Payment overdue.",
            "Note: Ticket 4711"
        ]
    );
    assert_eq!(
        facts(&popup),
        [(
            "Afterwards",
            "Active on Pro, €55.00 per month; 22 of 20 Seats used"
        )]
    );
    assert_eq!(
        reasons(&popup),
        [
            "No reason given",
            "Paid",
            "Reviewed",
            "Customer asked",
            "Suspended by mistake",
            "Other"
        ]
    );
    assert_eq!(consequences(&popup), ["Access returns now."]);
    assert_eq!(button(&popup), Some("Yes, Reactivate"));
    let done = done(
        house
            .send(Role::Agent, &popup, &[("reason", "paid")])
            .await
            .unwrap(),
    );
    assert_eq!(done.notice.text, "Acme GmbH is active again.");
}

#[tokio::test]
async fn what_is_in_force_decides_what_can_be_opened() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    assert_eq!(
        (popup.lead.as_slice(), button(&popup)),
        (&["Not suspended.".to_owned()][..], None)
    );
    house.suspend(&id, "payment_overdue").await;
    let popup = house.open(Role::Agent, "suspend", &id).await;
    assert_eq!(
        popup.lead[1],
        "Suspended already: Payment overdue, since today 12:30 by Olga Owner."
    );
    assert_eq!(popup.title, "Suspend Acme GmbH for another reason?");
    assert_eq!(button(&popup), Some("Yes, Suspend"));
}

#[tokio::test]
async fn what_ran_out_in_the_meantime_is_said() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let fields = [
        ("reason", "customer_asked"),
        ("until_mode", "date"),
        ("until", "2026-11-23T13:30"),
    ];
    done(house.confirm(Role::Agent, "suspend", &id, &fields).await);
    let mine = house.open(Role::Agent, "reactivate", &id).await;
    house.clock.advance(2 * 3_600_000);
    server::commands::settle_due(&house.shared.store, &*house.clock, &*house.ids)
        .await
        .unwrap();
    let again = refused(house.send(Role::Agent, &mine, &[]).await.unwrap());
    let (text, _, status) = why(&again);
    assert!(
        text.starts_with("Meanwhile a suspension began or ended as planned"),
        "{text}"
    );
    assert_eq!((status, button(&again)), (409, None));
}

#[tokio::test]
async fn plan_popups_of_a_suspended_customer_say_that_it_stays_so() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c-1", "Acme GmbH").on(&[("free", 1, 200), ("pro", 2, 100)]))
        .await;
    house.suspend(&id, "payment_overdue").await;
    for action in ["change", "rollback"] {
        let popup = house.open(Role::Agent, action, &id).await;
        assert_eq!(consequences(&popup)[0], "Stays suspended: Payment overdue");
        assert!(popup.confirm.is_some());
    }
    let changed = house.change(Role::Agent, &id, "Business").await;
    assert_eq!(changed.row.status.word, "Suspended");
}

#[tokio::test]
async fn compliance_blocks_plan_changes_and_only_its_people_lift_it() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let change = house.open(Role::Agent, "change", &id).await;
    let choice = card(&change, "Business").value.clone();
    house.suspend(&id, "terms_broken").await;
    let blocked = "Suspended (Terms broken): the plan cannot be changed before that is lifted.";
    for action in ["change", "rollback"] {
        let popup = house.open(Role::Agent, action, &id).await;
        assert_eq!(
            (popup.lead.as_slice(), button(&popup)),
            (&[blocked.to_owned()][..], None)
        );
    }
    let again = refused(
        house
            .send(Role::Agent, &change, &[("choice", &choice)])
            .await
            .unwrap(),
    );
    assert_eq!(why(&again), (blocked, None, 409));
    assert!(again.lead.is_empty(), "the same sentence twice");
    let lift = "Your role, Agent, may not lift suspensions that protect law, terms or safety.";
    assert_eq!(
        house.open(Role::Agent, "reactivate", &id).await.lead,
        [lift]
    );
    let lifted = house.confirm(Role::Manager, "reactivate", &id, &[]).await;
    assert_eq!(done(lifted).notice.text, "Acme GmbH is active again.");
}

#[tokio::test]
async fn a_lift_names_what_to_lift() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.suspend(&id, "payment_overdue").await;
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    assert!(hidden(&popup, "lift").starts_with("sus_"));
    for (lift, text) in [
        (None, "Choose what to lift."),
        (Some("sus_unreadable"), "This suspension is no longer open."),
    ] {
        let mut fields: Vec<_> = popup
            .hidden
            .iter()
            .filter(|(name, _)| name != "lift")
            .cloned()
            .collect();
        fields.extend(lift.map(|lift| ("lift".to_owned(), lift.to_owned())));
        let again = refused(
            house
                .as_role(Role::Agent)
                .submit(&active(""), fields)
                .await
                .unwrap(),
        );
        assert_eq!(why(&again), (text, Some("lift"), 422));
    }
}
