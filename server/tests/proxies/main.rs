//! A product behind proxies that nobody here wrote: Debian's nginx and Debian's Caddy, with the configurations that
//! `docs/connect` shows, before a small site.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod proxy;
mod site;

#[path = "../http/popups.rs"]
mod popups;
#[path = "../http/programs.rs"]
mod programs;
#[path = "../http/support.rs"]
mod support;

use domain::time::HOUR;
use domain::{CustomerId, GateMode, Scope};
use proxy::{Kind, Proxy};
use reqwest::{Response, StatusCode};
use server::api_keys::GateSettings;

use crate::popups::{SUSPEND, popup, post};
use crate::programs::{a_customer, by, eventually, key, suspend};
use crate::support::{Browser, MANAGER, Panel, header};

/// Runs each test behind both proxies.
macro_rules! behind_both {
    ($($name:ident),+ $(,)?) => {
        mod nginx {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::Kind::Nginx).await;
            })+
        }
        mod caddy {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::Kind::Caddy).await;
            })+
        }
    };
}

behind_both![
    suspended_is_out_and_reactivated_is_in_again,
    a_timed_suspension_ends,
    open_prefixes_stay_open,
    a_key_that_observes_lets_everybody_in,
    what_a_visitor_sends_under_the_panels_names_is_dropped,
    what_a_visitor_sends_does_not_open_the_gate,
    a_lost_database_is_outlived_and_a_dead_panel_is_not,
];

/// A panel, a proxy that asks it, a site behind the proxy, and a customer.
struct Setting {
    panel: Panel,
    proxy: Proxy,
    customer: CustomerId,
    /// The customer's own host.
    host: String,
}

impl Setting {
    async fn new(kind: Kind, gate: GateSettings) -> Self {
        let panel = Panel::start().await;
        let (customer, external) = a_customer(&panel).await;
        let key = key(&panel, &[Scope::Gate], gate).await;
        let site = site::start().await;
        let proxy = Proxy::start(kind, panel.addr, site, &key.text).await;
        let host = format!("{}.app.example.com", external.to_lowercase());
        let setting = Self {
            panel,
            proxy,
            customer,
            host,
        };
        setting.becomes("/", StatusCode::OK).await;
        setting
    }

    /// Visits the site as the customer.
    async fn visit(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        self.proxy.get(&self.host, path, headers).await
    }

    /// Waits until a visit ends so.
    async fn becomes(&self, path: &str, status: StatusCode) -> Response {
        eventually(async || {
            let answer = self.visit(path, &[]).await;
            (answer.status() == status).then_some(answer)
        })
        .await
    }

    /// Does something to the customer in the panel, as a person without scripts.
    async fn act(&self, browser: &Browser, action: &str, typed: &[(&str, &str)]) {
        let address = format!("/customers/all?do={action}&customer={}", self.customer);
        let fields = popup(browser, &address, typed).await.unwrap();
        let done = post(browser, &address, &fields).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
    }
}

fn settings() -> GateSettings {
    by("host:app.example.com")
}

async fn suspended_is_out_and_reactivated_is_in_again(kind: Kind) {
    let setting = Setting::new(kind, settings()).await;
    let told = setting.visit("/inbox?a=b", &[]).await.text().await.unwrap();
    assert!(told.contains("GET /inbox?a=b"), "{told}");
    assert!(told.contains("x-panel-status: active"), "{told}");
    assert!(told.contains("x-panel-plan: "), "{told}");
    let browser = setting.panel.signed_in(MANAGER).await;
    setting.act(&browser, "suspend", SUSPEND).await;
    let refused = setting.becomes("/inbox", StatusCode::FORBIDDEN).await;
    for name in [
        "x-panel-status",
        "x-panel-reason",
        "x-panel-plan",
        "x-panel-limits",
    ] {
        assert_eq!(header(&refused, name), "", "{name} is for the product");
    }
    assert_eq!(header(&refused, "cache-control"), "no-store");
    let page = refused.text().await.unwrap();
    assert!(page.contains("suspended"), "{page}");
    let program = setting
        .visit("/inbox", &[("accept", "application/json")])
        .await;
    assert_eq!(program.status(), StatusCode::FORBIDDEN);
    assert_eq!(header(&program, "content-type"), "application/problem+json");
    setting.act(&browser, "reactivate", &[]).await;
    setting.becomes("/inbox", StatusCode::OK).await;
}

async fn a_timed_suspension_ends(kind: Kind) {
    let setting = Setting::new(kind, settings()).await;
    let until = setting.panel.now().plus_millis(HOUR);
    suspend(&setting.panel, &setting.customer, Some(until)).await;
    setting.becomes("/", StatusCode::FORBIDDEN).await;
    setting.panel.clock.advance(HOUR);
    setting.becomes("/", StatusCode::OK).await;
}

async fn open_prefixes_stay_open(kind: Kind) {
    let setting = Setting::new(kind, settings()).await;
    suspend(&setting.panel, &setting.customer, None).await;
    setting.becomes("/", StatusCode::FORBIDDEN).await;
    let open = setting.visit("/billing/invoices?page=2", &[]).await;
    assert_eq!(open.status(), StatusCode::OK);
    let told = open.text().await.unwrap();
    assert!(told.contains("x-panel-status: suspended"), "{told}");
    for path in [
        "/billings",
        "/billing/../admin",
        "/billing/%2e%2e/admin",
        "/billing/..%2fadmin",
        "/billing/..;/admin",
        "/billing//admin",
        "//billing",
    ] {
        let status = setting.proxy.raw(&setting.host, path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
}

async fn a_key_that_observes_lets_everybody_in(kind: Kind) {
    let gate = GateSettings {
        mode: GateMode::Observe,
        ..settings()
    };
    let setting = Setting::new(kind, gate).await;
    suspend(&setting.panel, &setting.customer, None).await;
    eventually(async || {
        let answer = setting.visit("/", &[]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let told = answer.text().await.unwrap();
        told.contains("x-panel-would: deny").then_some(())
    })
    .await;
    let stranger = setting.proxy.get("nobody.app.example.com", "/", &[]).await;
    assert_eq!(stranger.status(), StatusCode::OK);
}

async fn what_a_visitor_sends_under_the_panels_names_is_dropped(kind: Kind) {
    let setting = Setting::new(kind, settings()).await;
    let spoofed = [
        ("x-panel-status", "spoofed"),
        ("x-panel-plan", "spoofed"),
        ("x-panel-limits", "spoofed"),
        ("x-panel-reason", "spoofed"),
        ("x-panel-would", "spoofed"),
        ("x-panel-stale", "spoofed"),
    ];
    let answer = setting.visit("/", &spoofed).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let told = answer.text().await.unwrap();
    assert!(!told.contains("spoofed"), "{told}");
    assert!(told.contains("x-panel-status: active"), "{told}");
}

async fn what_a_visitor_sends_does_not_open_the_gate(kind: Kind) {
    let setting = Setting::new(kind, settings()).await;
    let own = setting
        .visit("/", &[("authorization", "Bearer of the visitor")])
        .await;
    assert_eq!(own.status(), StatusCode::OK);
    let told = own.text().await.unwrap();
    assert!(
        told.contains("authorization: Bearer of the visitor"),
        "{told}"
    );
    assert!(
        !told.contains("pp_live_"),
        "the key stays with the proxy: {told}"
    );
    suspend(&setting.panel, &setting.customer, None).await;
    setting.becomes("/", StatusCode::FORBIDDEN).await;
    let other = setting
        .panel
        .customers(server::store::ListKind::Active)
        .await
        .remove(1);
    let partner = setting.panel.partners().await.remove(0);
    let other = programs::external_id(&setting.panel, &partner, &other).await;
    let other = format!("{other}.app.example.com");
    for headers in [
        [("x-forwarded-host", other.as_str()), ("x-account", "x")],
        [("x-forwarded-uri", "/billing"), ("x-account", "x")],
        [("x-original-uri", "/billing"), ("x-account", "x")],
        [
            ("x-original-uri", "/billing"),
            ("x-forwarded-uri", "/billing"),
        ],
        [
            ("x-forwarded-method", "OPTIONS"),
            ("authorization", "Bearer x"),
        ],
    ] {
        let answer = setting.visit("/admin", &headers).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{headers:?}");
    }
}

async fn a_lost_database_is_outlived_and_a_dead_panel_is_not(kind: Kind) {
    let mut setting = Setting::new(kind, settings()).await;
    let away = setting.panel.database().with_extension("away");
    std::fs::rename(setting.panel.database(), &away).unwrap();
    // A look that began before may still count.
    tokio::time::sleep(std::time::Duration::from_millis(1_000)).await;
    setting.panel.clock.advance(domain::time::MINUTE);
    let told = setting.visit("/", &[]).await.text().await.unwrap();
    assert!(told.contains("x-panel-stale: 60"), "{told}");
    setting.panel.clock.advance(HOUR);
    setting.becomes("/", StatusCode::FORBIDDEN).await;
    std::fs::rename(&away, setting.panel.database()).unwrap();
    setting.becomes("/", StatusCode::OK).await;
    setting.panel.stop().await;
    let closed = setting.visit("/", &[]).await;
    assert!(closed.status().is_server_error(), "{}", closed.status());
}
