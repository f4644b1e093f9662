//! The gate, asked in ways in which nobody should: with other keys, for other customers, by other addresses.

use domain::Scope;
use domain::api_key::KeyOverlap;
use domain::time::{DAY, HOUR};
use reqwest::StatusCode;
use server::api_keys::KeyOwner;
use server::commands::KeyCommand;
use server::store::ListKind;

use crate::programs::{
    a_customer, answers, ask, by, client, command, external_id, gate_key, get, key, key_of,
    settings, suspend,
};
use crate::support::{Panel, header};

const IN: StatusCode = StatusCode::NO_CONTENT;
const OUT: StatusCode = StatusCode::FORBIDDEN;
const NO_KEY: StatusCode = StatusCode::UNAUTHORIZED;

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
async fn a_visitor_without_an_account_is_refused_in_the_language_of_the_browser() {
    let panel = Panel::start().await;
    let key = gate_key(&panel, settings()).await;
    for (languages, page) in [
        (
            Some("tlh, pt-BR;q=0.8, de;q=0.5"),
            ("<html lang=\"pt\"", "De momento"),
        ),
        (Some("he"), ("<html lang=\"he\" dir=\"rtl\"", "אין לך גישה")),
        (Some("*, ;q=, -"), ("<html lang=\"en\"", "You cannot")),
        (None, ("<html lang=\"en\"", "You cannot")),
    ] {
        let mut headers = vec![("x-account", "nobody"), ("accept", "text/html")];
        headers.extend(languages.map(|tags| ("accept-language", tags)));
        let answer = ask(&panel, &key, &headers).await;
        assert_eq!(answer.status(), OUT);
        let text = answer.text().await.unwrap();
        assert!(
            text.contains(page.0) && text.contains(page.1),
            "{languages:?}: {text}"
        );
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
