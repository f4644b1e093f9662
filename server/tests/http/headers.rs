//! Headers, and what they protect from.

use reqwest::{Method, StatusCode};

use crate::support::{Browser, OWNER, PASSWORD, Panel, header, hidden};

const CUSTOMERS: &str = "/customers/active";

#[tokio::test]
async fn every_page_carries_its_headers() {
    let panel = Panel::start().await;
    let signed_in = panel.signed_in(OWNER).await;
    let pages = [
        signed_in.get(CUSTOMERS).await,
        signed_in.get("/activity").await,
        signed_in.get("/nowhere").await,
        Browser::new(&panel).get("/sign-in").await,
        Browser::new(&panel).get("/nowhere").await,
        Browser::new(&panel).get("/welcome/x").await,
    ];
    for page in pages {
        let path = page.url().path().to_owned();
        let policy = header(&page, "content-security-policy").to_owned();
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "worker-src 'self'",
            "style-src 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {part} in {policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(header(&page, name), value, "{path}: {name}");
        }
        assert_eq!(header(&page, "x-request-id").len(), 16);
        let text = page.text().await.unwrap();
        assert!(!text.contains(" style="), "{path} has an inline style");
        assert!(!text.contains("<style"), "{path} has an inline stylesheet");
        for script in text.split("<script").skip(1) {
            let nonce = script
                .split("nonce=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or("none");
            assert!(
                policy.contains(&format!("'nonce-{nonce}'")),
                "{path}: a script without the nonce of its page"
            );
        }
    }
}

#[tokio::test]
async fn other_origins_cannot_post() {
    let panel = Panel::start().await;
    let cookie = Browser::new(&panel).sign_in(OWNER, PASSWORD).await;
    let cookie = header(&cookie, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let before = panel.steps().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let browser = Browser::with_headers(&panel, &[("cookie", &cookie), (name, value)]);
        for path in [
            CUSTOMERS,
            "/sign-in",
            "/sign-out",
            app::api::FUNCTIONS[0].path,
        ] {
            let answer = browser.post(path, &[("do", "suspend")]).await;
            assert_eq!(
                answer.status(),
                StatusCode::FORBIDDEN,
                "{name}: {value} {path}"
            );
        }
        let page = browser.post(CUSTOMERS, &[]).await.text().await.unwrap();
        assert!(page.contains("another page than the panel"), "{page}");
        assert_eq!(
            browser.get(CUSTOMERS).await.status(),
            StatusCode::OK,
            "reading is harmless"
        );
    }
    assert_eq!(panel.steps().await, before);
    let own = Browser::with_headers(
        &panel,
        &[("origin", &panel.at("")), ("sec-fetch-site", "same-origin")],
    );
    assert_eq!(
        own.sign_in(OWNER, PASSWORD).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn pages_are_compressed_and_colours_kept() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let page = browser
        .request(Method::GET, CUSTOMERS)
        .header("accept-encoding", "br, gzip")
        .send()
        .await
        .unwrap();
    assert_eq!(header(&page, "content-encoding"), "br");
    let brand = browser.get("/brand/1f5fbf.css").await;
    assert_eq!(header(&brand, "content-type"), "text/css; charset=utf-8");
    assert!(header(&brand, "cache-control").contains("immutable"));
    assert!(
        brand
            .text()
            .await
            .unwrap()
            .starts_with(":root{--brand:#1f5fbf;--on-brand:#ffffff;")
    );
    let page = browser.get(CUSTOMERS).await.text().await.unwrap();
    assert!(
        page.contains("/brand/1f5fbf.css"),
        "the page loads its partner's colours"
    );
    assert!(
        hidden(
            &Browser::new(&panel)
                .get("/sign-in")
                .await
                .text()
                .await
                .unwrap(),
            "next"
        )
        .is_some()
    );
}
