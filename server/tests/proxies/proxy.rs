//! A proxy as a child of this process, with what `docs/connect` shows, in a temporary folder.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use reqwest::{Client, Response, StatusCode, redirect};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Where `cargo xtask test` puts Debian's packages, unpacked and not installed: no service is started.
const UNPACKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/xtask/proxies");
/// Names another folder.
const PROXIES: &str = "PARTNER_PANEL_PROXIES";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Caddy,
}

/// A running proxy; it ends with the test.
pub struct Proxy {
    child: Child,
    addr: SocketAddr,
    client: Client,
    _folder: TempDir,
}

impl Proxy {
    /// Starts it before a site, with a key of a panel.
    pub async fn start(kind: Kind, panel: SocketAddr, site: SocketAddr, key: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let addr = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let child = match kind {
            Kind::Nginx => nginx(folder.path(), addr, panel, site, key),
            Kind::Caddy => caddy(folder.path(), addr, panel, site, key),
        };
        let mut proxy = Self {
            child,
            addr,
            client: Client::builder()
                .redirect(redirect::Policy::none())
                .build()
                .unwrap(),
            _folder: folder,
        };
        proxy.listens().await;
        proxy
    }

    async fn listens(&mut self) {
        for _ in 0..500 {
            if TcpStream::connect(self.addr).await.is_ok() {
                return;
            }
            assert!(
                self.child.try_wait().unwrap().is_none(),
                "it ended: {:?}",
                self.child
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it does not listen");
    }

    pub async fn get(&self, host: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = self
            .client
            .get(format!("http://{}{path}", self.addr))
            .header("host", host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    /// Asks for a path as it is written: clients put some in order before they ask.
    pub async fn raw(&self, host: &str, path: &str) -> StatusCode {
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).into_owned();
        status.parse().unwrap()
    }
}

/// A port that nobody listens at, and below those that the system gives away: what begins to listen at once would
/// otherwise be given the one that a proxy is about to take.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = std::process::id() % 100 * 100;
    loop {
        let next = u32::from(NEXT.fetch_add(1, Ordering::Relaxed) % 1_000);
        let port = 20_000 + u16::try_from(begin + next).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // nginx ends its workers only when it is asked to end.
        let _ = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
    }
}

/// What a file of `docs/connect` says, filled in; every place must be there.
fn filled(file: &str, places: &[(&str, String)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs/connect")
        .join(file);
    let mut text = std::fs::read_to_string(path).unwrap();
    for (place, value) in places {
        assert!(text.contains(place), "{file} does not say {place}");
        text = text.replace(place, value);
    }
    text
}

fn program(name: &str) -> PathBuf {
    let unpacked = std::env::var_os(PROXIES).map_or_else(|| PathBuf::from(UNPACKED), PathBuf::from);
    let places = ["usr/sbin", "usr/bin"].map(|place| unpacked.join(place).join(name));
    let installed = ["/usr/sbin", "/usr/bin"].map(|place| Path::new(place).join(name));
    let found = places
        .into_iter()
        .chain(installed)
        .find(|path| path.exists());
    found.unwrap_or_else(|| panic!("there is no {name}; `cargo xtask test --only rust` gets it"))
}

fn nginx(folder: &Path, addr: SocketAddr, panel: SocketAddr, site: SocketAddr, key: &str) -> Child {
    let server = filled(
        "nginx.conf",
        &[
            ("server panel.example.com:443;", format!("server {panel};")),
            ("https://panel/", "http://panel/".to_owned()),
            ("pp_live_YOUR_KEY", key.to_owned()),
            ("listen 80;", format!("listen {addr};")),
            ("http://127.0.0.1:8080", format!("http://{site}")),
        ],
    );
    std::fs::write(folder.join("site.conf"), server).unwrap();
    let main = "daemon off; worker_processes 1; pid nginx.pid; error_log error.log;\n\
                events { worker_connections 256; }\n\
                http { access_log off; client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; \
                uwsgi_temp_path tmp; scgi_temp_path tmp; include site.conf; }\n";
    std::fs::write(folder.join("nginx.conf"), main).unwrap();
    let user = if is_root() { "user root;" } else { "" };
    Command::new(program("nginx"))
        .arg("-p")
        .arg(folder)
        .args(["-c", "nginx.conf", "-e", "error.log", "-g", user])
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

fn caddy(folder: &Path, addr: SocketAddr, panel: SocketAddr, site: SocketAddr, key: &str) -> Child {
    let server = filled(
        "Caddyfile",
        &[
            (
                "*.app.example.com {",
                format!(
                    "http://*.app.example.com:{} {{\n\tbind 127.0.0.1",
                    addr.port()
                ),
            ),
            ("https://panel.example.com", format!("http://{panel}")),
            ("pp_live_YOUR_KEY", key.to_owned()),
            ("127.0.0.1:8080", site.to_string()),
        ],
    );
    let text = format!("{{\n\tadmin off\n\tauto_https off\n}}\n\n{server}");
    std::fs::write(folder.join("Caddyfile"), text).unwrap();
    let log = std::fs::File::create(folder.join("log")).unwrap();
    Command::new(program("caddy"))
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(folder.join("Caddyfile"))
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}
