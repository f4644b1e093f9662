//! What an answer is read from: a state of the store of its own, or one that several answers share.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use app::service::PanelService;
use tokio::sync::{Mutex, OnceCell, OwnedMutexGuard};

use super::Panel;
use crate::error::Error;
use crate::store::Tx;

/// One state of the store, for all that is asked of a service while it lives: the one that there is when it is asked first. It
/// holds a connection from then on, so that nothing may wait for another one: where all are held, nobody would get one.
#[derive(Clone, Default)]
pub(super) struct Snapshot(Arc<OnceCell<Arc<Mutex<Tx>>>>);

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
    /// The state that this service reads from.
    pub(super) async fn reading(&self) -> Result<Reading, Error> {
        match &self.snapshot {
            Some(Snapshot(state)) => {
                let begin = async || -> Result<_, Error> {
                    let tx = self.shared.store.read().await?;
                    Ok(Arc::new(Mutex::new(tx)))
                };
                let tx = Arc::clone(state.get_or_try_init(begin).await?);
                Ok(Reading::Shared(tx.lock_owned().await))
            }
            None => Ok(Reading::Own(self.shared.store.read().await?)),
        }
    }

    /// The same service, whose answers share a snapshot.
    pub(super) fn answer_at_once(&self) -> Arc<dyn PanelService> {
        Arc::new(Panel {
            snapshot: Some(Snapshot::default()),
            ..self.clone()
        })
    }
}
