//! Plans: an edit of prices or limits makes a new version, anything else is in force at once.

use domain::{
    Currency, Cycle, Limit, LimitName, Money, PlanCode, PlanId, PlanStatus, PlanVersion, Terms,
};
use server::store::PlanDraft;

/// A plan with all versions that it ever had, oldest first.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: PlanId,
    pub code: PlanCode,
    pub rank: i32,
    pub currency: Currency,
    pub status: PlanStatus,
    pub versions: Vec<Version>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub price_month: Option<i64>,
    pub price_year: Option<i64>,
    pub limits: Vec<(LimitName, Limit)>,
}

impl Plan {
    pub fn new(id: PlanId, draft: &PlanDraft) -> Self {
        Self {
            id,
            code: draft.code.clone(),
            rank: draft.rank,
            currency: draft.currency,
            status: draft.status,
            versions: vec![version(draft)],
        }
    }

    /// Makes it as the draft says.
    pub fn save(&mut self, draft: &PlanDraft) {
        self.rank = draft.rank;
        self.status = draft.status;
        if self.versions.last() != Some(&version(draft)) {
            self.versions.push(version(draft));
        }
    }

    /// The number of the newest version; versions are numbered from 1.
    pub fn newest(&self) -> PlanVersion {
        PlanVersion(self.versions.len() as u32)
    }

    pub fn version(&self, number: PlanVersion) -> &Version {
        &self.versions[number.0 as usize - 1]
    }

    pub fn terms(&self, version: PlanVersion, cycle: Cycle) -> Terms {
        let of_version = self.version(version);
        let minor = match cycle {
            Cycle::Month => of_version.price_month,
            Cycle::Year => of_version.price_year,
        };
        Terms {
            plan: self.id.clone(),
            version,
            cycle,
            price: minor.map(|minor| Money::new(minor, self.currency)),
        }
    }

    /// What somebody gets who takes it now in this cycle.
    pub fn today(&self, cycle: Cycle) -> Terms {
        self.terms(self.newest(), cycle)
    }

    pub fn price_today(&self, cycle: Cycle) -> Option<Money> {
        self.today(cycle).price
    }

    /// The cycle stays; if the plan lacks it, monthly; if it lacks that, yearly.
    pub fn cycle_for(&self, now: Cycle) -> Cycle {
        for cycle in [now, Cycle::Month, Cycle::Year] {
            if self.price_today(cycle).is_some() {
                return cycle;
            }
        }
        now
    }
}

fn version(draft: &PlanDraft) -> Version {
    Version {
        price_month: draft.price_month,
        price_year: draft.price_year,
        limits: draft.limits.clone(),
    }
}

pub fn plan<'a>(plans: &'a [Plan], id: &PlanId) -> Option<&'a Plan> {
    plans.iter().find(|plan| plan.id == *id)
}
