//! What people are told when nothing can be saved.

use crate::popups::{SUSPEND, popup, post};
use crate::support::{MANAGER, Panel, header};
use reqwest::StatusCode;

#[tokio::test]
async fn it_says_that_nothing_was_saved_and_then_goes_on() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(MANAGER).await;
    let customer = panel.an_active_customer().await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    let steps = panel.steps().await;
    let away = panel.database().with_extension("away");
    std::fs::rename(panel.database(), &away).unwrap();

    let refused = post(&browser, &address, &fields).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(&refused, "retry-after"), "5");
    let page = refused.text().await.unwrap();
    assert!(page.contains("nothing was saved"), "{page}");
    let list = browser.get("/customers/active").await;
    assert_eq!(list.status(), StatusCode::OK, "reading goes on");
    assert_eq!(panel.steps().await, steps);

    std::fs::rename(&away, panel.database()).unwrap();
    let done = post(&browser, &address, &fields).await;
    assert_eq!(
        done.status(),
        StatusCode::SEE_OTHER,
        "the same form does it now"
    );
    assert_eq!(panel.steps().await[0], steps[0] + 1);
}
