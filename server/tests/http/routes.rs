//! Walks the one table of routes: as every role, as somebody of another partner, and signed out.

use app::wire::Shown;
use std::collections::BTreeSet;

use crate::support::{AGENT, Browser, MANAGER, OWNER, PASSWORD, Panel, STRANGER, VIEWER, header};
use domain::Permission;
use reqwest::{Method, Response, StatusCode};
use server::store::ListKind;
use server::web::routes::{self, Access, Answer, Class, Route};
use server::web::table;

/// Everything that is open to everybody, by name: what is added here has been thought about.
const PUBLIC: &[&str] = &[
    "GET /",
    "GET /customers",
    "GET /sign-in",
    "POST /sign-in",
    "POST /sign-out",
    "GET /welcome/{secret}",
    "POST /welcome/{secret}",
    "GET /health",
    "POST /csp-report",
    "GET /brand/{file}",
    "GET /pkg/{*file}",
    "POST /_/{*rest}",
];

fn name(route: &Route) -> String {
    let method = match route.method {
        routes::Method::Get => "GET",
        routes::Method::Post => "POST",
    };
    format!("{method} {}", route.path)
}

/// The path with values in its places.
fn path(route: &Route, customer: &str, external: &str) -> String {
    route
        .path
        .replace("{id}", customer)
        .replace("{*external_id}", external)
        .replace("{external_id}", external)
        .replace("{secret}", "nothing")
        .replace("{file}", "00aa66.css")
        .replace("{*file}", "nothing.js")
        .replace("{*rest}", "0000/load_page")
}

/// What the form of a popup sends.
fn form(customer: &str) -> Vec<(String, String)> {
    [
        ("do", "suspend"),
        ("customer", customer),
        ("key", "0123456789abcdef0123456789abcdef"),
        ("revision", "1"),
        ("reason", "payment_overdue"),
        ("until_mode", "open"),
        ("message", "Please pay."),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

async fn send(browser: &Browser, route: &Route, path: &str, customer: &str) -> Response {
    let request = match (route.method, route.answer) {
        (routes::Method::Get, _) => browser.request(Method::GET, path),
        (_, Answer::ServerFunction(name)) => {
            let (page, query) = ("/customers/active", "");
            let body = match name {
                "find_customers" => postcard::to_allocvec(&(page, query, "a")),
                "send_form" => postcard::to_allocvec(&(page, query, form(customer))),
                "rebase_popup" => postcard::to_allocvec(&(page, query, form(customer), 0_u64)),
                "load_popups" => postcard::to_allocvec(&(page, [query])),
                "load_news" => postcard::to_allocvec(&(page, query, Shown::default())),
                _ => postcard::to_allocvec(&(page, query)),
            };
            let request = browser.request(Method::POST, path).body(body.unwrap());
            request.header("content-type", "application/x-postcard")
        }
        _ => browser.request(Method::POST, path).form(&form(customer)),
    };
    request.send().await.unwrap()
}

#[tokio::test]
async fn only_what_is_named_here_is_public() {
    let panel = Panel::start().await;
    let table = table(&panel.running().web);
    let public: BTreeSet<String> = table
        .iter()
        .filter(|route| route.access == Access::Public && route.answer != Answer::File)
        .map(name)
        .collect();
    let named: BTreeSet<String> = PUBLIC
        .iter()
        .filter(|name| !name.contains("/pkg/"))
        .map(|name| (*name).to_owned())
        .collect();
    assert_eq!(public, named);
    for function in app::api::FUNCTIONS {
        let known = table
            .iter()
            .any(|route| route.path == function.path && route.access != Access::Public);
        assert!(known, "{} has no entry with a permission", function.name);
    }
    let registered = leptos::server_fn::axum::server_fn_paths().count();
    assert_eq!(
        registered,
        app::api::FUNCTIONS.len(),
        "a server function is registered that the table does not know"
    );
    for route in &table {
        let framed = matches!(route.class, Class::Page | Class::Form);
        assert!(
            !framed || route.access != Access::Public,
            "{} is a page in the frame",
            name(route)
        );
    }
}

#[tokio::test]
async fn signed_out_nothing_is_seen_and_nothing_happens() {
    let panel = Panel::start().await;
    let customer = panel
        .customers(ListKind::Active)
        .await
        .remove(0)
        .to_string();
    let before = panel.steps().await;
    let browser = Browser::new(&panel);
    for route in table(&panel.running().web) {
        let path = path(&route, &customer, "K-1");
        let answer = send(&browser, &route, &path, &customer).await;
        match (route.access, route.class) {
            (Access::Public, _) => assert!(!answer.status().is_server_error(), "{}", name(&route)),
            (Access::Key(_), _) | (_, Class::Wire | Class::Stream) => assert_eq!(
                answer.status(),
                StatusCode::UNAUTHORIZED,
                "{}",
                name(&route)
            ),
            _ => {
                assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", name(&route));
                assert!(
                    header(&answer, "location").starts_with("/sign-in?next=%2F"),
                    "{}",
                    name(&route)
                );
            }
        }
    }
    assert_eq!(panel.steps().await, before);
}

#[tokio::test]
async fn every_role_may_do_what_its_permissions_say() {
    let panel = Panel::start().await;
    for (email, role) in [
        (VIEWER, domain::Role::Viewer),
        (AGENT, domain::Role::Agent),
        (MANAGER, domain::Role::Manager),
        (OWNER, domain::Role::Owner),
    ] {
        let browser = panel.signed_in(email).await;
        for route in table(&panel.running().web) {
            let customer = panel
                .customers(ListKind::Active)
                .await
                .remove(0)
                .to_string();
            let path = path(&route, &customer, "none");
            let before = panel.steps().await;
            let answer = send(&browser, &route, &path, &customer).await;
            let (name, status) = (name(&route), answer.status());
            match (route.access, route.class) {
                (Access::Needs(permission), Class::Page) => {
                    let missing = name.contains("external_id");
                    let seen = if role.permits(permission) {
                        StatusCode::OK
                    } else {
                        StatusCode::FORBIDDEN
                    };
                    assert_eq!(
                        status,
                        if missing { StatusCode::NOT_FOUND } else { seen },
                        "{role:?} {name}"
                    );
                    assert_eq!(panel.steps().await, before, "reading changes nothing");
                }
                (Access::Needs(permission), Class::Form) if !role.permits(permission) => {
                    assert_eq!(status, StatusCode::FORBIDDEN, "{role:?} {name}");
                    assert_eq!(panel.steps().await, before);
                }
                (Access::NeedsWhatItDoes, _) if role.permits(Permission::Suspend) => {
                    let expected = !status.is_server_error() && status != StatusCode::FORBIDDEN;
                    assert!(expected, "{role:?} {name}: {status}");
                }
                (Access::NeedsWhatItDoes, _) => {
                    assert_eq!(status, StatusCode::FORBIDDEN, "{role:?} {name}");
                    assert_eq!(panel.steps().await, before);
                }
                (Access::Key(_), _) => {
                    assert_eq!(
                        status,
                        StatusCode::UNAUTHORIZED,
                        "{role:?} {name}: people have no keys"
                    );
                }
                (Access::Needs(_), Class::Wire | Class::Stream) => {
                    assert_eq!(status, StatusCode::OK, "{role:?} {name}")
                }
                _ => assert!(!status.is_server_error(), "{role:?} {name}: {status}"),
            }
            if route.answer == Answer::SignOut {
                browser.sign_in(email, PASSWORD).await;
            }
        }
    }
}

#[tokio::test]
async fn another_partners_customer_looks_like_none_at_all() {
    let panel = Panel::start().await;
    let customer = panel
        .customers(ListKind::Active)
        .await
        .remove(0)
        .to_string();
    let external = {
        let partner = panel.partners().await.remove(0);
        let id = domain::CustomerId::parse(&customer).unwrap();
        panel
            .store
            .read()
            .await
            .unwrap()
            .customer(&partner, &id)
            .await
            .unwrap()
            .external_id
            .to_string()
    };
    let nobody = "cus_00000000000000000000000000";
    let before = panel.steps().await;
    let stranger = panel.signed_in(STRANGER).await;
    let same = async |method: Method, theirs: &str, none: &str| {
        let mut answers = Vec::new();
        for (path, who) in [(theirs, customer.as_str()), (none, nobody)] {
            let fields = [
                ("do", "suspend"),
                ("customer", who),
                ("key", "0123456789abcdef0123456789abcdef"),
                ("revision", "1"),
                ("reason", "payment_overdue"),
                ("until_mode", "open"),
            ];
            let request = stranger.request(method.clone(), path);
            let request = if method == Method::POST {
                request.form(&fields)
            } else {
                request
            };
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
            answers.push(plain(
                &answer.text().await.unwrap(),
                &[path, who, &external],
            ));
        }
        assert_eq!(answers[0], answers[1], "{method} {theirs}");
    };
    same(
        Method::GET,
        &format!("/customers/{customer}"),
        &format!("/customers/{nobody}"),
    )
    .await;
    same(
        Method::POST,
        &format!("/customers/{customer}"),
        &format!("/customers/{nobody}"),
    )
    .await;
    same(Method::POST, "/customers/active", "/customers/active").await;
    same(
        Method::GET,
        &format!("/customers/by-external-id/{external}"),
        "/customers/by-external-id/none",
    )
    .await;
    assert_eq!(panel.steps().await, before);
}

/// A page without what must differ: nonces, numbers, keys, and the given texts.
fn plain(page: &str, own: &[&str]) -> String {
    let mut page = page.to_owned();
    for text in own {
        page = page
            .replace(text, "…")
            .replace(&text.replace('/', "%2F"), "…");
    }
    let mut kept = String::new();
    for (index, part) in page.split("nonce=\"").enumerate() {
        kept.push_str(if index == 0 {
            part
        } else {
            part.split_once('"').map_or(part, |(_, rest)| rest)
        });
    }
    // The data that the page wakes up with carries the address in a packed form.
    kept.split("<script").next().unwrap_or_default().to_owned()
}
