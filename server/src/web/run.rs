//! Starting the panel on a listener, and stopping it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::router::Panel;
use super::serve::serve;
use super::state::{Parts, Web};
use super::timer;
use crate::commands;
use crate::gate::Follower;

/// Why the panel did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// What is due could not be settled.
    #[error("the database did not answer: {}", super::failure::chain(.0))]
    Store(#[from] crate::error::Error),
    /// argon2 refuses.
    #[error("no password can be hashed on this computer: {0}")]
    Passwords(argon2::password_hash::Error),
    /// The public address is no origin.
    #[error("the public address cannot be used: {0}")]
    Origin(#[from] tower_http::csrf::ConfigError),
    /// The listener is gone.
    #[error("the address cannot be listened on: {0}")]
    Listener(#[from] std::io::Error),
}

/// How long closing the database may take: a disk that does not answer must not keep the panel from ending.
const CLOSE_PATIENCE: Duration = Duration::from_millis(400);

/// A panel that answers.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What its handlers use.
    pub web: Arc<Web>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    following: JoinHandle<()>,
    timer: JoinHandle<()>,
    keeping_keys: JoinHandle<()>,
    keeping_gate: JoinHandle<()>,
}

impl Running {
    /// Lets requests that have begun finish, for a moment, then ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.web.live.close();
        // What was seen at the gate is told before the database is closed; what a disk does not take in time is little.
        let telling = tokio::time::timeout(CLOSE_PATIENCE, self.keeping_gate);
        // Each task only fails by a panic, which has been reported.
        let _ = tokio::join!(self.serving, telling);
        // Closing lets go of what still waits for another process, and so do those three then.
        let closed = async {
            tokio::join!(
                self.web.store.close(),
                self.following,
                self.timer,
                self.keeping_keys
            )
        };
        if tokio::time::timeout(CLOSE_PATIENCE, closed).await.is_err() {
            tracing::warn!(
                "the database was not closed in time; nothing that was answered is lost"
            );
        }
    }
}

/// Settles what fell due while the panel was down, then answers on `listener`.
///
/// # Errors
/// [`StartError`].
pub async fn start(listener: TcpListener, parts: Parts) -> Result<Running, StartError> {
    let addr = listener.local_addr()?;
    let epoch = parts.store.stream_epoch(&*parts.ids).await?;
    let clock = parts.clock.clock();
    commands::settle_due(&parts.store, &*clock, &*parts.ids).await?;
    let follower = Follower::start(parts.store.clone(), clock, epoch.clone(), parts.gate).await?;
    let web = Web::new(parts, epoch, follower.gate()).map_err(StartError::Passwords)?;
    let web = Arc::new(web);
    web.key_keeper.refresh().await?;
    let panel = Panel::new(Arc::clone(&web))?;
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(serve(listener, panel, stopped.clone()));
    let following = tokio::spawn(Arc::clone(&web.live).run(stopped.clone()));
    let keeping_keys = tokio::spawn(Arc::clone(&web.key_keeper).run(stopped.clone()));
    let keeping_gate = tokio::spawn(follower.run(web.panel.bell.clone(), stopped.clone()));
    let timer = tokio::spawn(timer::run(Arc::clone(&web), stopped));
    Ok(Running {
        addr,
        web,
        stop,
        serving,
        following,
        timer,
        keeping_keys,
        keeping_gate,
    })
}
