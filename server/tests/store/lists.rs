//! Lists: order, pages, filters, search.

use std::collections::HashSet;

use domain::{CustomerId, Reason};
use server::store::{Cursor, Direction, ListKind, ListQuery, Matches, Place, Sort, UsageBand};

use crate::world::{Base, World, seats};

on_both![
    names_of_all_scripts_sort_alike,
    every_order_walks_through_all,
    filters,
    columns_without_data_are_known,
];

const SCRIPTS: [&str; 20] = [
    "Acme",
    "acme",
    "Ünal",
    "Zoë",
    "Straße",
    "STRASSE",
    "Łódź",
    "Ægir",
    "Иванов",
    "иванова",
    "Δημήτρης",
    "أحمد",
    "שלום",
    "田中",
    "ｱｲｳ",
    "カフェ",
    "한국",
    "नमस्ते",
    "สวัสดี",
    "\u{1F600} GmbH",
];

async fn names_of_all_scripts_sort_alike(base: Base) {
    let world = World::new(base).await;
    let terms = world.terms(&world.partner, "pro").await;
    let customers: Vec<_> = (0..2000)
        .map(|number: usize| {
            let name = format!(
                "{} {}",
                SCRIPTS[number % SCRIPTS.len()],
                number.wrapping_mul(7919) % 263
            );
            world.customer_on(&name, &format!("e{number}"), &terms)
        })
        .collect();
    for chunk in customers.chunks(500) {
        world.add_all(&world.partner, chunk.to_vec()).await;
    }
    let mut query = ListQuery::new(ListKind::Active);
    query.sort = Sort::Name;
    query.direction = Direction::Ascending;
    query.size = 100;
    let forth = walk(&world, &query).await;
    assert_eq!(forth.len(), 2000);

    let mut expected: Vec<(String, CustomerId)> = Vec::new();
    let mut tx = world.store.read().await.unwrap();
    for id in &forth {
        let row = tx.customer(&world.partner, id).await.unwrap();
        // What the order is made of: folded letters, compared as bytes.
        let key: String = row
            .name
            .unwrap()
            .chars()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .collect();
        expected.push((nfkc(&key), id.clone()));
    }
    let walked = expected.clone();
    expected.sort();
    assert_eq!(walked, expected);

    query.direction = Direction::Descending;
    let mut back = walk(&world, &query).await;
    back.reverse();
    assert_eq!(forth, back);
}

/// The only texts of this test that it changes.
fn nfkc(text: &str) -> String {
    text.replace('ｱ', "ア")
        .replace('ｲ', "イ")
        .replace('ｳ', "ウ")
}

/// All ids from page to page, forth; and checks that the way back gives the same pages.
pub async fn walk(world: &World, query: &ListQuery) -> Vec<CustomerId> {
    let mut tx = world.store.read().await.unwrap();
    let (mut query, mut ids, mut pages) = (query.clone(), Vec::new(), Vec::new());
    query.place = Place::Start;
    loop {
        let page = tx.customers(&world.partner, &query).await.unwrap();
        assert_eq!(page.before.is_some(), !pages.is_empty());
        ids.extend(page.rows.iter().map(|row| row.id.clone()));
        pages.push(page.rows);
        match page.after {
            Some(cursor) => query.place = Place::After(Cursor::parse(&cursor.to_string()).unwrap()),
            None => break,
        }
    }
    query.place = Place::End;
    let last = tx.customers(&world.partner, &query).await.unwrap();
    assert_eq!(last.after, None);
    let mut before = last.before;
    let mut back: Vec<CustomerId> = last.rows.iter().rev().map(|row| row.id.clone()).collect();
    while let Some(cursor) = before {
        query.place = Place::Before(cursor);
        let page = tx.customers(&world.partner, &query).await.unwrap();
        assert!(page.after.is_some());
        back.extend(page.rows.iter().rev().map(|row| row.id.clone()));
        before = page.before;
    }
    back.reverse();
    assert_eq!(ids, back);
    ids
}

async fn every_order_walks_through_all(base: Base) {
    let world = World::new(base).await;
    let mut customers = Vec::new();
    for number in 0..120_u64 {
        let plan = ["free", "basic", "pro", "max"][number as usize % 4];
        let mut customer = world
            .new_customer(
                &world.partner,
                &format!("Name {}", number % 7),
                &format!("e{number}"),
                plan,
            )
            .await;
        if number % 3 == 0 {
            customer.usage = seats(number % 25);
            customer.last_seen_at = Some(crate::world::START.plus_millis(number as i64 % 5));
        }
        customers.push(customer);
    }
    let suspended: Vec<_> = customers
        .iter()
        .step_by(5)
        .map(|customer| customer.id.clone())
        .collect();
    world.add_all(&world.partner, customers).await;
    for id in &suspended {
        world.suspend(id, Reason::PaymentOverdue).await.unwrap();
    }
    for (kind, expected) in [
        (ListKind::Active, 96),
        (ListKind::Suspended, 24),
        (ListKind::All, 120),
    ] {
        for sort in [
            Sort::Name,
            Sort::Plan,
            Sort::Price,
            Sort::Usage,
            Sort::Joined,
            Sort::LastSeen,
            Sort::Since,
        ] {
            for direction in [Direction::Ascending, Direction::Descending] {
                let query = ListQuery {
                    sort,
                    direction,
                    size: 25,
                    ..ListQuery::new(kind)
                };
                let ids = walk(&world, &query).await;
                assert_eq!(ids.len(), expected, "{kind:?} by {sort:?}");
                assert_eq!(
                    ids.iter().collect::<HashSet<_>>().len(),
                    expected,
                    "{kind:?} by {sort:?}"
                );
            }
        }
    }
    world.verify().await;
}

/// The external ids that a query finds.
pub async fn found(world: &World, query: &ListQuery) -> Vec<String> {
    let mut tx = world.store.read().await.unwrap();
    let page = tx.customers(&world.partner, query).await.unwrap();
    let matches = tx.matches(&world.partner, query).await.unwrap();
    assert_eq!(matches, Matches::Exactly(page.rows.len() as u64));
    let mut names: Vec<String> = page
        .rows
        .into_iter()
        .map(|row| row.external_id.as_str().to_owned())
        .collect();
    names.sort();
    names
}

async fn filters(base: Base) {
    let world = World::new(base).await;
    let mut customers = Vec::new();
    for (external, plan, used) in [
        ("low", "pro", Some(3)),
        ("near", "pro", Some(16)),
        ("full", "pro", Some(20)),
        ("over", "basic", Some(9)),
        ("unknown", "basic", None),
    ] {
        let mut customer = world
            .new_customer(&world.partner, external, external, plan)
            .await;
        customer.usage = used.map(seats).unwrap_or_default();
        customers.push(customer);
    }
    let over = customers[3].id.clone();
    world.add_all(&world.partner, customers).await;
    let all = ListQuery::new(ListKind::All);
    let by_usage = |band| ListQuery {
        usage: Some(band),
        ..all.clone()
    };
    assert_eq!(
        found(&world, &by_usage(UsageBand::Near)).await,
        ["full", "near", "over"]
    );
    assert_eq!(found(&world, &by_usage(UsageBand::Over)).await, ["over"]);
    assert_eq!(
        found(&world, &by_usage(UsageBand::NotReported)).await,
        ["unknown"]
    );
    let basic = world.plan_id("basic").await;
    assert_eq!(
        found(
            &world,
            &ListQuery {
                plan: Some(basic.clone()),
                ..all.clone()
            }
        )
        .await,
        ["over", "unknown"]
    );

    world.suspend(&over, Reason::TermsBroken).await.unwrap();
    world.suspend(&over, Reason::PaymentOverdue).await.unwrap();
    let suspended = |reason| ListQuery {
        reason: Some(reason),
        ..ListQuery::new(ListKind::Suspended)
    };
    assert_eq!(
        found(&world, &suspended(Reason::PaymentOverdue)).await,
        ["over"]
    );
    assert_eq!(
        found(&world, &suspended(Reason::TermsBroken)).await,
        ["over"]
    );
    assert!(found(&world, &suspended(Reason::Other)).await.is_empty());
    let active = ListQuery {
        plan: Some(basic),
        ..ListQuery::new(ListKind::Active)
    };
    assert_eq!(found(&world, &active).await, ["unknown"]);
}

async fn columns_without_data_are_known(base: Base) {
    let world = World::new(base).await;
    let mut customer = world
        .new_customer(&world.partner, "Acme", "a1", "pro")
        .await;
    customer.usage = seats(3);
    world.add_all(&world.partner, vec![customer]).await;
    let other = world.another_partner().await;
    let mut tx = world.store.read().await.unwrap();
    let columns = tx.columns(&world.partner).await.unwrap();
    assert!(
        columns.price && columns.usage && columns.joined && !columns.last_seen && !columns.until
    );
    let none = tx.columns(&other).await.unwrap();
    assert!(!none.price && !none.usage && !none.joined);
}
