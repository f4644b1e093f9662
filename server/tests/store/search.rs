//! Searching.

use server::store::{Direction, ListKind, ListQuery, Matches, Sort};

use crate::lists::{found, walk};
use crate::world::{Base, World};

on_both![
    search,
    search_stays_with_the_partner,
    common_text_is_found_too,
];

async fn search(base: Base) {
    let world = World::new(base).await;
    for (name, external) in [
        ("Müller & Söhne", "m-1"),
        ("100% Rabatt_Shop", "m-2"),
        ("Der \"Laden\"", "m-3"),
        ("شركة النور", "m-4"),
        ("株式会社田中", "m-5"),
        ("ＦＵＬＬ Width", "m-6"),
    ] {
        world.add(name, external, "pro").await;
    }
    let search = |text: &str| ListQuery {
        search: Some(text.to_owned()),
        ..ListQuery::new(ListKind::All)
    };
    assert_eq!(found(&world, &search("MÜLLER")).await, ["m-1"]);
    assert_eq!(found(&world, &search("  & s ")).await, ["m-1"]);
    assert_eq!(found(&world, &search("100%")).await, ["m-2"]);
    assert_eq!(found(&world, &search("%")).await, ["m-2"]);
    assert_eq!(found(&world, &search("t_s")).await, ["m-2"]);
    assert_eq!(
        found(&world, &search("_")).await.len(),
        6,
        "every id of ours has one"
    );
    assert_eq!(found(&world, &search("\"laden\"")).await, ["m-3"]);
    assert_eq!(found(&world, &search("النور")).await, ["m-4"]);
    assert_eq!(found(&world, &search("田中")).await, ["m-5"]);
    assert_eq!(found(&world, &search("full width")).await, ["m-6"]);
    assert_eq!(found(&world, &search("m-3@customers")).await, ["m-3"]);
    assert_eq!(found(&world, &search("customers.example")).await.len(), 6);
    assert_eq!(
        found(&world, &search("' OR 1=1 --")).await,
        Vec::<String>::new()
    );
    assert_eq!(
        found(&world, &search(" ")).await.len(),
        6,
        "nothing to look for is no search"
    );
    let id = {
        let mut tx = world.store.read().await.unwrap();
        tx.customer_id(&world.partner, &domain::ExternalId::parse("m-4").unwrap())
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(found(&world, &search(id.as_str())).await, ["m-4"]);
}

async fn search_stays_with_the_partner(base: Base) {
    let world = World::new(base).await;
    world.add("Acme", "a1", "pro").await;
    let other = world.another_partner().await;
    let theirs = world
        .new_customer(&other, "Acme of theirs", "a1", "pro")
        .await;
    world.add_all(&other, vec![theirs]).await;
    let query = ListQuery {
        search: Some("acme".to_owned()),
        ..ListQuery::new(ListKind::All)
    };
    assert_eq!(found(&world, &query).await, ["a1"]);
    let mut tx = world.store.read().await.unwrap();
    let page = tx.customers(&other, &query).await.unwrap();
    assert_eq!(page.rows[0].name.as_deref(), Some("Acme of theirs"));
    assert_eq!(page.rows.len(), 1);
    let empty = ListQuery {
        sort: Sort::Name,
        ..ListQuery::new(ListKind::All)
    };
    assert_eq!(tx.customers(&other, &empty).await.unwrap().rows.len(), 1);
}

async fn common_text_is_found_too(base: Base) {
    let world = World::new(base).await;
    let terms = world.terms(&world.partner, "pro").await;
    let customers = (0..1100)
        .map(|n| world.customer_on(&format!("Common {n:04}"), &format!("e{n}"), &terms))
        .collect();
    world.add_all(&world.partner, customers).await;
    let query = ListQuery {
        search: Some("common".to_owned()),
        sort: Sort::Name,
        direction: Direction::Ascending,
        size: 500,
        ..ListQuery::new(ListKind::All)
    };
    assert_eq!(walk(&world, &query).await.len(), 1100);
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(
        tx.matches(&world.partner, &query).await.unwrap(),
        Matches::MoreThan(1000)
    );
    let rare = ListQuery {
        search: Some("common 0042".to_owned()),
        ..query
    };
    assert_eq!(
        tx.matches(&world.partner, &rare).await.unwrap(),
        Matches::Exactly(1)
    );
}
