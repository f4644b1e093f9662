//! How keys are used, and used in vain.

use domain::time::{HOUR, MINUTE};
use domain::{ActorRef, Body, Misuse, MisuseCount, Scope};
use server::api_keys::{KeyRefusal, KeyText};
use server::ids::SeededIds;

use crate::keeping::{Keeping, forged};
use crate::world::{Base, START, World};

on_both![
    uses_are_written_down_seldom,
    uses_in_vain_are_told_once_an_hour,
];

async fn uses_are_written_down_seldom(base: Base) {
    let world = World::new(base).await;
    let (key, text) = world.make_key("Gate").await;
    let text = text.reveal();
    let keeping = Keeping::of(&world.store).await;
    let written = async || {
        keeping.keeper.write_uses().await.unwrap();
        world.stored_key(&key.id).await.last_used_at
    };
    assert_eq!(written().await, None);
    keeping.show(&text).unwrap();
    assert_eq!(written().await, Some(START));
    keeping.clock.advance(MINUTE / 2);
    keeping.show(&text).unwrap();
    assert_eq!(written().await, Some(START));
    keeping.clock.advance(MINUTE / 2);
    assert_eq!(written().await, Some(START.plus_millis(MINUTE / 2)));
    // Being read again does not forget what was counted.
    keeping.show(&text).unwrap();
    world.make_key("Another").await;
    keeping.keeper.refresh().await.unwrap();
    keeping.clock.advance(MINUTE);
    assert_eq!(written().await, Some(START.plus_millis(MINUTE)));
}

async fn uses_in_vain_are_told_once_an_hour(base: Base) {
    let world = World::new(base).await;
    let (key, text) = world.make_key("Gate").await;
    let keeping = Keeping::of(&world.store).await;
    let other = KeyText::draw(&SeededIds::new(5)).reveal();
    let before = world.events().await;
    assert_eq!(keeping.show(&other), Err(KeyRefusal::Unknown));
    keeping.keeper.write_uses().await.unwrap();
    assert_eq!(world.events().await, before, "tied to no key, told nobody");

    // The same public part before another secret is tied to the key.
    assert_eq!(keeping.show(&forged(&text)), Err(KeyRefusal::Unknown));
    keeping.keeper.write_uses().await.unwrap();
    let misused = |misuse, times| Body::KeyMisused {
        key: key.id.clone(),
        uses: vec![MisuseCount { misuse, times }],
    };
    let wrong = misused(Misuse::WrongSecret, 1);
    assert_eq!(world.newest().await, (ActorRef::System, wrong));
    keeping.clock.advance(HOUR);

    let show_for_something_else = |keeping: &Keeping| {
        keeping
            .show_for(&text.reveal(), Scope::Entitlements)
            .unwrap_err()
    };
    for _ in 0..3 {
        show_for_something_else(&keeping);
    }
    keeping.keeper.write_uses().await.unwrap();
    let told = |times| misused(Misuse::WrongScope, times);
    assert_eq!(world.newest().await, (ActorRef::System, told(3)));
    // Neither this panel nor another one tells more within the hour, and none of it is lost.
    let second = Keeping::of(&world.store).await;
    show_for_something_else(&second);
    show_for_something_else(&keeping);
    second.keeper.write_uses().await.unwrap();
    keeping.keeper.write_uses().await.unwrap();
    assert_eq!(world.events().await, before + 2);
    second.clock.advance(2 * HOUR);
    second.keeper.write_uses().await.unwrap();
    assert_eq!(world.events().await, before + 3);
    assert_eq!(world.newest().await, (ActorRef::System, told(1)));
}
