//! The bell that is rung when something was written, and the turns of those who follow the logs.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// How often the store is looked at though nobody has rung: another process may have written.
pub const LOOK: Duration = Duration::from_millis(400);

/// Rung after each change that this process makes.
#[derive(Clone, Debug, Default)]
pub struct Bell(watch::Sender<()>);

/// When to look at the logs: at the start, when the bell was rung, and every now and then.
pub struct Turns {
    rung: watch::Receiver<()>,
    ticks: Interval,
    stop: watch::Receiver<bool>,
    _bell: Bell,
}

impl Bell {
    /// Says that something was written.
    pub fn ring(&self) {
        self.0.send_replace(());
    }

    /// Hears what is rung from now on, until `stop` becomes true.
    #[must_use]
    pub fn turns(&self, stop: watch::Receiver<bool>) -> Turns {
        let mut ticks = interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Turns {
            rung: self.0.subscribe(),
            ticks,
            stop,
            _bell: self.clone(),
        }
    }
}

impl Turns {
    /// Waits for the next turn, also where it was rung while the last one was at work; several rings count as one. `None`
    /// when there is none any more.
    pub async fn next(&mut self) -> Option<()> {
        tokio::select! {
            _ = self.stop.wait_for(|stop| *stop) => None,
            // It only fails without a bell, and this holds one.
            _ = self.rung.changed() => Some(()),
            _ = self.ticks.tick() => Some(()),
        }
    }
}
