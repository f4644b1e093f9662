//! What the panel says of how the product follows: nothing while none asks, then the truth.

use domain::Scope;
use domain::time::{DAY, MINUTE};
use reqwest::StatusCode;

use crate::popups::{SUSPEND, popup, post};
use crate::programs::{a_customer, ask, eventually, key, settings};
use crate::support::{Browser, MANAGER, Panel};

async fn shown(browser: &Browser, path: &str) -> String {
    browser.open(path).await.text().await.unwrap()
}

/// Reads a page until it says so: what the gate saw is written a moment later.
async fn says(browser: &Browser, path: &str, text: &str) -> String {
    eventually(async || {
        let page = shown(browser, path).await;
        page.contains(text).then_some(page)
    })
    .await
}

#[tokio::test]
async fn while_no_product_asks_nothing_is_claimed() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let browser = panel.signed_in(MANAGER).await;
    let page = format!("/customers/{customer}");
    let suspend = format!("{page}?do=suspend");
    let nothing_refuses = "No product is connected: this is recorded, but nothing refuses";
    let dialog = shown(&browser, &suspend).await;
    assert!(dialog.contains(nothing_refuses), "{dialog}");
    assert!(!dialog.contains("Loses access to"), "{dialog}");
    assert!(!dialog.contains("your product"), "{dialog}");

    let key = key(&panel, &[Scope::Gate], settings()).await;
    let who = [("x-account", external.as_str())];
    assert_eq!(
        ask(&panel, &key, &who).await.status(),
        StatusCode::NO_CONTENT
    );
    let dialog = says(&browser, &suspend, "Loses access to").await;
    assert!(!dialog.contains(nothing_refuses), "{dialog}");

    // A quiet week-end is no sign that it went away; a longer silence is.
    for (days, said) in [(6, "Loses access to"), (2, nothing_refuses)] {
        panel.clock.advance(days * DAY);
        let browser = panel.signed_in(MANAGER).await;
        let dialog = shown(&browser, &suspend).await;
        assert!(dialog.contains(said), "{dialog}");
    }
}

#[tokio::test]
async fn the_first_answer_after_a_command_proves_it_and_visits_in_vain_are_counted() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = key(&panel, &[Scope::Gate], settings()).await;
    let who = [("x-account", external.as_str())];
    ask(&panel, &key, &who).await;
    let browser = panel.signed_in(MANAGER).await;
    let page = format!("/customers/{customer}");
    says(&browser, &format!("{page}?do=suspend"), "Loses access to").await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    post(&browser, &address, &fields).await;
    let waits = says(
        &browser,
        &page,
        "Your product has not asked about this customer since the last change.",
    )
    .await;
    assert!(!waits.contains("Enforced by"), "{waits}");

    eventually(async || {
        let answer = ask(&panel, &key, &who).await;
        (answer.status() == StatusCode::FORBIDDEN).then_some(())
    })
    .await;
    for _ in 0..2 {
        ask(&panel, &key, &who).await;
    }
    let proof = says(
        &browser,
        &page,
        "Tried 3 times while suspended, last just now.",
    )
    .await;
    assert!(
        proof.contains("Enforced by your product just now."),
        "{proof}"
    );
    assert!(proof.contains(" s later."), "the timeline too: {proof}");
}

#[tokio::test]
async fn lists_speak_of_those_only_that_are_not_enforced_in_time() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = key(&panel, &[Scope::Gate], settings()).await;
    ask(&panel, &key, &[("x-account", external.as_str())]).await;
    let browser = panel.signed_in(MANAGER).await;
    let page = format!("/customers/{customer}");
    says(&browser, &format!("{page}?do=suspend"), "Loses access to").await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    post(&browser, &address, &fields).await;
    says(
        &browser,
        &page,
        "has not asked about this customer since the last change.",
    )
    .await;
    let list = shown(&browser, "/customers/active").await;
    assert!(
        !list.contains("not known to be kept out"),
        "in time: {list}"
    );

    panel.clock.advance(MINUTE);
    let list = shown(&browser, "/customers/active").await;
    let link = "href=\"/customers/suspended?enforced=no\"";
    assert!(
        list.contains("1 suspended customer is not known to be kept out") && list.contains(link),
        "{list}"
    );
    let page = shown(&browser, &page).await;
    assert!(
        page.contains("Not proven: your product has not asked"),
        "{page}"
    );
    let view = shown(&browser, "/customers/suspended?enforced=no").await;
    assert_eq!(view.matches("data-menu=\"").count(), 1, "{view}");
    assert!(
        view.contains(&format!("data-menu=\"{customer}\"")),
        "{view}"
    );
    assert!(view.contains("Product: Has not asked"), "{view}");
    let nonsense = browser.open("/customers/active?enforced=no").await;
    assert_eq!(nonsense.status(), StatusCode::BAD_REQUEST);
}
