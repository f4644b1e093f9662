//! Users, links, sessions, notices, secrets, partners.

use domain::time::{DAY, HOUR};
use server::error::{Error, Unique};
use server::ids::Ids as _;
use server::store::{Reading, Session};

use crate::world::{Base, START, World, partner_profile};

on_both![
    an_address_has_one_user,
    a_link_works_once,
    how_a_user_reads_is_set_alone,
    sessions_come_and_go,
    a_notice_is_read_once,
    the_first_secret_stays,
    partners_are_set
];

async fn an_address_has_one_user(base: Base) {
    let world = World::new(base).await;
    let another = world.user("OWNER@one.example", &world.ids.user(START));
    let taken = world.store.add_user(another, START).await;
    assert!(
        matches!(taken, Err(Error::Taken(Unique::Email))),
        "{taken:?}"
    );
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(
        tx.user_by_email(" Owner@One.Example ")
            .await
            .unwrap()
            .unwrap()
            .id,
        world.owner
    );
    assert_eq!(tx.user_by_email("nobody@one.example").await.unwrap(), None);
    let names = tx
        .user_names(
            &world.partner,
            &[world.owner.clone(), world.ids.user(START)],
        )
        .await
        .unwrap();
    assert_eq!(names.len(), 1);
    assert_eq!(tx.users(&world.partner).await.unwrap().len(), 1);
}

async fn how_a_user_reads_is_set_alone(base: Base) {
    let world = World::new(base).await;
    let reading = |user: &domain::UserId, zone: Option<&str>| Reading {
        partner: world.partner.clone(),
        user: user.clone(),
        language: Some("de-AT".to_owned()),
        time_zone: zone.map(str::to_owned),
    };
    let user = async || {
        let mut tx = world.store.read().await.unwrap();
        tx.user(&world.partner, &world.owner).await.unwrap()
    };
    let mut expected = user().await;
    for zone in [Some("Asia/Tokyo"), None] {
        world
            .store
            .set_reading(reading(&world.owner, zone))
            .await
            .unwrap();
        expected.language = Some("de-AT".to_owned());
        expected.time_zone = zone.map(str::to_owned);
        assert_eq!(user().await, expected);
    }
    let nobody = reading(&world.ids.user(START), None);
    let missing = world.store.set_reading(nobody).await;
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
}

async fn a_link_works_once(base: Base) {
    let world = World::new(base).await;
    let user = world.user("owner@one.example", &world.owner);
    let expires = START.plus_millis(2 * DAY);
    world
        .store
        .add_login_link("first".into(), user.clone(), expires)
        .await
        .unwrap();
    world
        .store
        .add_login_link("second".into(), user, expires)
        .await
        .unwrap();
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(
        tx.login_link("first", START).await.unwrap(),
        None,
        "a newer link ends the older one"
    );
    assert!(tx.login_link("second", START).await.unwrap().is_some());
    assert_eq!(tx.login_link("second", expires).await.unwrap(), None);
    drop(tx);
    let used = world
        .store
        .set_password_by_link("second".into(), "hash".into(), START)
        .await
        .unwrap();
    assert_eq!(used.unwrap().password_hash.as_deref(), Some("hash"));
    assert_eq!(
        world
            .store
            .set_password_by_link("second".into(), "other".into(), START)
            .await
            .unwrap(),
        None
    );
}

fn session(world: &World, id_hash: &str) -> Session {
    Session {
        id_hash: id_hash.to_owned(),
        partner: world.partner.clone(),
        user: world.owner.clone(),
        created_at: START,
        last_seen_at: START,
        expires_at: START.plus_millis(7 * DAY),
        has_notice: false,
    }
}

async fn sessions_come_and_go(base: Base) {
    let world = World::new(base).await;
    for id in ["one", "two"] {
        world.store.add_session(session(&world, id)).await.unwrap();
    }
    world
        .store
        .touch_session("one".into(), START.plus_millis(HOUR))
        .await
        .unwrap();
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(
        tx.session("one").await.unwrap().unwrap().last_seen_at,
        START.plus_millis(HOUR)
    );
    assert_eq!(tx.session("none").await.unwrap(), None);
    drop(tx);
    world.store.end_session("one".into()).await.unwrap();
    assert_eq!(
        world
            .store
            .read()
            .await
            .unwrap()
            .session("one")
            .await
            .unwrap(),
        None
    );
    let mut user = world.user("owner@one.example", &world.owner);
    user.disabled = true;
    world.store.set_user(user).await.unwrap();
    assert_eq!(
        world
            .store
            .read()
            .await
            .unwrap()
            .session("two")
            .await
            .unwrap(),
        None
    );
}

async fn a_notice_is_read_once(base: Base) {
    let world = World::new(base).await;
    world
        .store
        .add_session(session(&world, "one"))
        .await
        .unwrap();
    assert_eq!(world.store.take_notice("one").await.unwrap(), None);
    world
        .store
        .put_notice("one".into(), "done".into())
        .await
        .unwrap();
    let (a, b) = tokio::join!(
        world.store.take_notice("one"),
        world.store.take_notice("one")
    );
    let taken: Vec<String> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
    assert_eq!(taken, ["done"]);
    assert_eq!(world.store.take_notice("one").await.unwrap(), None);
}

async fn the_first_secret_stays(base: Base) {
    let world = World::new(base).await;
    assert_eq!(
        world
            .store
            .put_secret("key".into(), "first".into())
            .await
            .unwrap(),
        "first"
    );
    assert_eq!(
        world
            .store
            .put_secret("key".into(), "second".into())
            .await
            .unwrap(),
        "first"
    );
    assert_eq!(
        world
            .store
            .read()
            .await
            .unwrap()
            .secret("other")
            .await
            .unwrap(),
        None
    );
}

async fn partners_are_set(base: Base) {
    let world = World::new(base).await;
    let mut profile = partner_profile();
    profile.name = "Uno".to_owned();
    world
        .store
        .set_partner(world.partner.clone(), profile.clone())
        .await
        .unwrap();
    let unknown = world.ids.partner(START);
    assert!(matches!(
        world.store.set_partner(unknown, profile).await,
        Err(Error::NotFound)
    ));
    assert_eq!(
        world
            .store
            .read()
            .await
            .unwrap()
            .partner(&world.partner)
            .await
            .unwrap()
            .profile
            .name,
        "Uno"
    );
}
