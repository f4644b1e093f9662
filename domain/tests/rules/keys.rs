//! API keys: who may manage them, how long they live, and that they are nothing to a customer.

use domain::api_key::{KeyLife, KeyOverlap, ends_soon};
use domain::time::{DAY, HOUR};
use domain::{ApiKeyId, Body, Event, Misuse, MisuseCount, Permission, Private, Role, Scope};

use crate::fixtures::{NOON, cmd, owner};
use crate::world::World;

#[test]
fn only_owners_manage_keys_and_nothing_else_is_theirs_alone() {
    for permission in Permission::ALL {
        let only_owners = *permission == Permission::ManageKeys;
        assert!(Role::Owner.permits(*permission));
        assert_eq!(Role::Manager.permits(*permission), !only_owners);
    }
    for role in [Role::Agent, Role::Viewer] {
        assert!(!role.permits(Permission::ManageKeys), "{role:?}");
    }
}

#[test]
fn a_key_lives_a_day_at_least_and_two_years_at_most() {
    let life = |days| KeyLife::days(days).map(KeyLife::millis);
    assert_eq!(life(0), None);
    assert_eq!(life(1), Some(DAY));
    assert_eq!(life(730), Some(730 * DAY));
    assert_eq!(life(731), None);
    assert_eq!(life(u32::MAX), None);
    let between = |millis| KeyLife::between(NOON, NOON.plus_millis(millis)).millis();
    assert_eq!(between(90 * DAY), 90 * DAY);
    assert_eq!(between(-1), DAY);
    assert_eq!(between(1_000 * DAY), 730 * DAY);
}

#[test]
fn a_key_is_good_beside_its_successor_for_30_days_at_most() {
    let overlap = |hours| KeyOverlap::hours(hours).map(KeyOverlap::millis);
    assert_eq!(overlap(0), Some(0));
    assert_eq!(overlap(720), Some(720 * HOUR));
    assert_eq!(overlap(721), None);
}

#[test]
fn a_key_ends_soon_within_two_weeks() {
    assert!(!ends_soon(NOON.plus_millis(14 * DAY), NOON));
    assert!(ends_soon(NOON.plus_millis(14 * DAY - 1), NOON));
    assert!(ends_soon(NOON, NOON));
}

#[test]
fn events_of_keys_move_no_account() {
    let mut world = World::on("pro");
    let before = world.account.clone();
    let key = ApiKeyId::from_random(NOON, [7; 10]);
    let uses = vec![MisuseCount {
        misuse: Misuse::Expired,
        times: 3,
    }];
    let bodies = [
        Body::KeyCreated {
            key: key.clone(),
            scopes: vec![Scope::Gate],
            expires_at: NOON,
        },
        Body::KeyRotated {
            key: key.clone(),
            by: key.clone(),
            overlap_until: NOON,
            expires_at: NOON,
        },
        Body::KeyRevoked { key: key.clone() },
        Body::KeyMisused {
            key: key.clone(),
            uses,
        },
    ];
    for body in bodies {
        assert_eq!(body.key(), Some(&key));
        let by = owner().reference();
        world.record(vec![Event::join(
            NOON,
            by,
            cmd(9),
            body,
            Private::default(),
        )]);
    }
    assert_eq!(world.account, before);
    assert_eq!(Body::CustomerClosed.key(), None);
}
