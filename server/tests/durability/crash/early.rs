//! A panel that answers before it commits: the control that shows that the crash loop would notice.
//!
//! It stands between the clients and the real binary, promises everything at once and hands it on in order. It ends with
//! the binary. So there is no such panel in the product that could be switched on.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

type Promise = (Uri, HeaderMap, Bytes);

/// A listening one; ends when dropped.
pub struct Early {
    pub origin: String,
    _tasks: JoinSet<()>,
}

impl Early {
    pub async fn before(panel: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (promised, promises) = mpsc::channel(64);
        let router = Router::new().fallback(promise).with_state(promised);
        let mut tasks = JoinSet::new();
        tasks.spawn(keep(panel.to_owned(), promises));
        tasks.spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            origin,
            _tasks: tasks,
        }
    }
}

async fn promise(
    State(promised): State<mpsc::Sender<Promise>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match promised.send((uri, headers, body)).await {
        Ok(()) => StatusCode::SEE_OTHER.into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

async fn keep(panel: String, mut promises: mpsc::Receiver<Promise>) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let http = http.build().unwrap();
    while let Some((uri, mut headers, body)) = promises.recv().await {
        headers.remove("host");
        let request = http
            .post(format!("{panel}{uri}"))
            .headers(headers)
            .body(body);
        if request.send().await.is_err() {
            return;
        }
    }
}
