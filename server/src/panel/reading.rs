//! What an answer is read from: a state of the store of its own, or one that several answers share.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use app::error::PanelError;
use app::service::PanelService;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::Panel;
use crate::error::Error;
use crate::store::Tx;

/// One state of the store, for all that is asked of a service while it lives.
pub(super) type Snapshot = Arc<Mutex<Tx>>;

/// One consistent state of the store.
pub(super) enum Reading {
    /// As it is now.
    Own(Tx),
    /// As it was when the snapshot was taken.
    Shared(OwnedMutexGuard<Tx>),
}

impl Deref for Reading {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        match self {
            Reading::Own(tx) => tx,
            Reading::Shared(tx) => tx,
        }
    }
}

impl DerefMut for Reading {
    fn deref_mut(&mut self) -> &mut Tx {
        match self {
            Reading::Own(tx) => tx,
            Reading::Shared(tx) => tx,
        }
    }
}

impl Panel {
    pub(super) async fn reading(&self) -> Result<Reading, Error> {
        match &self.snapshot {
            Some(snapshot) => Ok(Reading::Shared(Arc::clone(snapshot).lock_owned().await)),
            None => Ok(Reading::Own(self.shared.store.read().await?)),
        }
    }

    pub(super) async fn answer_at_once(&self) -> Result<Arc<dyn PanelService>, PanelError> {
        let tx = self.shared.store.read().await;
        let tx = tx.map_err(|error| self.failed(error))?;
        Ok(Arc::new(Panel {
            snapshot: Some(Arc::new(Mutex::new(tx))),
            ..self.clone()
        }))
    }
}
