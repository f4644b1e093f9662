//! Starting it: the same every time, told in order, with its password, and only where it may.

use std::collections::HashSet;

use domain::EventKind;
use server::demo::DemoError;
use server::ids::OsIds;
use server::store::{ActivityQuery, LogPlace};

use crate::filled::{Filled, START, again, fill, open};

#[tokio::test]
async fn the_log_is_told_in_order_of_time() {
    let filled = fill(120, START, None).await;
    for partner in filled.partners().await {
        let mut reading = filled.store.read().await.unwrap();
        let query = ActivityQuery {
            kind: None,
            actor: None,
            from: None,
            until: None,
            place: LogPlace::Start,
            size: 1_000,
        };
        let page = reading.activity(&partner.id, &query).await.unwrap();
        assert!(
            page.events
                .windows(2)
                .all(|pair| pair[0].event.at >= pair[1].event.at)
        );
        assert!(page.events.iter().all(|logged| logged.event.at <= START));
        let kinds: HashSet<EventKind> = page
            .events
            .iter()
            .map(|logged| logged.event.kind())
            .collect();
        assert!(kinds.len() >= 5, "{kinds:?}");
    }
}

#[tokio::test]
async fn the_same_start_makes_the_same_demo_and_any_start_a_whole_one() {
    let (one, two) = (fill(40, START, None).await, fill(40, START, None).await);
    for (a, b) in one.partners().await.iter().zip(two.partners().await) {
        assert_eq!(*a, b);
        assert_eq!(one.accounts(&a.id).await, two.accounts(&b.id).await);
    }
    for days in 1..7 {
        let start = START.plus_millis(days * 86_400_000 + days * 3_700_000);
        let other = fill(40, start, None).await;
        let partners = other.partners().await;
        assert!(
            partners
                .iter()
                .all(|partner| partner.counts.all() == 40 && partner.counts.suspended >= 3)
        );
    }
}

#[tokio::test]
async fn the_password_is_kept_and_can_be_chosen_later() {
    let filled = fill(20, START, None).await;
    let Filled {
        store,
        folder,
        demo,
    } = &filled;
    let emails: Vec<_> = demo
        .sign_ins
        .iter()
        .map(|person| (person.email, person.role.code()))
        .collect();
    assert_eq!(
        emails,
        [
            ("maria.keller@kontor.example", "owner"),
            ("jonas.brandt@kontor.example", "manager"),
            ("aylin.demir@kontor.example", "agent"),
            ("peter.vogel@kontor.example", "viewer"),
            ("eleanor.finch@harbourfinch.example", "owner"),
        ]
    );
    assert_eq!(demo.things_to_try.len(), 3);
    let passwords = server::web::password::Passwords::new(&OsIds).unwrap();
    let fits = async |password: &str| {
        let user = store
            .read()
            .await
            .unwrap()
            .user_by_email("maria.keller@kontor.example")
            .await
            .unwrap()
            .unwrap();
        passwords
            .verify(password.to_owned(), user.password_hash)
            .await
            .unwrap()
    };
    assert!(fits(&demo.password).await);
    let later = START.plus_millis(9 * 86_400_000);
    let second = again(store, folder, 20, later, None).await.unwrap();
    assert_eq!(second, *demo);
    assert_eq!(filled.partners().await[0].counts.all(), 20);
    let third = again(store, folder, 20, later, Some("chosen by somebody"))
        .await
        .unwrap();
    assert_eq!(third.password, "chosen by somebody");
    assert!(fits("chosen by somebody").await);
}

#[tokio::test]
async fn a_database_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let other = fill(20, START, None).await;
    let mine = other.partners().await.remove(0);
    store
        .add_partner(mine.id, mine.profile, START)
        .await
        .unwrap();
    let refused = again(&store, &folder, 20, START, None).await;
    assert!(matches!(refused, Err(DemoError::NotEmpty)));
}
