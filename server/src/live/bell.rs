//! The bell that is rung when something was written: everybody who follows the logs hears it, also who is busy just then.

use tokio::sync::watch;

/// Rung after each change that this process makes.
#[derive(Clone, Debug, Default)]
pub struct Bell(watch::Sender<()>);

/// Somebody who hears a bell.
pub struct Listener {
    rung: watch::Receiver<()>,
    _bell: Bell,
}

impl Bell {
    /// Says that something was written.
    pub fn ring(&self) {
        self.0.send_replace(());
    }

    /// Hears what is rung from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        Listener {
            rung: self.0.subscribe(),
            _bell: self.clone(),
        }
    }
}

impl Listener {
    /// Waits until it has been rung since the last time; several rings count as one.
    pub async fn heard(&mut self) {
        // It only fails without a bell, and this holds one.
        let _ = self.rung.changed().await;
    }
}
