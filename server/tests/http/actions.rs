//! The actions without scripts: open the popup, post it, be told, undo.

use crate::popups::{SUSPEND, popup, post};
use crate::support::{AGENT, MANAGER, OWNER, Panel, header, hidden};
use reqwest::StatusCode;
use server::store::ListKind;

#[tokio::test]
async fn suspend_then_undo_by_forms_alone() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(MANAGER).await;
    let customer = panel.an_active_customer().await;
    let address = format!("/customers/active?sort=name&do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    let done = post(&browser, &address, &fields).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        header(&done, "location"),
        "/customers/active?sort=name#notice"
    );
    let page = browser
        .get("/customers/active?sort=name")
        .await
        .text()
        .await
        .unwrap();
    let notice = page.split("id=\"notice\"").nth(1).unwrap();
    assert!(notice.contains("is suspended: Payment overdue"), "{notice}");
    let again = browser
        .get("/customers/active?sort=name")
        .await
        .text()
        .await
        .unwrap();
    assert!(
        !again.contains("is suspended: Payment overdue"),
        "the message is shown once"
    );

    let form = notice
        .split("<form")
        .nth(1)
        .unwrap()
        .split("</form")
        .next()
        .unwrap();
    let undo: Vec<(&str, String)> = ["do", "customer", "command", "key", "revision"]
        .into_iter()
        .filter_map(|name| Some((name, hidden(form, name)?)))
        .collect();
    let undone = post(&browser, "/customers/active?sort=name", &undo).await;
    assert_eq!(undone.status(), StatusCode::SEE_OTHER);
    let active = panel.customers(ListKind::Active).await;
    assert!(
        active.iter().any(|id| id.as_str() == customer),
        "the customer is active again"
    );
}

#[tokio::test]
async fn the_same_form_twice_does_it_once() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(AGENT).await;
    let customer = panel.an_active_customer().await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    let before = panel.steps().await[0];
    let (one, two) = tokio::join!(
        post(&browser, &address, &fields),
        post(&browser, &address, &fields)
    );
    assert_eq!(
        (one.status(), two.status()),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
    );
    assert_eq!(panel.steps().await[0], before + 1);
    let mut other = fields.clone();
    other
        .iter_mut()
        .filter(|(name, _)| *name == "note")
        .for_each(|(_, note)| note.push_str(", again"));
    let refused = post(&browser, &address, &other).await;
    assert_eq!(
        refused.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "the key was for another form"
    );
    assert_eq!(panel.steps().await[0], before + 1);
}

#[tokio::test]
async fn a_stale_popup_keeps_what_was_typed_and_confirms_with_one_click() {
    let panel = Panel::start().await;
    let (first, second) = (panel.signed_in(MANAGER).await, panel.signed_in(OWNER).await);
    // Some suspensions are not a partner's to lift.
    let mut found = None;
    for customer in panel.customers(ListKind::Suspended).await {
        let address = format!("/customers/suspended?do=reactivate&customer={customer}");
        let fields = popup(
            &first,
            &address,
            &[("reason", "paid"), ("note", "Typed by hand")],
        )
        .await;
        found = found.or(fields.map(|fields| (address, fields)));
    }
    let (address, mine) = found.unwrap();
    let theirs = popup(&second, &address, &[("reason", "paid")])
        .await
        .unwrap();
    let faster = post(&second, &address, &theirs).await.status();
    assert_eq!(faster, StatusCode::SEE_OTHER);
    let before = panel.steps().await[0];
    let refused = post(&first, &address, &mine).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("<dialog") && page.contains("Maria Keller"),
        "{page}"
    );
    assert_eq!(panel.steps().await[0], before);
}

#[tokio::test]
async fn signed_out_while_a_popup_was_open_leads_back_to_it() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(MANAGER).await;
    let customer = panel.an_active_customer().await;
    let address = format!("/customers/active?do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    browser.post("/sign-out", &[]).await;
    let answer = post(&browser, "/customers/active", &fields).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let page = browser
        .get(header(&answer, "location"))
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(hidden(&page, "next").unwrap(), address);
}
