//! What an open page is told when the gate has seen something for the first time.

use std::sync::Arc;
use std::time::Duration;

use app::service::{PanelService as _, Place};
use app::wire::{Moved, News, Page, Shown};
use axum::http::{HeaderMap, HeaderValue};
use domain::api_key::KeyLife;
use domain::time::MINUTE;
use domain::{Actor, ApiKeyName, CustomerId, Role, Scope, Verdict};
use server::api_keys::{ApiKey, GateSettings, KeyOwner};
use server::clock::Clock as _;
use server::commands::{KeyCommand, KeyOrder, KeyOutcome, NewKey, change_api_keys};
use server::gate::{Asks, Follower, Gate, GateTimes};
use tokio::sync::watch;

use crate::acting::{list, place};
use crate::guests::Guest;
use crate::house::House;

/// A page that shows these customers, and has heard these words.
fn shown(customers: &[&str], words: &[&str]) -> Shown {
    let words = words.iter().map(|&word| word.to_owned()).collect();
    let moved = Moved::These(words);
    Shown {
        customers: customers.iter().map(|&id| id.to_owned()).collect(),
        newest: 0,
        moved: moved.clone(),
        fresh: moved,
    }
}

async fn news(house: &House, at: &Place, shown: &Shown) -> News {
    house.as_role(Role::Owner).news(at, shown).await.unwrap()
}

async fn make_key(house: &House) -> ApiKey {
    let order = KeyOrder {
        owner: KeyOwner::Partner(house.partner.clone()),
        actor: Actor::Operator,
        command: KeyCommand::Create(NewKey {
            name: ApiKeyName::parse("Gate").unwrap(),
            scopes: [Scope::Gate].into(),
            gate: GateSettings::default(),
            life: KeyLife::days(90).unwrap(),
        }),
        key: None,
    };
    let made = change_api_keys(&house.shared.store, &*house.clock, &*house.ids, order).await;
    match made.unwrap() {
        KeyOutcome::Made(key, _) => *key,
        other => panic!("{other:?}"),
    }
}

/// A gate over the house, as long as a product has something to ask.
async fn asking(house: &House, product: impl AsyncFn(&Gate)) {
    let shared = &house.shared;
    let (clock, times) = (Arc::clone(&shared.clock), GateTimes::default());
    let follower = Follower::start(shared.store.clone(), clock, shared.epoch.clone(), times);
    let follower = follower.await.unwrap();
    let gate = follower.gate();
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(follower.run(shared.bell.clone(), stopped));
    product(&gate).await;
    // What it saw is written down before it ends.
    stop.send_replace(true);
    following.await.unwrap();
}

/// Asks about a customer until this is the answer.
async fn ask(house: &House, gate: &Gate, key: &ApiKey, customer: &str, passes: Passes) {
    let mut headers = HeaderMap::new();
    headers.insert("x-account", HeaderValue::from_str(customer).unwrap());
    for _ in 0..1_000 {
        let told = gate.answer(key, &headers, house.clock.now(), Asks::Visit);
        if (told.verdict == Verdict::Pass) == (passes == Passes::Yes) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the gate never says so");
}

/// Waits until it is written down that the product has not asked about somebody.
async fn is_awaited(house: &House, customer: &CustomerId) {
    for _ in 0..1_000 {
        let (partner, now) = (&house.partner, house.clock.now());
        let mut tx = house.shared.store.read().await.unwrap();
        let enforcement = tx.enforcement(partner, customer, now).await.unwrap();
        if enforcement.latest.is_some() {
            return;
        }
        drop(tx);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody is awaited");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Passes {
    Yes,
    No,
}

#[tokio::test]
async fn a_step_is_ticked_where_it_stands_and_told() {
    let house = House::empty().await;
    house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let at = place("/connect", "");
    let key = make_key(&house).await;
    let made = news(&house, &at, &shown(&[], &["key-made"])).await;
    assert_eq!(made.told.as_deref(), Some("Make a key: seen."));
    assert_eq!(made.page, None, "somebody may be copying the key");
    let ticks = |news: &News| -> Vec<(String, bool)> {
        let pieces = news.pieces.iter();
        let ticked = |html: &str| html.contains("Seen");
        pieces
            .map(|piece| (piece.place.clone(), ticked(&piece.html)))
            .collect()
    };
    let place = |number: u32| format!("step-{number}-sign");
    assert_eq!(
        ticks(&made),
        [(place(1), true), (place(2), false), (place(3), false)]
    );
    let page = house.as_role(Role::Owner).connect().await.unwrap().html;
    for piece in &made.pieces {
        assert!(page.contains(&format!("id=\"{}\"", piece.place)), "{page}");
        assert!(page.contains(&piece.html), "the same as read anew: {page}");
    }

    asking(&house, async |gate| {
        ask(&house, gate, &key, "c-1", Passes::Yes).await;
    })
    .await;
    let asked = news(&house, &at, &shown(&[], &["key-asked"])).await;
    assert_eq!(asked.told.as_deref(), Some("Let your product ask: seen."));
    assert!(ticks(&asked)[1].1);
    // What happens to customers is nothing to this page; one that has missed something is up to date in silence.
    let other = news(&house, &at, &shown(&[], &["reached-cus_1", "cus_1"])).await;
    assert_eq!((other.told, other.pieces.len()), (None, 0));
    // Between the reading of a page and its stream something may have been missed.
    let opened = news(&house, &at, &shown(&[], &["open"])).await;
    assert_eq!((&opened.told, opened.pieces.len()), (&None, 3));
    let anybody = Shown {
        fresh: Moved::Anybody,
        ..Shown::default()
    };
    let missed = news(&house, &at, &anybody).await;
    assert_eq!((&missed.told, missed.pieces.len()), (&None, 3));
}

#[tokio::test]
async fn a_customers_page_shows_the_proof_and_says_it() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let key = make_key(&house).await;
    asking(&house, async |gate| {
        ask(&house, gate, &key, "c-1", Passes::Yes).await;
        house.suspend(&acme, "payment_overdue").await;
        ask(&house, gate, &key, "c-1", Passes::No).await;
    })
    .await;
    let at = place(&format!("/customers/{acme}"), "");
    let reached = format!("reached-{acme}");
    let told = news(&house, &at, &shown(&[], &[&reached])).await;
    let Some(Page::Customer(page)) = told.page else {
        panic!("no page")
    };
    assert_eq!(
        page.enforcement[0].text,
        "Enforced by your product just now."
    );
    assert!(page.timeline[0].enforced.is_some(), "the timeline too");
    assert_eq!(told.told, Some(page.enforcement[0].text.clone()));
    let other = news(&house, &at, &shown(&[], &["reached-cus_1"])).await;
    assert_eq!(other.page, None);
}

#[tokio::test]
async fn a_list_takes_its_warning_back_where_it_stands() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let key = make_key(&house).await;
    let reached = format!("reached-{acme}");
    let (active, behind) = (
        place("/customers/active", ""),
        place("/customers/suspended", "enforced=no"),
    );
    let unasked = news(&house, &active, &shown(&[], &[&reached])).await;
    assert_eq!(unasked.pieces, [], "nothing is claimed without a product");
    asking(&house, async |gate| {
        ask(&house, gate, &key, "c-1", Passes::Yes).await;
    })
    .await;
    asking(&house, async |_| {
        house.suspend(&acme, "payment_overdue").await;
        is_awaited(&house, &acme).await;
    })
    .await;
    house.clock.advance(MINUTE);
    let warned = list(&house, "/customers/active", "").await;
    let warning = warned.elsewhere.iter().find(|it| it.place.is_some());
    let warning = warning.expect("a warning");
    assert!(warning.text.contains("not known to be kept out"));
    let told = news(&house, &active, &shown(&[], &[&reached])).await;
    assert_eq!(told.pieces[0].place, *warning.place.as_ref().unwrap());
    assert!(told.pieces[0].html.contains(&warning.text));

    asking(&house, async |gate| {
        ask(&house, gate, &key, "c-1", Passes::No).await;
    })
    .await;
    let told = news(&house, &active, &shown(&[], &[&reached])).await;
    let html = &told.pieces[0].html;
    assert!(html.contains("Every suspended customer is known to be kept out."));
    assert_eq!((told.told, told.waiting), (None, None), "nothing moves");
    // Who is proven leaves the list of those who are not, when somebody wants to see it.
    let id = acme.to_string();
    let told = news(&house, &behind, &shown(&[&id], &[&reached])).await;
    assert_eq!(told.waiting.expect("it waits").text, "1 change");
}
