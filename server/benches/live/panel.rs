//! The panel itself, with a small demo; changes are made as a person without scripts makes them.

use reqwest::StatusCode;

use crate::popups::{SUSPEND, popup, post};
use crate::server_process::Orders;
use crate::support::{Browser, OWNER, PASSWORD, Panel, header};

pub async fn serve() {
    let mut panel = Panel::start().await;
    let browser = Browser::new(&panel);
    let answer = browser.sign_in(OWNER, PASSWORD).await;
    let cookie = header(&answer, "set-cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let customer = panel.an_active_customer().await;
    let mut orders = Orders::listening(&panel.addr.to_string(), cookie);
    for (action, typed) in [("suspend", SUSPEND), ("reactivate", &[])]
        .into_iter()
        .cycle()
    {
        let address = format!("/customers/all?do={action}&customer={customer}");
        let fields = popup(&browser, &address, typed).await.unwrap();
        if !orders.next() {
            break;
        }
        orders.begun();
        let answer = post(&browser, &address, &fields).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
    panel.stop().await;
}
