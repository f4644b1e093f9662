//! The eight plans of every demo partner, and what became of them.

use domain::{Catalog, Currency, Limit, LimitName, Plan, PlanCode, PlanId, PlanStatus, Timestamp};

use super::partners::DemoPartner;
use super::story::Today;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::store::PlanDraft;

/// Names of the limits, in the order in which people see them.
const LIMITS: [&str; 5] = [
    "Seats",
    "Contacts",
    "Messages",
    "API access",
    "Single sign-on",
];

/// A plan as it was put on sale or edited on one day.
struct PlanEdit {
    /// Days before the demo's start.
    days_ago: i64,
    code: &'static str,
    name: &'static str,
    display_name: Option<&'static str>,
    rank: i32,
    /// Price per month in euros; a year costs ten months.
    euros: i64,
    /// Whether it is sold yearly too.
    year: bool,
    limits: [Limit; 5],
    status: PlanStatus,
    recommended: bool,
}

/// Days before the start at which everything begins.
pub(super) const BEGINNING: i64 = 1_140;
/// Days before the start at which Pro became dearer and larger.
pub(super) const PRO_EDITED: i64 = 410;
/// Days before the start until which Classic was sold.
pub(super) const CLASSIC_ARCHIVED: i64 = 520;
/// Days before the start between which the campaign plan was sold.
pub(super) const CAMPAIGN: (i64, i64) = (300, 240);

use Limit::{Count, No, Unlimited, Yes};
use PlanStatus::{Active, Archived, Inactive};

const fn edit(
    days_ago: i64,
    code: &'static str,
    name: &'static str,
    rank: i32,
    euros: i64,
) -> PlanEdit {
    PlanEdit {
        days_ago,
        code,
        name,
        display_name: None,
        rank,
        euros,
        year: true,
        limits: [No; 5],
        status: Active,
        recommended: false,
    }
}

const FREE: PlanEdit = PlanEdit {
    limits: [Count(1), Count(100), Count(200), No, No],
    year: false,
    ..edit(BEGINNING, "free", "Free", 10, 0)
};
const SOLO: PlanEdit = PlanEdit {
    limits: [Count(1), Count(1_000), Count(2_000), No, No],
    ..edit(BEGINNING, "solo", "Solo", 20, 9)
};
const STARTER: PlanEdit = PlanEdit {
    limits: [Count(3), Count(5_000), Count(10_000), No, No],
    ..edit(BEGINNING, "starter", "Starter", 30, 19)
};
const CLASSIC: PlanEdit = PlanEdit {
    limits: [Count(5), Count(8_000), Count(10_000), Yes, No],
    year: false,
    ..edit(BEGINNING, "classic", "Classic", 35, 25)
};
const PRO: PlanEdit = PlanEdit {
    limits: [Count(10), Count(20_000), Count(50_000), Yes, No],
    recommended: true,
    ..edit(BEGINNING, "pro", "Pro", 40, 45)
};
const TEAM: PlanEdit = PlanEdit {
    limits: [Count(30), Count(50_000), Count(150_000), Yes, No],
    ..edit(BEGINNING, "team", "Team", 50, 79)
};
const BUSINESS: PlanEdit = PlanEdit {
    limits: [Count(100), Unlimited, Count(1_000_000), Yes, Yes],
    ..edit(BEGINNING, "business", "Business", 60, 199)
};
const CAMPAIGN_PLAN: PlanEdit = PlanEdit {
    limits: [Count(5), Count(10_000), Count(20_000), Yes, No],
    display_name: Some("Summer offer"),
    year: false,
    ..edit(CAMPAIGN.0, "summer", "Summer offer", 38, 15)
};

/// Everything that happened to the plans, the earliest first.
const EDITS: [PlanEdit; 11] = [
    FREE,
    SOLO,
    STARTER,
    CLASSIC,
    PRO,
    TEAM,
    BUSINESS,
    PlanEdit {
        days_ago: CLASSIC_ARCHIVED,
        status: Archived,
        ..CLASSIC
    },
    PlanEdit {
        days_ago: PRO_EDITED,
        limits: [Count(12), Count(25_000), Count(60_000), Yes, No],
        euros: 49,
        ..PRO
    },
    CAMPAIGN_PLAN,
    PlanEdit {
        days_ago: CAMPAIGN.1,
        status: Inactive,
        ..CAMPAIGN_PLAN
    },
];

impl PlanEdit {
    /// What makes a new version when it differs.
    fn terms(&self) -> (i64, bool, [Limit; 5]) {
        (self.euros, self.year, self.limits)
    }

    /// What is sold from then on.
    fn draft(&self, partner: &DemoPartner) -> Result<PlanDraft> {
        let price = self.euros * partner.price_of_euro;
        let named = LIMITS.iter().zip(self.limits);
        let limits =
            named.map(|(name, limit)| Ok((LimitName::parse(name).map_err(Error::damaged)?, limit)));
        Ok(PlanDraft {
            code: PlanCode::parse(self.code).map_err(Error::damaged)?,
            name: self.name.to_owned(),
            display_name: self.display_name.map(str::to_owned),
            rank: self.rank,
            currency: Currency::parse(partner.currency).map_err(Error::damaged)?,
            price_month: Some(price),
            price_year: self.year.then_some(price * 10),
            limits: limits.collect::<Result<_>>()?,
            status: self.status,
            recommended: self.recommended,
        })
    }
}

/// Every edit of a partner's plans, the earliest first, each with an identifier for a plan that is new.
pub(super) fn drafts(
    partner: &DemoPartner,
    ids: &dyn Ids,
    today: Today,
) -> Result<Vec<(Timestamp, PlanId, PlanDraft)>> {
    let edits = EDITS.iter().map(|edit| {
        let at = today.days_ago(edit.days_ago);
        Ok((at, ids.plan(at), edit.draft(partner)?))
    });
    edits.collect()
}

/// What was on sale from each day on: `known` is what is on sale today, after all edits.
pub(super) fn catalogs(known: &Catalog, today: Today) -> Vec<(Timestamp, Catalog)> {
    let mut days: Vec<i64> = EDITS.iter().map(|edit| edit.days_ago).collect();
    days.dedup();
    let on = |day: i64| {
        let plans = known.plans.iter().filter_map(|plan| {
            let edits: Vec<_> = EDITS
                .iter()
                .filter(|edit| edit.code == plan.code.as_str() && edit.days_ago >= day)
                .collect();
            let latest = edits.last()?;
            let versions = 1 + edits
                .windows(2)
                .filter(|pair| pair[0].terms() != pair[1].terms())
                .count();
            let terms = plan.terms.iter().take(versions).cloned().collect();
            Some(Plan {
                status: latest.status,
                terms,
                ..plan.clone()
            })
        });
        Catalog::new(plans.collect())
    };
    days.into_iter()
        .map(|day| (today.days_ago(day), on(day)))
        .collect()
}

/// What a new customer may begin with, with how often that was chosen, `days` days before the start.
pub(super) fn on_sale(days: i64) -> Vec<(&'static str, u64)> {
    let mut choices = vec![
        ("free", 30),
        ("solo", 24),
        ("starter", 25),
        ("pro", 9),
        ("team", 3),
        ("business", 1),
    ];
    if days > CLASSIC_ARCHIVED {
        choices.push(("classic", 7));
    }
    if days < CAMPAIGN.0 && days > CAMPAIGN.1 {
        choices.push(("summer", 30));
    }
    choices
}

/// The next larger plan that is sold at any time.
pub(super) fn above(plan: &str) -> Option<&'static str> {
    Some(match plan {
        "free" => "solo",
        "solo" => "starter",
        "starter" | "classic" | "summer" => "pro",
        "pro" => "team",
        "team" => "business",
        _ => return None,
    })
}

/// The next smaller plan that is sold at any time.
pub(super) fn below(plan: &str) -> Option<&'static str> {
    Some(match plan {
        "business" => "team",
        "team" => "pro",
        "pro" | "classic" | "summer" => "starter",
        "starter" => "solo",
        "solo" => "free",
        _ => return None,
    })
}
