//! The frame, and the customer's page.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::card;
use app::error::PanelError;
use app::service::PanelService;
use app::wire::{CustomerPage, Tone};
use domain::time::DAY;
use domain::{CustomerId, Role};

async fn page(house: &House, id: &CustomerId, query: &str) -> CustomerPage {
    house
        .as_role(Role::Agent)
        .customer(&place(&format!("/customers/{id}"), query))
        .await
        .unwrap()
}

#[tokio::test]
async fn the_frame_says_who_is_where() {
    let house = House::empty().await;
    house
        .welcome(&[Guest::new("c-1", "Acme"), Guest::new("c-2", "Bolt")])
        .await;
    let shell = house.as_role(Role::Agent).shell().await.unwrap();
    assert_eq!(
        (
            shell.partner.as_str(),
            shell.user.as_str(),
            shell.role.as_str()
        ),
        ("Northwind", "Jana Novak", "Agent")
    );
    assert_eq!(
        (shell.language.as_str(), shell.direction.as_str()),
        ("en", "ltr")
    );
    assert_eq!(shell.brand_css, "/brand/1f6feb.css");
    let nav: Vec<_> = shell
        .nav
        .customers
        .iter()
        .map(|item| {
            (
                item.label.as_str(),
                item.count.as_deref(),
                item.href.as_str(),
            )
        })
        .collect();
    assert_eq!(
        nav,
        [
            ("Active Customers", Some("2"), "/customers/active"),
            ("Suspended Customers", Some("0"), "/customers/suspended"),
            ("All Customers", Some("2"), "/customers/all"),
        ]
    );
    assert_eq!(shell.notice, None);
    assert!(!shell.words.0.is_empty());
}

#[tokio::test]
async fn the_customer_page_tells_everything() {
    let house = House::empty().await;
    let id = house
        .guest(Guest::new("c/1 ü", "Acme GmbH").on(&[("free", 1, 200), ("pro", 1, 100)]))
        .await;
    house.suspend(&id, "payment_overdue").await;
    house.clock.advance(20 * DAY);
    let page = page(&house, &id, "from=%2Fcustomers%2Fsuspended%3Fsort%3Dname").await;
    assert_eq!(page.external_id.as_deref(), Some("c/1 ü"));
    assert_eq!(
        (page.back.text.as_str(), page.back.href.as_str()),
        ("Back to the list", "/customers/suspended?sort=name")
    );
    let actions: Vec<_> = page
        .actions
        .iter()
        .map(|entry| entry.label.as_str())
        .collect();
    assert_eq!(
        actions,
        [
            "Reactivate Account",
            "Change Plan",
            "Rollback Plan",
            "Add Suspension"
        ]
    );
    let open = &page.suspensions[0];
    assert_eq!(
        (open.reason.as_str(), open.by.as_str()),
        ("Payment overdue", "Suspended for 20 days by Olga Owner")
    );
    assert_eq!(
        (open.until.as_str(), open.note.as_deref()),
        ("Until reactivated", Some("Ticket 4711"))
    );
    assert!(
        open.message
            .as_deref()
            .unwrap()
            .starts_with("Your account is paused because a payment is overdue.")
    );
    let plan = &page.plan;
    assert_eq!(
        (
            plan.name.as_str(),
            plan.badge.as_deref(),
            plan.version.as_str()
        ),
        ("Pro", Some("Older version"), "Version 1")
    );
    assert_eq!(plan.price, "€49.00 per month");
    let limits: Vec<_> = plan
        .limits
        .iter()
        .map(|bar| (bar.limit.as_str(), bar.text.as_str()))
        .collect();
    assert_eq!(limits, [("Seats", "12 of 20"), ("API access", "no")]);
    assert_eq!(plan.limits[0].age.as_deref(), Some("as of 23 Nov"));
    let titles: Vec<_> = page
        .timeline
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Olga Owner suspended the account",
            "Operator added the customer"
        ]
    );
    assert_eq!(
        page.timeline[0].reason.as_deref(),
        Some("Reason: Payment overdue")
    );
    assert_eq!(page.timeline[0].note.as_deref(), Some("Ticket 4711"));
}

#[tokio::test]
async fn the_timeline_shows_before_and_after_with_its_ways_back() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.change(Role::Agent, &id, "Business").await;
    house.change(Role::Manager, &id, "Max").await;
    let page = page(&house, &id, "").await;
    let latest = &page.timeline[0];
    assert_eq!(latest.title, "Mia Manager changed the plan");
    let expected = (
        "Business, €79.00 per month".to_owned(),
        "Max, €149.00 per month".to_owned(),
    );
    assert_eq!(latest.before_after, Some(expected));
    assert!(latest.undo.is_some() && latest.restore.is_none());
    let earlier = &page.timeline[1];
    assert!(earlier.undo.is_none());
    let href = earlier.restore.as_ref().expect("a way back").href.clone();
    let (path, query) = href.split_once('?').unwrap();
    let popup = house
        .as_role(Role::Agent)
        .popup(&place(path, query))
        .await
        .unwrap()
        .unwrap();
    assert!(card(&popup, "Business").chosen);
    assert_eq!(popup.back, format!("/customers/{id}"));
}

#[tokio::test]
async fn the_timeline_goes_on_on_older_pages() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    for plan in ["Business", "Max"].iter().cycle().take(22) {
        house.change(Role::Agent, &id, plan).await;
    }
    let first = page(&house, &id, "").await;
    assert_eq!(first.timeline.len(), 20);
    let older = first.older.expect("a link").href;
    let rest = page(&house, &id, older.split_once('?').unwrap().1).await;
    assert_eq!((rest.timeline.len(), rest.older.is_none()), (3, true));
    assert_eq!(rest.timeline[2].title, "Operator added the customer");
    let panel = house.as_role(Role::Agent);
    let absurd = panel
        .customer(&place(&format!("/customers/{id}"), "older=x"))
        .await;
    assert!(matches!(absurd, Err(PanelError::BadRequest(_))));
}

#[tokio::test]
async fn the_external_id_is_an_address_too_and_back_leads_only_to_our_lists() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c/1 ü", "Acme GmbH")).await;
    let panel = house.as_role(Role::Agent);
    let found = panel
        .customer(&place("/customers/by-external-id/c%2F1%20%C3%BC", ""))
        .await
        .unwrap();
    assert_eq!(found.row.id, id.as_str());
    assert_eq!(
        (found.back.text.as_str(), found.back.href.as_str()),
        ("Back to the list", "/customers/active")
    );
    let from_activity = page(&house, &id, "from=%2Factivity%3Fkind%3Dplan_changed").await;
    assert_eq!(from_activity.back.text, "Activity");
    for path in [
        "/customers/by-external-id/nobody",
        "/customers/by-external-id/",
        "/customers/by-external-id/%ff",
        "/customers/",
    ] {
        assert_eq!(
            panel.customer(&place(path, "")).await,
            Err(PanelError::NotFound),
            "{path}"
        );
    }
    for from in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2Fsign-out",
        "javascript%3Aalert(1)",
    ] {
        assert_eq!(
            page(&house, &id, &format!("from={from}")).await.back.href,
            "/customers/active",
            "{from}"
        );
    }
}

#[tokio::test]
async fn statuses_are_told_by_word_and_tone() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let status = page(&house, &id, "").await.row.status;
    assert_eq!((status.word.as_str(), status.tone), ("Active", Tone::Good));
    house.suspend(&id, "other").await;
    let status = page(&house, &id, "").await.row.status;
    assert_eq!(
        (status.word.as_str(), status.tone),
        ("Suspended", Tone::Danger)
    );
    assert_eq!(status.reason.as_deref(), Some("Other"));
}
