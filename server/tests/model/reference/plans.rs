//! Changing the plan, and what holds for a rollback as well.

use domain::{
    AcceptedOver, Actor, Cause, ChangePlan, Kind, Limit, PlanReason, PlanRevision, PlanStatus,
    Terms, Timestamp,
};

use super::catalog::plan;
use super::customer::kind_of;
use super::who::{may_act, named};
use super::{Customer, Names, Plan, Refusal, Row};

impl Customer {
    pub fn change(
        &mut self,
        plans: &[Plan],
        wanted: &ChangePlan,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        may_act(actor)?;
        self.plan_is_as_seen(wanted.expect_plan_revision)?;
        self.plan_is_not_blocked()?;
        let plan = plan(plans, &wanted.plan).ok_or(Refusal::NotEligible)?;
        let terms = plan.terms(wanted.version, wanted.cycle);
        if terms == self.head().terms {
            return Err(Refusal::SamePlan);
        }
        if plan.status == PlanStatus::Archived {
            return Err(Refusal::PlanArchived);
        }
        if wanted.version != plan.newest() {
            return Err(Refusal::StaleVersion(plan.newest()));
        }
        self.can_be_given(plans, plan, &terms)?;
        self.over_limits_are_accepted(plans, &terms, &wanted.accepts_over)?;
        self.append(Row {
            terms,
            started_at: now,
            ended_at: None,
            cause: Cause::Change,
            restores: None,
            actor: named(actor),
            reason: wanted.reason.map(PlanReason::Change),
            command: names.command.clone(),
        });
        Ok(1)
    }

    /// Nothing is applied to a plan that the person did not see.
    pub fn plan_is_as_seen(&self, seen: PlanRevision) -> Result<(), Refusal> {
        if seen.0 == self.plan_revision {
            Ok(())
        } else {
            let head = self.head();
            let (by, at) = (head.actor.clone(), head.started_at);
            Err(Refusal::StalePlan(self.plan_revision, by, at))
        }
    }

    /// Compliance and Platform block plan changes, Billing and Manual do not.
    pub fn plan_is_not_blocked(&self) -> Result<(), Refusal> {
        for open in self.in_force() {
            let kind = kind_of(open.reason);
            if kind == Kind::Compliance || kind == Kind::Platform {
                return Err(Refusal::BlocksPlanChange(kind));
            }
        }
        Ok(())
    }

    /// A plan that can be given today: active, with a price, in the currency that the customer pays in. Where that is not
    /// known, it is the one of the customer's plan.
    pub fn can_be_given(
        &self,
        plans: &[Plan],
        wanted: &Plan,
        terms: &Terms,
    ) -> Result<(), Refusal> {
        let current = &self.head().terms;
        let of_plan = plan(plans, &current.plan).map(|plan| plan.currency);
        let paid = current.price.map(|price| price.currency).or(of_plan);
        let is_sold = wanted.status == PlanStatus::Active && terms.price.is_some();
        if is_sold && paid.is_none_or(|paid| paid == wanted.currency) {
            Ok(())
        } else {
            Err(Refusal::NotEligible)
        }
    }

    /// Every limit that today's usage would exceed was named beside the tick.
    pub fn over_limits_are_accepted(
        &self,
        plans: &[Plan],
        terms: &Terms,
        accepted: &[AcceptedOver],
    ) -> Result<(), Refusal> {
        let is_accepted = |over: &AcceptedOver| {
            let mut ticked = accepted.iter();
            ticked.any(|ticked| ticked.limit == over.limit && over.used <= ticked.used)
        };
        if self.over_limits(plans, terms).iter().all(is_accepted) {
            Ok(())
        } else {
            Err(Refusal::NotEligible)
        }
    }

    /// The limits of `terms` that today's usage exceeds, as a tick names them. What was not reported exceeds nothing.
    pub fn over_limits(&self, plans: &[Plan], terms: &Terms) -> Vec<AcceptedOver> {
        let Some(plan) = plan(plans, &terms.plan) else {
            return Vec::new();
        };
        let mut over = Vec::new();
        for (name, limit) in &plan.version(terms.version).limits {
            if let (Limit::Count(allowed), Some((used, _))) = (limit, self.usage.get(name))
                && used > allowed
            {
                over.push(AcceptedOver {
                    limit: name.clone(),
                    used: *used,
                });
            }
        }
        over
    }
}
