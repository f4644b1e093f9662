//! Connecting a product: the page ticks what the panel has seen, and the recipe for axum works as it is shown.

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use domain::ApiKeyId;
use domain::time::SECOND;
use reqwest::StatusCode;
use server::store::KeyVisits;
use tokio::net::TcpListener;

use crate::keys::{secret, seen};
use crate::programs::{Key, a_customer, answers, ask, by, client, eventually, gate_key, suspend};
use crate::support::{Browser, OWNER, Panel, hidden};

#[path = "../../../docs/connect/axum.rs"]
mod recipe;

/// Makes the first key on the page itself; answers it and what the page shows.
async fn connected(browser: &Browser) -> (Key, String) {
    let page = browser.get("/connect").await.text().await.unwrap();
    let key = hidden(&page, "key").expect("a form");
    let form = [
        ("do", "create"),
        ("key", key.as_str()),
        ("name", "Gate"),
        ("scope", "gate"),
        ("way", "header"),
        ("place", "X-Account"),
        ("mode", "enforce"),
        ("unknown", "deny"),
        ("open", ""),
        ("life", "90"),
    ];
    let answer = browser.post("/connect", &form).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    let text = secret(&page).expect("the key");
    let keys = browser.get("/keys").await.text().await.unwrap();
    let id = ApiKeyId::parse(&hidden(&keys, "id").expect("an id")).unwrap();
    (Key { id, text }, page)
}

/// Waits until so many steps are ticked.
async fn ticked(browser: &Browser, steps: usize) -> String {
    eventually(async || {
        let page = browser.get("/connect").await.text().await.unwrap();
        let document = seen(&page);
        let ticks = document.matches("data-tone=\"good\"").count();
        (ticks == steps).then_some(document)
    })
    .await
}

#[tokio::test]
async fn each_step_is_ticked_once_it_was_seen() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    ticked(&owner, 0).await;
    let (key, page) = connected(&owner).await;
    assert!(
        page.matches(&format!("Bearer {}", key.text)).count() >= 3,
        "the key stands where it is pasted"
    );
    let later = ticked(&owner, 1).await;
    assert!(!later.contains(&key.text), "and is gone with the next page");
    assert!(later.contains(&format!("{}_…", &key.text[..16])));

    // A gate that knows nobody refuses everybody: that proves no more than a question does.
    let nobody = [("x-account", "nobody-of-this-name")];
    answers(&panel, &key, &nobody, StatusCode::FORBIDDEN).await;
    refusals(&panel, &key, 1).await;
    ticked(&owner, 2).await;
    let (customer, external) = a_customer(&panel).await;
    let who = [("x-account", external.as_str())];
    let answer = ask(&panel, &key, &who).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    suspend(&panel, &customer, None).await;
    answers(&panel, &key, &who, StatusCode::FORBIDDEN).await;
    let all = ticked(&owner, 3).await;
    assert!(all.contains("Somebody was refused"));
}

#[tokio::test]
async fn asking_by_hand_names_the_customer_as_the_key_does() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (_, external) = a_customer(&panel).await;
    for place in [
        "header:X-Tenant",
        "host:eu.app.example.com",
        "path:/t",
        "path:/",
        "query:account",
    ] {
        // The page is about the newest key.
        panel.clock.advance(SECOND);
        let key = gate_key(&panel, by(place)).await;
        let page = owner.get("/connect").await.text().await.unwrap();
        let (_, command) = page.split_once("<code>curl -i ").expect("a command");
        let (command, _) = command.split_once("</code>").unwrap();
        let (_, named) = command.rsplit_once("-H &#39;").unwrap();
        let named = named.trim_end_matches("&#39;");
        let (header, value) = named.split_once(": ").unwrap();
        let value = value.replace("YOUR_CUSTOMER", &external);
        let answer = ask(&panel, &key, &[(header, &value)]).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{place}: {named}");
    }
}

#[tokio::test]
async fn a_key_that_is_revoked_in_the_panel_is_refused_by_the_very_next_question() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (key, _) = connected(&owner).await;
    let (_, external) = a_customer(&panel).await;
    let who = [("x-account", external.as_str())];
    let answer = ask(&panel, &key, &who).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let form = [
        ("do", "revoke"),
        ("id", key.id.as_str()),
        ("key", "00000000000000000000000000000001"),
    ];
    let answer = owner.post("/keys", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let answer = ask(&panel, &key, &who).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

/// Somebody who is signed in to the product: here whoever the visitor says.
fn signed_in(request: &Request) -> Option<String> {
    let value = request.headers().get("x-signed-in")?;
    value.to_str().ok().map(str::to_owned)
}

/// A product behind the recipe, which tells the plan that the panel told it.
async fn product(panel: &Panel, key: &str) -> String {
    let gate = recipe::Gate::new(&panel.at(""), key.to_owned(), signed_in).unwrap();
    let plan = async |headers: HeaderMap| {
        let plans = headers.get_all("x-panel-plan").iter();
        let plans: Vec<_> = plans.filter_map(|plan| plan.to_str().ok()).collect();
        plans.join(" and ")
    };
    let product = Router::new()
        .route("/", get(plan))
        .layer(from_fn_with_state(gate, recipe::guard));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, product).await });
    address
}

async fn visit(address: &str, account: &str) -> reqwest::Response {
    let visit = client().get(address).header("x-signed-in", account);
    let visit = visit.header("x-panel-plan", "everything");
    visit.send().await.unwrap()
}

#[tokio::test]
async fn the_recipe_for_axum_keeps_suspended_customers_out_of_a_product() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (key, _) = connected(&owner).await;
    let (customer, external) = a_customer(&panel).await;
    let address = product(&panel, &key.text).await;

    let answer = visit(&address, &external).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let plan = answer.text().await.unwrap();
    assert!(!plan.is_empty() && !plan.contains("everything"), "{plan}");
    let nobody = client().get(&address).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    suspend(&panel, &customer, None).await;
    let refused = eventually(async || {
        let answer = visit(&address, &external).await;
        (answer.status() == StatusCode::FORBIDDEN).then_some(answer)
    })
    .await;
    let page = refused.text().await.unwrap();
    assert!(page.contains("Ihr Konto ist gesperrt"), "{page}");
    // A key that is wrong is a failure of the product's, not a refusal of the visitor.
    let wrong = product(&panel, "pp_live_nothing").await;
    let answer = visit(&wrong, &external).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_look_through_the_recipe_for_axum_is_a_question_and_no_visit_in_vain() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (key, _) = connected(&owner).await;
    let (customer, external) = a_customer(&panel).await;
    let address = product(&panel, &key.text).await;
    suspend(&panel, &customer, None).await;
    eventually(async || {
        let answer = visit(&address, &external).await;
        (answer.status() == StatusCode::FORBIDDEN).then_some(())
    })
    .await;
    let before = refusals(&panel, &key, 1).await;

    let look = client().head(&address).header("x-signed-in", &external);
    let answer = look.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let after = refusals(&panel, &key, 2).await;
    assert_eq!((after.asked, after.refused), (before.asked + 1, 2));
    // What the customer's page tells is written together with that.
    let page = format!("/customers/{customer}");
    let page = owner.get(&page).await.text().await.unwrap();
    assert!(page.contains("Tried once while suspended"), "{page}");
}

/// What is written of a key, once so many refusals are.
async fn refusals(panel: &Panel, key: &Key, count: u64) -> KeyVisits {
    eventually(async || {
        let mut tx = panel.store.read().await.unwrap();
        let seen = tx.key_visits(std::slice::from_ref(&key.id)).await.unwrap();
        (seen.refused >= count).then_some(seen)
    })
    .await
}
