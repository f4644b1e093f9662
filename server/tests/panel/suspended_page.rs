//! The page that a suspended customer sees.

use crate::acting::{list, names};
use crate::guests::Guest;
use crate::house::House;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::time::HOUR;
use domain::{AccessRevision, Actor, Command, CustomerId, Reason, Role, Suspend};
use server::clock::Clock as _;
use server::commands::{Order, execute, settle_due};
use server::error::Error;
use server::store::PartnerProfile;
use server::suspended_page::{SuspendedView, Wanted, answer, load};
use sha2::{Digest as _, Sha256};

/// The page of a customer of the first partner.
async fn shown(house: &House, id: &CustomerId) -> Option<SuspendedView> {
    let mut tx = house.shared.store.read().await.unwrap();
    load(&mut tx, &house.partner, id, house.clock.now())
        .await
        .unwrap()
}

async fn page(house: &House, id: &CustomerId) -> String {
    let view = shown(house, id).await.expect("suspended");
    answer(&view, Wanted::Page).into_body()
}

/// Where the partner's customers pay and ask.
async fn with_links(house: &House) {
    let partner = house.shared.store.read().await.unwrap();
    let mut partner = { partner }.partner(&house.partner).await.unwrap();
    partner.profile = PartnerProfile {
        pay_link: Some("https://pay.northwind.example/?a=1&b=2".to_owned()),
        contact_link: Some("mailto:help@northwind.example".to_owned()),
        ..partner.profile
    };
    let store = &house.shared.store;
    store
        .set_partner(partner.id, partner.profile)
        .await
        .unwrap();
}

async fn suspend(house: &House, id: &CustomerId, typed: &[(&str, &str)]) {
    let outcome = house.confirm(Role::Owner, "suspend", id, typed).await;
    crate::reading::done(outcome);
}

/// The operator keeps a customer out, whom the partner has suspended already.
async fn suspend_as_operator(house: &House, id: &CustomerId) {
    let order = Order {
        partner: house.partner.clone(),
        actor: Actor::Operator,
        customer: id.clone(),
        command: Command::Suspend(Suspend {
            reason: Reason::Operator,
            note: Some(domain::Note::parse("Chargebacks at three partners").unwrap()),
            customer_message: None,
            starts_at: None,
            until: None,
            expect_access_revision: AccessRevision(2),
        }),
        key: None,
    };
    let (store, clock, ids) = (&house.shared.store, &*house.clock, &*house.ids);
    execute(store, clock, ids, order).await.unwrap();
}

#[tokio::test]
async fn it_says_whose_account_since_when_why_and_what_can_be_done() {
    let house = House::empty().await;
    with_links(&house).await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    assert!(shown(&house, &id).await.is_none());
    suspend(
        &house,
        &id,
        &[
            ("reason", "payment_overdue"),
            ("note", "Ticket 4711"),
            ("message", "Please pay invoice 12.\nThank you."),
        ],
    )
    .await;
    let view = shown(&house, &id).await.expect("suspended");
    let response = answer(&view, Wanted::Page);
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let page = response.into_body();
    for part in [
        "<html lang=\"en\" dir=\"ltr\">",
        "<title>Your account is suspended · Northwind</title>",
        "<h1>Your account is suspended</h1>",
        "<bdi>Northwind</bdi>",
        "<dt>Account</dt><dd><bdi>Acme GmbH</bdi></dd>",
        "<dt>Since</dt><dd><bdi>23 November 2026, 12:30 (Europe/Berlin)</bdi></dd>",
        "<p class=\"suspended-message\" dir=\"auto\">Please pay invoice 12.\nThank you.</p>",
        "Your data is safe; nothing has been deleted.",
        "href=\"https://pay.northwind.example/?a=1&amp;b=2\">Pay</a>",
        "href=\"mailto:help@northwind.example\">Contact Northwind</a>",
        "--brand:#1f6feb",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Until"), "{page}");
    house
        .confirm(Role::Owner, "reactivate", &id, &lift(&house, &id).await)
        .await;
    assert!(shown(&house, &id).await.is_none());
}

/// What lifts everything that is open.
async fn lift(house: &House, id: &CustomerId) -> Vec<(&'static str, &'static str)> {
    let mut tx = house.shared.store.read().await.unwrap();
    let account = tx.account(&house.partner, id).await.unwrap();
    account
        .suspensions
        .iter()
        .map(|open| ("lift", &*open.id.to_string().leak()))
        .collect()
}

#[tokio::test]
async fn nothing_internal_is_told_in_any_form() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    suspend(
        &house,
        &id,
        &[
            ("reason", "terms_broken"),
            ("note", "Ticket 4711"),
            ("message", "Please write to us."),
        ],
    )
    .await;
    suspend_as_operator(&house, &id).await;
    let view = shown(&house, &id).await.expect("suspended");
    assert_eq!(
        view.messages,
        [
            "Please write to us.",
            "Your account is paused. Please write to us."
        ]
    );
    for wanted in [Wanted::Page, Wanted::Problem] {
        let text = answer(&view, wanted).into_body();
        for internal in [
            "4711",
            "Chargebacks",
            "Olga",
            "Operator",
            "operator",
            "latform",
            "Terms broken",
            "terms_broken",
            "Partner Panel",
            "c-1",
            "@customer.example",
        ] {
            assert!(!text.contains(internal), "{internal}: {text}");
        }
    }
}

#[tokio::test]
async fn of_several_the_earliest_beginning_counts_and_the_latest_end_if_all_have_one() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let ends = |at| {
        [
            ("reason", "payment_overdue"),
            ("until_mode", "date"),
            ("until", at),
        ]
    };
    suspend(&house, &id, &ends("2026-11-24T09:00")).await;
    let begun = house.clock.now();
    house.clock.advance(HOUR);
    let mut second = ends("2026-11-25T09:00");
    second[0] = ("reason", "customer_asked");
    suspend(&house, &id, &second).await;
    let view = shown(&house, &id).await.expect("suspended");
    assert_eq!(view.since, begun);
    let text = page(&house, &id).await;
    let until = "<dt>Until</dt><dd><bdi>25 November 2026, 09:00 (Europe/Berlin)</bdi></dd>";
    assert!(text.contains(until), "{text}");
    suspend(&house, &id, &[("reason", "terms_broken")]).await;
    let view = shown(&house, &id).await.expect("suspended");
    assert_eq!((view.until, view.messages.len()), (None, 3));
    // One that has ended is told no longer.
    house.clock.advance(24 * HOUR);
    let (store, clock, ids) = (&house.shared.store, &*house.clock, &*house.ids);
    settle_due(store, clock, ids).await.unwrap();
    assert_eq!(
        shown(&house, &id).await.expect("suspended").messages.len(),
        2
    );
}

#[tokio::test]
async fn what_people_typed_stays_text() {
    let house = House::empty().await;
    let hostile = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick='x'";
    let id = house.guest(Guest::new("c-1", "<b>Acme</b>\"'&")).await;
    suspend(
        &house,
        &id,
        &[("reason", "payment_overdue"), ("message", hostile)],
    )
    .await;
    let view = shown(&house, &id).await.expect("suspended");
    let page = answer(&view, Wanted::Page).into_body();
    assert_eq!(page.matches("<script>").count(), 1, "only its own: {page}");
    assert!(!page.contains("<img") && !page.contains("<b>"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    let problem = answer(&view, Wanted::Problem);
    assert_eq!(problem.status(), 403);
    assert_eq!(
        problem.headers()["content-type"],
        "application/problem+json"
    );
    assert_eq!(problem.headers()["cache-control"], "no-store");
    let problem: serde_json::Value = serde_json::from_str(problem.body()).unwrap();
    assert_eq!(problem["detail"], hostile);
    assert_eq!(problem["title"], "Your account is suspended");
    assert_eq!(
        (&problem["status"], &problem["account"]),
        (&403.into(), &"<b>Acme</b>\"'&".into())
    );
    assert_eq!(problem["since"], "2026-11-23T11:30:00Z");
}

#[tokio::test]
async fn it_loads_nothing_and_runs_only_its_own_script() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    suspend(&house, &id, &[("reason", "payment_overdue")]).await;
    let view = shown(&house, &id).await.expect("suspended");
    let response = answer(&view, Wanted::Page);
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    let page = response.into_body();
    for (directive, tag) in [("script-src", "script"), ("style-src", "style")] {
        let (_, rest) = page.split_once(&format!("<{tag}>")).unwrap();
        let (text, _) = rest.split_once(&format!("</{tag}>")).unwrap();
        let digest = STANDARD.encode(Sha256::digest(text));
        assert!(
            policy.contains(&format!("{directive} 'sha256-{digest}';")),
            "{policy}"
        );
    }
    assert!(
        policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        !page.contains("src=") && !page.contains(" style="),
        "{page}"
    );
    assert!(!page.contains("<link rel=\"stylesheet\""), "{page}");
    // Without scripts it is asked for again, soon after the beginning and seldom later.
    let asks = |page: &str, seconds: u32| {
        let refresh =
            format!("<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>");
        assert!(page.contains(&refresh), "{seconds}: {page}");
    };
    asks(&page, 10);
    house.clock.advance(48 * HOUR);
    asks(&self::page(&house, &id).await, 300);
}

#[tokio::test]
async fn an_end_that_is_near_is_waited_for() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let typed = [
        ("reason", "payment_overdue"),
        ("until_mode", "date"),
        ("until", "2026-11-23T15:30"),
    ];
    suspend(&house, &id, &typed).await;
    house.clock.advance(3 * HOUR - 20_000);
    let page = page(&house, &id).await;
    assert!(page.contains("data-seconds=\"22\""), "{page}");
}

#[tokio::test]
async fn search_finds_the_reference() {
    let house = House::empty().await;
    let guests = [
        Guest::new("c-1", "Acme"),
        Guest::new("c-2", "Bolt"),
        Guest::new("c-3", "Corto"),
    ];
    let ids = house.welcome(&guests).await;
    suspend(&house, &ids[1], &[("reason", "payment_overdue")]).await;
    let reference = shown(&house, &ids[1]).await.expect("suspended").reference;
    assert!(reference.len() == 8 && page(&house, &ids[1]).await.contains(&reference));
    let found = list(&house, "/customers/all", &format!("q={reference}")).await;
    assert_eq!(names(&found), ["Bolt"]);
    let typed = list(
        &house,
        "/customers/all",
        &format!("q={}", reference.to_uppercase()),
    )
    .await;
    assert_eq!(names(&typed), ["Bolt"]);
}

#[tokio::test]
async fn another_partners_customer_is_nobody() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    suspend(&house, &id, &[("reason", "payment_overdue")]).await;
    let mut tx = house.shared.store.read().await.unwrap();
    let asked = load(&mut tx, &house.other, &id, house.clock.now()).await;
    assert!(matches!(asked, Err(Error::NotFound)));
}
