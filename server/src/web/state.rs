//! What every handler may use.

use std::net::IpAddr;
use std::sync::Arc;

use app::text::Say;
use axum::http::HeaderMap;
use domain::Timestamp;
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::password::Passwords;
use super::serve::Peer;
use super::site::Site;
use super::test_clock::MovableClock;
use crate::api_keys::KeyKeeper;
use crate::clock::Clock;
use crate::gate::{Gate, GateTimes};
use crate::ids::Ids;
use crate::live::{Bell, Hub};
use crate::panel::{Banner, PanelShared};
use crate::settings::{PublicOrigin, Transport};
use crate::store::{Store, StreamEpoch};

/// The language and zone of whoever has not signed in.
const STRANGER: (&str, &str) = ("en", "UTC");
/// Pages that are rendered at the same moment; the others wait in line.
const RENDERED_AT_ONCE: usize = 32;

/// What the panel is served from.
pub struct Parts {
    /// Everything that is kept.
    pub store: Store,
    /// The time.
    pub clock: Time,
    /// Randomness.
    pub ids: Arc<dyn Ids>,
    /// Where people reach the panel.
    pub origin: PublicOrigin,
    /// Name of the operator, where it has one.
    pub operator: Option<String>,
    /// How long things count at the gate.
    pub gate: GateTimes,
}

/// Whose time the panel lives in.
#[derive(Clone)]
pub enum Time {
    /// Nobody can move it.
    Fixed(Arc<dyn Clock>),
    /// Tests move it over HTTP.
    Movable(Arc<MovableClock>),
}

impl Time {
    /// The clock to read.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        match self {
            Self::Fixed(clock) => Arc::clone(clock),
            Self::Movable(clock) => Arc::clone(clock) as Arc<dyn Clock>,
        }
    }
}

/// What every handler may use.
pub struct Web {
    pub(super) store: Store,
    pub(super) time: Time,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) ids: Arc<dyn Ids>,
    pub(super) origin: PublicOrigin,
    pub(super) panel: Arc<PanelShared>,
    pub(super) live: Arc<Hub>,
    /// Holds every key that programs may show, for answering them without the database.
    pub(super) key_keeper: Arc<KeyKeeper>,
    /// Knows who may come in.
    pub(super) gate: Arc<Gate>,
    pub(super) site: Site,
    pub(super) passwords: Passwords,
    pub(super) attempts: Attempts,
    pub(super) rendering: Semaphore,
}

impl Web {
    /// Everything in its place.
    ///
    /// # Errors
    /// When no password can be hashed on this computer.
    pub fn new(
        parts: Parts,
        epoch: StreamEpoch,
        gate: Arc<Gate>,
    ) -> Result<Self, argon2::password_hash::Error> {
        let Parts {
            store,
            clock: time,
            ids,
            origin,
            operator,
            gate: gate_times,
        } = parts;
        let clock = time.clock();
        let banner = (origin.transport() == Transport::Insecure).then_some(Banner::Insecure);
        let bell = Bell::default();
        let key_keeper = Arc::new(KeyKeeper::new(
            store.clone(),
            Arc::clone(&clock),
            Arc::clone(&ids),
            bell.clone(),
        ));
        let panel = PanelShared {
            store: store.clone(),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
            banner,
            operator,
            epoch: epoch.clone(),
            gate: gate_times,
            bell: bell.clone(),
            origin: origin.clone(),
            keys: Arc::clone(&key_keeper),
        };
        Ok(Self {
            passwords: Passwords::new(&*ids)?,
            panel: Arc::new(panel),
            key_keeper,
            gate,
            live: Arc::new(Hub::new(store.clone(), epoch, bell)),
            site: Site::embedded(),
            attempts: Attempts::default(),
            rendering: Semaphore::new(RENDERED_AT_ONCE),
            store,
            time,
            clock,
            ids,
            origin,
        })
    }

    /// Speaks to somebody who is not known.
    pub(super) fn say(&self) -> Say {
        Say::new(STRANGER.0, STRANGER.1, self.now())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn transport(&self) -> Transport {
        self.origin.transport()
    }

    /// The address that a request came from. A proxy on this computer is believed about whom it asks for.
    pub(super) fn address(&self, peer: Peer, headers: &HeaderMap) -> IpAddr {
        let Peer(peer) = peer;
        if !peer.is_loopback() {
            return peer;
        }
        let named = headers
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok());
        named
            .and_then(|list| list.rsplit(',').next()?.trim().parse().ok())
            .unwrap_or(peer)
    }
}
