//! The catalogue: plans and their versions, which are never edited.

use domain::{
    Catalog, Currency, Limit, LimitName, PartnerId, Plan, PlanCode, PlanId, PlanStatus, PlanTerms,
    PlanVersion, Timestamp,
};

use super::port::{Row, args};
use super::{Store, Tx};
use crate::error::{Error, Result, Unique};

/// A plan as somebody wants it to be from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanDraft {
    /// Its name in files; tells which plan is meant.
    pub code: PlanCode,
    /// Its name among colleagues.
    pub name: String,
    /// Its name for customers, where it differs.
    pub display_name: Option<String>,
    /// Place among the partner's plans: higher gives more.
    pub rank: i32,
    /// Currency of its prices.
    pub currency: Currency,
    /// Price per month in minor units.
    pub price_month: Option<i64>,
    /// Price per year in minor units.
    pub price_year: Option<i64>,
    /// The limits in the order in which people see them.
    pub limits: Vec<(LimitName, Limit)>,
    /// Whether it can be given.
    pub status: PlanStatus,
    /// Whether the partner recommends it.
    pub recommended: bool,
}

/// What saving a plan did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanSaved {
    /// The plan is new.
    Created(PlanId),
    /// Prices or limits differ: it has a new version, customers keep theirs.
    NewVersion(PlanId, PlanVersion),
    /// Only names, rank or status differ.
    Changed(PlanId),
    /// It already was like this.
    Unchanged(PlanId),
}

fn plan(mut row: Row) -> Result<Plan> {
    Ok(Plan {
        id: row.parsed(PlanId::parse)?,
        code: row.parsed(PlanCode::parse)?,
        name: row.text()?,
        display_name: row.maybe_text()?,
        rank: i32::try_from(row.int()?).map_err(Error::damaged)?,
        currency: row.parsed(Currency::parse)?,
        status: row.parsed(PlanStatus::parse)?,
        recommended: row.flag()?,
        terms: Vec::new(),
    })
}

fn version(mut row: Row) -> Result<(PlanId, PlanTerms)> {
    let id = row.parsed(PlanId::parse)?;
    let terms = PlanTerms {
        version: PlanVersion(u32::try_from(row.int()?).map_err(Error::damaged)?),
        price_month: row.maybe_int()?,
        price_year: row.maybe_int()?,
        limits: row.parsed(|text| serde_json::from_str(text))?,
    };
    Ok((id, terms))
}

impl Tx {
    /// All plans of a partner with all their versions.
    pub async fn catalog(&mut self, partner: &PartnerId) -> Result<Catalog> {
        let sql = "SELECT id, code, name, display_name, rank, currency, status, recommended FROM plans \
                   WHERE partner_id = $1";
        let rows = self.rows(sql, args![partner.as_str()]).await?;
        let mut plans = rows.into_iter().map(plan).collect::<Result<Vec<_>>>()?;
        let sql = "SELECT plan_id, version, price_month, price_year, limits FROM plan_versions \
                   WHERE partner_id = $1 ORDER BY plan_id, version";
        for row in self.rows(sql, args![partner.as_str()]).await? {
            let (id, terms) = version(row)?;
            if let Some(plan) = plans.iter_mut().find(|plan| plan.id == id) {
                plan.terms.push(terms);
            }
        }
        Ok(Catalog::new(plans))
    }

    /// Makes the plan with the draft's code as the draft says; `fresh` becomes its identifier when there is none yet.
    pub async fn save_plan(
        &mut self,
        partner: &PartnerId,
        draft: &PlanDraft,
        fresh: &PlanId,
        now: Timestamp,
    ) -> Result<PlanSaved> {
        // Two that save the same plan make two versions, one after the other.
        self.claim_log(partner).await?;
        let catalog = self.catalog(partner).await?;
        let Some(plan) = catalog.plan_by_code(draft.code.as_str()) else {
            let sql = "INSERT INTO plans (partner_id, id, code, name, display_name, rank, currency, status, \
                       recommended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
            self.run(sql, plan_args(partner, fresh, draft))
                .await
                .map_err(|error| error.or_taken(Unique::PlanCode))?;
            self.add_version(partner, fresh, PlanVersion::FIRST, draft, now)
                .await?;
            return Ok(PlanSaved::Created(fresh.clone()));
        };
        let outside_same = plan.name == draft.name
            && plan.display_name == draft.display_name
            && plan.rank == draft.rank
            && plan.status == draft.status
            && plan.recommended == draft.recommended
            && plan.currency == draft.currency;
        if !outside_same {
            let sql = "UPDATE plans SET code = $3, name = $4, display_name = $5, rank = $6, currency = $7, \
                       status = $8, recommended = $9 WHERE partner_id = $1 AND id = $2";
            self.run(sql, plan_args(partner, &plan.id, draft)).await?;
        }
        if plan.rank != draft.rank {
            let sql = "UPDATE customers SET plan_rank = $3 WHERE partner_id = $1 AND plan_id = $2";
            self.run(
                sql,
                args![partner.as_str(), plan.id.as_str(), i64::from(draft.rank)],
            )
            .await?;
        }
        let newest = plan
            .newest()
            .ok_or_else(|| Error::damaged("a plan without versions"))?;
        let terms_same = newest.price_month == draft.price_month
            && newest.price_year == draft.price_year
            && newest.limits == draft.limits
            && plan.currency == draft.currency;
        match (terms_same, outside_same) {
            (false, _) => {
                let next = newest.version.next();
                self.add_version(partner, &plan.id, next, draft, now)
                    .await?;
                Ok(PlanSaved::NewVersion(plan.id.clone(), next))
            }
            (true, false) => Ok(PlanSaved::Changed(plan.id.clone())),
            (true, true) => Ok(PlanSaved::Unchanged(plan.id.clone())),
        }
    }

    async fn add_version(
        &mut self,
        partner: &PartnerId,
        plan: &PlanId,
        version: PlanVersion,
        draft: &PlanDraft,
        now: Timestamp,
    ) -> Result<()> {
        let limits = serde_json::to_string(&draft.limits).map_err(Error::damaged)?;
        let sql = "INSERT INTO plan_versions (partner_id, plan_id, version, price_month, price_year, limits, \
                   created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let (partner, plan, version) = (partner.as_str(), plan.as_str(), i64::from(version.0));
        let args = args![
            partner,
            plan,
            version,
            draft.price_month,
            draft.price_year,
            limits,
            now.millis()
        ];
        self.run(sql, args).await.map(drop)
    }
}

fn plan_args(partner: &PartnerId, id: &PlanId, draft: &PlanDraft) -> Vec<super::port::Arg> {
    args![
        partner.as_str(),
        id.as_str(),
        draft.code.as_str(),
        draft.name.as_str(),
        draft.display_name.as_deref(),
        i64::from(draft.rank),
        draft.currency.code(),
        draft.status.code(),
        draft.recommended,
    ]
}

impl Store {
    /// Makes the plan with the draft's code as the draft says; `fresh` becomes its identifier when there is none yet.
    pub async fn save_plan(
        &self,
        partner: PartnerId,
        draft: PlanDraft,
        fresh: PlanId,
        now: Timestamp,
    ) -> Result<PlanSaved> {
        self.write(
            (partner, draft, fresh, now),
            |tx, (partner, draft, fresh, now)| Box::pin(tx.save_plan(partner, draft, fresh, *now)),
        )
        .await
    }
}
