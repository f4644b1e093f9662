//! The other end of the streams: a small client, so that most of what is measured is the server.

use std::time::SystemTime;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::now;
use crate::server_process::Listening;

/// Open streams.
pub struct Listeners {
    count: usize,
    heard: UnboundedReceiver<Heard>,
}

enum Heard {
    Opened,
    Change(SystemTime),
    Ended,
}

/// So many come at once.
const TOGETHER: usize = 20;

/// Opens so many streams, as many together as would come at once; each has heard something when this returns.
pub async fn open(at: &Listening, count: usize) -> Listeners {
    let (tell, mut heard) = unbounded_channel();
    let mut coming = 0;
    for number in 1..=count {
        let mut stream = TcpStream::connect(&at.addr).await.unwrap();
        let request = format!(
            "GET /live HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept: text/event-stream\r\n\r\n",
            at.addr, at.cookie
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        tokio::spawn(listen(stream, tell.clone()));
        coming += 1;
        if coming == TOGETHER || number == count {
            for _ in 0..std::mem::take(&mut coming) {
                assert!(matches!(heard.recv().await, Some(Heard::Opened)));
            }
        }
    }
    Listeners { count, heard }
}

impl Listeners {
    /// Waits until everybody has heard of a change; answers when each did.
    pub async fn all_hear(&mut self) -> Vec<SystemTime> {
        let mut times = Vec::with_capacity(self.count);
        while times.len() < self.count {
            match self.heard.recv().await.expect("streams that stay open") {
                Heard::Change(at) => times.push(at),
                Heard::Opened | Heard::Ended => panic!("a stream that did not stay open"),
            }
        }
        times
    }
}

async fn listen(mut stream: TcpStream, tell: UnboundedSender<Heard>) {
    let mut buffer = [0; 2_048];
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or_default();
        let at = now();
        if read == 0 {
            let _ = tell.send(Heard::Ended);
            return;
        }
        let text = String::from_utf8_lossy(&buffer[..read]);
        if text.contains("event: resync") {
            let _ = tell.send(Heard::Opened);
        }
        if text.contains("event: change") {
            let _ = tell.send(Heard::Change(at));
        }
    }
}
