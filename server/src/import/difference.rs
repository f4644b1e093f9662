//! What a line would change about a customer that the panel has already.

use domain::{
    Account, Body, Catalog, Cause, Lifecycle, Money, Private, Profile, Status, Suspension, Terms,
    Timestamp, Usage,
};

use crate::ids::Ids;

use super::cell::Standing;
use super::customer_lines::{CustomerLine, USED};
use super::finding::Reason;
use super::ledger::terms;
use super::written::moment_text;

/// What a line would do, and what the report says about it.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Events to be written, in this order, as one command.
    pub changes: Vec<(Body, Private)>,
    /// Usage that is new.
    pub usage: Vec<Usage>,
    /// Seen later than the panel knew.
    pub last_seen_at: Option<Timestamp>,
    /// Column and sentence.
    pub told: Vec<(String, Reason)>,
}

/// The panel's side of the comparison.
pub(super) struct Known<'a> {
    pub account: &'a Account,
    pub last_seen_at: Option<Timestamp>,
    pub catalog: &'a Catalog,
}

impl Difference {
    /// Whether anything is to be written.
    pub(super) fn is_none(&self) -> bool {
        self.changes.is_empty() && self.usage.is_empty() && self.last_seen_at.is_none()
    }

    /// Compares. Unknown cells differ from nothing.
    pub(super) fn between(
        line: &CustomerLine,
        known: &Known,
        now: Timestamp,
        ids: &dyn Ids,
    ) -> Self {
        let mut found = Self::default();
        if known.account.lifecycle == Lifecycle::Closed {
            found.say("external_id", Reason::CustomerClosed);
            return found;
        }
        found.profile(&line.profile, &known.account.profile);
        found.plan(line, known);
        found.standing(line, known.account, now, ids);
        if line.joined_at.is_some() && line.joined_at != known.account.joined_at {
            found.say("joined_at", Reason::HistoryKept);
        }
        if let Some(seen) = line
            .last_seen_at
            .filter(|seen| known.last_seen_at.is_none_or(|known| *seen > known))
        {
            let before = known.last_seen_at.map_or_else(String::new, moment_text);
            found.say(
                "last_seen_at",
                Reason::Changed {
                    before,
                    after: moment_text(seen),
                },
            );
            found.last_seen_at = Some(seen);
        }
        for (limit, used) in &line.used {
            let before = known
                .account
                .usage
                .iter()
                .find(|usage| usage.limit == *limit)
                .map(|usage| usage.used);
            if before != Some(*used) {
                let before = before.map_or_else(String::new, |used| used.to_string());
                found.say(
                    &format!("{USED}{limit}"),
                    Reason::Changed {
                        before,
                        after: used.to_string(),
                    },
                );
                found.usage.push(Usage {
                    limit: limit.clone(),
                    used: *used,
                    as_of: now,
                });
            }
        }
        found
    }

    fn say(&mut self, field: &str, reason: Reason) {
        self.told.push((field.to_owned(), reason));
    }

    fn profile(&mut self, told: &Profile, known: &Profile) {
        let mut merged = known.clone();
        for (field, told, known) in [
            ("name", &told.name, &mut merged.name),
            ("email", &told.email, &mut merged.email),
            ("phone", &told.phone, &mut merged.phone),
            ("country", &told.country, &mut merged.country),
            ("language", &told.language, &mut merged.language),
        ] {
            if let Some(after) = told.as_ref().filter(|_| told != known) {
                let before = known.replace(after.clone()).unwrap_or_default();
                self.say(
                    field,
                    Reason::Changed {
                        before,
                        after: after.clone(),
                    },
                );
            }
        }
        if merged != *known {
            self.changes.push((
                Body::ProfileChanged,
                Private {
                    profile: Some(merged),
                    ..Private::default()
                },
            ));
        }
    }

    fn plan(&mut self, line: &CustomerLine, known: &Known) {
        let from = &known.account.assignment().terms;
        let plan = line.plan.as_ref().unwrap_or(&from.plan);
        let cycle = line.cycle.unwrap_or(from.cycle);
        let kept = *plan == from.plan && cycle == from.cycle;
        let price = line.price.or(from.price.filter(|_| kept));
        if kept && price == from.price {
            return;
        }
        let Some(to) = known
            .catalog
            .plan(plan)
            .and_then(|plan| terms(plan, cycle, price))
        else {
            return;
        };
        let code = |terms: &Terms| {
            known
                .catalog
                .plan(&terms.plan)
                .map_or_else(|| terms.plan.to_string(), |plan| plan.code.to_string())
        };
        let decimal =
            |price: Option<Money>| price.map_or_else(String::new, |price| price.to_decimal());
        for (field, before, after) in [
            ("plan", code(from), code(&to)),
            ("price", decimal(from.price), decimal(to.price)),
            (
                "cycle",
                from.cycle.code().to_owned(),
                to.cycle.code().to_owned(),
            ),
        ] {
            if before != after {
                self.say(field, Reason::Changed { before, after });
            }
        }
        let changed = Body::PlanChanged {
            from: from.clone(),
            to,
            cause: Cause::Import,
            restores: None,
            reason: None,
            undoes: None,
        };
        self.changes.push((changed, Private::default()));
    }

    fn standing(&mut self, line: &CustomerLine, account: &Account, now: Timestamp, ids: &dyn Ids) {
        let is_suspended = account.status() == Status::Suspended;
        match line.standing {
            // A colleague's suspension is not lifted by a file that may not know of it.
            Some(Standing::Active) if is_suspended => self.say("status", Reason::StaysSuspended),
            Some(Standing::Suspended) => match line.suspension_reason {
                None if is_suspended => {}
                None => self.say("suspension_reason", Reason::SuspensionReasonMissing),
                Some(reason) => match account.open_of_kind(reason.kind()) {
                    Some(open) => self.compare(line, reason, open),
                    None => {
                        let (before, after) =
                            ("active".to_owned(), format!("suspended: {}", reason.code()));
                        self.say("status", Reason::Changed { before, after });
                        self.changes
                            .push((placed(line, reason, now, ids), Private::default()));
                    }
                },
            },
            _ if line.suspension_reason.is_some() => {
                self.say("suspension_reason", Reason::NotSuspended)
            }
            _ if line.suspended_at.is_some() => self.say("suspended_at", Reason::NotSuspended),
            _ => {}
        }
    }

    fn compare(&mut self, line: &CustomerLine, reason: domain::Reason, open: &Suspension) {
        if open.reason != reason {
            self.say("suspension_reason", Reason::HistoryKept);
        } else if line.suspended_at.is_some_and(|at| at != open.placed_at) {
            self.say("suspended_at", Reason::HistoryKept);
        }
    }
}

/// The event that suspends as the line says.
pub(super) fn placed(
    line: &CustomerLine,
    reason: domain::Reason,
    now: Timestamp,
    ids: &dyn Ids,
) -> Body {
    let since = line.suspended_at.unwrap_or(now);
    Body::SuspensionPlaced {
        suspension: ids.suspension(now),
        reason,
        placed_by: domain::ActorRef::Operator,
        placed_at: since,
        starts_at: since,
        until: None,
        in_force: true,
        undoes: None,
    }
}
