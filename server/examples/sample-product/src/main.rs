//! A small product of somebody's, guarded by the panel the way `docs/connect.md` shows: open it as any customer, suspend
//! that customer in the panel, and watch.

mod desk;
#[path = "../../../../docs/connect/axum.rs"]
mod gate;
mod page;
mod session;

use std::{error::Error, net::SocketAddr, os::unix::process::parent_id, time::Duration};

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use clap::Parser;
use tokio::{net::TcpListener, time::sleep};

use gate::{Gate, guard};

/// A sample product behind the panel's gate
#[derive(Debug, Parser)]
struct Options {
    /// Where the panel is
    #[arg(long, value_name = "URL")]
    panel: String,
    /// Where to listen
    #[arg(long, value_name = "HOST:PORT")]
    addr: SocketAddr,
    /// A key whose customers are found by the header X-Account
    #[arg(long, env = "PARTNER_PANEL_KEY", hide_env_values = true)]
    key: String,
    /// Customers to offer at the entrance, by external id
    #[arg(long = "customer", value_name = "ID")]
    customers: Vec<String>,
    /// End as soon as the program that started this one does
    #[arg(long)]
    with_parent: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let gate = Gate::new(&options.panel, options.key, session::customer)?;
    let guarded = Router::new()
        .route("/desk", get(desk::desk))
        .route("/desk/still-here", get(desk::still_here))
        .route("/billing", get(desk::billing))
        .layer(from_fn_with_state(gate, guard));
    let app = Router::new()
        .route("/", get(session::entrance))
        .route("/sign-in", post(session::sign_in))
        .route("/sign-out", post(session::sign_out))
        .with_state(options.customers.into())
        .merge(guarded);
    let listener = TcpListener::bind(options.addr).await?;
    println!("sample product on http://{}", listener.local_addr()?);
    let serving = axum::serve(listener, app).into_future();
    tokio::select! {
        ended = serving => ended?,
        () = orphaned(), if options.with_parent => {}
    }
    Ok(())
}

/// Waits until the program that started this one is gone.
async fn orphaned() {
    let parent = parent_id();
    while parent_id() == parent {
        sleep(Duration::from_millis(500)).await;
    }
}
