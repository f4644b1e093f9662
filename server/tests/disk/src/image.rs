//! What is left when power goes away.

use std::collections::BTreeMap;

use crate::disk::Op;

/// What becomes of what was written and not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynced {
    /// All of it is lost.
    Lost,
    /// A random half of its sectors is lost, as this seed decides.
    Torn(u64),
}

/// What disks write at once.
const SECTOR: usize = 512;

#[derive(Default)]
struct File<'a> {
    durable: Vec<u8>,
    pending: Vec<&'a Op>,
}

/// The files as they are found after power went away at the end of `ops`, which begin with an empty folder.
#[must_use]
pub fn after_power_loss(ops: &[Op], unsynced: Unsynced) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<&str, File<'_>> = BTreeMap::new();
    for op in ops {
        match op {
            Op::Write { file, .. } | Op::Cut { file, .. } => {
                files.entry(file).or_default().pending.push(op);
            }
            Op::Sync { file } => {
                let file = files.entry(file).or_default();
                for op in std::mem::take(&mut file.pending) {
                    apply(&mut file.durable, op, &mut |_| true);
                }
            }
            Op::Remove { file } => drop(files.remove(file.as_str())),
            Op::Mark(_) => {}
        }
    }
    let mut coin = Coin::new(unsynced);
    let left = files.into_iter().map(|(name, mut file)| {
        for op in file.pending {
            apply(&mut file.durable, op, &mut |_| coin.falls_well());
        }
        (name.to_owned(), file.durable)
    });
    left.collect()
}

/// Does to `content` what `op` did, in those sectors that `survives` lets through.
fn apply(content: &mut Vec<u8>, op: &Op, survives: &mut dyn FnMut(usize) -> bool) {
    match op {
        Op::Write { at, bytes, .. } => {
            let mut start = 0;
            while start < bytes.len() {
                let place = at + start;
                let end = bytes.len().min(start + SECTOR - place % SECTOR);
                if survives(place) {
                    let reach = at + end;
                    if content.len() < reach {
                        content.resize(reach, 0);
                    }
                    content[place..reach].copy_from_slice(&bytes[start..end]);
                }
                start = end;
            }
        }
        Op::Cut { length, .. } if survives(*length) => content.resize(*length, 0),
        _ => {}
    }
}

struct Coin(Option<u64>);

impl Coin {
    fn new(unsynced: Unsynced) -> Self {
        Self(match unsynced {
            Unsynced::Lost => None,
            // The generator stands still at zero.
            Unsynced::Torn(seed) => Some(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
        })
    }

    fn falls_well(&mut self) -> bool {
        let Some(state) = &mut self.0 else {
            return false;
        };
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state >> 63 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(at: usize, bytes: &[u8]) -> Op {
        Op::Write {
            file: "a".to_owned(),
            at,
            bytes: bytes.to_vec(),
        }
    }

    fn left(ops: &[Op], unsynced: Unsynced) -> Vec<u8> {
        after_power_loss(ops, unsynced)["a"].clone()
    }

    #[test]
    fn what_was_synced_is_left_and_the_rest_is_not() {
        let sync = Op::Sync {
            file: "a".to_owned(),
        };
        let ops = [write(0, b"one"), sync, write(1, b"ther")];
        assert_eq!(left(&ops, Unsynced::Lost), b"one");
        assert_eq!(left(&ops[..1], Unsynced::Lost), b"");
    }

    #[test]
    fn of_a_torn_write_some_sectors_are_left() {
        let ops = [write(0, &[7; 64 * SECTOR])];
        let some = left(&ops, Unsynced::Torn(1));
        let kept = some.chunks(SECTOR).filter(|sector| sector[0] == 7).count();
        assert!((1..64).contains(&kept), "{kept}");
        assert_ne!(some, left(&ops, Unsynced::Torn(2)));
    }
}
