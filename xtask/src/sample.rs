//! The sample product that `serve` starts beside the panel: what a customer of a partner uses.

use std::{
    env,
    ffi::OsString,
    fs::{self, OpenOptions},
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream, ToSocketAddrs as _},
    os::unix::{fs::OpenOptionsExt as _, process::parent_id},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    serve::{DATA, become_program},
    steps::capture,
    workspace::Workspace,
};

/// The command of this program that [`start`] begins another process with.
pub const COMMAND: &str = "sample-product";

/// Customers of the demo that are offered at the entrance: of two partners.
const CUSTOMERS: [&str; 4] = ["K-0001", "K-0002", "K-0005", "HF0001"];

/// Begins it in a process of its own, which waits for the panel and ends with this one. `place` says where the panel's data
/// are.
pub fn start(addr: &str, place: &[(&str, OsString)]) -> Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    let command = command.arg(COMMAND).arg(addr);
    let child = command.envs(place.iter().cloned()).spawn();
    child.context("the sample product could not be started")
}

/// Waits until the panel answers at `addr`, gets a key for the product, and becomes it.
pub fn become_product(workspace: &Workspace, addr: &str) -> Result<ExitCode> {
    let panel = address(addr)?;
    wait_for(panel)?;
    let data = env::var_os(DATA).with_context(|| format!("{DATA} is not set"))?;
    let key = key(workspace, data.as_ref())?;
    let Some(port) = panel.port().checked_add(1) else {
        bail!("there is no port after {}", panel.port());
    };
    let mut command = Command::new(workspace.sample_product());
    command
        .args(["--panel", &format!("http://{panel}"), "--with-parent"])
        .args(["--addr", &SocketAddr::new(panel.ip(), port).to_string()])
        .args(
            CUSTOMERS
                .iter()
                .flat_map(|customer| ["--customer", customer]),
        )
        .env("PARTNER_PANEL_KEY", key);
    become_program(&mut command)
}

fn address(addr: &str) -> Result<SocketAddr> {
    let mut found = addr.to_socket_addrs()?;
    found
        .next()
        .with_context(|| format!("{addr} is no address"))
}

/// The panel listens before its demo is there, but answers only then.
fn wait_for(panel: SocketAddr) -> Result<()> {
    let parent = parent_id();
    while hear(panel).is_err() {
        ensure!(parent_id() == parent, "the panel has ended");
        sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn hear(panel: SocketAddr) -> io::Result<()> {
    let mut stream = TcpStream::connect(panel)?;
    stream.write_all(b"HEAD / HTTP/1.0\r\n\r\n")?;
    stream.read_exact(&mut [0])
}

/// The key of the last time while it is good, else a new one.
fn key(workspace: &Workspace, data: &Path) -> Result<String> {
    let panel = |arguments: &[&str]| {
        let mut command = Command::new(workspace.binary());
        capture(command.args(arguments))
    };
    let file: PathBuf = data.join("sample-product.key");
    let listed = panel(&["key", "list", "--operator"])?;
    if let Ok(last) = fs::read_to_string(&file) {
        let begins = last.trim().get(..16).unwrap_or_default();
        let mut good = listed.lines().filter(|line| line.contains("expires "));
        if !begins.is_empty() && good.any(|line| line.contains(begins)) {
            return Ok(last.trim().to_owned());
        }
    }
    let made = [
        "key",
        "create",
        "--operator",
        "Sample product",
        "--scope",
        "gate",
    ];
    let open = ["--open", "/billing"];
    let key = panel(&[&made[..], &open[..]].concat())?;
    write_private(&file, &key)?;
    Ok(key.trim().to_owned())
}

/// Whoever has the key can ask about every customer.
fn write_private(file: &Path, key: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    options.open(file)?.write_all(key.as_bytes())
}
