//! Open popups that stand on the new state as soon as something happens, and popups that are read ahead.

use crate::acting::active;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, done, facts, hidden};
use app::error::PanelError;
use app::service::PanelService;
use app::wire::Popup;
use domain::{CustomerId, Role};

/// The number of the latest event.
async fn latest(house: &House) -> u64 {
    let mut tx = house.shared.store.read().await.unwrap();
    tx.partner(&house.partner).await.unwrap().last_seq
}

async fn rebase(
    house: &House,
    role: Role,
    popup: &Popup,
    typed: &[(&str, &str)],
    after: u64,
) -> Result<Popup, PanelError> {
    let mut fields = popup.hidden.clone();
    let typed = typed.iter();
    fields.extend(typed.map(|&(name, value)| (name.to_owned(), value.to_owned())));
    house.as_role(role).rebase(&active(""), fields, after).await
}

async fn opened(house: &House, id: &CustomerId) -> (Popup, u64) {
    let popup = house.open(Role::Agent, "change", id).await;
    (popup, latest(house).await)
}

#[tokio::test]
async fn it_says_who_did_what_keeps_what_was_typed_and_can_then_be_confirmed() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let (popup, seen) = opened(&house, &id).await;
    let choice = card(&popup, "Max").value.clone();
    house.change(Role::Manager, &id, "Business").await;
    house.clock.advance(3_000);

    let typed = [("choice", choice.as_str()), ("note", "as agreed")];
    let anew = rebase(&house, Role::Agent, &popup, &typed, seen)
        .await
        .unwrap();
    assert_eq!(
        anew.meanwhile.as_deref(),
        Some("Mia Manager changed the plan (3 seconds ago). This is how it stands now.")
    );
    assert!(
        facts(&anew)[0].1.starts_with("Business"),
        "{:?}",
        facts(&anew)
    );
    assert!(card(&anew, "Max").chosen);
    assert_eq!(anew.refusal, None);
    let sent = house.send(Role::Agent, &anew, &typed).await.unwrap();
    assert_eq!(done(sent).row.plan, "Max");
}

#[tokio::test]
async fn nothing_is_said_when_nothing_happened() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let (popup, seen) = opened(&house, &id).await;
    let anew = rebase(&house, Role::Agent, &popup, &[], seen)
        .await
        .unwrap();
    assert_eq!(anew.meanwhile, None);
}

#[tokio::test]
async fn one_that_was_confirmed_though_its_answer_got_lost_says_what_it_did() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let (popup, seen) = opened(&house, &id).await;
    let choice = card(&popup, "Business").value.clone();
    let typed = [("choice", choice.as_str())];
    done(house.send(Role::Agent, &popup, &typed).await.unwrap());
    let anew = rebase(&house, Role::Agent, &popup, &typed, seen)
        .await
        .unwrap();
    assert_eq!(anew.title, "This popup was used already");
    assert_eq!(button(&anew), None);
}

#[tokio::test]
async fn another_partners_customer_is_not_there() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let (popup, seen) = opened(&house, &id).await;
    let theirs = house.person(&house.other, Role::Owner);
    let answer = theirs.rebase(&active(""), popup.hidden.clone(), seen).await;
    assert_eq!(answer, Err(PanelError::NotFound));
}

#[tokio::test]
async fn popups_are_read_ahead_with_keys_of_their_own_and_what_cannot_be_had_is_none() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let ask = |action: &str| active(&format!("do={action}&customer={id}"));
    let places = ["change", "suspend", "nonsense"].map(ask);
    let popups = house.as_role(Role::Agent).popups(&places).await.unwrap();
    let [Some(change), Some(suspend), None] = &popups[..] else {
        panic!("{popups:?}")
    };
    assert_ne!(hidden(change, "key"), hidden(suspend, "key"));

    let many: Vec<_> = (0..100).map(|_| ask("change")).collect();
    let popups = house.as_role(Role::Agent).popups(&many).await.unwrap();
    assert!(popups.len() < 10, "{}", popups.len());
}
