//! Plan changes and rollbacks.

use super::{Case, not_eligible, unknown};
use crate::preview::over_limits;
use crate::targets::{brings_nothing_back, can_roll_back, earlier_count, lower, restored, why_not};
use crate::{
    AcceptedOver, Body, Cause, ChangePlan, Event, Ineligible, LedgerSeq, Money, Note, Permission,
    PlanId, PlanReason, PlanStatus, PlanVersion, Private, Rejection, RollbackPlan, RollbackTarget,
    Stale, Terms,
};

impl Case<'_> {
    pub(super) fn change(&self, change: &ChangePlan) -> Result<Vec<Event>, Rejection> {
        self.admit(Permission::ChangePlan)?;
        self.expect_plan(change.expect_plan_revision)?;
        self.plan_is_free()?;
        let plan = self.catalog.plan(&change.plan).ok_or_else(unknown)?;
        let terms = Terms {
            plan: plan.id.clone(),
            version: change.version,
            cycle: change.cycle,
            price: plan.price(change.version, change.cycle),
        };
        if terms == *self.current() {
            return Err(Rejection::SamePlan);
        }
        if plan.status == PlanStatus::Archived {
            return Err(Rejection::PlanArchived {
                plan: plan.id.clone(),
            });
        }
        let newest = plan.newest().ok_or_else(unknown)?.version;
        if newest != change.version {
            return Err(Rejection::Stale(Stale::Version {
                plan: plan.id.clone(),
                newest,
            }));
        }
        self.eligible(
            why_not(self.current(), self.catalog, plan, &terms),
            &terms,
            &change.accepts_over,
        )?;
        let reason = change.reason.map(PlanReason::Change);
        Ok(vec![self.plan_changed(
            terms,
            Cause::Change,
            None,
            reason,
            change.note.clone(),
        )])
    }

    pub(super) fn roll_back(&self, rollback: &RollbackPlan) -> Result<Vec<Event>, Rejection> {
        self.admit(Permission::RollbackPlan)?;
        self.expect_plan(rollback.expect_plan_revision)?;
        self.plan_is_free()?;
        if !can_roll_back(
            self.current(),
            earlier_count(self.account, self.catalog),
            self.catalog,
        ) {
            return Err(Rejection::NoRollbackTarget);
        }
        let (terms, restores) = match &rollback.target {
            RollbackTarget::Restore { seq, price } => (self.earlier(*seq, *price)?, Some(*seq)),
            RollbackTarget::Lower { plan, version } => (self.lower(plan, *version)?, None),
        };
        self.eligible(Vec::new(), &terms, &rollback.accepts_over)?;
        let reason = rollback.reason.map(PlanReason::Rollback);
        Ok(vec![self.plan_changed(
            terms,
            Cause::Rollback,
            restores,
            reason,
            rollback.note.clone(),
        )])
    }

    fn earlier(&self, seq: LedgerSeq, price: Option<Money>) -> Result<Terms, Rejection> {
        let row = self
            .account
            .ledger
            .row(seq)
            .ok_or_else(|| not_eligible(Ineligible::NotEarlierNorLower))?;
        if brings_nothing_back(&row.terms, self.current()) {
            return Err(Rejection::SamePlan);
        }
        let plan = self.catalog.plan(&row.terms.plan).ok_or_else(unknown)?;
        let terms = restored(row, plan);
        if terms.price == price {
            return Ok(terms);
        }
        Err(Rejection::Stale(Stale::Version {
            plan: plan.id.clone(),
            newest: plan.newest().map_or(terms.version, |newest| newest.version),
        }))
    }

    fn lower(&self, wanted: &PlanId, version: PlanVersion) -> Result<Terms, Rejection> {
        let plan = self.catalog.plan(wanted).ok_or_else(unknown)?;
        if plan.status == PlanStatus::Archived {
            return Err(Rejection::PlanArchived {
                plan: plan.id.clone(),
            });
        }
        let (_, terms) = lower(self.current(), self.catalog)
            .find(|(plan, _)| plan.id == *wanted)
            .ok_or_else(|| not_eligible(Ineligible::NotEarlierNorLower))?;
        if terms.version != version {
            return Err(Rejection::Stale(Stale::Version {
                plan: wanted.clone(),
                newest: terms.version,
            }));
        }
        Ok(terms)
    }

    /// Refuses terms with reasons against them, or with an exceeded limit that nobody accepted.
    fn eligible(
        &self,
        mut reasons: Vec<Ineligible>,
        terms: &Terms,
        accepted: &[AcceptedOver],
    ) -> Result<(), Rejection> {
        let over = over_limits(self.catalog.limits(terms), &self.account.usage);
        reasons.extend(
            over.into_iter()
                .filter(|over| {
                    !accepted
                        .iter()
                        .any(|seen| seen.limit == over.limit && seen.used >= over.used)
                })
                .map(Ineligible::OverLimit),
        );
        if reasons.is_empty() {
            Ok(())
        } else {
            Err(Rejection::NotEligible { reasons })
        }
    }

    fn plan_changed(
        &self,
        to: Terms,
        cause: Cause,
        restores: Option<LedgerSeq>,
        reason: Option<PlanReason>,
        note: Option<Note>,
    ) -> Event {
        let from = self.current().clone();
        let body = Body::PlanChanged {
            from,
            to,
            cause,
            restores,
            reason,
            undoes: None,
        };
        self.event(
            body,
            Private {
                note,
                ..Private::default()
            },
        )
    }
}
