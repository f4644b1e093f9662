//! Asks as a proxy does: over a few connections that stay open, about one customer after the other.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::filled::external;
use crate::now;

const CONNECTIONS: u32 = 16;
/// A step through all customers that meets each once, in no order that a cache would like.
const STEP: u64 = 618_033;

#[derive(Clone)]
pub struct Load {
    key: String,
    customers: u64,
}

impl Load {
    pub fn new(key: &str, customers: u64) -> Self {
        Self {
            key: key.to_owned(),
            customers,
        }
    }

    fn question(&self, number: u64) -> Vec<u8> {
        let customer = external(number * STEP % self.customers);
        format!(
            "GET /gate HTTP/1.1\r\nHost: panel.example.com\r\nAuthorization: Bearer {}\r\nX-Account: {customer}\r\n\
             X-Original-URI: /inbox/messages?page=2\r\nX-Forwarded-Host: app.example.com\r\n\r\n",
            self.key
        )
        .into_bytes()
    }

    /// So many questions, each connection asking again as soon as it is answered.
    pub async fn as_fast_as_possible(&self, addr: SocketAddr, questions: u32) {
        let mut clients = JoinSet::new();
        for client in 0..CONNECTIONS {
            let load = self.clone();
            clients.spawn(async move {
                let mut connection = connect(addr).await;
                for round in 0..questions / CONNECTIONS {
                    let number = u64::from(round * CONNECTIONS + client);
                    ask(&mut connection, &load.question(number)).await;
                }
            });
        }
        clients.join_all().await;
    }

    /// So many questions a second; how long each took from when it was due, shortest first: a server that falls behind
    /// makes all that follow wait.
    pub async fn at_rate(&self, addr: SocketAddr, rate: f64, during: Duration) -> Vec<Duration> {
        let begun = now();
        let apart = Duration::from_secs_f64(f64::from(CONNECTIONS) / rate);
        let mut clients = JoinSet::new();
        for client in 0..CONNECTIONS {
            let load = self.clone();
            clients.spawn(async move {
                let mut connection = connect(addr).await;
                let mut waits = Vec::new();
                let mut due = begun + apart.mul_f64(f64::from(client) / f64::from(CONNECTIONS));
                while due < begun + during {
                    // Who wakes up late by itself does not count that; who is late for want of an answer does.
                    let mut from = due;
                    if let Ok(left) = due.duration_since(now()) {
                        tokio::time::sleep(left).await;
                        from = now();
                    }
                    let number = waits.len() as u64 * u64::from(CONNECTIONS) + u64::from(client);
                    ask(&mut connection, &load.question(number)).await;
                    waits.push(since(from));
                    due += apart;
                }
                waits
            });
        }
        let mut waits = clients.join_all().await.concat();
        waits.sort();
        waits
    }
}

fn since(from: SystemTime) -> Duration {
    now().duration_since(from).unwrap_or_default()
}

async fn connect(addr: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(addr).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// Asks, and reads the head of the answer: a 204 has nothing else.
async fn ask(stream: &mut TcpStream, question: &[u8]) {
    stream.write_all(question).await.unwrap();
    let mut answer = [0; 1_024];
    let mut read = 0;
    while !answer[..read].ends_with(b"\r\n\r\n") {
        let more = stream.read(&mut answer[read..]).await.unwrap();
        assert_ne!(more, 0, "it hung up");
        read += more;
    }
    assert!(
        answer.starts_with(b"HTTP/1.1 204"),
        "{}",
        String::from_utf8_lossy(&answer[..read])
    );
}
