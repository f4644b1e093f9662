//! What a plan card says about moving there.

use app::choice::OverValue;
use app::wire::{Card, Change, Consequence, Tick, Tone};
use domain::{Direction, Limit, LimitChange, LimitEffect, Preview, Terms};

use super::parts::{icon, line};
use crate::panel::forms::Form;
use crate::panel::words::Context;

impl Context {
    /// A card without anything special: its plan, its price, what it would mean.
    pub(super) fn card(
        &self,
        value: String,
        terms: &Terms,
        preview: &Preview,
        form: &Form,
    ) -> Card {
        Card {
            heading: None,
            title: self.plan(&terms.plan),
            badges: Vec::new(),
            price: self.price(terms),
            difference: self.direction(preview),
            notes: Vec::new(),
            summary: Vec::new(),
            changes: Vec::new(),
            over: self.over_tick(&value, preview, form),
            chosen: false,
            why_not: None,
            value,
        }
    }

    /// "Upgrade, +€30.00 per month"
    fn direction(&self, preview: &Preview) -> Option<String> {
        let say = &self.say;
        let difference = preview.difference_per_month?;
        let text = say.per_month(say.difference(difference));
        Some(match (preview.direction, difference.minor) {
            (Direction::Upgrade, 0) => say.upgrade_same_price(),
            (Direction::Downgrade, 0) => say.downgrade_same_price(),
            (Direction::Switch, 0) => say.switch_same_price(),
            (Direction::Upgrade, _) => say.upgrade(text),
            (Direction::Downgrade, _) => say.downgrade(text),
            (Direction::Switch, _) => say.switch(text),
        })
    }

    /// Only what differs, in short lines: "Seats 12 → 30", "with API access", "12 seats used, 5 allowed: 7 over".
    pub(super) fn differences(&self, preview: &Preview) -> Vec<Consequence> {
        let mut lines: Vec<Consequence> = preview
            .limits
            .iter()
            .map(|change| self.difference_line(change))
            .collect();
        lines.extend(
            preview
                .over
                .iter()
                .map(|over| line(icon::OVER, self.over(over), Tone::Danger)),
        );
        lines.extend(self.unchecked(preview));
        lines
    }

    /// What cannot be checked, or only against an old report.
    pub(super) fn unchecked(&self, preview: &Preview) -> Vec<Consequence> {
        let say = &self.say;
        let unknown = preview
            .unreported
            .iter()
            .map(|limit| say.usage_not_checked(limit.as_str()));
        let old = preview
            .old_usage
            .map(|as_of| say.usage_is_old(say.ago(as_of)));
        unknown
            .chain(old)
            .map(|text| line(icon::UNKNOWN, text, Tone::Careful))
            .collect()
    }

    fn difference_line(&self, change: &LimitChange) -> Consequence {
        let say = &self.say;
        let name = change.limit.as_str();
        let (before, after) = (
            self.limit_or_none(change.before),
            self.limit_or_none(change.after),
        );
        let feature = |limit: Option<Limit>| matches!(limit, Some(Limit::Yes | Limit::No) | None);
        let is_feature = feature(change.before) && feature(change.after);
        let (icon, text) = match (change.effect, is_feature) {
            (LimitEffect::Gained, true) => (icon::MORE, say.feature_gained(name)),
            (LimitEffect::Lost, true) => (icon::LESS, say.feature_lost(name)),
            (LimitEffect::Gained | LimitEffect::More, _) => {
                (icon::MORE, say.limit_changed(name, before, after))
            }
            (LimitEffect::Lost | LimitEffect::Less, _) => {
                (icon::LESS, say.limit_changed(name, before, after))
            }
        };
        line(icon, text, Tone::Neutral)
    }

    /// Before → after as a table: price, then every limit that differs or is exceeded.
    pub(super) fn changes(&self, preview: &Preview) -> Vec<Change> {
        let price = Change {
            label: self.say.price(),
            before: self.price(&preview.before),
            after: self.price(&preview.after),
            tone: Tone::Neutral,
            note: None,
        };
        let differing = preview
            .limits
            .iter()
            .map(|change| self.limit_row(preview, change));
        let unchanged = preview
            .over
            .iter()
            .filter(|over| !preview.limits.iter().any(|c| c.limit == over.limit));
        let exceeded = unchanged.map(|over| {
            let same = Some(Limit::Count(over.allowed));
            let change = LimitChange {
                limit: over.limit.clone(),
                before: same,
                after: same,
                effect: LimitEffect::Less,
            };
            self.limit_row(preview, &change)
        });
        let same_price = preview.before.price == preview.after.price
            && preview.before.cycle == preview.after.cycle;
        (!same_price)
            .then_some(price)
            .into_iter()
            .chain(differing)
            .chain(exceeded)
            .collect()
    }

    fn limit_row(&self, preview: &Preview, change: &LimitChange) -> Change {
        let over = preview.over.iter().find(|over| over.limit == change.limit);
        Change {
            label: change.limit.to_string(),
            before: self.limit_or_none(change.before),
            after: self.limit_or_none(change.after),
            tone: if over.is_some() {
                Tone::Danger
            } else {
                Tone::Neutral
            },
            note: over.map(|over| {
                self.say.over_note(
                    over.used,
                    over.allowed,
                    over.used.saturating_sub(over.allowed),
                )
            }),
        }
    }

    fn limit_or_none(&self, limit: Option<Limit>) -> String {
        limit.map_or_else(|| self.say.not_included(), |limit| self.say.allowed(limit))
    }

    fn over_tick(&self, choice: &str, preview: &Preview, form: &Form) -> Option<Tick> {
        if preview.over.is_empty() {
            return None;
        }
        let limits: Vec<String> = preview.over.iter().map(|over| self.over(over)).collect();
        let value = OverValue::of(choice, preview);
        Some(Tick {
            name: "over".to_owned(),
            label: self.say.accept_over(limits.join("; ")),
            detail: None,
            ticked: form.ticked("over", &value),
            why_not: None,
            value,
        })
    }
}
