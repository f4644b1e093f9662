//! Whatever is altered in a signed log is found.

use std::fmt::Write as _;

use domain::Reason;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use server::store::RawEvent;

use crate::outsider;
use crate::world::{Base, World};

on_both![whatever_is_altered_is_found];

/// One thing that somebody with a database shell does to the log.
#[derive(Clone, Debug)]
enum Edit {
    /// Another character in a text.
    Flip {
        row: usize,
        column: usize,
        place: usize,
        to: char,
    },
    /// Another number.
    Count { row: usize, column: usize, by: i64 },
    /// Nothing in place of a text.
    Null { row: usize, column: usize },
    /// A row less.
    Delete { row: usize },
    /// All rows from this one on less, and the partner's row made to fit.
    Cut { row: usize },
    /// Two rows in each other's place.
    Swap { row: usize, other: usize },
    /// A row of another partner.
    Move { row: usize },
    /// Another time, and all hashes made to fit.
    Restamp { row: usize, by: i64 },
}

const TEXTS: [&str; 10] = [
    "command_id",
    "customer_id",
    "actor_kind",
    "actor_id",
    "kind",
    "body",
    "prev_hash",
    "hash",
    "private",
    "salt",
];
const NUMBERS: [&str; 3] = ["seq", "at", "format"];
const NULLABLE: [&str; 3] = ["actor_id", "private", "salt"];

fn edits(rows: usize) -> impl Strategy<Value = Edit> {
    let row = 0..rows;
    let by = prop_oneof![Just(-1_i64), Just(1), -5_000..5_000_i64];
    let flip = (row.clone(), 0..TEXTS.len(), any::<usize>(), "[ -~]").prop_map(
        |(row, column, place, to)| Edit::Flip {
            row,
            column,
            place,
            to: to.chars().next().unwrap(),
        },
    );
    let count = (row.clone(), 0..NUMBERS.len(), by.clone())
        .prop_map(|(row, column, by)| Edit::Count { row, column, by });
    prop_oneof![
        6 => flip,
        2 => count,
        1 => (row.clone(), 0..NULLABLE.len()).prop_map(|(row, column)| Edit::Null { row, column }),
        1 => row.clone().prop_map(|row| Edit::Delete { row }),
        1 => row.clone().prop_map(|row| Edit::Cut { row }),
        1 => (row.clone(), row.clone()).prop_map(|(row, other)| Edit::Swap { row, other }),
        1 => row.clone().prop_map(|row| Edit::Move { row }),
        1 => (row, by).prop_map(|(row, by)| Edit::Restamp { row, by }),
    ]
}

fn texts(event: &RawEvent) -> [Option<&str>; TEXTS.len()] {
    [
        Some(&event.command),
        Some(&event.customer),
        Some(&event.actor_kind),
        event.actor_id.as_deref(),
        Some(&event.kind),
        Some(&event.body),
        Some(&event.previous),
        Some(&event.hash),
        event.private.as_deref(),
        event.salt.as_deref(),
    ]
}

/// A log to be altered.
struct Log {
    partner: String,
    other: String,
    events: Vec<RawEvent>,
}

impl Log {
    fn of_row(&self, row: usize) -> String {
        let seq = self.events[row].seq;
        format!("WHERE partner_id = '{}' AND seq = {seq}", self.partner)
    }

    fn ends_at(&self, seq: u64, hash: &str) -> String {
        let id = &self.partner;
        format!("UPDATE partners SET last_seq = {seq}, last_hash = '{hash}' WHERE id = '{id}';")
    }

    /// The statements of an edit; `None` when it would change nothing.
    fn statements(&self, edit: &Edit) -> Option<String> {
        match *edit {
            Edit::Flip {
                row,
                column,
                place,
                to,
            } => {
                let text = texts(&self.events[row])[column]?;
                let mut characters: Vec<char> = text.chars().collect();
                let place = place % characters.len().max(1);
                let old = characters.get_mut(place)?;
                if std::mem::replace(old, to) == to {
                    return None;
                }
                let text = String::from_iter(characters).replace('\'', "''");
                let column = TEXTS[column];
                Some(format!(
                    "UPDATE events SET {column} = '{text}' {}",
                    self.of_row(row)
                ))
            }
            Edit::Count { row, column, by } => {
                // Two rows cannot have one number, so it goes where there is none.
                let by = if column == 0 { 1_000 + by.abs() } else { by };
                let column = NUMBERS[column];
                let of_row = self.of_row(row);
                (by != 0).then(|| format!("UPDATE events SET {column} = {column} + {by} {of_row}"))
            }
            Edit::Null { row, column } => {
                let event = &self.events[row];
                let value = [&event.actor_id, &event.private, &event.salt][column].as_ref();
                let (column, of_row) = (NULLABLE[column], self.of_row(row));
                value.map(|_| format!("UPDATE events SET {column} = NULL {of_row}"))
            }
            Edit::Delete { row } => Some(format!("DELETE FROM events {}", self.of_row(row))),
            Edit::Cut { row } => {
                let first = &self.events[row];
                let partner = &self.partner;
                Some(format!(
                    "DELETE FROM events WHERE partner_id = '{partner}' AND seq >= {}; {}",
                    first.seq,
                    self.ends_at(first.seq - 1, &first.previous)
                ))
            }
            Edit::Swap { row, other } => {
                let partner = &self.partner;
                let (one, two) = (self.events[row].seq, self.events[other].seq);
                let set = |from: u64, to: u64| {
                    format!(
                        "UPDATE events SET seq = {to} WHERE partner_id = '{partner}' AND seq = {from};"
                    )
                };
                (one != two).then(|| set(one, 9_999) + &set(two, one) + &set(9_999, two))
            }
            Edit::Move { row } => Some(format!(
                "UPDATE events SET partner_id = '{}' {}",
                self.other,
                self.of_row(row)
            )),
            Edit::Restamp { row, by } => (by != 0).then(|| self.restamped(row, by)),
        }
    }

    fn restamped(&self, row: usize, by: i64) -> String {
        let mut script = String::new();
        let mut previous = self.events[row].previous.clone();
        for (place, event) in self.events.iter().enumerate().skip(row) {
            let at = event.at + if place == row { by } else { 0 };
            let mut line = serde_json::to_value(event).unwrap();
            line["partner"] = self.partner.as_str().into();
            line["at"] = at.into();
            line["previous"] = previous.as_str().into();
            let hash = outsider::event_hash(&line);
            write!(
                script,
                "UPDATE events SET at = {at}, prev_hash = '{previous}', hash = '{hash}' {};",
                self.of_row(place)
            )
            .unwrap();
            previous = hash;
        }
        script + &self.ends_at(self.events.len() as u64, &previous)
    }
}

async fn log_to_alter(world: &World) -> Log {
    let acme = world.add("Acme", "a1", "basic").await;
    world.add("Bolt", "b1", "pro").await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.sign().await;
    world.reactivate(&acme).await.unwrap();
    let changed = world.change(&acme, "pro").await.unwrap();
    world.undo(&acme, &changed).await.unwrap();
    world.sign().await;
    world.suspend(&acme, Reason::TermsBroken).await.unwrap();
    world.sign().await;
    let mut tx = world.store.read().await.unwrap();
    Log {
        partner: world.partner.to_string(),
        other: world.another_partner().await.to_string(),
        events: tx.raw_events(&world.partner, 0).await.unwrap(),
    }
}

async fn whatever_is_altered_is_found(base: Base) {
    let world = World::new(base).await;
    let log = log_to_alter(&world).await;
    assert_eq!(log.events.len(), 7);
    world
        .sql("CREATE TABLE saved AS SELECT * FROM events")
        .await;
    let last = log.events.last().unwrap();
    let restore = format!(
        "DELETE FROM events; INSERT INTO events SELECT * FROM saved; {}",
        log.ends_at(last.seq, &last.hash)
    );
    let altered = async |statements: &str| {
        world.sql(statements).await;
        let wrong = world.wrong().await;
        world.sql(&restore).await;
        wrong
    };
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = tokio::task::block_in_place(|| {
        runner.run(&edits(log.events.len()), |edit| {
            let Some(statements) = log.statements(&edit) else {
                return Err(TestCaseError::reject("changes nothing"));
            };
            let wrong = tokio::runtime::Handle::current().block_on(altered(&statements));
            prop_assert!(!wrong.is_empty(), "not found: {statements}");
            Ok(())
        })
    });
    outcome.unwrap();
    assert_eq!(world.wrong().await, []);
}
