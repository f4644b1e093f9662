//! A server in a process of its own, so that its memory can be told from that of its clients.

use std::io::{BufRead as _, BufReader, Lines, Stdin, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::task::block_in_place;

/// Says to a new process of this program which server it is.
const ROLE: &str = "PANEL_LIVE_BENCH";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bare,
    Panel,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Bare => "bare",
            Kind::Panel => "panel",
        }
    }

    /// What this process is to be, if it is to be a server.
    pub fn asked() -> Option<Kind> {
        let asked = std::env::var(ROLE).ok()?;
        [Kind::Bare, Kind::Panel]
            .into_iter()
            .find(|kind| kind.name() == asked)
    }
}

/// Where a server listens, and as whom one listens to it.
pub struct Listening {
    pub addr: String,
    pub cookie: String,
}

pub struct ServerProcess {
    child: Child,
    says: Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
    pub listening: Listening,
}

impl ServerProcess {
    pub fn start(kind: Kind) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(ROLE, kind.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let hears = child.stdin.take().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = block_in_place(|| says.next()).expect("a server that starts");
        let first = first.unwrap();
        let (addr, cookie) = first.split_once(' ').unwrap();
        let listening = Listening {
            addr: addr.to_owned(),
            cookie: cookie.to_owned(),
        };
        Self {
            child,
            says,
            hears,
            listening,
        }
    }

    /// Bytes of memory that the process has for itself.
    pub fn memory(&self) -> u64 {
        let id = self.child.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes: u64 = line
            .and_then(|line| line.split_whitespace().next())
            .and_then(|kilobytes| kilobytes.parse().ok())
            .expect("this bench needs Linux");
        kilobytes * 1_024
    }

    /// Lets it make a change; answers when that began.
    pub fn change(&mut self) -> SystemTime {
        self.hears.write_all(b"change\n").unwrap();
        let line = block_in_place(|| self.says.next()).unwrap().unwrap();
        UNIX_EPOCH + Duration::from_nanos(line.parse().unwrap())
    }

    pub fn end(mut self) {
        drop(self.hears);
        block_in_place(|| self.child.wait()).unwrap();
    }
}

/// The other side: says where it listens, then makes a change whenever it is asked, until nobody can ask any more.
pub struct Orders(Lines<BufReader<Stdin>>);

impl Orders {
    pub fn listening(addr: &str, cookie: &str) -> Self {
        println!("{addr} {cookie}");
        Self(BufReader::new(std::io::stdin()).lines())
    }

    pub fn next(&mut self) -> bool {
        block_in_place(|| self.0.next()).is_some()
    }

    /// What was asked for begins now: somebody has clicked.
    pub fn begun(&self) {
        let at = crate::now().duration_since(UNIX_EPOCH).unwrap();
        println!("{}", at.as_nanos());
    }
}
