//! Whether the product has followed, in words: nothing is claimed while no product asks.

use app::wire::{Consequence, Tone};
use domain::{Status, Timestamp};

use super::words::Context;
use crate::gate::GateTimes;
use crate::store::{Connection, Enforcement, Latest, Refused};

/// How far the product is with a customer.
pub(super) struct Followed<'a> {
    pub(super) context: &'a Context,
    pub(super) times: &'a GateTimes,
    pub(super) enforcement: Enforcement,
    /// How the customer stands.
    pub(super) status: Status,
}

impl Followed<'_> {
    /// What stands at the head of the customer's page.
    pub(super) fn lines(&self) -> Vec<Consequence> {
        let Enforcement {
            connection,
            latest,
            refused,
        } = self.enforcement;
        if connection == Connection::None {
            return Vec::new();
        }
        let latest = latest.map(|latest| self.latest(latest));
        latest.into_iter().chain(self.refused(refused)).collect()
    }

    /// What stands in the timeline, at what the customer's newest command did.
    pub(super) fn of(&self, at: Timestamp) -> Option<String> {
        let latest = self.enforcement.latest?;
        let learned = latest.learned_at.filter(|_| latest.since == at)?;
        let say = &self.context.say;
        Some(say.enforced_later(say.short_time(learned.millis_since(latest.since))))
    }

    fn latest(&self, latest: Latest) -> Consequence {
        let say = &self.context.say;
        let (icon, text, tone) = match latest.learned_at {
            Some(learned) => {
                let ago = say.ago_to_the_second(learned);
                ("shield-check", say.enforced(ago), Tone::Good)
            }
            None if self.is_worrying(latest.since) => {
                let waits = say.ago(latest.since);
                ("shield-alert", say.not_enforced_yet(waits), Tone::Careful)
            }
            None => ("clock", say.enforcement_awaited(), Tone::Neutral),
        };
        line(icon, text, tone)
    }

    /// Whether somebody may still use what was taken away.
    fn is_worrying(&self, since: Timestamp) -> bool {
        let late = self.times.is_late(since, self.context.say.now());
        late && self.status == Status::Suspended
    }

    fn refused(&self, refused: Refused) -> Option<Consequence> {
        let last = refused.last_at.filter(|_| refused.count > 0)?;
        let say = &self.context.say;
        let text = say.turned_away(refused.count, say.ago(last));
        Some(line("lock", text, Tone::Neutral))
    }
}

fn line(icon: &str, text: String, tone: Tone) -> Consequence {
    Consequence {
        icon: icon.to_owned(),
        text,
        tone,
    }
}
