//! Activity.

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::done;
use app::error::PanelError;
use app::service::PanelService;
use app::wire::ActivityPage;
use domain::Role;

async fn activity(house: &House, query: &str) -> ActivityPage {
    house
        .as_role(Role::Agent)
        .activity(&place("/activity", query))
        .await
        .unwrap()
}

#[tokio::test]
async fn activity_is_grouped_by_day_in_the_persons_zone() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.change(Role::Agent, &id, "Business").await;
    // 00:30 in Berlin, still the 23rd in UTC.
    house.clock.advance(12 * 3_600_000);
    house.suspend(&id, "terms_broken").await;
    let page = activity(&house, "").await;
    let days: Vec<_> = page
        .days
        .iter()
        .map(|day| (day.title.as_str(), day.entries.len()))
        .collect();
    assert_eq!(
        days,
        [
            ("Today", 1),
            ("Yesterday", 1),
            ("Sunday, 22 November 2026", 1)
        ]
    );
    let latest = &page.days[0].entries[0];
    assert_eq!(latest.customer.as_ref().expect("whose").text, "Acme GmbH");
    assert_eq!(latest.at.short, "00:30");
    assert!(latest.undo.is_some() && page.days[1].entries[0].undo.is_some());
    assert!(page.days[2].entries[0].undo.is_none());
}

#[tokio::test]
async fn activity_can_be_filtered_by_kind_person_and_day() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.change(Role::Agent, &id, "Business").await;
    house.suspend(&id, "payment_overdue").await;
    done(
        house
            .confirm(Role::Manager, "reactivate", &id, &[("reason", "paid")])
            .await,
    );
    let titles = |page: &ActivityPage| -> Vec<String> {
        page.days
            .iter()
            .flat_map(|day| day.entries.iter().map(|entry| entry.title.clone()))
            .collect()
    };
    for (query, expected) in [
        (
            "kind=plan_changed".to_owned(),
            vec!["Jana Novak changed the plan"],
        ),
        (
            format!("person={}", house.user(Role::Manager)),
            vec!["Mia Manager lifted a suspension"],
        ),
        (
            "day=2026-11-22".to_owned(),
            vec!["Operator added the customer"],
        ),
        (
            "day=2026-11-23&kind=suspension_placed".to_owned(),
            vec!["Olga Owner suspended the account"],
        ),
    ] {
        assert_eq!(titles(&activity(&house, &query).await), expected, "{query}");
    }
    let page = activity(&house, "kind=customer_closed&day=2026-11-23").await;
    assert_eq!(
        page.empty.expect("a text").title,
        "Nothing matches these filters"
    );
    let chips: Vec<_> = page
        .filters
        .chips
        .iter()
        .map(|chip| chip.text.as_str())
        .collect();
    assert_eq!(chips, ["Closed accounts", "23 November 2026"]);
    let panel = house.as_role(Role::Agent);
    for query in [
        "kind=x",
        "person=x",
        "day=yesterday",
        "before=x",
        "before=1&after=1",
        "kind=plan_changed&kind=x",
    ] {
        let answer = panel.activity(&place("/activity", query)).await;
        assert!(matches!(answer, Err(PanelError::BadRequest(_))), "{query}");
    }
}

#[tokio::test]
async fn activity_has_pages() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    for plan in ["Business", "Max"].iter().cycle().take(60) {
        house.change(Role::Agent, &id, plan).await;
    }
    let first = activity(&house, "").await;
    let next = first.pager.next.clone().expect("older ones").href;
    let second = activity(&house, next.split_once('?').unwrap().1).await;
    let count = |page: &ActivityPage| page.days.iter().map(|day| day.entries.len()).sum::<usize>();
    assert_eq!((count(&first), count(&second)), (50, 11));
    assert!(
        second.pager.previous.is_some()
            && second.pager.next.is_none()
            && first.pager.previous.is_none()
    );
    let empty = house
        .person(&house.other, Role::Owner)
        .activity(&place("/activity", ""))
        .await
        .unwrap();
    assert_eq!(
        empty.empty.expect("a text").title,
        "Nothing has happened yet"
    );
}
