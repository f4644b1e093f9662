//! The lists: columns, order, pages, menus, and what stands instead of rows.

use crate::acting::{busy, list, names};
use crate::guests::Guest;
use crate::house::House;
use app::wire::{Column, Picture, Sorted, Tone};

#[tokio::test]
async fn first_use_says_how_customers_get_in() {
    let house = House::empty().await;
    for path in [
        "/customers/active",
        "/customers/suspended",
        "/customers/all",
    ] {
        let page = list(&house, path, "").await;
        let empty = page.empty.expect("a text instead of rows");
        assert_eq!(
            (empty.picture, empty.title.as_str()),
            (Picture::FirstUse, "No customers yet")
        );
        let command = empty.command.expect("a command");
        assert_eq!(
            command,
            format!(
                "partner-panel import --partner {} customers.csv",
                house.partner
            )
        );
        assert!(empty.way_on.is_some());
    }
}

#[tokio::test]
async fn the_active_list_shows_its_columns_latest_joined_first() {
    let house = busy().await;
    let page = list(&house, "/customers/active", "").await;
    assert_eq!(
        (page.title.as_str(), page.count.as_str()),
        ("Active Customers", "3 customers")
    );
    let labels: Vec<_> = page
        .columns
        .iter()
        .map(|head| head.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "Customer",
            "Plan",
            "Price per month",
            "Usage",
            "Joined",
            "Last seen"
        ]
    );
    assert_eq!(names(&page), ["Acme GmbH", "Corto", "Bolt"]);
    let joined = page
        .columns
        .iter()
        .find(|head| head.column == Column::Joined)
        .unwrap();
    assert_eq!(
        joined.sort.as_ref().map(|sort| sort.now),
        Some(Sorted::Descending)
    );
    let bolt = &page.rows[2];
    assert_eq!(
        (bolt.plan.as_str(), bolt.plan_badge.as_deref()),
        ("Pro", Some("Older version"))
    );
    assert_eq!(
        (bolt.price.as_deref(), bolt.initials.as_str()),
        (Some("€49.00"), "B")
    );
    let usage = bolt.usage.as_ref().expect("usage");
    assert_eq!(
        (usage.text.as_str(), usage.permille, usage.tone),
        ("22 of 20", Some(1000), Tone::Danger)
    );
    let corto = page.rows[1].usage.as_ref().expect("usage");
    assert_eq!(
        (corto.text.as_str(), corto.permille),
        ("not reported, 30 allowed", None)
    );
    assert_eq!(
        bolt.last_seen.as_ref().map(|seen| seen.short.as_str()),
        Some("4 minutes ago")
    );
    assert_eq!(
        bolt.joined.as_ref().map(|joined| joined.short.as_str()),
        Some("24 Oct")
    );
    assert_eq!(bolt.menu_label, "Actions for Bolt");
}

#[tokio::test]
async fn the_suspended_list_and_the_whole_one() {
    let house = busy().await;
    let page = list(&house, "/customers/suspended", "").await;
    let labels: Vec<_> = page
        .columns
        .iter()
        .map(|head| head.label.as_str())
        .collect();
    assert_eq!(labels, ["Customer", "Plan", "Reason", "Since"]);
    let row = &page.rows[0];
    assert_eq!(row.status.reason.as_deref(), Some("Payment overdue"));
    assert_eq!(
        (
            row.since.as_ref().unwrap().short.as_str(),
            row.by.as_deref()
        ),
        ("just now", Some("by Olga Owner"))
    );
    assert_eq!(row.menu[0].label, "Reactivate Account");
    let all = list(&house, "/customers/all", "").await;
    assert_eq!(all.rows.len(), 4);
    assert!(all.columns.iter().any(|head| head.column == Column::Status));
}

#[tokio::test]
async fn every_way_to_sort_works_both_ways() {
    let house = busy().await;
    for (sort, first) in [
        ("name", "Acme GmbH"),
        ("name-desc", "Corto"),
        ("plan", "Acme GmbH"),
        ("plan-desc", "Corto"),
        ("price", "Acme GmbH"),
        ("price-desc", "Corto"),
        ("usage-desc", "Bolt"),
        ("joined", "Bolt"),
        ("joined-desc", "Acme GmbH"),
    ] {
        let page = list(&house, "/customers/active", &format!("sort={sort}")).await;
        assert_eq!(page.rows[0].name, first, "{sort}");
        let select = page
            .filters
            .selects
            .iter()
            .find(|select| select.name == "sort")
            .expect("a select");
        assert_eq!(
            select
                .options
                .iter()
                .find(|option| option.chosen)
                .map(|it| it.value.as_str()),
            Some(sort)
        );
    }
    let head = list(&house, "/customers/active", "sort=name&size=25")
        .await
        .columns
        .remove(0);
    assert_eq!(
        head.sort.expect("sortable").href,
        "/customers/active?size=25&sort=name-desc"
    );
}

#[tokio::test]
async fn pages_follow_one_another_and_keep_what_was_asked() {
    let house = House::empty().await;
    let names: Vec<String> = (0..60)
        .map(|number| format!("Customer {number:02}"))
        .collect();
    for chunk in names.chunks(20) {
        let guests: Vec<Guest> = chunk
            .iter()
            .map(|name| {
                Guest::new(
                    Box::leak(format!("c-{}", &name[9..]).into_boxed_str()),
                    name.clone().leak(),
                )
            })
            .collect();
        house.welcome(&guests).await;
    }
    let mut page = list(&house, "/customers/active", "sort=name&size=25").await;
    let mut seen: Vec<String> = page.rows.iter().map(|row| row.name.clone()).collect();
    assert!(page.pager.previous.is_none());
    while let Some(next) = page.pager.next {
        let (path, query) = next.href.split_once('?').unwrap();
        assert!(query.contains("sort=name") && query.contains("size=25"));
        page = list(&house, path, query).await;
        seen.extend(page.rows.iter().map(|row| row.name.clone()));
    }
    assert_eq!(seen, names);
    let back = page.pager.previous.expect("a way back").href;
    let (path, query) = back.split_once('?').unwrap();
    assert_eq!(
        list(&house, path, query).await.rows.last().unwrap().name,
        "Customer 49"
    );
    let sizes: Vec<_> = page
        .pager
        .sizes
        .iter()
        .map(|(link, now)| (link.text.as_str(), *now))
        .collect();
    assert_eq!(sizes, [("25", true), ("50", false), ("100", false)]);
    assert!(page.here.contains("after="));
}

#[tokio::test]
async fn without_scripts_the_menu_opens_by_address() {
    let house = busy().await;
    let page = list(&house, "/customers/active", "sort=name").await;
    let row = &page.rows[1];
    let (path, query) = row.menu_href.split_once('?').unwrap();
    let opened = list(&house, path, query).await;
    assert_eq!(opened.open_menu.as_deref(), Some(row.id.as_str()));
    assert_eq!(opened.here, "/customers/active?sort=name");
    let change = opened.rows[1]
        .menu
        .iter()
        .find(|entry| entry.label == "Change Plan")
        .unwrap();
    let expected = format!("/customers/active?sort=name&do=change&customer={}", row.id);
    assert_eq!(change.href.as_deref(), Some(expected.as_str()));
}

#[tokio::test]
async fn a_column_without_any_data_is_left_out() {
    let house = House::empty().await;
    house
        .guest(Guest {
            seen: None,
            ..Guest::new("c-1", "Acme").using(&[])
        })
        .await;
    let page = list(&house, "/customers/active", "").await;
    let columns: Vec<_> = page.columns.iter().map(|head| head.column).collect();
    assert!(!columns.contains(&Column::LastSeen), "{columns:?}");
    assert!(columns.contains(&Column::Price));
    assert_eq!(page.rows[0].last_seen, None);
}
