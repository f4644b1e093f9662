//! The accept loop: connections with a bound on their number and on their patience, and a stop within seconds.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::patience::Patience;
use super::router::Panel;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Connections that may be open at once.
const MOST_CONNECTIONS: usize = 2_048;
/// How long a connection may take to send the head of a request, and may idle between two.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of a request's head.
const LARGEST_HEAD: usize = 32 * 1024;
/// How long requests that have begun may take when the panel stops.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// Serves until `stop` becomes true, then lets requests that have begun finish, for a moment.
pub async fn serve(listener: TcpListener, panel: Panel, mut stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stopped(&mut stop) => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer, slot)) => {
                let connection = connection(stream, peer, panel.clone(), stop.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(slot);
                });
            }
            // Out of file descriptors, or the visitor left while waiting: not worth the end of the panel.
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_PATIENCE, drained).await.is_err() {
        tracing::warn!("some requests were still open and have been cut off");
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that nobody is left who could ask for a stop: then there is none.
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

type Accepted = (TcpStream, IpAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> io::Result<Accepted> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, peer.ip(), slot))
}

async fn connection(
    stream: TcpStream,
    peer: IpAddr,
    panel: Panel,
    mut stop: watch::Receiver<bool>,
) {
    let service =
        service_fn(move |request| panel.answer(Peer(peer), request).map(Ok::<_, Infallible>));
    let connection = http1::Builder::new()
        .timer(Patience::default())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
