//! Signing in the background, beside a server.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use super::keeper::Keeper;
use crate::clock::Clock;

/// How often is looked whether something is to be signed.
const PERIOD: Duration = Duration::from_secs(1);

/// A keeper at work.
pub struct Signing {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Signing {
    /// Signs from now on.
    #[must_use]
    pub fn start(keeper: Keeper, clock: Arc<dyn Clock>) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self {
            stop,
            task: tokio::spawn(run(keeper, clock, stopped)),
        }
    }

    /// Signs the rest and ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It only fails by a panic, which has been reported.
        let _ = self.task.await;
    }
}

async fn run(mut keeper: Keeper, clock: Arc<dyn Clock>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let stopped = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => true,
            _ = ticks.tick() => false,
        };
        let signed = if stopped {
            keeper.sign_all(None, clock.now()).await
        } else {
            keeper.sign_due(clock.now()).await
        };
        if let Err(error) = signed {
            tracing::error!(cause = %error, "the log was not signed");
        }
        if stopped {
            return;
        }
    }
}
