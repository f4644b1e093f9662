//! One-time links.

use domain::time::HOUR;
use reqwest::StatusCode;
use server::web::session::digest;

use crate::support::{Browser, PASSWORD, Panel, VIEWER};

#[tokio::test]
async fn a_one_time_link_sets_the_password_once() {
    let panel = Panel::start().await;
    let user = panel
        .store
        .read()
        .await
        .unwrap()
        .user_by_email(VIEWER)
        .await
        .unwrap()
        .unwrap();
    let before = panel.signed_in(VIEWER).await;
    let secret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    let expires = panel.now().plus_millis(48 * HOUR);
    panel
        .store
        .add_login_link(digest(secret), user.clone(), expires)
        .await
        .unwrap();
    let (browser, path) = (Browser::new(&panel), format!("/welcome/{secret}"));
    let page = browser.get(&path).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains(VIEWER));
    let short = browser.post(&path, &[("password", "too short")]).await;
    assert_eq!(short.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short
            .text()
            .await
            .unwrap()
            .contains("12 characters or more")
    );
    let set = browser
        .post(&path, &[("password", "a brand new secret")])
        .await;
    assert_eq!(set.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        browser.get("/customers/active").await.status(),
        StatusCode::OK,
        "and signs in"
    );
    assert_eq!(
        before.get("/customers/active").await.status(),
        StatusCode::SEE_OTHER,
        "sessions from before have ended"
    );
    for answer in [
        browser.get(&path).await,
        browser
            .post(&path, &[("password", "yet another secret")])
            .await,
    ] {
        assert_eq!(answer.status(), StatusCode::GONE);
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("partner-panel user link")
        );
    }
    assert_eq!(
        browser.sign_in(VIEWER, "a brand new secret").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        browser.sign_in(VIEWER, PASSWORD).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );

    panel
        .store
        .add_login_link(digest("late"), user, panel.now().plus_millis(HOUR))
        .await
        .unwrap();
    panel.clock.advance(HOUR);
    assert_eq!(
        browser.get("/welcome/late").await.status(),
        StatusCode::GONE
    );
}
