//! SQLite's write-ahead log, read from outside: <https://sqlite.org/fileformat2.html#walformat>.

use std::path::Path;

use server::store::DatabaseUrl;

use crate::world::World;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// How many transactions were committed into the log since it last began anew.
pub fn commits(world: &World) -> usize {
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("only SQLite has this log")
    };
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    read(&std::fs::read(Path::new(&name)).unwrap())
}

fn read(log: &[u8]) -> usize {
    let Some(header) = log.get(..HEADER) else {
        return 0;
    };
    let page = number(&header[8..]) as usize;
    let salts = &header[16..24];
    log[HEADER..]
        .chunks_exact(FRAME_HEADER + page)
        // What was written before the log began anew has other salts.
        .take_while(|frame| &frame[8..16] == salts)
        // Only the last frame of a transaction says how large the database is then.
        .filter(|frame| number(&frame[4..]) != 0)
        .count()
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}
