//! Filters and search, and who is found elsewhere.

use crate::acting::{active, busy, list, names};
use app::error::PanelError;
use app::service::PanelService;
use app::wire::Picture;
use domain::Role;

#[tokio::test]
async fn filters_narrow_down_and_can_be_taken_off() {
    let house = busy().await;
    for (query, found) in [
        ("plan=pro", vec!["Bolt"]),
        ("usage=80", vec!["Acme GmbH", "Bolt"]),
        ("usage=over", vec!["Bolt"]),
        ("usage=unknown", vec!["Corto"]),
        ("q=bolt", vec!["Bolt"]),
        ("q=c-3%40customer.example", vec!["Corto"]),
        ("q=c-3", vec!["Corto"]),
    ] {
        assert_eq!(
            names(&list(&house, "/customers/active", query).await),
            found,
            "{query}"
        );
    }
    let page = list(
        &house,
        "/customers/active",
        "q=b&plan=pro&usage=over&size=25&sort=name",
    )
    .await;
    let chips: Vec<_> = page
        .filters
        .chips
        .iter()
        .map(|chip| chip.text.as_str())
        .collect();
    assert_eq!(chips, ["Search: b", "Plan: Pro", "Usage: Over the limit"]);
    assert_eq!(
        page.filters.chips[1].href,
        "/customers/active?q=b&usage=over&size=25&sort=name"
    );
    assert_eq!(
        page.filters.clear.expect("a way back").href,
        "/customers/active?size=25&sort=name"
    );
    assert_eq!(
        page.filters.keep,
        [
            ("q".to_owned(), "b".to_owned()),
            ("size".to_owned(), "25".to_owned())
        ]
    );
    assert_eq!(page.count, "1 of 3 match");
    let reason = list(&house, "/customers/suspended", "reason=payment_overdue").await;
    assert_eq!(names(&reason), ["Acme Foundation"]);
    assert!(
        list(&house, "/customers/suspended", "reason=other")
            .await
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn a_search_names_who_is_elsewhere() {
    let house = busy().await;
    let page = list(&house, "/customers/active", "q=acme").await;
    assert_eq!(names(&page), ["Acme GmbH"]);
    let line = &page.elsewhere[0];
    assert_eq!(
        line.text,
        "1 match in Suspended Customers: Acme Foundation, Payment overdue, since 23 Nov"
    );
    assert_eq!(
        line.link.as_ref().unwrap().href,
        "/customers/suspended?q=acme"
    );
    let page = list(&house, "/customers/suspended", "q=bolt").await;
    assert_eq!(
        page.elsewhere[0].text,
        "1 match in Active Customers: Bolt, Pro"
    );
    assert!(
        list(&house, "/customers/all", "q=acme")
            .await
            .elsewhere
            .is_empty()
    );
}

#[tokio::test]
async fn nothing_found_has_its_own_words_and_way_on() {
    let house = busy().await;
    let page = list(&house, "/customers/active", "q=zzz&size=25").await;
    let empty = page.empty.expect("a text");
    assert_eq!(
        (empty.picture, empty.title.as_str()),
        (Picture::NothingFound, "Nothing matches “zzz”")
    );
    assert_eq!(
        empty.way_on.expect("a link").href,
        "/customers/active?size=25"
    );
    let page = list(&house, "/customers/active", "usage=over&plan=free").await;
    assert_eq!(
        page.empty.expect("a text").title,
        "Nothing matches these filters"
    );
}

#[tokio::test]
async fn absurd_queries_are_refused_in_words_and_unknown_names_are_left_alone() {
    let house = busy().await;
    let panel = house.as_role(Role::Agent);
    for query in [
        "sort=x",
        "size=7",
        "usage=1",
        "reason=x",
        "plan=x",
        "after=%%%",
        "q=a&q=b",
        "q=%00",
        "after=a&before=b",
    ] {
        let answer = panel.list(&active(query)).await;
        assert!(
            matches!(&answer, Err(PanelError::BadRequest(text)) if text.ends_with('.')),
            "{query}: {answer:?}"
        );
    }
    assert_eq!(
        panel
            .list(&active("utm_source=mail&menu=nobody"))
            .await
            .unwrap()
            .rows
            .len(),
        3
    );
}
