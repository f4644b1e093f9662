//! A PostgreSQL of our own: one cluster for a test binary, in a temporary folder, on a Unix socket, gone when the
//! binary ends.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// The end of its standard input ends the server: when this process is gone, however it went, so is the pipe.
const RUN: &str = r#"
"$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=300 >"$DIR/log" 2>&1 </dev/null &
server=$!
read -r _ || true
kill -QUIT $server
wait $server
rm -rf "$DIR" || { sleep 1; rm -rf "$DIR"; }
"#;

struct Cluster {
    folder: PathBuf,
    _server: Child,
    _stdin: ChildStdin,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub async fn new_database() -> String {
    let cluster = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start))
        .await
        .unwrap();
    let name = format!("panel_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut administrator = connect(&address(&cluster.folder, "postgres")).await;
    administrator
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    administrator.close().await.unwrap();
    address(&cluster.folder, &name)
}

fn address(folder: &Path, database: &str) -> String {
    format!(
        "postgres://panel@localhost/{database}?host={}",
        folder.display()
    )
}

/// A server that has just been started may not answer yet.
async fn connect(address: &str) -> PgConnection {
    for _ in 0..200 {
        match PgConnection::connect(address).await {
            Ok(connection) => return connection,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    panic!("the test's PostgreSQL does not answer at {address}");
}

fn start() -> Cluster {
    let binaries = binaries();
    let folder = tempfile::Builder::new()
        .prefix("panel-pg-")
        .tempdir()
        .unwrap()
        .keep();
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(&folder));
    }
    // A linguistic order as default, so that a comparison that should be bytewise and is not gets noticed.
    let mut initdb = unprivileged(&binaries.join("initdb"));
    initdb.args([
        "--auth=trust",
        "--username=panel",
        "--encoding=UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    ]);
    initdb
        .args(["--locale-provider=icu", "--icu-locale=en-US", "-D"])
        .arg(folder.join("data"));
    run(&mut initdb);
    let mut shell = unprivileged(Path::new("sh"));
    shell
        .args(["-c", RUN])
        .env("BIN", &binaries)
        .env("DIR", &folder)
        .stdin(Stdio::piped());
    let mut server = shell.current_dir("/").spawn().unwrap();
    let stdin = server.stdin.take().unwrap();
    Cluster {
        folder,
        _server: server,
        _stdin: stdin,
    }
}

fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = versions.max_by_key(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .parse::<u32>()
            .unwrap_or(0)
    });
    newest
        .map(|entry| entry.path().join("bin"))
        .expect("PostgreSQL is not installed (Debian: apt install postgresql)")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// PostgreSQL refuses to run as root.
fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            "--",
        ])
        .arg(program);
    command
}

fn run(command: &mut Command) {
    let output = command.current_dir("/").output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
