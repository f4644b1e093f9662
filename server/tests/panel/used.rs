//! Popups that one comes back to after confirming them.

use crate::acting::active;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, done};
use app::service::PanelService;
use app::wire::Popup;
use domain::{CustomerId, Role};

const KEY: &str = "abcdefghijklmnopqrstuv";

async fn with_key(house: &House, role: Role, id: &CustomerId) -> Popup {
    let address = active(&format!("do=change&customer={id}&key={KEY}&q=acme"));
    house.as_role(role).popup(&address).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_used_popup_says_what_it_did_and_offers_a_fresh_one() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = with_key(&house, Role::Agent, &id).await;
    let key = popup.hidden.iter().find(|(name, _)| name == "key");
    assert_eq!(key.map(|(_, key)| key.as_str()), Some(KEY));
    let choice = card(&popup, "Business").value.clone();
    let fields = [("choice", choice.as_str())];
    done(house.send(Role::Agent, &popup, &fields).await.unwrap());

    let used = with_key(&house, Role::Agent, &id).await;
    assert_eq!(used.title, "This popup was used already");
    assert_eq!(
        used.lead[0],
        "Jana Novak changed the plan (today 12:30): Pro, €55.00 per month → Business, €79.00 per month."
    );
    assert_eq!((button(&used), used.blocks.len()), (None, 0));
    let fresh = used.instead.expect("a fresh one");
    assert_eq!(
        fresh.href,
        format!("/customers/active?do=change&customer={id}&q=acme")
    );
}

#[tokio::test]
async fn a_key_is_used_for_whoever_used_it_and_for_nobody_else() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = with_key(&house, Role::Agent, &id).await;
    let choice = card(&popup, "Business").value.clone();
    let fields = [("choice", choice.as_str())];
    done(house.send(Role::Agent, &popup, &fields).await.unwrap());
    let theirs = with_key(&house, Role::Manager, &id).await;
    assert_eq!(button(&theirs), Some("Yes, Change Plan"));
}
