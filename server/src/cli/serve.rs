//! `serve`

use std::io::{ErrorKind, IsTerminal as _};
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use domain::time::MINUTE;
use tokio::net::TcpListener;

use super::audit::keeper;
use super::database::{Missing, open};
use super::signals::Signals;
use super::transfer::draw;
use super::{Complaint, World, table};
use crate::audit::Signing;
use crate::demo::{self, Demo};
use crate::gate::GateTimes;
use crate::settings::{PlainHttp, PublicOrigin};
use crate::store::Store;
use crate::web::{self, MovableClock, Parts, Time};

/// Serving the panel.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, value_name = "HOST:PORT", env = "PARTNER_PANEL_ADDR", default_value = "127.0.0.1:3000", value_parser = address)]
    addr: SocketAddr,
    /// Where people reach the panel, such as https://panel.example.com [default: the address it listens on]
    #[arg(long, value_name = "URL", env = "PARTNER_PANEL_PUBLIC_URL")]
    public_url: Option<String>,
    /// Serve other machines without encryption; every page then carries a warning
    #[arg(long)]
    insecure_http: bool,
    /// What the panel calls you, the operator, where you have acted yourself
    #[arg(long, value_name = "NAME", env = "PARTNER_PANEL_OPERATOR")]
    operator: Option<String>,
    /// For how many minutes the gate answers by what it last knew when the database is away; then it lets nobody in
    #[arg(
        long,
        value_name = "MINUTES",
        env = "PARTNER_PANEL_GATE_STALE",
        default_value_t = 10
    )]
    gate_stale: u16,
    /// Fill an empty database with three partners to try things on
    #[arg(long)]
    demo: bool,
    /// Password of the demo's users [default: random, kept in the data folder]
    #[arg(long, hide = true, env = "PANEL_DEMO_PASSWORD", hide_env_values = true)]
    demo_password: Option<String>,
    /// Let tests of the panel move its clock
    #[arg(long, hide = true, env = "PARTNER_PANEL_TEST_CLOCK", value_parser = clap::builder::FalseyValueParser::new())]
    test_clock: bool,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let found = text
        .to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next());
    found.ok_or_else(|| "an address is a host with a port, such as 127.0.0.1:3000".to_owned())
}

impl Serve {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        log();
        let listener = self.listen().await?;
        let addr = listener
            .local_addr()
            .map_err(|error| Complaint::of(&error))?;
        let plain = if self.insecure_http {
            PlainHttp::Accept
        } else {
            PlainHttp::Refuse
        };
        let origin = match &self.public_url {
            Some(url) => PublicOrigin::parse(url, plain),
            None => PublicOrigin::of_listener(addr, plain),
        };
        let origin = origin.map_err(|error| Complaint::of(&error))?;
        let store = open(world, Missing::Make).await?;
        let time = if self.test_clock {
            Time::Movable(Arc::new(MovableClock::default()))
        } else {
            Time::Fixed(Arc::clone(&world.clock) as _)
        };
        let demo = if self.demo {
            Some(self.fill(world, &store, &time).await?)
        } else {
            None
        };
        let empty = store.read().await?.partners().await?.is_empty();
        let keeper = keeper(world, &store).await?;
        let clock = time.clock();
        let parts = Parts {
            store,
            clock: time,
            ids: Arc::clone(&world.ids) as _,
            origin: origin.clone(),
            operator: self.operator.clone(),
            gate: GateTimes {
                stale: i64::from(self.gate_stale) * MINUTE,
                ..GateTimes::default()
            },
        };
        let running = web::start(listener, parts)
            .await
            .map_err(|error| Complaint::of(&error))?;
        let signing = Signing::start(keeper, clock);
        let mut signals = Signals::listen().map_err(|error| Complaint::of(&error))?;
        println!("listening on {}", heard_at(&self, addr, &origin));
        if let Some(demo) = demo {
            show(&demo);
        } else if empty {
            println!(
                "There is no partner yet. Add one: partner-panel partner add NAME --currency EUR"
            );
        }
        signals.next().await;
        eprintln!("stopping");
        let stopped = async { tokio::join!(signing.stop(), running.stop()) };
        tokio::select! {
            _ = stopped => Ok(ExitCode::SUCCESS),
            // A second signal does not wait.
            () = signals.next() => Ok(ExitCode::FAILURE),
        }
    }

    async fn listen(&self) -> Result<TcpListener, Complaint> {
        let addr = self.addr;
        TcpListener::bind(addr).await.map_err(|error| {
            Complaint::new(match error.kind() {
                ErrorKind::AddrInUse => format!(
                    "{addr} is taken by another program; choose another with --addr HOST:PORT"
                ),
                ErrorKind::PermissionDenied => format!(
                    "{addr} may not be used by this user; choose another with --addr HOST:PORT"
                ),
                _ => format!(
                    "{addr} cannot be listened on ({error}); choose another with --addr HOST:PORT"
                ),
            })
        })
    }

    async fn fill(&self, world: &World, store: &Store, time: &Time) -> Result<Demo, Complaint> {
        let password = self
            .demo_password
            .clone()
            .filter(|password| !password.is_empty());
        let mut progress = |progress| draw(progress, "customers of the demo");
        let (data, clock) = (&world.place.data, time.clock());
        let filled = demo::ensure(store, data, password, &*clock, &*world.ids, &mut progress).await;
        filled.map_err(|error| Complaint::new(error.to_string()))
    }
}

/// Where a browser on this computer finds the panel, unless there is a public address.
fn heard_at(serve: &Serve, addr: SocketAddr, origin: &PublicOrigin) -> String {
    match &serve.public_url {
        Some(_) => format!("http://{addr} as {}", origin.text()),
        None => format!("http://{addr}"),
    }
}

fn show(demo: &Demo) {
    let rows: Vec<[String; 4]> = demo
        .sign_ins
        .iter()
        .map(|one| [one.partner, one.role.code(), one.name, one.email].map(str::to_owned))
        .collect();
    println!();
    for line in table::lines(["Partner", "Role", "Name", "E-mail"], &rows) {
        println!("  {line}");
    }
    println!();
    println!("  Password of all of them: {}", demo.password);
    println!();
    println!("  Three things to try:");
    for (number, thing) in demo.things_to_try.iter().enumerate() {
        println!("  {}. {thing}", number + 1);
    }
}

fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PARTNER_PANEL_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,server=info"));
    // Set by a test before: then that one stays.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}
