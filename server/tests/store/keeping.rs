//! API keys over a database: made, shown, and looked at in the store.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::api_key::{KeyLife, KeyOverlap};
use domain::{Actor, ActorRef, ApiKeyId, ApiKeyName, Body, GateMode, Scope, UnknownCustomer};
use server::api_keys::{
    ApiKey, CustomerFrom, GateSettings, KeyKeeper, KeyOwner, KeyRefusal, KeyText,
};
use server::clock::{Clock as _, SetClock};
use server::commands::{KeyCommand, KeyOrder, KeyOutcome, NewKey, change_api_keys};
use server::ids::SeededIds;
use server::live::Bell;
use server::store::{ActivityQuery, Store};

use crate::world::{START, World};

/// A panel's keys in memory, over the world's database.
pub struct Keeping {
    pub keeper: KeyKeeper,
    pub clock: Arc<SetClock>,
}

impl Keeping {
    pub async fn of(store: &Store) -> Self {
        let clock = Arc::new(SetClock::new(START));
        let ids = Arc::new(SeededIds::new(91));
        let bell = Bell::default();
        let keeper = KeyKeeper::new(store.clone(), Arc::clone(&clock) as _, ids, bell);
        keeper.refresh().await.unwrap();
        Self { keeper, clock }
    }

    pub fn show(&self, text: &str) -> Result<ApiKeyId, KeyRefusal> {
        self.show_for(text, Scope::Gate)
    }

    pub fn show_for(&self, text: &str, scope: Scope) -> Result<ApiKeyId, KeyRefusal> {
        let (ring, now) = (self.keeper.ring(), self.clock.now());
        let key = ring.authenticate(text, scope, now)?;
        Ok(key.id.clone())
    }
}

pub fn new_key(name: &str) -> NewKey {
    NewKey {
        name: ApiKeyName::parse(name).unwrap(),
        scopes: BTreeSet::from([Scope::Gate]),
        gate: GateSettings {
            mode: GateMode::Observe,
            unknown: UnknownCustomer::Allow,
            customer: CustomerFrom::parse("host:app.example.com").unwrap(),
            open_prefixes: GateSettings::read_open_prefixes("/billing").unwrap(),
        },
        life: KeyLife::days(90).unwrap(),
    }
}

impl World {
    pub fn own(&self) -> KeyOwner {
        KeyOwner::Partner(self.partner.clone())
    }

    pub fn key_order(&self, command: KeyCommand) -> KeyOrder {
        KeyOrder {
            owner: self.own(),
            actor: self.actor(),
            command,
            key: None,
        }
    }

    pub async fn change_keys(&self, order: KeyOrder) -> KeyOutcome {
        change_api_keys(&self.store, &self.clock, &self.ids, order)
            .await
            .unwrap()
    }

    pub async fn make_key(&self, name: &str) -> (ApiKey, KeyText) {
        made(
            self.change_keys(self.key_order(KeyCommand::Create(new_key(name))))
                .await,
        )
    }

    /// Keys of every state, for a database that is kept.
    pub async fn live_of_keys(&self) {
        let (key, _) = self.make_key("Gate").await;
        let overlap = KeyOverlap::hours(24).unwrap();
        let rotate = self.key_order(KeyCommand::Rotate(key.id, overlap));
        let (successor, _) = made(self.change_keys(rotate).await);
        self.change_keys(self.key_order(KeyCommand::Revoke(successor.id)))
            .await;
        let everywhere = KeyOrder {
            owner: KeyOwner::Operator,
            actor: Actor::Operator,
            ..self.key_order(KeyCommand::Create(new_key("Everywhere")))
        };
        self.change_keys(everywhere).await;
    }

    pub async fn stored_key(&self, id: &ApiKeyId) -> ApiKey {
        let mut tx = self.store.read().await.unwrap();
        tx.api_key(&self.own(), id).await.unwrap()
    }

    pub async fn newest(&self) -> (ActorRef, Body) {
        let mut tx = self.store.read().await.unwrap();
        let query = ActivityQuery::newest(1);
        let page = tx.activity(&self.partner, &query).await.unwrap();
        let logged = page.events.into_iter().next().unwrap();
        assert_eq!(logged.customer, None);
        (logged.event.actor, logged.event.body)
    }

    pub async fn events(&self) -> u64 {
        let mut tx = self.store.read().await.unwrap();
        tx.partner(&self.partner).await.unwrap().last_seq
    }
}

pub fn made(outcome: KeyOutcome) -> (ApiKey, KeyText) {
    match outcome {
        KeyOutcome::Made(key, text) => (*key, text),
        other => panic!("{other:?}"),
    }
}

/// The key with another secret, and a checksum that is right again.
pub fn forged(text: &KeyText) -> String {
    const FIGURES: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let whole = text.reveal();
    let start = &whole[..whole.len() - 38];
    let body = format!("{start}{}", "x".repeat(32));
    let mut sum = crc32fast::hash(body.as_bytes()) as usize;
    let mut checksum = Vec::new();
    for _ in 0..6 {
        checksum.insert(0, FIGURES[sum % 62]);
        sum /= 62;
    }
    body + std::str::from_utf8(&checksum).unwrap()
}
