//! Plans and their versions, as a partner's catalogue holds them.

use serde::{Deserialize, Serialize};

use crate::{Currency, LimitName, Money, PlanCode, PlanId, PlanVersion, Terms};

codes! {
    /// How often a price is due.
    pub enum Cycle {
        /// Every month.
        Month = "month",
        /// Every year.
        Year = "year",
    }
}

codes! {
    /// Whether a plan can be given to customers.
    pub enum PlanStatus {
        /// Can be given.
        Active = "active",
        /// Not given at the moment; customers on it keep it.
        Inactive = "inactive",
        /// No longer given; customers on it keep it, and a rollback may return to it.
        Archived = "archived",
    }
}

/// What a plan says about one of its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// At most so many.
    Count(u64),
    /// As many as wanted.
    Unlimited,
    /// A feature that is included.
    Yes,
    /// A feature that is not included.
    No,
}

/// One version of a plan: its prices and limits. Never edited once made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    /// Which version.
    pub version: PlanVersion,
    /// Price per month in minor units of the plan's currency; `None` when not sold monthly.
    pub price_month: Option<i64>,
    /// Price per year in minor units of the plan's currency; `None` when not sold yearly.
    pub price_year: Option<i64>,
    /// The limits, in the order in which people see them.
    pub limits: Vec<(LimitName, Limit)>,
}

impl PlanTerms {
    /// Price for one `cycle` in minor units.
    #[must_use]
    pub const fn price_minor(&self, cycle: Cycle) -> Option<i64> {
        match cycle {
            Cycle::Month => self.price_month,
            Cycle::Year => self.price_year,
        }
    }

    /// What this version says about `name`.
    #[must_use]
    pub fn limit(&self, name: &LimitName) -> Option<Limit> {
        self.limits
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, limit)| *limit)
    }
}

/// A plan with all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identifier, the same over all versions.
    pub id: PlanId,
    /// Its name in files.
    pub code: PlanCode,
    /// Its name among colleagues.
    pub name: String,
    /// Its name for customers, where it differs.
    pub display_name: Option<String>,
    /// Place among the partner's plans: higher gives more.
    pub rank: i32,
    /// Currency of all its prices.
    pub currency: Currency,
    /// Whether it can be given.
    pub status: PlanStatus,
    /// Whether the partner recommends it.
    pub recommended: bool,
    /// All versions, newest last.
    pub terms: Vec<PlanTerms>,
}

impl Plan {
    /// The version that is sold today.
    #[must_use]
    pub fn newest(&self) -> Option<&PlanTerms> {
        self.terms.last()
    }

    /// One version.
    #[must_use]
    pub fn version(&self, version: PlanVersion) -> Option<&PlanTerms> {
        self.terms.iter().find(|terms| terms.version == version)
    }

    /// Price of one `version` for one `cycle`.
    #[must_use]
    pub fn price(&self, version: PlanVersion, cycle: Cycle) -> Option<Money> {
        let minor = self.version(version)?.price_minor(cycle)?;
        Some(Money::new(minor, self.currency))
    }

    /// Today's price for one `cycle`.
    #[must_use]
    pub fn price_today(&self, cycle: Cycle) -> Option<Money> {
        let minor = self.newest()?.price_minor(cycle)?;
        Some(Money::new(minor, self.currency))
    }

    /// What a customer gets who takes the plan today: the `wanted` cycle where it is sold, else monthly, else yearly.
    /// Without any price the price is `None`, and the plan cannot be given. `None` when the plan has no version.
    #[must_use]
    pub fn terms_today(&self, wanted: Cycle) -> Option<Terms> {
        let newest = self.newest()?;
        let cycle = [wanted, Cycle::Month, Cycle::Year]
            .into_iter()
            .find(|cycle| newest.price_minor(*cycle).is_some())
            .unwrap_or(wanted);
        Some(Terms {
            plan: self.id.clone(),
            version: newest.version,
            cycle,
            price: self.price_today(cycle),
        })
    }
}

/// All plans of one partner. A plan that was deleted is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// The plans, lowest rank first.
    pub plans: Vec<Plan>,
}

impl Catalog {
    /// Puts the plans into rank order, then by code.
    #[must_use]
    pub fn new(mut plans: Vec<Plan>) -> Self {
        plans.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.code.cmp(&b.code)));
        Self { plans }
    }

    /// The plan with this identifier.
    #[must_use]
    pub fn plan(&self, id: &PlanId) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == *id)
    }

    /// The plan with this code.
    #[must_use]
    pub fn plan_by_code(&self, code: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.code.as_str() == code)
    }

    /// The version of the plan that `terms` name.
    #[must_use]
    pub fn terms(&self, terms: &Terms) -> Option<&PlanTerms> {
        self.plan(&terms.plan)?.version(terms.version)
    }

    /// The limits that `terms` grant; none when the plan is gone.
    #[must_use]
    pub fn limits(&self, terms: &Terms) -> &[(LimitName, Limit)] {
        self.terms(terms).map_or(&[], |terms| &terms.limits)
    }
}
