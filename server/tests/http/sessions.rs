//! Signing in and out, and everything that ends a session.

use crate::programs::eventually;
use crate::support::{Browser, OWNER, PASSWORD, Panel, VIEWER, header};
use domain::time::{DAY, HOUR};
use reqwest::StatusCode;
use server::clock::Clock as _;
use server::web::session::digest;

#[tokio::test]
async fn signing_in_leads_to_where_one_wanted_to_go() {
    let panel = Panel::start().await;
    let browser = Browser::new(&panel);
    let popup = "/customers/active?q=a%20b&do=suspend&customer=cus_1";
    let sent_away = browser.get(popup).await;
    assert_eq!(sent_away.status(), StatusCode::SEE_OTHER);
    let sign_in = header(&sent_away, "location").to_owned();
    assert!(
        sign_in.starts_with("/sign-in?next=%2Fcustomers%2Factive%3Fq%3D"),
        "{sign_in}"
    );
    let page = browser.get(&sign_in).await.text().await.unwrap();
    let next = crate::support::hidden(&page, "next").unwrap();
    assert_eq!(next, popup);
    let fields = [("email", OWNER), ("password", PASSWORD), ("next", &next)];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(header(&answer, "location"), popup);
    assert_eq!(
        browser.get("/customers/active").await.status(),
        StatusCode::OK
    );
    let again = browser.get("/sign-in").await;
    assert_eq!(
        header(&again, "location"),
        "/customers/active",
        "who is signed in need not sign in"
    );
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let panel = Panel::start().await;
    for next in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/sign-in",
        "javascript:alert(1)",
    ] {
        let fields = [("email", OWNER), ("password", PASSWORD), ("next", next)];
        let answer = Browser::new(&panel).post("/sign-in", &fields).await;
        assert_eq!(header(&answer, "location"), "/customers/active", "{next}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_one_sentence() {
    let panel = Panel::start().await;
    let mut pages = Vec::new();
    for (email, password) in [
        (OWNER, "not the password"),
        ("nobody@kontor.example", PASSWORD),
        (OWNER, ""),
    ] {
        let answer = Browser::new(&panel).sign_in(email, password).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.headers().get("set-cookie").is_none());
        let page = answer.text().await.unwrap();
        assert!(page.contains("do not belong together"), "{page}");
        pages.push(page.replace(email, "EMAIL"));
    }
    assert_eq!(
        pages[0], pages[1],
        "the page does not tell which part is wrong"
    );
    for letters in [
        "MARIA.Keller@Kontor.Example",
        " maria.keller@kontor.example ",
    ] {
        let answer = Browser::new(&panel).sign_in(letters, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{letters}");
    }
}

#[tokio::test]
async fn wrong_passwords_make_one_wait_a_little() {
    let panel = Panel::start().await;
    let browser = Browser::new(&panel);
    for _ in 0..5 {
        assert_eq!(
            browser.sign_in(OWNER, "wrong").await.status(),
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    let answer = browser.sign_in(OWNER, PASSWORD).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&answer, "retry-after"), "1");
    assert!(answer.text().await.unwrap().contains("Wait 1 second, then"));
    assert_eq!(
        browser.sign_in(VIEWER, PASSWORD).await.status(),
        StatusCode::SEE_OTHER,
        "others need not wait"
    );
    panel.clock.advance(1_000);
    assert_eq!(
        browser.sign_in(OWNER, PASSWORD).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_and_after_seven_days() {
    let panel = Panel::start().await;
    let (browser, name) = a_session(&panel).await;
    let status = async || browser.get("/customers/active").await.status();
    panel.clock.advance(12 * HOUR - 1);
    assert_eq!(status().await, StatusCode::OK);
    wait_for_touch(&panel, &name).await;
    panel.clock.advance(12 * HOUR - 1);
    assert_eq!(status().await, StatusCode::OK, "a request keeps it alive");
    wait_for_touch(&panel, &name).await;
    panel.clock.advance(12 * HOUR);
    assert_eq!(status().await, StatusCode::SEE_OTHER);

    let (browser, name) = a_session(&panel).await;
    for _ in 0..14 {
        assert_eq!(
            browser.get("/customers/active").await.status(),
            StatusCode::OK
        );
        wait_for_touch(&panel, &name).await;
        panel.clock.advance(DAY / 2 - 1_000);
    }
    panel.clock.advance(14_000);
    assert_eq!(
        browser.get("/customers/active").await.status(),
        StatusCode::SEE_OTHER,
        "seven days are the end"
    );
}

/// A browser that is signed in, and the name of its session in the store.
async fn a_session(panel: &Panel) -> (Browser, String) {
    let browser = Browser::new(panel);
    let answer = browser.sign_in(OWNER, PASSWORD).await;
    (browser, digest(&secret(header(&answer, "set-cookie"))))
}

fn secret(cookie: &str) -> String {
    let value = cookie["panel=".len()..].split(';').next();
    value.unwrap().to_owned()
}

/// The time of a request is written down beside it, not before its answer.
async fn wait_for_touch(panel: &Panel, session: &str) {
    eventually(async || {
        let mut tx = panel.store.read().await.unwrap();
        let session = tx.session(session).await.unwrap()?;
        (session.last_seen_at == panel.clock.now()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_a_new_one_has_a_new_secret() {
    let panel = Panel::start().await;
    let browser = Browser::new(&panel);
    let first = header(&browser.sign_in(OWNER, PASSWORD).await, "set-cookie").to_owned();
    let second = header(&browser.sign_in(OWNER, PASSWORD).await, "set-cookie").to_owned();
    assert_ne!(first, second);
    let session = async |cookie: &str| {
        panel
            .store
            .read()
            .await
            .unwrap()
            .session(&digest(&secret(cookie)))
            .await
            .unwrap()
    };
    assert!(
        session(&first).await.is_none(),
        "the session before has ended"
    );
    assert!(session(&second).await.is_some());
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!(header(&answer, "location"), "/sign-in");
    assert!(header(&answer, "set-cookie").contains("Max-Age=0"));
    assert!(session(&second).await.is_none());
    let old = Browser::with_headers(&panel, &[("cookie", second.split(';').next().unwrap())]);
    assert_eq!(
        old.get("/customers/active").await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn cookies_fit_the_public_address() {
    let panel = Panel::start().await;
    let cookie = header(
        &Browser::new(&panel).sign_in(OWNER, PASSWORD).await,
        "set-cookie",
    )
    .to_owned();
    assert!(
        cookie.starts_with("panel=") && !cookie.contains("Secure"),
        "{cookie}"
    );
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let panel = Panel::start_as(Some("https://panel.example.com")).await;
    let answer = Browser::new(&panel).sign_in(OWNER, PASSWORD).await;
    let cookie = header(&answer, "set-cookie");
    assert!(
        cookie.starts_with("__Host-panel=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(!header(&answer, "strict-transport-security").is_empty());
}

#[tokio::test]
async fn disabling_a_user_ends_their_sessions_at_once() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    assert_eq!(browser.get("/activity").await.status(), StatusCode::OK);
    let mut user = panel
        .store
        .read()
        .await
        .unwrap()
        .user_by_email(VIEWER)
        .await
        .unwrap()
        .unwrap();
    user.disabled = true;
    panel.store.set_user(user).await.unwrap();
    assert_eq!(
        browser.get("/activity").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        browser.sign_in(VIEWER, PASSWORD).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
