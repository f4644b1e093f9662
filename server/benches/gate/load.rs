//! Asks as a proxy does: over a few connections that stay open, about one customer after the other.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use crate::filled::external;
use crate::now;

const CONNECTIONS: u32 = 16;
/// A step through all customers that meets each once, in no order that a cache would like.
const STEP: u64 = 618_033;

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
    pub fn as_fast_as_possible(&self, addr: SocketAddr, questions: u32) {
        each_connection(addr, |mut stream, client| {
            for round in 0..questions / CONNECTIONS {
                let number = u64::from(round * CONNECTIONS + client);
                ask(&mut stream, &self.question(number));
            }
        });
    }

    /// So many questions a second; how long each took from when it was due, shortest first: a server that falls behind
    /// makes all that follow wait.
    pub fn at_rate(&self, addr: SocketAddr, rate: f64, during: Duration) -> Vec<Duration> {
        let begun = now();
        let apart = Duration::from_secs_f64(f64::from(CONNECTIONS) / rate);
        let waits = each_connection(addr, |mut stream, client| {
            let mut waits = Vec::new();
            let mut due = begun + apart.mul_f64(f64::from(client) / f64::from(CONNECTIONS));
            while due < begun + during {
                // Who wakes up late by itself does not count that; who is late for want of an answer does.
                if let Ok(left) = due.duration_since(now()) {
                    thread::sleep(left);
                    due = now();
                }
                let number = waits.len() as u64 * u64::from(CONNECTIONS) + u64::from(client);
                ask(&mut stream, &self.question(number));
                waits.push(now().duration_since(due).unwrap_or_default());
                due += apart;
            }
            waits
        });
        let mut waits = waits.concat();
        waits.sort();
        waits
    }
}

/// Does it over every connection at once, in a thread of its own: a runtime's clock ticks once in a millisecond, in which
/// a server answers a hundred questions.
fn each_connection<T: Send>(addr: SocketAddr, work: impl Fn(TcpStream, u32) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let clients = (0..CONNECTIONS).map(|client| {
            scope.spawn(move || {
                let stream = TcpStream::connect(addr).unwrap();
                stream.set_nodelay(true).unwrap();
                work(stream, client)
            })
        });
        let clients: Vec<_> = clients.collect();
        let done = clients.into_iter().map(|client| client.join().unwrap());
        done.collect()
    })
}

/// Asks, and reads the head of the answer: a 204 has nothing else.
fn ask(stream: &mut TcpStream, question: &[u8]) {
    stream.write_all(question).unwrap();
    let mut answer = [0; 1_024];
    let mut read = 0;
    while !answer[..read].ends_with(b"\r\n\r\n") {
        let more = stream.read(&mut answer[read..]).unwrap();
        assert_ne!(more, 0, "it hung up");
        read += more;
    }
    assert!(
        answer.starts_with(b"HTTP/1.1 204"),
        "{}",
        String::from_utf8_lossy(&answer[..read])
    );
}
