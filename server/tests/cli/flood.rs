//! A flood of questions that name nobody, with keys that are none: whatever it costs, it leaves nothing behind in memory.

use std::collections::BTreeSet;

use reqwest::{Client, StatusCode};
use server::api_keys::KeyText;
use server::ids::OsIds;

use crate::binary::{Served, done, serve, with_customers};

/// So many ask at once.
const ASKING: usize = 8;
/// So many questions of each kind does each of them ask.
const QUESTIONS: usize = 400;
/// So long an identifier is: all that are asked for, kept, would be 51 MB.
const LONG: usize = 16_000;
/// So much more memory may be used afterwards, in kilobytes.
const MORE: u64 = 20_000;

/// What of the panel is in memory, in kilobytes.
fn resident(panel: &Served) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", panel.0.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.unwrap().trim().trim_end_matches(" kB");
    number.parse().unwrap()
}

/// Asks about many who do not exist, each time about somebody else, and as often with a key that does not exist; answers
/// what was said.
async fn flood(gate: &str, key: &str, questions: usize) -> BTreeSet<StatusCode> {
    let client = Client::new();
    let asking = (0..ASKING).map(|asker| {
        let (client, gate, key) = (client.clone(), gate.to_owned(), key.to_owned());
        tokio::spawn(async move {
            let mut said = BTreeSet::new();
            for question in 0..questions {
                let nobody = format!("{question}-{asker}-{}", "x".repeat(LONG));
                let wrong = KeyText::draw(&OsIds).reveal();
                for (key, customer) in [(&key, nobody.as_str()), (&wrong, "somebody")] {
                    let asked = client.get(&gate).bearer_auth(key);
                    let answer = asked.header("x-account", customer).send();
                    said.insert(answer.await.unwrap().status());
                }
            }
            said
        })
    });
    let mut all = BTreeSet::new();
    for asker in asking.collect::<Vec<_>>() {
        all.extend(asker.await.unwrap());
    }
    all
}

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "asks Linux how much memory is used"
)]
async fn a_flood_of_strangers_leaves_nothing_in_memory() {
    let data = with_customers();
    let create = ["key", "create", "Gate", "--scope", "gate"];
    let key = done(&data, &[&create[..], &["--partner", "Kontor"]].concat());
    let (panel, line) = serve(&data, &[]);
    let origin = line.strip_prefix("listening on ").unwrap();
    let gate = format!("{origin}/gate");
    // Connections, threads and caches are there after a while.
    flood(&gate, key.trim(), QUESTIONS / 10).await;
    let before = resident(&panel);
    let said = flood(&gate, key.trim(), QUESTIONS).await;
    let refusals = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    assert_eq!(said, refusals.into());
    let after = resident(&panel);
    assert!(after < before + MORE, "from {before} kB to {after} kB");
}
