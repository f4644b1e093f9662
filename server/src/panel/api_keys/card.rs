//! One key as the page shows it, and the questions before something is done with it.

use app::parts::api_keys::KeyCard;
use app::parts::ask::{Ask, Stake};
use app::parts::fields::{Field, FieldLook};
use app::wire::{SelectOption, StatusLabel, Tone};
use domain::api_key::ends_soon;

use super::super::words::Context;
use crate::api_keys::{ApiKey, KeyState};
use crate::ids::Ids;

/// How long the old key may be good beside its successor, in hours, and what is proposed.
const OVERLAPS: [u32; 5] = [0, 1, 24, 168, 720];
const PROPOSED: u32 = 24;

impl Context {
    /// A key with everything that is to be known about it.
    pub(super) fn key_card(&self, key: &ApiKey, ids: &dyn Ids) -> KeyCard {
        let state = key.state(self.say.now());
        let asks = match state {
            KeyState::Live => vec![self.ask_rotate(key, ids), self.ask_revoke(key, ids)],
            KeyState::Replaced(_) => vec![self.ask_revoke(key, ids)],
            KeyState::Expired(_) | KeyState::Revoked(_) => Vec::new(),
        };
        KeyCard {
            id: key.id.to_string(),
            name: key.name.to_string(),
            prefix: key.public.prefix(),
            state: self.key_state(key, state),
            facts: self.key_facts(key),
            asks,
        }
    }

    fn key_state(&self, key: &ApiKey, state: KeyState) -> StatusLabel {
        let say = &self.say;
        let (word, tone) = match state {
            KeyState::Live if ends_soon(key.ends_at(), say.now()) => {
                let span = say.lasting(say.now(), key.ends_at());
                (say.key_state_soon(span), Tone::Careful)
            }
            KeyState::Live => (say.key_state_good(), Tone::Good),
            KeyState::Replaced(until) => (
                say.key_state_replaced(say.day_and_time(until)),
                Tone::Careful,
            ),
            KeyState::Expired(at) => (say.key_state_expired(say.day(at)), Tone::Neutral),
            KeyState::Revoked(at) => (say.key_state_revoked(say.day(at)), Tone::Neutral),
        };
        StatusLabel {
            word,
            tone,
            reason: None,
        }
    }

    fn key_facts(&self, key: &ApiKey) -> Vec<(String, String)> {
        let say = &self.say;
        let listed = |words: Vec<String>| {
            let words = words.into_iter();
            words.reduce(|first, second| say.and_more(first, second))
        };
        let scopes = key.scopes.iter().map(|scope| self.scope(*scope));
        let open = key.gate.open_prefixes.iter();
        let open = open.map(ToString::to_string).collect();
        let used = key.last_used_at;
        vec![
            (
                say.key_scopes(),
                listed(scopes.collect()).unwrap_or_default(),
            ),
            (say.key_customer(), self.customer_from(&key.gate.customer)),
            (say.key_mode(), self.gate_mode(key.gate.mode)),
            (
                say.key_unknown_customers(),
                self.unknown_customer(key.gate.unknown),
            ),
            (
                say.key_open(),
                listed(open).unwrap_or_else(|| say.key_open_none()),
            ),
            (say.key_ends(), say.day(key.ends_at())),
            (
                say.key_last_used(),
                used.map_or_else(|| say.key_never_used(), |at| say.ago(at)),
            ),
            (
                say.key_made(),
                say.key_made_by(self.who(&key.created_by), say.day(key.created_at)),
            ),
        ]
    }

    fn ask_rotate(&self, key: &ApiKey, ids: &dyn Ids) -> Ask {
        let say = &self.say;
        let option = |hours: u32| SelectOption {
            value: hours.to_string(),
            label: match hours {
                0 => say.overlap_none(),
                hours if hours > 24 => say.days(u64::from(hours / 24)),
                hours => say.hours(u64::from(hours)),
            },
            chosen: hours == PROPOSED,
            why_not: None,
        };
        let field = Field {
            name: "overlap",
            label: say.key_overlap_label(),
            hint: String::new(),
            look: FieldLook::Radios(OVERLAPS.map(option).to_vec()),
            error: None,
        };
        Ask {
            id: format!("rotate-{}", key.id),
            opener: say.rotate_key(),
            title: say.rotate_key_title(key.name.as_str()),
            lead: say.rotate_key_lead(),
            field: Some(field),
            hidden: hidden("rotate", key, ids),
            cancel: say.cancel(),
            confirm: say.rotate_key_confirm(),
            stake: Stake::Little,
        }
    }

    fn ask_revoke(&self, key: &ApiKey, ids: &dyn Ids) -> Ask {
        let say = &self.say;
        Ask {
            id: format!("revoke-{}", key.id),
            opener: say.revoke_key(),
            title: say.revoke_key_title(key.name.as_str()),
            lead: say.revoke_key_lead(),
            field: None,
            hidden: hidden("revoke", key, ids),
            cancel: say.cancel(),
            confirm: say.revoke_key_confirm(),
            stake: Stake::Much,
        }
    }
}

fn hidden(what: &str, key: &ApiKey, ids: &dyn Ids) -> Vec<(&'static str, String)> {
    vec![
        ("do", what.to_owned()),
        ("id", key.id.to_string()),
        ("name", key.public.prefix()),
        ("key", ids.key()),
    ]
}
