//! What a page shows together was true together.

use app::service::PanelService;
use app::wire::{CustomerPage, Popup, Shell};
use domain::Role;

use crate::acting::{active, names, place};
use crate::guests::Guest;
use crate::house::House;

#[tokio::test]
async fn a_page_and_its_number_are_of_one_state_whatever_happens_between() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme")).await;
    let panel = house.as_role(Role::Agent);
    let once = panel.at_once();
    let before = once.shell().await.unwrap();

    house.suspend(&acme, "payment_overdue").await;

    let list = once.list(&active("")).await.unwrap();
    assert_eq!(names(&list), ["Acme"]);
    let at = place(&format!("/customers/{acme}"), "");
    let CustomerPage { row, .. } = once.customer(&at).await.unwrap();
    assert_eq!(row.status.word, "Active");
    let asked = active(&format!("do=suspend&customer={acme}"));
    let Popup { title, seq, .. } = once.popup(&asked).await.unwrap().unwrap();
    assert_eq!(title, "Suspend Acme?");
    assert!(before.live.ends_with(&format!("-{seq}")), "{}", before.live);
    let count = |shell: &Shell| shell.nav.customers[0].count.clone();
    assert_eq!(count(&before).as_deref(), Some("1"));

    let now = panel.at_once();
    let after = now.shell().await.unwrap();
    assert_ne!(after.live, before.live);
    assert_eq!(count(&after).as_deref(), Some("0"));
    assert_eq!(names(&now.list(&active("")).await.unwrap()), [""; 0]);
}
