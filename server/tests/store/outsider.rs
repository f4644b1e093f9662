//! Somebody who has only an export of a log, `docs/audit.md`, SHA-256 and Ed25519.

use std::path::Path;

use base64::Engine as _;
use ed25519_dalek::pkcs8::DecodePublicKey as _;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The hash that an event should have.
pub fn event_hash(event: &Value) -> String {
    let seq = event["seq"].as_u64().unwrap().to_be_bytes();
    let at = event["at"].as_i64().unwrap().to_be_bytes();
    let format = event["format"].as_i64().unwrap().to_be_bytes();
    let parts: [&[u8]; 12] = [
        b"partner-panel event",
        text(event, "partner").as_bytes(),
        &seq,
        text(event, "command").as_bytes(),
        text(event, "customer").as_bytes(),
        &at,
        text(event, "actor_kind").as_bytes(),
        text(event, "actor_id").as_bytes(),
        text(event, "kind").as_bytes(),
        &format,
        text(event, "body").as_bytes(),
        text(event, "previous").as_bytes(),
    ];
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

fn private_fits(event: &Value) -> bool {
    let body: Value = serde_json::from_str(text(event, "body")).unwrap();
    match (body["private"].as_str(), event["private"].as_str()) {
        (None, None) => true,
        (Some(_), None) => event["salt"].is_null(),
        (Some(digest), Some(private)) => {
            let salted = format!("{}{private}", text(event, "salt"));
            digest == hex::encode(Sha256::digest(salted))
        }
        (None, Some(_)) => false,
    }
}

fn signature_fits(key: &VerifyingKey, checkpoint: &Value) -> bool {
    let mut statement = "partner-panel checkpoint 1\n".to_owned();
    for name in [
        "partner",
        "stream",
        "seq",
        "hash",
        "at",
        "continues",
        "replaces",
    ] {
        match &checkpoint[name] {
            Value::Null => {}
            Value::String(text) => statement += &format!("{name} {text}\n"),
            number => statement += &format!("{name} {number}\n"),
        }
    }
    let signature = base64::engine::general_purpose::STANDARD
        .decode(text(checkpoint, "signature"))
        .unwrap();
    let signature = Signature::from_slice(&signature).unwrap();
    key.verify(statement.as_bytes(), &signature).is_ok()
}

/// Checks an export; answers how many events it has and how many checkpoints they agree with.
pub fn check(folder: &Path) -> Result<(usize, usize), String> {
    let key = std::fs::read_to_string(folder.join("audit-key.pem")).unwrap();
    let key = VerifyingKey::from_public_key_pem(&key).unwrap();
    let events = lines(&folder.join("events.jsonl"));
    let mut previous = String::new();
    for (place, event) in events.iter().enumerate() {
        let number = place as u64 + 1;
        let whole = event["seq"].as_u64() == Some(number)
            && text(event, "previous") == previous
            && text(event, "hash") == event_hash(event)
            && private_fits(event);
        if !whole {
            return Err(format!("event {number}"));
        }
        previous = text(event, "hash").to_owned();
    }
    let checkpoints = lines(&folder.join("checkpoints.jsonl"));
    for checkpoint in &checkpoints {
        let seq = checkpoint["seq"].as_u64().unwrap() as usize;
        let hash = seq
            .checked_sub(1)
            .map_or("", |place| text(&events[place], "hash"));
        if text(checkpoint, "hash") != hash || !signature_fits(&key, checkpoint) {
            return Err(format!("checkpoint of event {seq}"));
        }
    }
    Ok((events.len(), checkpoints.len()))
}
