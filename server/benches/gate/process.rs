//! A server in a process of its own, so that its time and memory can be told from those of its clients.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use server::clock::SystemClock;
use server::gate::GateTimes;
use server::ids::OsIds;
use server::settings::{PlainHttp, PublicOrigin};
use server::store::{DatabaseUrl, Store, StoreSettings};
use server::web::{self, Parts, Time};
use tokio::net::TcpListener;
use tokio::task::block_in_place;

use crate::world::START;

/// Says to a new process of this program which server it is, and where its database is.
const ROLE: &str = "PANEL_GATE_BENCH";
const DATA: &str = "PANEL_GATE_BENCH_DATA";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bare,
    Gate,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Gate => "gate",
        }
    }
}

/// What this process is to be, if it is to be a server.
pub fn asked() -> Option<Kind> {
    let asked = std::env::var(ROLE).ok()?;
    [Kind::Bare, Kind::Gate]
        .into_iter()
        .find(|kind| kind.name() == asked)
}

/// Answers until nobody holds the other end of standard input.
pub async fn serve(kind: Kind) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    match kind {
        Kind::Bare => {
            let router = Router::new().route("/gate", get(|| async { StatusCode::NO_CONTENT }));
            tokio::spawn(async { axum::serve(listener, router).await });
        }
        Kind::Gate => {
            let folder = std::env::var(DATA).unwrap();
            let url = DatabaseUrl::Sqlite(Path::new(&folder).join("panel.db"));
            let store = Store::open(&url, &StoreSettings::new(START))
                .await
                .unwrap()
                .store;
            let parts = Parts {
                store,
                clock: Time::Fixed(Arc::new(SystemClock::default())),
                ids: Arc::new(OsIds),
                origin: PublicOrigin::of_listener(addr, PlainHttp::Refuse).unwrap(),
                operator: None,
                gate: GateTimes::default(),
            };
            std::mem::forget(web::start(listener, parts).await.unwrap());
        }
    }
    println!("{addr}");
    block_in_place(|| std::io::stdin().lines().next());
}

pub struct ServerProcess {
    child: Child,
    stdin: ChildStdin,
    pub addr: SocketAddr,
}

impl ServerProcess {
    pub fn start(kind: Kind, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(ROLE, kind.name())
            .env(DATA, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut says = BufReader::new(child.stdout.take().unwrap());
        block_in_place(|| says.read_line(&mut line)).unwrap();
        let addr = line.trim().parse().expect("a server that starts");
        Self {
            stdin: child.stdin.take().unwrap(),
            child,
            addr,
        }
    }

    /// Bytes of memory that the process has for itself.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.expect("this bench needs Linux") * 1_024
    }

    /// Seconds of processor time that the threads of the process have used.
    pub fn processor_time(&self) -> f64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let nanoseconds = threads.map(|thread| {
            let stat = std::fs::read_to_string(thread.unwrap().path().join("schedstat")).unwrap();
            let spent = stat.split_whitespace().next().unwrap();
            spent.parse::<f64>().unwrap()
        });
        nanoseconds.sum::<f64>() / 1e9
    }

    pub fn end(mut self) {
        drop(self.stdin);
        block_in_place(|| self.child.wait()).unwrap();
    }
}
