//! What the gate saw of a watched partner: only what happens once is news, however often a product asks.

use std::collections::{HashSet, VecDeque};

use app::wire::REACHED;
use domain::{ApiKeyId, CustomerId, Timestamp};

use crate::store::KeyFirst;

/// So many customers are waited for; of those before them a page learns when it is read the next time.
pub(super) const MOST_AWAITED: usize = 200;

/// Something that the gate saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Of a key.
    Key(KeyFirst),
    /// The product knows how this customer stands, or has turned it away.
    Reached(CustomerId),
}

impl Sight {
    /// How streams and pages name it, beside customers that are named by their id alone.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Key(KeyFirst::Made) => "key-made".to_owned(),
            Self::Key(KeyFirst::Asked) => "key-asked".to_owned(),
            Self::Key(KeyFirst::Refused) => "key-refused".to_owned(),
            Self::Reached(customer) => [REACHED, customer.as_str()].concat(),
        }
    }

    /// The customer that a word is about: one whom something happened to, or one whom the product knows about.
    #[must_use]
    pub fn whose(word: &str) -> &str {
        word.strip_prefix(REACHED).unwrap_or(word)
    }
}

/// What is known of one partner.
pub(super) struct Sights {
    firsts: HashSet<(ApiKeyId, KeyFirst)>,
    asked_at: Option<Timestamp>,
    /// Those of the latest commands last.
    awaited: VecDeque<CustomerId>,
}

impl Sights {
    /// What was seen before anybody watched; `awaited` with the latest first.
    pub(super) fn new(
        firsts: HashSet<(ApiKeyId, KeyFirst)>,
        asked_at: Option<Timestamp>,
        awaited: Vec<CustomerId>,
    ) -> Self {
        Self {
            firsts,
            asked_at,
            awaited: awaited.into_iter().rev().collect(),
        }
    }

    /// Something happened to these customers: whoever asks next is told so.
    pub(super) fn moved<'c>(&mut self, customers: impl Iterator<Item = &'c CustomerId>) {
        for customer in customers {
            self.awaited.retain(|known| known != customer);
            self.awaited.push_back(customer.clone());
        }
        let most = self.awaited.len().min(MOST_AWAITED);
        self.awaited.drain(..self.awaited.len() - most);
    }

    /// The partner's keys as they are now; answers what has happened to one of them.
    pub(super) fn keys(&mut self, now: HashSet<(ApiKeyId, KeyFirst)>) -> Vec<Sight> {
        let mut news: Vec<KeyFirst> = now
            .difference(&self.firsts)
            .map(|(_, first)| *first)
            .collect();
        self.firsts = now;
        news.sort_unstable();
        news.dedup();
        news.into_iter().map(Sight::Key).collect()
    }

    /// When a product asked last; answers of whom it may have heard since.
    pub(super) fn asked(&mut self, at: Option<Timestamp>) -> Vec<CustomerId> {
        if at == self.asked_at {
            return Vec::new();
        }
        self.asked_at = at;
        self.awaited.iter().cloned().collect()
    }

    /// The product has heard of these.
    pub(super) fn reached(&mut self, customers: Vec<CustomerId>) -> Vec<Sight> {
        self.awaited.retain(|known| !customers.contains(known));
        customers.into_iter().map(Sight::Reached).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_once_is_told_once() {
        let key = ApiKeyId::from_bits(1);
        let mut sights = Sights::new(HashSet::new(), None, Vec::new());
        let made = HashSet::from([(key.clone(), KeyFirst::Made)]);
        assert_eq!(sights.keys(made.clone()), [Sight::Key(KeyFirst::Made)]);
        assert_eq!(sights.keys(made), []);
        let asked = HashSet::from([(key.clone(), KeyFirst::Made), (key, KeyFirst::Asked)]);
        assert_eq!(sights.keys(asked), [Sight::Key(KeyFirst::Asked)]);
    }

    #[test]
    fn the_latest_are_waited_for_until_the_product_has_heard_of_them() {
        let customers: Vec<_> = (0..MOST_AWAITED as u128 + 2)
            .map(CustomerId::from_bits)
            .collect();
        let mut sights = Sights::new(HashSet::new(), None, vec![customers[0].clone()]);
        sights.moved(customers[1..].iter());
        assert_eq!(sights.asked(None), [], "nobody has asked");
        let now = Some(Timestamp::from_millis(1));
        assert_eq!(sights.asked(now), customers[2..]);
        assert_eq!(sights.asked(now), [], "since then");
        let reached = sights.reached(vec![customers[3].clone()]);
        assert_eq!(reached, [Sight::Reached(customers[3].clone())]);
        let later = sights.asked(Some(Timestamp::from_millis(2)));
        assert!(later.contains(&customers[2]) && !later.contains(&customers[3]));
    }
}
