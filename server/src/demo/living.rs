//! Living a biography: each deed becomes a command, and the rules decide about it as they do about anybody's.

use domain::{
    Account, Actor, ActorRef, Body, Catalog, ChangePlan, Command, CustomerMessage, Event,
    ExternalId, Gauge, Limit, Note, Private, Reactivate, RollbackPlan, Stint, Suspend, Timestamp,
    Undo, Usage, gauges, rollback_choices,
};

use super::story::{Biography, By, Deed, UsageReport, What};
use crate::commands::{Life, NewCustomer};
use crate::ids::Ids;

/// What lives of one partner have in common.
pub(super) struct World<'a> {
    pub ids: &'a dyn Ids,
    /// The catalogue from each moment on, the earliest first.
    pub catalogs: Vec<(Timestamp, Catalog)>,
    /// Owner, manager and agent.
    pub people: [Actor; 3],
}

impl World<'_> {
    fn catalog(&self, at: Timestamp) -> Option<&Catalog> {
        self.catalogs
            .iter()
            .rev()
            .find(|(from, _)| *from <= at)
            .map(|(_, catalog)| catalog)
    }

    fn actor(&self, by: By) -> Actor {
        let [owner, manager, agent] = &self.people;
        match by {
            By::Owner => owner.clone(),
            By::Manager => manager.clone(),
            By::Agent => agent.clone(),
            By::Operator => Actor::Operator,
        }
    }

    /// The customer whose life this is; `None` when it began with a plan that was not on sale.
    pub(super) fn live(&self, biography: &Biography) -> Option<NewCustomer> {
        let at = biography.joined_at;
        let catalog = self.catalog(at)?;
        let terms = catalog
            .plan_by_code(biography.plan)?
            .terms_today(biography.cycle)?;
        let added = Event {
            at,
            actor: ActorRef::Operator,
            command: self.ids.command(at),
            body: Body::CustomerAdded {
                external_id: ExternalId::parse(&biography.external_id).ok()?,
                joined_at: Some(at),
                import: None,
                earlier: Vec::new(),
                current: Stint {
                    terms,
                    started_at: at,
                },
            },
            private: Private {
                profile: Some(biography.profile.clone()),
                ..Private::default()
            },
        };
        let mut life = Life::begin(self.ids.customer(at), added, Vec::new())?;
        for deed in &biography.deeds {
            let catalog = self.catalog(deed.at)?;
            if matches!(deed.what, What::Settle) {
                life.wait_until(self.ids, deed.at);
                continue;
            }
            let actor = self.actor(deed.by);
            // What the rules refuse did not happen.
            let _refused = life.act(catalog, self.ids, deed.at, &actor, |account, catalog| {
                command(deed, account, catalog)
            });
        }
        let newest = self.catalogs.last().map(|(_, catalog)| catalog)?;
        if let UsageReport::Shares { shares, at } = &biography.usage {
            let at = biography.deeds.last().map_or(*at, |deed| deed.at.max(*at));
            life.report_usage(
                newest,
                self.ids,
                at,
                &usage(life.account(), newest, shares, at),
            );
        }
        Some(life.finish(biography.last_seen_at))
    }
}

fn note(text: Option<&str>) -> Option<Note> {
    text.and_then(|text| Note::parse(text).ok())
}

/// The command that a person would have sent from the popup.
fn command(deed: &Deed, account: &Account, catalog: &Catalog) -> Option<Command> {
    Some(match &deed.what {
        What::Change {
            plan,
            cycle,
            reason,
            note: text,
        } => {
            let wanted = cycle.unwrap_or(account.assignment().terms.cycle);
            let terms = catalog.plan_by_code(plan)?.terms_today(wanted)?;
            Command::ChangePlan(ChangePlan {
                plan: terms.plan,
                version: terms.version,
                cycle: terms.cycle,
                expect_plan_revision: account.plan_revision,
                accepts_over: Vec::new(),
                reason: *reason,
                note: note(*text),
            })
        }
        What::RollBack { reason, note: text } => {
            let choices = rollback_choices(account, catalog, deed.at);
            Command::RollbackPlan(RollbackPlan {
                target: choices.choices.get(choices.preselected?)?.target.clone(),
                expect_plan_revision: account.plan_revision,
                accepts_over: Vec::new(),
                reason: Some(*reason),
                note: note(*text),
            })
        }
        What::Suspend {
            reason,
            note: text,
            message,
            until,
        } => Command::Suspend(Suspend {
            reason: *reason,
            note: note(*text),
            customer_message: message.and_then(|text| CustomerMessage::parse(text).ok()),
            starts_at: None,
            until: *until,
            expect_access_revision: account.access_revision,
        }),
        What::Reactivate { reason, note: text } => Command::Reactivate(Reactivate {
            suspensions: account.in_force().map(|open| open.id.clone()).collect(),
            expect_access_revision: account.access_revision,
            reason: Some(*reason),
            note: note(*text),
        }),
        What::Undo => Command::Undo(Undo {
            command: account.plan_moved().command,
        }),
        What::Settle => return None,
    })
}

/// Shares of the limits as numbers. Nobody uses a part of a seat, and whoever uses a limit uses at least one.
fn usage(account: &Account, catalog: &Catalog, shares: &[u64], at: Timestamp) -> Vec<Usage> {
    let limits = gauges(catalog.limits(&account.assignment().terms), &[]);
    let counted = limits
        .iter()
        .filter(|gauge| matches!(gauge.allowed, Limit::Count(_) | Limit::Unlimited));
    let used = |(place, gauge): (usize, &Gauge)| {
        let share = shares.get(place).or(shares.last()).copied()?;
        let used = match gauge.allowed {
            Limit::Count(allowed) if share > 1000 => (allowed * share / 1000).max(allowed + 1),
            Limit::Count(allowed) => (allowed * share / 1000).max(1).min(allowed),
            _ => share * 97,
        };
        Some(Usage {
            limit: gauge.limit.clone(),
            used,
            as_of: at,
        })
    };
    counted.enumerate().filter_map(used).collect()
}
