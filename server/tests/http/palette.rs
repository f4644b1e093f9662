//! What the command palette finds, over its server function.

use crate::support::{Browser, MANAGER, OWNER, Panel, STRANGER, VIEWER};
use app::api::FUNCTIONS;
use app::wire::{Action, Found};
use reqwest::{Method, StatusCode};
use server::store::{CustomerRow, ListKind};

/// Asks from a page for what was typed.
async fn ask(browser: &Browser, page: &str, query: &str, typed: &str) -> (StatusCode, Vec<u8>) {
    let function = FUNCTIONS
        .iter()
        .find(|known| known.name == "find_customers");
    let body = postcard::to_allocvec(&(page, query, typed)).unwrap();
    let answer = browser
        .request(Method::POST, function.unwrap().path)
        .header("content-type", "application/x-postcard")
        .body(body)
        .send()
        .await
        .unwrap();
    (answer.status(), answer.bytes().await.unwrap().to_vec())
}

async fn find(browser: &Browser, typed: &str) -> Found {
    let (status, body) = ask(browser, "/activity", "", typed).await;
    assert_eq!(status, StatusCode::OK, "{typed}");
    postcard::from_bytes(&body).unwrap()
}

/// Somebody of a list of the demo's first partner.
async fn somebody(panel: &Panel, kind: ListKind) -> CustomerRow {
    let id = panel.customers(kind).await.remove(0);
    let partner = panel.partners().await.remove(0);
    let mut tx = panel.store.read().await.unwrap();
    tx.customer(&partner, &id).await.unwrap()
}

#[tokio::test]
async fn a_customer_is_found_by_name_address_and_ids_in_every_list() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    for kind in [ListKind::Active, ListKind::Suspended] {
        let customer = somebody(&panel, kind).await;
        let name = customer.name.clone().unwrap();
        for typed in [
            name.as_str(),
            &name.to_uppercase(),
            customer.email.as_deref().unwrap(),
            customer.external_id.as_str(),
            customer.id.as_str(),
        ] {
            let found = find(&browser, typed).await;
            let first = &found.customers[0];
            assert_eq!(first.row.id, customer.id.as_str(), "{typed}");
            assert!(
                first.line.contains(customer.external_id.as_str()),
                "{typed}"
            );
        }
    }
}

#[tokio::test]
async fn the_one_with_this_very_id_stands_first_and_beginnings_before_the_rest() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let found = find(&browser, "a").await;
    assert_eq!(found.customers.len(), 8);
    assert!(found.said.contains("first 8"), "{}", found.said);
    let begins: Vec<bool> = found
        .customers
        .iter()
        .map(|found| found.row.name.to_lowercase().starts_with('a'))
        .collect();
    assert!(begins[0], "{found:?}");
    assert!(begins.is_sorted_by(|one, next| one >= next), "{begins:?}");
}

#[tokio::test]
async fn actions_open_on_the_page_at_hand_and_say_why_not() {
    let panel = Panel::start().await;
    let customer = somebody(&panel, ListKind::Active).await;
    let browser = panel.signed_in(MANAGER).await;
    let (_, body) = ask(
        &browser,
        "/activity",
        "kind=suspension_placed&do=undo",
        customer.id.as_str(),
    )
    .await;
    let found: Found = postcard::from_bytes(&body).unwrap();
    let menu = &found.customers[0].row.menu;
    let suspend = menu.iter().find(|entry| entry.action == Action::Suspend);
    let href = suspend.unwrap().href.clone().unwrap();
    assert_eq!(
        href,
        format!(
            "/activity?kind=suspension_placed&do=suspend&customer={}",
            customer.id
        )
    );
    assert_eq!(browser.open(&href).await.status(), StatusCode::OK);
    let viewer = panel.signed_in(VIEWER).await;
    let found = find(&viewer, customer.id.as_str()).await;
    let menu = &found.customers[0].row.menu;
    let suspend = menu.iter().find(|entry| entry.action == Action::Suspend);
    let suspend = suspend.unwrap();
    assert!(
        suspend.href.is_none() && suspend.why_not.is_some(),
        "{suspend:?}"
    );
}

#[tokio::test]
async fn nobody_else_is_found_and_the_answer_says_so() {
    let panel = Panel::start().await;
    let customer = somebody(&panel, ListKind::Active).await;
    let stranger = panel.signed_in(STRANGER).await;
    for typed in [
        customer.id.as_str(),
        customer.external_id.as_str(),
        customer.email.as_deref().unwrap(),
    ] {
        let found = find(&stranger, typed).await;
        let theirs = |id: &str| id == customer.id.as_str();
        assert!(
            !found.customers.iter().any(|found| theirs(&found.row.id)),
            "{typed}"
        );
    }
    let found = find(&stranger, customer.id.as_str()).await;
    assert!(found.customers.is_empty());
    assert!(found.said.contains(customer.id.as_str()), "{}", found.said);
    assert_eq!(find(&stranger, "  ").await, Found::default());
    for typed in ["x".repeat(201).as_str(), "a\u{0}b"] {
        let (status, _) = ask(&stranger, "/activity", "", typed).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    let (status, _) = ask(&Browser::new(&panel), "/activity", "", "a").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
