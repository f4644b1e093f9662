//! Whether the product has followed, in words: nothing is claimed while no product asks.

use app::parts::filters::inside_elsewhere;
use app::wire::{Consequence, Elsewhere, Link, ListKind, Piece, Tone};
use domain::{Status, Timestamp};

use super::address::Address;
use super::query::NOT_ENFORCED;
use super::words::Context;
use crate::error::Result;
use crate::gate::GateTimes;
use crate::store::{self, Connection, Enforcement, Latest, ListQuery, Matches, Refused, Tx};

/// Where a list warns of those that nobody knows to be kept out.
const WARNING: &str = "not-enforced";

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

/// Of how many suspended customers nobody knows whether the product keeps them out; `None` while none is connected. Of the
/// others there is nothing to fear: what they may do more or less, the product reads at their next visit.
pub(super) async fn behind(
    tx: &mut Tx,
    context: &Context,
    times: &GateTimes,
) -> Result<Option<u64>> {
    let partner = &context.partner.id;
    let now = context.say.now();
    if tx.connection(partner, times.connected_since(now)).await? == Connection::None {
        return Ok(None);
    }
    let behind = ListQuery {
        not_enforced: Some(times.late(now)),
        ..ListQuery::new(store::ListKind::Suspended)
    };
    let (Matches::Exactly(count) | Matches::MoreThan(count)) = tx.matches(partner, &behind).await?;
    Ok(Some(count))
}

/// Lists speak of the product only to warn.
pub(super) fn not_enforced(context: &Context, count: u64) -> Elsewhere {
    let say = &context.say;
    let address = Address::of(ListKind::Suspended.path()).with("enforced", NOT_ENFORCED);
    Elsewhere {
        text: say.not_enforced(count),
        link: Some(Link {
            text: say.not_enforced_show(),
            href: address.to_string(),
        }),
        tone: Tone::Careful,
        place: Some(WARNING.to_owned()),
    }
}

/// What stands in the place of a warning now.
pub(super) fn warning_now(context: &Context, count: u64) -> Piece {
    let now = match count {
        0 => Elsewhere {
            text: context.say.all_enforced(),
            link: None,
            tone: Tone::Good,
            place: None,
        },
        count => not_enforced(context, count),
    };
    Piece {
        place: WARNING.to_owned(),
        html: inside_elsewhere(&now),
    }
}

fn line(icon: &str, text: String, tone: Tone) -> Consequence {
    Consequence {
        icon: icon.to_owned(),
        text,
        tone,
    }
}
