//! A database with many customers of one partner, and a key.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::api_key::KeyLife;
use domain::{Actor, ApiKeyName, Scope};
use server::api_keys::{GateSettings, KeyOwner};
use server::clock::SystemClock;
use server::commands::{KeyCommand, KeyOrder, KeyOutcome, NewKey, change_api_keys};

use crate::world::{Base, World};

pub struct Filled {
    world: World,
    pub key: String,
}

impl Filled {
    pub fn folder(&self) -> PathBuf {
        self.world.folder.path().to_owned()
    }
}

/// The external id of one of the customers.
pub fn external(number: u64) -> String {
    format!("customer-{number:07}")
}

/// One customer is added as customers are; the others are copies of its row under other names.
pub async fn database(customers: u64) -> Filled {
    let world = World::new(Base::Sqlite).await;
    world.add("Acme", "customer", "pro").await;
    let mut columns = String::new();
    let names = world.columns("customers").await;
    for name in &names {
        let value = match name.as_str() {
            "id" => "printf('cus_%026d', n)",
            "external_id" => "printf('customer-%07d', n)",
            other => other,
        };
        columns += &format!("{}{value}", if columns.is_empty() { "" } else { ", " });
    }
    world
        .sql(&format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {}) \
             INSERT INTO customers ({}) SELECT {columns} FROM numbers, customers WHERE external_id = 'customer'; \
             UPDATE partners SET active_count = {}",
            customers - 1,
            names.join(", "),
            customers + 1
        ))
        .await;
    let order = KeyOrder {
        owner: KeyOwner::Partner(world.partner.clone()),
        actor: Actor::Operator,
        command: KeyCommand::Create(NewKey {
            name: ApiKeyName::parse("Product").unwrap(),
            scopes: BTreeSet::from([Scope::Gate]),
            gate: GateSettings {
                open_prefixes: GateSettings::read_open_prefixes("/billing").unwrap(),
                ..GateSettings::default()
            },
            life: KeyLife::days(365).unwrap(),
        }),
        key: None,
    };
    let made = change_api_keys(&world.store, &SystemClock::default(), &world.ids, order)
        .await
        .unwrap();
    let KeyOutcome::Made(_, text) = made else {
        panic!("{made:?}")
    };
    world.store.close().await;
    Filled {
        key: text.reveal(),
        world,
    }
}
