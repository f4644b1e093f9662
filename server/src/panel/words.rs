//! Names and short lines that many pages say about plans, customers and people.

use std::collections::HashMap;

use app::text::Say;
use app::wire::{Tone, UsageBar};
use domain::time::DAY;
use domain::{
    Actor, ActorRef, Catalog, CustomerId, Gauge, Kind, Limit, OverLimit, Permission, Plan, PlanId,
    PlanStatus, Profile, Reason, Role, Terms, UserId,
};

use crate::store::Partner;

/// A report about usage is shown with its age when it is older than this, in milliseconds.
const OLD_USAGE: i64 = 2 * DAY;
/// From this share of a limit on, in thousandths, it is worth a look.
const NEAR: u32 = 800;

/// The name that people know a plan by.
pub fn plan_name(plan: &Plan) -> &str {
    plan.display_name.as_deref().unwrap_or(&plan.name)
}

/// Everything that answering one request needs to know about who asks, and for whom.
pub struct Context {
    /// Speaks to the reader.
    pub say: Say,
    /// Who asks, as the rules see them.
    pub actor: Actor,
    /// What they are to the partner.
    pub role: Role,
    /// Name of the operator, where it has one.
    pub operator: Option<String>,
    /// For whom.
    pub partner: Partner,
    /// Its plans.
    pub catalog: Catalog,
    /// Names of its people.
    pub people: HashMap<UserId, String>,
}

impl Context {
    /// Who did something.
    pub fn who(&self, actor: &ActorRef) -> String {
        match actor {
            ActorRef::User(id) => self
                .people
                .get(id)
                .cloned()
                .unwrap_or_else(|| self.say.unknown_person()),
            ActorRef::Operator => self
                .operator
                .clone()
                .unwrap_or_else(|| self.say.operator_actor()),
            ActorRef::System => self.say.system(),
        }
    }

    /// "Payment overdue, Terms broken"; `None` without any.
    pub fn reasons(&self, reasons: impl IntoIterator<Item = Reason>) -> Option<String> {
        let say = &self.say;
        let words = reasons
            .into_iter()
            .map(|reason| say.suspension_reason(reason));
        words.reduce(|first, second| say.and_more(first, second))
    }

    /// The customer's name.
    pub fn customer(&self, profile: &Profile) -> String {
        self.customer_named(profile.name.as_deref())
    }

    /// The customer's name, or what stands for one that is not known.
    pub fn customer_named(&self, name: Option<&str>) -> String {
        let known = name.map(str::trim).filter(|name| !name.is_empty());
        known.map_or_else(|| self.say.unnamed_customer(), str::to_owned)
    }

    /// The plan's name.
    pub fn plan(&self, id: &PlanId) -> String {
        self.catalog.plan(id).map_or_else(
            || self.say.unknown_plan(),
            |plan| plan_name(plan).to_owned(),
        )
    }

    /// "€49.00 per month"
    pub fn price(&self, terms: &Terms) -> String {
        self.say.price_per_cycle(terms.price, terms.cycle)
    }

    /// "Pro, €49.00 per month"
    pub fn plan_at(&self, terms: &Terms) -> String {
        self.say.plan_at(self.plan(&terms.plan), self.price(terms))
    }

    /// "Pro · €49.00 per month"
    pub fn plan_dot(&self, terms: &Terms) -> String {
        self.say
            .joined_by_dot(self.plan(&terms.plan), self.price(terms))
    }

    /// "Archived", "Older version": what is to be known about the plan beside its name.
    pub fn plan_badge(&self, terms: &Terms) -> Option<String> {
        let plan = self.catalog.plan(&terms.plan)?;
        let newest = plan
            .newest()
            .is_some_and(|newest| newest.version == terms.version);
        match plan.status {
            PlanStatus::Archived => Some(self.say.badge_archived()),
            PlanStatus::Active | PlanStatus::Inactive => {
                (!newest).then(|| self.say.badge_older_version())
            }
        }
    }

    /// One limit beside what is used of it.
    pub fn bar(&self, gauge: &Gauge) -> UsageBar {
        let say = &self.say;
        let text = match (gauge.allowed, gauge.used) {
            (Limit::Yes, _) => say.included(),
            (Limit::No, _) => say.not_included(),
            (Limit::Unlimited, Some(used)) => say.usage_unlimited(used),
            (Limit::Unlimited, None) => say.unlimited(),
            (Limit::Count(allowed), Some(used)) => say.usage_of(used, allowed),
            (Limit::Count(allowed), None) => say.not_reported_of(allowed),
        };
        let share = gauge.permille();
        let tone = match share {
            Some(share) if share > 1000 => Tone::Danger,
            Some(share) if share >= NEAR => Tone::Careful,
            _ => Tone::Neutral,
        };
        let old = gauge
            .as_of
            .filter(|as_of| say.now().millis_since(*as_of) > OLD_USAGE);
        UsageBar {
            limit: gauge.limit.to_string(),
            text,
            permille: share.map(|share| u16::try_from(share.min(1000)).unwrap_or(1000)),
            tone,
            age: old
                .filter(|_| gauge.used.is_some())
                .map(|as_of| say.as_of(say.ago(as_of))),
        }
    }

    /// "Seats: 12 used, 5 allowed, 7 over"
    pub fn over(&self, over: &OverLimit) -> String {
        self.say.over_limit(
            over.used,
            over.limit.as_str(),
            over.allowed,
            over.used.saturating_sub(over.allowed),
        )
    }

    /// Which permission the role lacks, as a sentence.
    pub fn forbidden(&self, permission: Permission) -> String {
        let role = self.say.role(self.role);
        match permission {
            Permission::View => self.say.forbidden_view(role),
            Permission::ChangePlan => self.say.forbidden_change(role),
            Permission::RollbackPlan => self.say.forbidden_rollback(role),
            Permission::Suspend => self.say.forbidden_suspend(role),
            Permission::Reactivate => self.say.forbidden_reactivate(role),
            Permission::LiftCompliance => self.say.forbidden_lift_compliance(role),
            Permission::Undo => self.say.forbidden_undo(role),
            Permission::ManageKeys => self.say.forbidden_keys(role),
        }
    }

    /// Why this person may not lift a suspension of this kind.
    pub fn not_yours(&self, kind: Kind) -> String {
        match kind {
            Kind::Platform => self.say.platform_only(),
            Kind::Compliance => self.forbidden(Permission::LiftCompliance),
            Kind::Billing | Kind::Manual => self.forbidden(Permission::Reactivate),
        }
    }
}

/// One or two letters for a customer without a picture: of the first and the last word.
pub fn initials(name: &str) -> String {
    let letter = |word: &str| word.chars().find(|character| character.is_alphanumeric());
    let mut letters = name.split_whitespace().filter_map(letter);
    let first = letters.next();
    let last = letters.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A colour of the avatar, 0 to 7, the same for a customer for ever.
pub fn hue(id: &CustomerId) -> u8 {
    // The end of an identifier is random, its start is time.
    id.as_str().bytes().next_back().map_or(0, |byte| byte % 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Acme GmbH", "AG"),
            ("acme", "A"),
            ("Jana van der Berg", "JB"),
            ("  (Acme)  & Sons ", "AS"),
            ("شركة الرياض", "شا"),
            ("ßen", "SS"),
            ("—", ""),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
