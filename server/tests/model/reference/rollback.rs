//! Going back: to what the customer had, exactly, or to a lower plan as it is sold today.

use domain::{
    Actor, Cause, LedgerSeq, Money, PlanId, PlanReason, PlanStatus, PlanVersion, RollbackPlan,
    RollbackTarget, Terms, Timestamp,
};

use super::catalog::plan;
use super::who::{may_act, named};
use super::{Customer, Names, Plan, Refusal, Row};

impl Customer {
    pub fn roll_back(
        &mut self,
        plans: &[Plan],
        wanted: &RollbackPlan,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        may_act(actor)?;
        self.plan_is_as_seen(wanted.expect_plan_revision)?;
        self.plan_is_not_blocked()?;
        if !self.can_roll_back(plans) {
            return Err(Refusal::NoRollbackTarget);
        }
        let (terms, restores) = match &wanted.target {
            RollbackTarget::Restore { seq, price } => {
                (self.earlier(plans, *seq, *price)?, Some(seq.0))
            }
            RollbackTarget::Lower { plan, version } => (self.lower(plans, plan, *version)?, None),
        };
        self.over_limits_are_accepted(plans, &terms, &wanted.accepts_over)?;
        self.append(Row {
            terms,
            started_at: now,
            ended_at: None,
            cause: Cause::Rollback,
            restores,
            actor: named(actor),
            reason: wanted.reason.map(PlanReason::Rollback),
            command: names.command.clone(),
        });
        Ok(1)
    }

    /// Somewhere to go: an earlier row that differs from what the customer has, or a lower plan.
    fn can_roll_back(&self, plans: &[Plan]) -> bool {
        self.rows.iter().any(|row| !self.has(&row.terms))
            || plans
                .iter()
                .any(|plan| self.as_lower(plans, plan).is_some())
    }

    /// Whether going back to these terms would change nothing: all four are what the customer has; and a price that is
    /// unknown, or of another currency, is nothing to go back to.
    fn has(&self, terms: &Terms) -> bool {
        let now = &self.head().terms;
        if terms.plan != now.plan || terms.version != now.version || terms.cycle != now.cycle {
            return false;
        }
        match (terms.price, now.price) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(then), Some(now)) => then == now || then.currency != now.currency,
        }
    }

    /// Nothing is restored at a price that the person did not see.
    fn earlier(
        &self,
        plans: &[Plan],
        seq: LedgerSeq,
        seen: Option<Money>,
    ) -> Result<Terms, Refusal> {
        if self.row(seq.0).is_some_and(|row| self.has(&row.terms)) {
            return Err(Refusal::SamePlan);
        }
        let terms = self.restored(plans, seq.0).ok_or(Refusal::NotEligible)?;
        if terms.price == seen {
            return Ok(terms);
        }
        let newest = plan(plans, &terms.plan).map_or(terms.version, Plan::newest);
        Err(Refusal::StaleVersion(newest))
    }

    /// What a row had, also of an archived plan. A price that is unknown or of another currency than the plan's falls back
    /// to today's, if there is one.
    pub fn restored(&self, plans: &[Plan], seq: u64) -> Option<Terms> {
        let mut terms = self.row(seq)?.terms.clone();
        let plan = plan(plans, &terms.plan)?;
        if terms
            .price
            .is_none_or(|price| price.currency != plan.currency)
        {
            terms.price = plan.price_today(terms.cycle).or(terms.price);
        }
        Some(terms)
    }

    fn lower(&self, plans: &[Plan], wanted: &PlanId, seen: PlanVersion) -> Result<Terms, Refusal> {
        let wanted = plan(plans, wanted).ok_or(Refusal::NotEligible)?;
        if wanted.status == PlanStatus::Archived {
            return Err(Refusal::PlanArchived);
        }
        let terms = self.as_lower(plans, wanted).ok_or(Refusal::NotEligible)?;
        if seen == terms.version {
            Ok(terms)
        } else {
            Err(Refusal::StaleVersion(terms.version))
        }
    }

    /// What a plan gives as it is sold today, if it is lower and can be given.
    fn as_lower(&self, plans: &[Plan], wanted: &Plan) -> Option<Terms> {
        let current = &self.head().terms;
        let terms = wanted.today(wanted.cycle_for(current.cycle));
        let is_lower = wanted.rank < plan(plans, &current.plan)?.rank;
        let can_be_given = self.can_be_given(plans, wanted, &terms).is_ok();
        (is_lower && can_be_given).then_some(terms)
    }
}

/// A row as a popup shows it, with the price that restoring it would give.
pub fn restore(customer: &Customer, plans: &[Plan], seq: u64) -> RollbackTarget {
    let terms = customer.restored(plans, seq);
    let price = terms.and_then(|terms| terms.price);
    let seq = LedgerSeq(seq);
    RollbackTarget::Restore { seq, price }
}

/// The target that the popup proposes: the latest row before the customer's place with another plan; without one, the
/// highest lower plan, as the customer had it last or, never had, as it is sold today.
pub fn default_target(customer: &Customer, plans: &[Plan]) -> Option<RollbackTarget> {
    let current = &customer.head().terms;
    let place = place(customer, customer.rows.len() as u64);
    let of_plan = |seq: &u64, plan: &PlanId| {
        customer
            .row(*seq)
            .is_some_and(|row| row.terms.plan == *plan)
    };
    if let Some(seq) = (1..place).rev().find(|seq| !of_plan(seq, &current.plan)) {
        return Some(restore(customer, plans, seq));
    }
    let is_lower = |plan: &&Plan| customer.as_lower(plans, plan).is_some();
    let highest = plans
        .iter()
        .filter(is_lower)
        .max_by_key(|plan| (plan.rank, &plan.code))?;
    let earlier = 1..customer.rows.len() as u64;
    Some(match earlier.rev().find(|seq| of_plan(seq, &highest.id)) {
        Some(seq) => restore(customer, plans, seq),
        None => RollbackTarget::Lower {
            plan: highest.id.clone(),
            version: highest.newest(),
        },
    })
}

/// Where in the customer's history a row stands: one that brought another back stands where that one stood, a rollback to
/// a lower plan where the row stood that it replaced, anything else at its own place.
fn place(customer: &Customer, seq: u64) -> u64 {
    match customer.row(seq) {
        Some(Row {
            restores: Some(restored),
            ..
        }) => place(customer, *restored),
        Some(Row {
            cause: Cause::Rollback,
            ..
        }) => place(customer, seq - 1),
        _ => seq,
    }
}
