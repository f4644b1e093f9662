//! What is new to a page that was read a while ago.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::done;
use app::service::{PanelService, Place};
use app::wire::{Moved, News, Page, Shown};
use domain::{CustomerId, Role};

/// A list that shows these customers, and knows that something happened to some of them.
fn shown(customers: &[&CustomerId], moved: &[&CustomerId]) -> Shown {
    let ids =
        |ids: &[&CustomerId]| -> Vec<String> { ids.iter().map(ToString::to_string).collect() };
    let moved = Moved::These(ids(moved));
    Shown {
        customers: ids(customers),
        newest: 0,
        moved: moved.clone(),
        fresh: moved,
    }
}

async fn news(house: &House, at: &Place, shown: &Shown) -> News {
    house.as_role(Role::Agent).news(at, shown).await.unwrap()
}

fn active() -> Place {
    place("/customers/active", "")
}

/// What would be shown instead: the names in their order.
fn names(news: &News) -> Vec<&str> {
    match &news.waiting.as_ref().expect("something waits").page {
        Page::List(page) => page.rows.iter().map(|row| row.name.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_leaves_a_list_is_shown_in_place_and_the_list_without_them_waits() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let zett = house.guest(Guest::new("c-2", "Zett AG")).await;
    house.suspend(&acme, "payment_overdue").await;

    let told = news(&house, &active(), &shown(&[&acme, &zett], &[&acme])).await;
    let [row] = &told.rows[..] else {
        panic!("{:?}", told.rows)
    };
    assert_eq!(
        (row.name.as_str(), row.status.word.as_str()),
        ("Acme GmbH", "Suspended")
    );
    assert_eq!(told.told.as_deref(), Some("Acme GmbH: Suspended, Pro."));
    assert_eq!(told.count.as_deref(), Some("1 customer"));
    let waiting = told.waiting.as_ref().expect("something waits");
    assert_eq!(waiting.text, "1 change");
    assert_eq!(names(&told), ["Zett AG"]);
    let counts: Vec<_> = told
        .nav
        .customers
        .iter()
        .map(|item| item.count.as_deref())
        .collect();
    assert_eq!(counts, [Some("1"), Some("1"), Some("2")]);
}

#[tokio::test]
async fn who_comes_to_a_list_waits_and_who_only_changes_does_not() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let zett = house.guest(Guest::new("c-2", "Zett AG")).await;
    house.suspend(&zett, "payment_overdue").await;
    let at = place("/customers/suspended", "");
    let told = news(&house, &at, &shown(&[], &[&zett])).await;
    assert_eq!((told.rows.len(), names(&told)), (0, vec!["Zett AG"]));
    // What a page did itself is not among those that moved, and so does not wait.
    let told = news(&house, &at, &shown(&[], &[])).await;
    assert_eq!(told.waiting, None);

    house.change(Role::Agent, &acme, "Business").await;
    let told = news(&house, &active(), &shown(&[&acme], &[&acme])).await;
    assert_eq!(told.rows[0].plan, "Business");
    assert_eq!(told.waiting, None);
}

#[tokio::test]
async fn another_place_in_the_list_waits_too() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let zett = house.guest(Guest::new("c-2", "Zett AG")).await;
    let by_plan = place("/customers/active", "sort=plan-desc");
    house.change(Role::Agent, &zett, "Business").await;
    let told = news(&house, &by_plan, &shown(&[&acme, &zett], &[&zett])).await;
    assert_eq!(names(&told), ["Zett AG", "Acme GmbH"]);
    assert_eq!(told.waiting.expect("it waits").text, "1 change");
}

#[tokio::test]
async fn a_page_that_missed_something_is_compared_as_a_whole() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let zett = house.guest(Guest::new("c-2", "Zett AG")).await;
    house.suspend(&acme, "payment_overdue").await;
    let anybody = Shown {
        moved: Moved::Anybody,
        fresh: Moved::Anybody,
        ..shown(&[&acme, &zett], &[])
    };
    let told = news(&house, &active(), &anybody).await;
    assert_eq!(told.rows.len(), 2);
    assert_eq!(told.waiting.expect("it waits").text, "1 change");
    assert_eq!(told.told, None, "nobody knows what is new in these rows");
}

#[tokio::test]
async fn a_customers_page_is_sent_when_it_is_theirs() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let zett = house.guest(Guest::new("c-2", "Zett AG")).await;
    house.suspend(&acme, "payment_overdue").await;
    let at = place(&format!("/customers/{acme}"), "");
    let told = news(&house, &at, &shown(&[], &[&acme])).await;
    let Some(Page::Customer(page)) = told.page else {
        panic!("no page")
    };
    assert_eq!(page.row.status.word, "Suspended");
    assert_eq!(news(&house, &at, &shown(&[], &[&zett])).await.page, None);
}

#[tokio::test]
async fn new_entries_of_activity_wait() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let at = place("/activity", "");
    let page = house.as_role(Role::Agent).activity(&at).await.unwrap();
    let newest = page.days[0].entries[0].seq;
    let since = |newest| Shown {
        newest,
        ..Shown::default()
    };
    assert_eq!(news(&house, &at, &since(newest)).await.waiting, None);
    house.suspend(&acme, "payment_overdue").await;
    done(
        house
            .confirm(Role::Manager, "reactivate", &acme, &[("reason", "paid")])
            .await,
    );
    let told = news(&house, &at, &since(newest)).await;
    assert_eq!(told.waiting.expect("it waits").text, "2 new entries");
}

#[tokio::test]
async fn nothing_of_another_partner_is_told() {
    let house = House::empty().await;
    let acme = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let theirs = house.person(&house.other, Role::Owner);
    let told = theirs
        .news(&active(), &shown(&[&acme], &[&acme]))
        .await
        .unwrap();
    assert_eq!((told.rows.len(), &told.told), (0, &None));
    assert_eq!(names(&told), [""; 0]);
}
