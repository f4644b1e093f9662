//! A gate over a database, and what asks it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use domain::{ActorRef, ApiKeyName, Denial, GateMode, Reason, Scope, Unnamed, Verdict};
use server::api_keys::{ApiKey, GateSettings, KeyOwner, KeyText};
use server::clock::{Clock as _, SetClock};
use server::gate::{Asks, Follower, Gate, GateTimes, Told};
use server::ids::{Ids as _, SeededIds};
use server::live::Bell;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::world::World;

/// A gate that follows the world's database.
pub struct Gated {
    pub gate: Arc<Gate>,
    pub clock: Arc<SetClock>,
    pub bell: Bell,
    pub stop: watch::Sender<bool>,
    following: JoinHandle<()>,
}

impl Gated {
    pub async fn open(world: &World) -> Self {
        let clock = Arc::new(SetClock::new(world.clock.now()));
        let epoch = world.store.stream_epoch(&world.ids).await.unwrap();
        let (store, times) = (world.store.clone(), GateTimes::default());
        let follower = Follower::start(store, Arc::clone(&clock) as _, epoch, times)
            .await
            .unwrap();
        let (gate, bell) = (follower.gate(), Bell::default());
        let (stop, stopped) = watch::channel(false);
        let following = tokio::spawn(follower.run(bell.clone(), stopped));
        Self {
            gate,
            clock,
            bell,
            stop,
            following,
        }
    }

    pub async fn close(self) {
        self.stop.send_replace(true);
        self.following.await.unwrap();
    }

    pub fn ask(&self, key: &ApiKey, customer: &str) -> Told {
        let headers = naming(customer);
        self.gate
            .answer(key, &headers, self.clock.now(), Asks::Visit)
    }

    /// Waits until the gate says so; others look at the log only every now and then.
    pub async fn says(&self, key: &ApiKey, customer: &str, verdict: Verdict) {
        eventually(async || (self.ask(key, customer).verdict == verdict).then_some(())).await;
    }
}

pub fn naming(customer: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-account", HeaderValue::from_str(customer).unwrap());
    headers
}

pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..2_000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never happens");
}

pub fn key(world: &World, owner: KeyOwner, mode: GateMode) -> ApiKey {
    let ids = SeededIds::new(11 + mode as u64);
    let now = world.clock.now();
    ApiKey {
        id: ids.api_key(now),
        owner,
        public: KeyText::draw(&ids).public(),
        name: ApiKeyName::parse("Product").unwrap(),
        scopes: BTreeSet::from([Scope::Gate]),
        gate: GateSettings {
            mode,
            ..GateSettings::default()
        },
        created_at: now,
        created_by: ActorRef::Operator,
        expires_at: now.plus_millis(domain::time::DAY),
        last_used_at: None,
        revoked_at: None,
        replaced: None,
    }
}

pub fn own_key(world: &World) -> ApiKey {
    key(
        world,
        KeyOwner::Partner(world.partner.clone()),
        GateMode::Enforce,
    )
}

pub const OVERDUE: Verdict = Verdict::Deny(Denial::Suspended(Reason::PaymentOverdue));
pub const UNKNOWN: Verdict = Verdict::Deny(Denial::Unnamed(Unnamed::Unknown));
