//! Suspend Account shows the page that the customer would see.

use crate::support::{Browser, MANAGER, OWNER, Panel, STRANGER, VIEWER, header};
use reqwest::StatusCode;

#[tokio::test]
async fn what_is_typed_is_shown_as_the_customer_would_see_it() {
    let panel = Panel::start().await;
    let customer = panel.an_active_customer().await;
    let before = panel.steps().await;
    let browser = panel.signed_in(OWNER).await;
    let path = format!("/customers/{customer}/suspended-page");
    let typed = [
        ("do", "suspend"),
        ("reason", "payment_overdue"),
        ("note", "Ticket 4711"),
        ("message", "Please pay <b>invoice 12</b>."),
        ("until_mode", "date"),
        ("until", "2031-03-04T09:30"),
    ];
    let answer = browser.post(&path, &typed).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let policy = header(&answer, "content-security-policy").to_owned();
    assert!(policy.contains("script-src 'none';"), "{policy}");
    let page = answer.text().await.unwrap();
    assert!(page.contains("<h1>Ihr Konto ist gesperrt</h1>"), "{page}");
    assert!(
        page.contains("Please pay &lt;b&gt;invoice 12&lt;/b&gt;."),
        "{page}"
    );
    assert!(page.contains("4. März 2031"), "{page}");
    assert!(
        !page.contains("4711") && !page.contains("<script"),
        "{page}"
    );
    // Left empty, the message is the usual one; and what cannot be read yet counts as not typed.
    let typed = [
        ("reason", "payment_overdue"),
        ("message", ""),
        ("until_mode", "date"),
        ("until", "soon"),
    ];
    let page = browser.post(&path, &typed).await.text().await.unwrap();
    assert!(
        page.contains("weil eine Zahlung überfällig ist") && !page.contains("Bis<"),
        "{page}"
    );
    assert_eq!(panel.steps().await, before, "showing changes nothing");
}

#[tokio::test]
async fn only_who_may_suspend_is_shown_it() {
    let panel = Panel::start().await;
    let customer = panel.an_active_customer().await;
    let path = format!("/customers/{customer}/suspended-page");
    let typed = [("message", "Please pay.")];
    for (email, status) in [
        (MANAGER, StatusCode::OK),
        (VIEWER, StatusCode::FORBIDDEN),
        (STRANGER, StatusCode::NOT_FOUND),
    ] {
        let browser = panel.signed_in(email).await;
        assert_eq!(
            browser.post(&path, &typed).await.status(),
            status,
            "{email}"
        );
    }
    let answer = Browser::new(&panel).post(&path, &typed).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_popup_holds_a_picture_of_it_and_opens_it() {
    let panel = Panel::start().await;
    let customer = panel.an_active_customer().await;
    let browser = panel.signed_in(OWNER).await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let page = browser.open(&address).await.text().await.unwrap();
    let dialog = page.split("<dialog").nth(1).unwrap();
    assert!(dialog.contains("Ihr Konto ist gesperrt"), "{dialog}");
    let opens = format!("formaction=\"/customers/{customer}/suspended-page\"");
    assert!(dialog.contains(&opens), "{dialog}");
    let (confirm, preview) = (dialog.find("Yes, Suspend"), dialog.find(&opens));
    assert!(
        confirm.is_some() && confirm < preview,
        "Enter presses the first button"
    );
}
