//! Writing a partner's log for somebody who wants to check it without this program.

use std::io::Write as _;
use std::path::Path;

use domain::PartnerId;
use serde::Serialize;

use super::key::PublicKey;
use crate::export::{Draft, ExportError, Sheet, make_folder};
use crate::store::{RawEvent, Store};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Events.
    pub events: u64,
    /// Checkpoints.
    pub checkpoints: u64,
}

/// A line of `events.jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    partner: &'a PartnerId,
    #[serde(flatten)]
    event: &'a RawEvent,
}

const HEADING: [&str; 14] = [
    "partner",
    "seq",
    "command",
    "customer",
    "at",
    "actor_kind",
    "actor_id",
    "kind",
    "format",
    "body",
    "private",
    "salt",
    "previous",
    "hash",
];

fn cells(partner: &PartnerId, event: &RawEvent) -> [String; HEADING.len()] {
    let RawEvent {
        seq,
        command,
        customer,
        at,
        actor_kind,
        actor_id,
        kind,
        format,
        body,
        private,
        salt,
        previous,
        hash,
    } = event.clone();
    [
        partner.to_string(),
        seq.to_string(),
        command,
        customer,
        at.to_string(),
        actor_kind,
        actor_id.unwrap_or_default(),
        kind,
        format.to_string(),
        body,
        private.unwrap_or_default(),
        salt.unwrap_or_default(),
        previous,
        hash,
    ]
}

/// Writes `events.jsonl`, `events.csv` (the same), `checkpoints.jsonl` and `audit-key.pem` into `folder`, which is made
/// when it is missing. All show the same moment; files of these names are replaced.
///
/// # Errors
/// When a file cannot be written, or the store cannot be read.
pub async fn export(
    store: &Store,
    key: &PublicKey,
    partner: &PartnerId,
    folder: &Path,
) -> Result<Exported, ExportError> {
    make_folder(folder)?;
    let mut tx = store.read().await?;
    let mut exported = Exported::default();
    let mut lines = Draft::create(folder, "events.jsonl")?;
    let heading = HEADING.map(str::to_owned).into_iter();
    let mut sheet = Sheet::create(folder, "events.csv", heading)?;
    loop {
        let events = tx.raw_events(partner, exported.events).await?;
        let Some(last) = events.last() else { break };
        exported.events = last.seq;
        for event in &events {
            write_line(&mut lines, &Line { partner, event })?;
            sheet.line(&cells(partner, event))?;
        }
    }
    lines.finish()?;
    sheet.finish()?;
    let mut lines = Draft::create(folder, "checkpoints.jsonl")?;
    for checkpoint in tx.checkpoints(partner).await? {
        write_line(&mut lines, &checkpoint)?;
        exported.checkpoints += 1;
    }
    lines.finish()?;
    let mut pem = Draft::create(folder, "audit-key.pem")?;
    pem.write_all(key.pem().as_bytes())
        .map_err(|cause| pem.failed(cause))?;
    pem.finish()?;
    Ok(exported)
}

fn write_line(file: &mut Draft, line: &impl Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *file, line)
        .map_err(std::io::Error::from)
        .and_then(|()| file.write_all(b"\n"))
        .map_err(|cause| file.failed(cause))
}
