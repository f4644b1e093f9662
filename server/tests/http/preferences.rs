//! What a person sets for themselves, and what it changes from the first byte on.

use reqwest::StatusCode;

use crate::support::{Browser, OWNER, PASSWORD, Panel, VIEWER, header};

const DARK: [(&str, &str); 5] = [
    ("theme", "dark"),
    ("density", "compact"),
    ("zone", "America/New_York"),
    ("format", "de"),
    ("shortcuts", "off"),
];

async fn text(browser: &Browser, path: &str) -> String {
    browser.get(path).await.text().await.unwrap()
}

/// The start tag of the document.
fn root(page: &str) -> &str {
    let from = page.find("<html").expect("a document");
    let length = page[from..].find('>').expect("a whole tag");
    &page[from..from + length]
}

#[tokio::test]
async fn what_is_set_holds_from_the_next_page_on() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    let before = text(&browser, "/customers/active").await;
    assert!(!root(&before).contains("data-theme"), "{}", root(&before));
    assert!(!root(&before).contains("data-shortcuts"));
    assert!(before.contains(r#"content="light dark""#));

    let answer = browser.post("/preferences", &DARK).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&answer, "location"), "/preferences#notice");
    let page = text(&browser, "/preferences").await;
    for mark in [
        r#"data-theme="dark""#,
        r#"data-density="compact""#,
        r#"data-shortcuts="off""#,
        r#"data-zone="America/New_York""#,
    ] {
        assert!(root(&page).contains(mark), "{mark}: {}", root(&page));
    }
    assert!(page.contains(r#"<meta name="color-scheme" content="dark">"#));
    assert!(page.contains("Your preferences are saved."));
    for chosen in [
        r#"value="dark" checked"#,
        r#"value="compact" checked"#,
        r#"value="America/New_York" selected"#,
        r#"value="de" selected"#,
        r#"value="off" checked"#,
    ] {
        assert!(page.contains(chosen), "{chosen}");
    }
    let list = text(&browser, "/customers/active").await;
    assert!(list.contains("(America/New_York)"));
    assert!(list.contains("\u{a0}€"), "as German writes money");

    // Another browser of the same person: theme, density and keys are of the browser, zone and numbers of the person.
    let other = panel.signed_in(VIEWER).await;
    let list = text(&other, "/customers/active").await;
    assert!(!root(&list).contains("data-theme"));
    assert!(root(&list).contains(r#"data-zone="America/New_York""#));
    let somebody = panel.signed_in(OWNER).await;
    let list = text(&somebody, "/customers/active").await;
    assert!(root(&list).contains(r#"data-zone="Europe/Berlin""#));
}

#[tokio::test]
async fn whoever_is_not_signed_in_sees_the_theme_too() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    browser.post("/preferences", &DARK).await;
    browser.post("/sign-out", &[]).await;
    for path in ["/sign-in", "/welcome/nothing", "/pkg/nothing.js"] {
        let page = text(&browser, path).await;
        assert!(root(&page).contains(r#"data-theme="dark""#), "{path}");
    }
}

#[tokio::test]
async fn the_usual_is_taken_back_by_setting_it() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    browser.post("/preferences", &DARK).await;
    let usual = [
        ("theme", "system"),
        ("density", "comfortable"),
        ("zone", ""),
        ("format", ""),
        ("shortcuts", "on"),
    ];
    browser.post("/preferences", &usual).await;
    let page = text(&browser, "/preferences").await;
    for mark in ["data-theme", "data-density", "data-shortcuts"] {
        assert!(!root(&page).contains(mark), "{mark}: {}", root(&page));
    }
    assert!(root(&page).contains(r#"data-zone="Europe/Berlin""#));
}

#[tokio::test]
async fn the_zone_of_the_browser_holds_until_one_is_chosen() {
    let panel = Panel::start().await;
    let answer = Browser::new(&panel).sign_in(OWNER, PASSWORD).await;
    let session = header(&answer, "set-cookie");
    let session = session.split(';').next().unwrap().to_owned();
    let with_zone = |zone: &str| {
        Browser::with_headers(&panel, &[("cookie", &format!("{session}; zone={zone}"))])
    };
    let zone_of = async |zone: &str| {
        let page = text(&with_zone(zone), "/customers/active").await;
        let tag = root(&page);
        let from = tag.find("data-zone=\"").expect("a zone") + 11;
        tag[from..].split('"').next().unwrap().to_owned()
    };
    assert_eq!(zone_of("Asia/Tokyo").await, "Asia/Tokyo");
    assert_eq!(zone_of("Mars/Base").await, "Europe/Berlin");
    with_zone("Asia/Tokyo").post("/preferences", &DARK).await;
    assert_eq!(zone_of("Asia/Tokyo").await, "America/New_York");
}

#[tokio::test]
async fn what_is_not_offered_is_refused_and_changes_nothing() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    for (name, value) in [
        ("theme", "pink"),
        ("density", "none"),
        ("zone", "Mars/Base"),
        ("format", "tlh"),
        ("shortcuts", "maybe"),
    ] {
        let fields = DARK.map(|(known, usual)| {
            if known == name {
                (known, value)
            } else {
                (known, usual)
            }
        });
        let answer = browser.post("/preferences", &fields).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name}");
        assert!(answer.headers().get("set-cookie").is_none(), "{name}");
    }
    let page = text(&browser, "/preferences").await;
    assert!(root(&page).contains(r#"data-zone="Europe/Berlin""#));
}

#[tokio::test]
async fn a_form_of_another_site_sets_nothing() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(VIEWER).await;
    let answer = browser
        .request(reqwest::Method::POST, "/preferences")
        .header("sec-fetch-site", "cross-site")
        .form(&DARK)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let page = text(&browser, "/preferences").await;
    assert!(!root(&page).contains("data-theme"));
}
