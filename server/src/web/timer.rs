//! What happens by itself: suspensions that fall due.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::failure::chain;
use super::state::Web;
use crate::commands;

/// Half of the second within which a due end takes effect.
const PERIOD: Duration = Duration::from_millis(500);

/// Settles what falls due until `stop` becomes true.
pub(super) async fn run(web: Arc<Web>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            _ = ticks.tick() => {}
        }
        match commands::settle_due(&web.store, &*web.clock, &*web.ids).await {
            Ok(0) => {}
            Ok(_) => web.panel.bell.ring(),
            Err(error) => {
                tracing::error!(cause = %chain(&error), "what was due was not settled")
            }
        }
    }
}
