//! What the gate sees while it answers, kept in memory until it is told to the store: a question never waits for a disk.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{ApiKeyId, CustomerId, Denial, Epoch, GateMode, PartnerId, Timestamp, Verdict};

use super::GateTimes;
use crate::store::{CustomerNote, GateNotes, KeyVisits, PartnerMark, Refused};

/// What was seen and not told yet.
#[derive(Default)]
pub struct Visits {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    partners: HashMap<PartnerId, Partner>,
    keys: HashMap<ApiKeyId, KeyVisits>,
    customers: HashMap<(PartnerId, CustomerId), CustomerNote>,
}

/// What is known of the questions about one partner's customers.
struct Partner {
    asked_at: Option<Timestamp>,
    /// Up to which event of the log the answers are waited for.
    seen_seq: u64,
    told: bool,
}

/// A question that was answered.
pub struct Visit<'v> {
    /// By which key.
    pub key: &'v ApiKeyId,
    /// What the key does with answers.
    pub mode: GateMode,
    /// What was said.
    pub verdict: Verdict,
    /// Whose customers it was about, if that is known.
    pub partner: Option<&'v PartnerId>,
    /// When.
    pub at: Timestamp,
}

/// The customer that a question was about.
pub struct Visitor {
    /// Which one.
    pub customer: CustomerId,
    /// The state that it was told.
    pub epoch: Epoch,
    /// Whether this was the first answer at that state.
    pub is_first: bool,
    /// Whether it was turned away for how it stands.
    pub refused: bool,
}

impl Visits {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on from how far the logs have been followed, and from what the store knows.
    pub fn resume(&self, heads: &HashMap<PartnerId, u64>, marks: &[PartnerMark]) {
        let mut seen = self.seen();
        // What was seen of customers before was of another history.
        seen.customers.clear();
        for (partner, head) in heads {
            let mark = marks.iter().find(|mark| mark.partner == *partner);
            let known = mark.map(|mark| mark.asked_at);
            let before = seen.partners.get(partner).and_then(|seen| seen.asked_at);
            let known = Partner {
                asked_at: known.max(before),
                seen_seq: *head,
                told: before <= known,
            };
            seen.partners.insert(partner.clone(), known);
        }
    }

    /// Takes note of an answer; `visitor` when there is something to say of the customer.
    pub fn note(&self, visit: &Visit<'_>, visitor: Option<Visitor>) {
        let mut seen = self.seen();
        // Its name is copied for the first one alone.
        match seen.keys.get_mut(visit.key) {
            Some(visits) => count(visits, visit),
            None => count(seen.keys.entry(visit.key.clone()).or_default(), visit),
        }
        let Some(partner) = visit.partner.filter(|_| visit.mode == GateMode::Enforce) else {
            return;
        };
        if let Some(known) = seen.partners.get_mut(partner) {
            known.told &= known.asked_at == Some(visit.at);
            known.asked_at = Some(visit.at);
        }
        if let Some(Visitor {
            customer,
            epoch,
            is_first,
            refused,
        }) = visitor
        {
            let note = note_of(&mut seen.customers, partner, customer);
            if is_first {
                note.learned = Some((epoch, visit.at));
            }
            if refused {
                let before = note.refused.filter(|(known, _)| *known == epoch);
                let count = before
                    .map_or(0, |(_, refused)| refused.count)
                    .saturating_add(1);
                note.refused = Some((
                    epoch,
                    Refused {
                        count,
                        last_at: Some(visit.at),
                    },
                ));
            }
        }
    }

    /// Takes note of a part of a partner's log: of whom the product has to hear. Answers whether anybody waits for that:
    /// while no product asks, nothing is claimed.
    pub fn moved(
        &self,
        partner: &PartnerId,
        moved: Vec<(CustomerId, Epoch, Timestamp)>,
        seen_seq: u64,
        now: Timestamp,
        times: &GateTimes,
    ) -> bool {
        let mut seen = self.seen();
        if !seen.partners.contains_key(partner) {
            let fresh = Partner {
                asked_at: None,
                seen_seq,
                told: true,
            };
            seen.partners.insert(partner.clone(), fresh);
        }
        let Some(known) = seen.partners.get_mut(partner) else {
            return false;
        };
        known.seen_seq = seen_seq;
        known.told = false;
        let connected = known
            .asked_at
            .is_some_and(|asked_at| times.is_connected(asked_at, now));
        if !connected {
            return false;
        }
        for (customer, epoch, at) in moved {
            note_of(&mut seen.customers, partner, customer).awaited = Some((epoch, at));
        }
        true
    }

    /// Takes what is to be told next, at most `most` customers.
    pub fn take(&self, most: usize) -> Option<GateNotes> {
        let mut seen = self.seen();
        let customers: Vec<(PartnerId, CustomerId)> =
            seen.customers.keys().take(most).cloned().collect();
        let customers: Vec<CustomerNote> = customers
            .iter()
            .filter_map(|key| seen.customers.remove(key))
            .collect();
        let all_taken = seen.customers.is_empty();
        let keys: Vec<_> = seen
            .keys
            .iter_mut()
            .filter(|(_, visits)| visits.asked > 0)
            .map(|(key, visits)| (key.clone(), std::mem::take(visits)))
            .collect();
        let mut partners = Vec::new();
        // How far the log was followed is told with the last of whom it was about.
        if all_taken {
            for (partner, known) in seen.partners.iter_mut().filter(|(_, known)| !known.told) {
                known.told = true;
                partners.extend(known.asked_at.map(|asked_at| PartnerMark {
                    partner: partner.clone(),
                    asked_at,
                    seen_seq: known.seen_seq,
                }));
            }
        }
        let notes = GateNotes {
            partners,
            keys,
            customers,
        };
        (notes != GateNotes::default()).then_some(notes)
    }

    /// Takes back what could not be told, beside what was seen meanwhile.
    pub fn put_back(&self, notes: GateNotes) {
        let mut seen = self.seen();
        for mark in notes.partners {
            if let Some(known) = seen.partners.get_mut(&mark.partner) {
                known.told = false;
            }
        }
        for (key, before) in notes.keys {
            add(seen.keys.entry(key).or_default(), &before);
        }
        for before in notes.customers {
            let note = note_of(&mut seen.customers, &before.partner, before.customer);
            note.awaited = note.awaited.or(before.awaited);
            note.learned = note.learned.or(before.learned);
            note.refused = match (note.refused, before.refused) {
                (Some((epoch, now)), Some((known, then))) if epoch == known => {
                    let count = now.count.saturating_add(then.count);
                    Some((epoch, Refused { count, ..now }))
                }
                (now, then) => now.or(then),
            };
        }
    }
}

fn note_of<'s>(
    customers: &'s mut HashMap<(PartnerId, CustomerId), CustomerNote>,
    partner: &PartnerId,
    customer: CustomerId,
) -> &'s mut CustomerNote {
    customers
        .entry((partner.clone(), customer.clone()))
        .or_insert_with(|| CustomerNote {
            partner: partner.clone(),
            customer,
            awaited: None,
            learned: None,
            refused: None,
        })
}

fn count(visits: &mut KeyVisits, visit: &Visit<'_>) {
    visits.asked += 1;
    visits.asked_at = Some(visit.at);
    match visit.verdict {
        Verdict::Pass => {}
        Verdict::Deny(denial) => {
            visits.refused += 1;
            visits.refused_at = kept_out(denial, visit.at).or(visits.refused_at);
        }
        Verdict::WouldDeny(denial) => {
            visits.would_refuse += 1;
            visits.would_refuse_at = kept_out(denial, visit.at).or(visits.would_refuse_at);
        }
    }
}

/// A gate that knows nobody refuses everybody: only who is refused for a suspension shows that it works.
fn kept_out(denial: Denial, at: Timestamp) -> Option<Timestamp> {
    matches!(denial, Denial::Suspended(_)).then_some(at)
}

fn add(visits: &mut KeyVisits, before: &KeyVisits) {
    visits.asked = visits.asked.saturating_add(before.asked);
    visits.asked_at = visits.asked_at.or(before.asked_at);
    visits.refused = visits.refused.saturating_add(before.refused);
    visits.refused_at = visits.refused_at.or(before.refused_at);
    visits.would_refuse = visits.would_refuse.saturating_add(before.would_refuse);
    visits.would_refuse_at = visits.would_refuse_at.or(before.would_refuse_at);
}
