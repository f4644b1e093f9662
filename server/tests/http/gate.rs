//! The gate as a proxy asks it.

use std::time::Duration;

use domain::time::{HOUR, MINUTE};
use domain::{GateMode, UnknownCustomer};
use reqwest::StatusCode;
use server::api_keys::GateSettings;
use server::store::ListKind;

use crate::popups::{SUSPEND, popup, post};
use crate::programs::{
    a_customer, answers, ask, by, eventually, external_id, gate_key, get, settings, suspend,
};
use crate::support::{MANAGER, Panel, header};

const IN: StatusCode = StatusCode::NO_CONTENT;
const OUT: StatusCode = StatusCode::FORBIDDEN;
const NO_KEY: StatusCode = StatusCode::UNAUTHORIZED;

#[tokio::test]
async fn who_is_suspended_in_a_popup_is_out_and_back_in_after_undo() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = gate_key(&panel, settings()).await;
    let who = [("x-account", external.as_str())];
    let told = ask(&panel, &key, &who).await;
    assert_eq!(told.status(), IN);
    assert_eq!(header(&told, "x-panel-status"), "active");
    assert!(!header(&told, "x-panel-plan").is_empty());
    assert!(header(&told, "x-panel-limits").contains('='));
    assert_eq!(header(&told, "x-panel-reason"), "");
    assert_eq!(header(&told, "cache-control"), "no-store");

    let browser = panel.signed_in(MANAGER).await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    post(&browser, &address, &fields).await;
    let told = answers(&panel, &key, &who, OUT).await;
    assert_eq!(header(&told, "x-panel-status"), "suspended");
    assert_eq!(header(&told, "x-panel-reason"), "payment_overdue");
    assert_eq!(header(&told, "cache-control"), "no-store");
    assert!(header(&told, "content-type").starts_with("text/html"));
    let page = told.text().await.unwrap();
    assert!(page.contains("Ihr Konto ist gesperrt"), "{page}");
    assert!(!page.contains("4711"), "notes are for colleagues: {page}");

    let address = format!("/customers/suspended?do=reactivate&customer={customer}");
    let fields = popup(&browser, &address, &[]).await.unwrap();
    post(&browser, &address, &fields).await;
    answers(&panel, &key, &who, IN).await;
}

#[tokio::test]
async fn a_suspension_that_ends_by_itself_lets_in_again() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = gate_key(&panel, settings()).await;
    let who = [("x-account", external.as_str())];
    suspend(&panel, &customer, Some(panel.now().plus_millis(HOUR))).await;
    answers(&panel, &key, &who, OUT).await;
    panel.clock.advance(HOUR);
    answers(&panel, &key, &who, IN).await;
}

#[tokio::test]
async fn a_customer_is_named_where_the_key_says() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let lower = external.to_lowercase();
    let named = [
        ("header:X-Account", ("x-account", external.clone())),
        (
            "host:app.example.com",
            ("x-forwarded-host", format!("{lower}.App.example.com:443")),
        ),
        (
            "path:/t",
            ("x-original-uri", format!("/t/{external}/inbox?x=1")),
        ),
        (
            "query:account",
            ("x-forwarded-uri", format!("/inbox?account={external}")),
        ),
    ];
    let mut keys = Vec::new();
    for (place, _) in &named {
        keys.push(gate_key(&panel, by(place)).await);
    }
    for (key, (place, (name, value))) in keys.iter().zip(&named) {
        assert_eq!(
            ask(&panel, key, &[(name, value)]).await.status(),
            IN,
            "{place}"
        );
        let missing = ask(&panel, key, &[]).await;
        assert_eq!(missing.status(), OUT, "{place}");
        assert_eq!(header(&missing, "x-panel-reason"), "customer_missing");
    }
    suspend(&panel, &customer, None).await;
    for (key, (_, (name, value))) in keys.iter().zip(&named) {
        answers(&panel, key, &[(name, value)], OUT).await;
    }
}

#[tokio::test]
async fn a_key_may_observe_and_may_let_strangers_in() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let observing = GateSettings {
        mode: GateMode::Observe,
        ..settings()
    };
    let observing = gate_key(&panel, observing).await;
    let lenient = GateSettings {
        unknown: UnknownCustomer::Allow,
        ..settings()
    };
    let lenient = gate_key(&panel, lenient).await;
    suspend(&panel, &customer, None).await;
    answers(&panel, &lenient, &[("x-account", &external)], OUT).await;
    assert_eq!(
        ask(&panel, &lenient, &[("x-account", "nobody")])
            .await
            .status(),
        IN
    );
    assert_eq!(
        ask(&panel, &lenient, &[]).await.status(),
        OUT,
        "nobody is no stranger"
    );
    for (who, reason) in [
        (external.as_str(), "payment_overdue"),
        ("nobody", "customer_unknown"),
    ] {
        let answer = ask(&panel, &observing, &[("x-account", who)]).await;
        assert_eq!(answer.status(), IN);
        assert_eq!(header(&answer, "x-panel-would"), "deny");
        assert_eq!(header(&answer, "x-panel-reason"), reason);
    }
    let counted = eventually(async || {
        let mut tx = panel.store.read().await.unwrap();
        let seen = tx
            .key_visits(std::slice::from_ref(&observing.id))
            .await
            .unwrap();
        (seen.would_refuse >= 2).then_some(seen)
    })
    .await;
    assert_eq!(counted.refused, 0);
}

#[tokio::test]
async fn a_program_gets_a_problem_document_and_a_page_is_shown_apart() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = gate_key(&panel, settings()).await;
    let who = [
        ("x-account", external.as_str()),
        ("x-original-uri", "/inbox?a=b"),
    ];
    let back = get(&panel, "/gate/page", Some(&key), &who).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER, "access came back");
    assert_eq!(header(&back, "location"), "/inbox?a=b");
    for elsewhere in [
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example/",
    ] {
        let who = [
            ("x-account", external.as_str()),
            ("x-original-uri", elsewhere),
        ];
        let back = get(&panel, "/gate/page", Some(&key), &who).await;
        assert!(!header(&back, "location").contains("evil"), "{elsewhere}");
    }
    suspend(&panel, &customer, None).await;
    answers(&panel, &key, &who, OUT).await;
    let json = [
        ("x-account", external.as_str()),
        ("accept", "application/json"),
    ];
    let answer = ask(&panel, &key, &json).await;
    assert_eq!(answer.status(), OUT);
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    assert!(answer.text().await.unwrap().contains("account-suspended"));
    let page = get(&panel, "/gate/page", Some(&key), &who).await;
    assert_eq!(page.status(), OUT);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Ihr Konto ist gesperrt")
    );
    let no_key = get(&panel, "/gate/page", None, &who).await;
    assert_eq!(no_key.status(), NO_KEY);
}

#[tokio::test]
async fn without_its_database_it_answers_for_a_while_and_then_refuses() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let suspended = panel.customers(ListKind::Suspended).await.remove(0);
    let partner = panel.partners().await.remove(0);
    let suspended = external_id(&panel, &partner, &suspended).await;
    let key = gate_key(&panel, settings()).await;
    let who = [("x-account", external.as_str())];
    let away = panel.database().with_extension("away");
    std::fs::rename(panel.database(), &away).unwrap();
    // A look that began before may still count.
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    panel.clock.advance(MINUTE);
    let told = ask(&panel, &key, &who).await;
    assert_eq!(told.status(), IN);
    assert_eq!(header(&told, "x-panel-stale"), "60");
    assert_eq!(
        ask(&panel, &key, &[("x-account", &suspended)])
            .await
            .status(),
        OUT
    );
    panel.clock.advance(10 * MINUTE);
    let told = ask(&panel, &key, &who).await;
    assert_eq!(told.status(), OUT);
    assert_eq!(header(&told, "x-panel-reason"), "outdated");

    std::fs::rename(&away, panel.database()).unwrap();
    let told = answers(&panel, &key, &who, IN).await;
    assert_eq!(header(&told, "x-panel-stale"), "");
    suspend(&panel, &customer, None).await;
    answers(&panel, &key, &who, OUT).await;
}
