//! The gate as a proxy asks it.

use std::time::Duration;

use domain::api_key::KeyOverlap;
use domain::time::{DAY, HOUR, MINUTE};
use domain::{GateMode, Scope, UnknownCustomer};
use reqwest::{Response, StatusCode};
use server::api_keys::{GateSettings, KeyOwner};
use server::commands::KeyCommand;
use server::store::ListKind;

use crate::popups::{SUSPEND, popup, post};
use crate::programs::{
    Key, a_customer, ask, by, client, command, eventually, external_id, get, key, key_of, settings,
    suspend,
};
use crate::support::{MANAGER, Panel, header};

const IN: StatusCode = StatusCode::NO_CONTENT;
const OUT: StatusCode = StatusCode::FORBIDDEN;
const NO_KEY: StatusCode = StatusCode::UNAUTHORIZED;

/// Waits until the gate answers so.
async fn answers(
    panel: &Panel,
    key: &Key,
    headers: &[(&str, &str)],
    status: StatusCode,
) -> Response {
    eventually(async || {
        let answer = ask(panel, key, headers).await;
        (answer.status() == status).then_some(answer)
    })
    .await
}

async fn gate_key(panel: &Panel, gate: GateSettings) -> Key {
    key(panel, &[Scope::Gate], gate).await
}

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
    assert!(page.contains("Your account is suspended"), "{page}");
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
async fn only_a_good_key_is_answered() {
    let panel = Panel::start().await;
    let (_, external) = a_customer(&panel).await;
    let partner = KeyOwner::Partner(panel.partners().await.remove(0));
    let good = gate_key(&panel, settings()).await;
    let who = [("x-account", external.as_str())];
    let asked = async |authorization: &[&str]| {
        let mut request = client()
            .get(panel.at("/gate"))
            .header("x-account", &external);
        for value in authorization {
            request = request.header("authorization", *value);
        }
        request.send().await.unwrap()
    };
    let (text, bearer) = (&good.text, format!("Bearer {}", good.text));
    let cut = &bearer[..bearer.len() - 3];
    let last = if bearer.ends_with('0') { "1" } else { "0" };
    let mistyped = format!("{}{last}", &bearer[..bearer.len() - 1]);
    let long = format!("Bearer {}", "x".repeat(10_000));
    assert_eq!(asked(&[&bearer]).await.status(), IN);
    assert_eq!(
        asked(&[&bearer.replace("Bearer", "bearer")]).await.status(),
        IN
    );
    for wrong in [
        vec![],
        vec![text.as_str()],
        vec![cut],
        vec![&mistyped],
        vec!["Bearer"],
        vec!["Bearer "],
        vec![&long],
        vec!["Basic cHBfbGl2ZTo="],
        vec![bearer.as_str(), bearer.as_str()],
    ] {
        let answer = asked(&wrong).await;
        assert_eq!(answer.status(), NO_KEY, "{wrong:?}");
        assert_eq!(header(&answer, "www-authenticate"), "Bearer");
        assert_eq!(header(&answer, "x-panel-status"), "", "nothing is told");
    }
    for path in [
        format!("/gate?key={text}"),
        format!("/gate?access_token={text}"),
    ] {
        assert_eq!(get(&panel, &path, None, &who).await.status(), NO_KEY);
        let also_in_header = get(&panel, &path, Some(&good), &who).await;
        assert_eq!(also_in_header.status(), NO_KEY, "it is burnt");
    }
    let wrong_scope = key(&panel, &[Scope::Entitlements], settings()).await;
    assert_eq!(ask(&panel, &wrong_scope, &who).await.status(), NO_KEY);

    let rotated = gate_key(&panel, settings()).await;
    let overlap = KeyOverlap::hours(1).unwrap();
    command(
        &panel,
        &partner,
        KeyCommand::Rotate(rotated.id.clone(), overlap),
    )
    .await;
    let expiring = gate_key(&panel, settings()).await;
    command(&panel, &partner, KeyCommand::Revoke(good.id.clone())).await;
    answers(&panel, &good, &who, NO_KEY).await;
    assert_eq!(
        ask(&panel, &rotated, &who).await.status(),
        IN,
        "beside its successor"
    );
    panel.clock.advance(2 * HOUR);
    answers(&panel, &rotated, &who, NO_KEY).await;
    answers(&panel, &expiring, &who, IN).await;
    panel.clock.advance(90 * DAY);
    answers(&panel, &expiring, &who, NO_KEY).await;
}

#[tokio::test]
async fn nobody_learns_of_another_partners_customer() {
    let panel = Panel::start().await;
    let partners = panel.partners().await;
    let theirs = {
        let query = server::store::ListQuery::new(ListKind::Active);
        let mut tx = panel.store.read().await.unwrap();
        let page = tx.customers(&partners[1], &query).await.unwrap();
        page.rows[0].id.clone()
    };
    let external = external_id(&panel, &partners[1], &theirs).await;
    let own = gate_key(&panel, settings()).await;
    let theirs_asked = ask(&panel, &own, &[("x-account", &external)]).await;
    let nobody_asked = ask(&panel, &own, &[("x-account", "nobody")]).await;
    for answer in [&theirs_asked, &nobody_asked] {
        assert_eq!(answer.status(), OUT);
        assert_eq!(header(answer, "x-panel-reason"), "customer_unknown");
        assert_eq!(header(answer, "x-panel-status"), "");
        assert_eq!(header(answer, "x-panel-plan"), "");
    }
    assert_eq!(
        theirs_asked.text().await.unwrap(),
        nobody_asked.text().await.unwrap()
    );
    let operator = key_of(&panel, KeyOwner::Operator, &[Scope::Gate], settings()).await;
    assert_eq!(
        ask(&panel, &operator, &[("x-account", &external)])
            .await
            .status(),
        IN
    );
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
async fn open_prefixes_stay_open_while_suspended_and_nothing_slips_through() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = gate_key(&panel, settings()).await;
    suspend(&panel, &customer, None).await;
    answers(&panel, &key, &[("x-account", &external)], OUT).await;
    let at = async |name: &str, path: &str| {
        ask(
            &panel,
            &key,
            &[("x-account", external.as_str()), (name, path)],
        )
        .await
    };
    for name in ["x-original-uri", "x-forwarded-uri"] {
        for path in ["/billing", "/billing/invoices/7?a=b", "/sign-out"] {
            let answer = at(name, path).await;
            assert_eq!(answer.status(), IN, "{path}");
            assert_eq!(
                header(&answer, "x-panel-status"),
                "suspended",
                "the product is told"
            );
        }
        for path in [
            "/",
            "/billings",
            "/billing/../admin",
            "/billing/%2e%2e/admin",
            "/billing/..%2fadmin",
            "/billing/..;/admin",
            "/billing//admin",
            "//billing",
            "/billing%00",
            "/admin?/billing",
            "billing",
            "http://x/billing",
        ] {
            assert_eq!(at(name, path).await.status(), OUT, "{path}");
        }
    }
    let spoofed = [
        ("x-account", external.as_str()),
        ("x-original-uri", "/admin"),
        ("x-forwarded-uri", "/billing"),
    ];
    assert_eq!(ask(&panel, &key, &spoofed).await.status(), OUT);
    let stranger = [("x-account", "nobody"), ("x-original-uri", "/billing")];
    assert_eq!(
        ask(&panel, &key, &stranger).await.status(),
        OUT,
        "open to customers"
    );
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
        let seen = tx.key_visits(&observing.id).await.unwrap();
        (seen.would_refuse >= 2).then_some(seen)
    })
    .await;
    assert_eq!(counted.refused, 0);
}

#[tokio::test]
async fn bad_input_is_refused_and_never_a_failure() {
    let panel = Panel::start().await;
    let (_, external) = a_customer(&panel).await;
    let key = gate_key(&panel, settings()).await;
    let long = "x".repeat(10_000);
    let long_path = format!("/billing/{long}");
    let many: Vec<(&str, &str)> = vec![
        ("x-account", ""),
        ("x-account", &long),
        ("x-account", "a%00b"),
        ("x-account", "' OR 1=1 --"),
        ("x-account", "\u{fffd}"),
    ];
    for (name, value) in many {
        let answer = ask(
            &panel,
            &key,
            &[(name, value), ("x-original-uri", &long_path)],
        )
        .await;
        assert_eq!(answer.status(), OUT, "{value:.20}");
    }
    let twice = ask(
        &panel,
        &key,
        &[("x-account", &external), ("x-account", &external)],
    )
    .await;
    assert_eq!(twice.status(), OUT);
    assert_eq!(header(&twice, "x-panel-reason"), "request_malformed");
    let bytes = client()
        .get(panel.at("/gate"))
        .header("authorization", format!("Bearer {}", key.text))
        .header("x-account", &[0xff, 0xfe][..])
        .send()
        .await
        .unwrap();
    assert_eq!(bytes.status(), OUT);
    for name in ["host:app.example.com", "path:/t", "query:account"] {
        let key = gate_key(&panel, by(name)).await;
        for headers in [
            [
                ("x-forwarded-host", long.as_str()),
                ("x-original-uri", long.as_str()),
            ],
            [
                ("x-forwarded-host", "a.app.example.com"),
                ("x-original-uri", "/t/%00?account=%00"),
            ],
            [
                ("x-forwarded-host", "..app.example.com"),
                ("x-original-uri", "/t/%ff?account=%ff"),
            ],
            [
                ("x-forwarded-host", "a, b.app.example.com"),
                ("x-original-uri", "*"),
            ],
        ] {
            assert_eq!(
                ask(&panel, &key, &headers).await.status(),
                OUT,
                "{name} {headers:.20?}"
            );
        }
    }
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
            .contains("Your account is suspended")
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
