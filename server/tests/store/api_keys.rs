//! API keys: kept by their digest, recognised from memory, replaced, revoked, and told when used in vain.

use domain::api_key::KeyOverlap;
use domain::time::DAY;
use domain::{Actor, ActorRef, ApiKeyId, Body, IdempotencyKey, Scope};
use server::api_keys::{KeyOwner, KeyRefusal, KeyState, KeyText};
use server::clock::Clock as _;
use server::commands::{KeyCommand, KeyConflict, KeyOrder, KeyOutcome, MOST_KEYS, change_api_keys};
use server::error::Error;
use server::ids::{Ids as _, SeededIds};
use server::store::Store;

use crate::keeping::{Keeping, made, new_key};
use crate::world::{Base, START, World};

on_both![
    a_key_is_made_recognised_and_revoked,
    nothing_of_a_secret_is_stored,
    keys_end_by_themselves,
    a_rotated_key_is_good_beside_its_successor_for_a_while,
    the_same_order_makes_one_key,
    an_owner_has_so_many_keys_and_no_more,
    keys_of_others_are_not_found,
    another_process_is_noticed,
    the_log_of_a_partner_with_keys_verifies,
];

async fn a_key_is_made_recognised_and_revoked(base: Base) {
    let world = World::new(base).await;
    let (key, text) = world.make_key("Gate").await;
    assert_eq!(world.stored_key(&key.id).await, key);
    let created = Body::KeyCreated {
        key: key.id.clone(),
        scopes: vec![Scope::Gate],
        expires_at: START.plus_millis(90 * DAY),
    };
    let by = ActorRef::User(world.owner.clone());
    assert_eq!(world.newest().await, (by.clone(), created));

    let keeping = Keeping::of(&world.store).await;
    let text = text.reveal();
    assert_eq!(keeping.show(&text), Ok(key.id.clone()));
    let cut = &text[..text.len() - 1];
    assert_eq!(keeping.show(cut), Err(KeyRefusal::Malformed));
    let other = KeyText::draw(&SeededIds::new(1)).reveal();
    assert_eq!(keeping.show(&other), Err(KeyRefusal::Unknown));
    let for_other = keeping.show_for(&text, Scope::Entitlements);
    assert_eq!(for_other, Err(KeyRefusal::WrongScope));

    let revoke = world.key_order(KeyCommand::Revoke(key.id.clone()));
    let outcome = world.change_keys(revoke.clone()).await;
    assert!(matches!(outcome, KeyOutcome::Revoked(_)), "{outcome:?}");
    let revoked = Body::KeyRevoked {
        key: key.id.clone(),
    };
    assert_eq!(world.newest().await, (by, revoked));
    keeping.keeper.refresh().await.unwrap();
    assert_eq!(keeping.show(&text), Err(KeyRefusal::Revoked));
    let stored = world.stored_key(&key.id).await;
    assert_eq!(stored.state(START), KeyState::Revoked(START));

    let events = world.events().await;
    let again = world.change_keys(revoke).await;
    assert!(matches!(again, KeyOutcome::Before(_)), "{again:?}");
    assert_eq!(world.events().await, events);
}

async fn nothing_of_a_secret_is_stored(base: Base) {
    let world = World::new(base).await;
    let (key, text) = world.make_key("Gate").await;
    let text = text.reveal();
    let secret = text.rsplit('_').next().unwrap();
    let mut tx = world.store.read().await.unwrap();
    let held = tx.held_api_keys(START).await.unwrap();
    assert!(held.len() == 1 && held[0].key.id == key.id);
    let raw = tx.raw_events(&world.partner, 0).await.unwrap();
    assert!(!serde_json::to_string(&raw).unwrap().contains(secret));
    drop(tx);
    world.store.close().await;
    if base == Base::Sqlite {
        for file in std::fs::read_dir(world.folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let found = bytes
                .windows(32)
                .any(|window| window == &secret.as_bytes()[..32]);
            assert!(!found);
        }
    }
}

async fn keys_end_by_themselves(base: Base) {
    let world = World::new(base).await;
    let (_, text) = world.make_key("Gate").await;
    let text = text.reveal();
    let keeping = Keeping::of(&world.store).await;
    keeping.clock.advance(90 * DAY - 1);
    assert!(keeping.show(&text).is_ok());
    keeping.clock.advance(1);
    assert_eq!(keeping.show(&text), Err(KeyRefusal::Expired));
    // Long after, it is not even recognised.
    let later = Keeping::of(&world.store).await;
    later.clock.advance(181 * DAY);
    let mut tx = world.store.read().await.unwrap();
    let held = tx.held_api_keys(later.clock.now()).await.unwrap();
    assert!(held.is_empty());
}

async fn a_rotated_key_is_good_beside_its_successor_for_a_while(base: Base) {
    let world = World::new(base).await;
    let (old, old_text) = world.make_key("Gate").await;
    world.clock.advance(DAY);
    let overlap = KeyOverlap::hours(24).unwrap();
    let rotate = |id: &ApiKeyId| world.key_order(KeyCommand::Rotate(id.clone(), overlap));
    let (new, new_text) = made(world.change_keys(rotate(&old.id)).await);
    assert_eq!(new.gate, old.gate);
    assert_eq!(
        (&new.name, &new.scopes, new.expires_at),
        (&old.name, &old.scopes, old.expires_at.plus_millis(DAY))
    );
    let until = START.plus_millis(2 * DAY);
    let (_, body) = world.newest().await;
    let rotated = Body::KeyRotated {
        key: old.id.clone(),
        by: new.id.clone(),
        overlap_until: until,
        expires_at: new.expires_at,
    };
    assert_eq!(body, rotated);
    let stored = world.stored_key(&old.id).await;
    assert_eq!(stored.replaced, Some((new.id.clone(), until)));

    let keeping = Keeping::of(&world.store).await;
    let (old_text, new_text) = (old_text.reveal(), new_text.reveal());
    keeping.clock.set(until.plus_millis(-1));
    assert_eq!(keeping.show(&old_text), Ok(old.id.clone()));
    assert_eq!(keeping.show(&new_text), Ok(new.id.clone()));
    keeping.clock.set(until);
    assert_eq!(keeping.show(&old_text), Err(KeyRefusal::Expired));
    assert_eq!(keeping.show(&new_text), Ok(new.id.clone()));

    let refused = async |id: &ApiKeyId| match world.change_keys(rotate(id)).await {
        KeyOutcome::Refused(conflict) => conflict,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&old.id).await, KeyConflict::Replaced);
    world.clock.set(until);
    assert_eq!(refused(&old.id).await, KeyConflict::Ended);
}

async fn the_same_order_makes_one_key(base: Base) {
    let world = World::new(base).await;
    let order = KeyOrder {
        key: Some(world.key()),
        ..world.key_order(KeyCommand::Create(new_key("Gate")))
    };
    let (key, _) = made(world.change_keys(order.clone()).await);
    let KeyOutcome::Before(again) = world.change_keys(order.clone()).await else {
        panic!("made twice")
    };
    assert_eq!(*again, key);
    let other = KeyOrder {
        command: KeyCommand::Create(new_key("Another")),
        ..order.clone()
    };
    let reused = change_api_keys(&world.store, &world.clock, &world.ids, other).await;
    assert!(matches!(reused, Err(Error::KeyReused)), "{reused:?}");

    let rotate = KeyOrder {
        key: Some(IdempotencyKey::parse(&world.ids.key()).unwrap()),
        ..world.key_order(KeyCommand::Rotate(key.id, KeyOverlap::hours(1).unwrap()))
    };
    let (successor, _) = made(world.change_keys(rotate.clone()).await);
    let KeyOutcome::Before(again) = world.change_keys(rotate).await else {
        panic!("rotated twice")
    };
    assert_eq!(again.id, successor.id);
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(tx.api_keys(&world.own()).await.unwrap().len(), 2);
}

async fn an_owner_has_so_many_keys_and_no_more(base: Base) {
    let world = World::new(base).await;
    let mut last = None;
    for number in 0..MOST_KEYS {
        last = Some(world.make_key(&format!("Key {number}")).await.0);
    }
    let create = world.key_order(KeyCommand::Create(new_key("One more")));
    let outcome = world.change_keys(create.clone()).await;
    assert!(
        matches!(outcome, KeyOutcome::Refused(KeyConflict::TooMany)),
        "{outcome:?}"
    );
    // A successor takes the place of the one before.
    let overlap = KeyOverlap::hours(24).unwrap();
    let rotate = world.key_order(KeyCommand::Rotate(last.unwrap().id, overlap));
    let (successor, _) = made(world.change_keys(rotate).await);
    let outcome = world.change_keys(create.clone()).await;
    assert!(
        matches!(outcome, KeyOutcome::Refused(KeyConflict::TooMany)),
        "{outcome:?}"
    );
    // One that has ended leaves its place.
    let revoke = world.key_order(KeyCommand::Revoke(successor.id));
    world.change_keys(revoke).await;
    made(world.change_keys(create).await);
}

async fn keys_of_others_are_not_found(base: Base) {
    let world = World::new(base).await;
    let (key, _) = world.make_key("Gate").await;
    let another = world.another_partner().await;
    for owner in [KeyOwner::Partner(another), KeyOwner::Operator] {
        for command in [
            KeyCommand::Revoke(key.id.clone()),
            KeyCommand::Rotate(key.id.clone(), KeyOverlap::hours(1).unwrap()),
        ] {
            let order = KeyOrder {
                owner: owner.clone(),
                actor: Actor::Operator,
                command,
                key: None,
            };
            let outcome = change_api_keys(&world.store, &world.clock, &world.ids, order).await;
            assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        }
        let mut tx = world.store.read().await.unwrap();
        assert!(tx.api_keys(&owner).await.unwrap().is_empty());
    }
    assert_eq!(world.stored_key(&key.id).await, key);
}

async fn another_process_is_noticed(base: Base) {
    let world = World::new(base).await;
    let keeping = Keeping::of(&world.store).await;
    let elsewhere = Store::open(&world.url, &server::store::StoreSettings::new(START))
        .await
        .unwrap()
        .store;
    let order = KeyOrder {
        owner: KeyOwner::Operator,
        actor: Actor::Operator,
        command: KeyCommand::Create(new_key("Everywhere")),
        key: None,
    };
    let events = world.events().await;
    let outcome = change_api_keys(&elsewhere, &world.clock, &world.ids, order)
        .await
        .unwrap();
    let (key, text) = made(outcome);
    // The operator's own keys are in nobody's log.
    assert_eq!(world.events().await, events);
    let text = text.reveal();
    assert_eq!(keeping.show(&text), Err(KeyRefusal::Unknown));
    keeping.keeper.refresh().await.unwrap();
    assert_eq!(keeping.show(&text), Ok(key.id.clone()));
    let found = keeping
        .keeper
        .ring()
        .authenticate(&text, Scope::Gate, START)
        .unwrap();
    assert_eq!(found.owner, KeyOwner::Operator);
    elsewhere.close().await;
}

async fn the_log_of_a_partner_with_keys_verifies(base: Base) {
    let world = World::new(base).await;
    world.add("Acme", "a-1", "pro").await;
    let (key, _) = world.make_key("Gate").await;
    let overlap = KeyOverlap::hours(1).unwrap();
    let rotate = world.key_order(KeyCommand::Rotate(key.id.clone(), overlap));
    world.change_keys(rotate).await;
    world
        .change_keys(world.key_order(KeyCommand::Revoke(key.id)))
        .await;
    world.verify().await;
}
