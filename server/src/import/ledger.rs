//! What a customer had and has, from its line and its history.

use domain::{Catalog, Cycle, Ledger, Money, Plan, PlanVersion, Stint, Terms, Timestamp};

use super::customer_lines::CustomerLine;
use super::finding::{Finding, Reason};
use super::history_lines::{History, Period};

/// The terms that a file means: the newest version that was sold at this price, else the newest one. `None` when the
/// plan has no version.
pub(super) fn terms(plan: &Plan, cycle: Cycle, price: Option<Money>) -> Option<Terms> {
    let sold = |terms: &&domain::PlanTerms| {
        price.is_some_and(|price| {
            terms.price_minor(cycle) == Some(price.minor) && plan.currency == price.currency
        })
    };
    let version = plan
        .terms
        .iter()
        .rev()
        .find(sold)
        .or(plan.newest())?
        .version;
    Some(Terms {
        plan: plan.id.clone(),
        version,
        cycle,
        price,
    })
}

/// The terms of a line about somebody new; a cycle that is not said is a month.
pub(super) fn first_terms(line: &CustomerLine, catalog: &Catalog) -> Option<Terms> {
    let plan = catalog.plan(line.plan.as_ref()?)?;
    terms(plan, line.cycle.unwrap_or(Cycle::Month), line.price)
}

fn stint(period: &Period, catalog: &Catalog) -> Option<Stint> {
    let plan = catalog.plan(&period.plan)?;
    let terms = terms(plan, period.cycle.unwrap_or(Cycle::Month), period.price)?;
    Some(Stint {
        terms,
        started_at: period.started_at,
    })
}

/// Whether two terms are the same as far as files tell: they do not name versions.
fn same(a: &Terms, b: &Terms) -> bool {
    let any = |terms: &Terms| Terms {
        version: PlanVersion::FIRST,
        ..terms.clone()
    };
    any(a) == any(b)
}

/// The past and the present of somebody new, or what is wrong with the history.
pub(super) fn stints(
    line: &CustomerLine,
    current: Terms,
    history: &History,
    catalog: &Catalog,
    now: Timestamp,
) -> Result<(Vec<Stint>, Stint), Finding> {
    let periods = history.of(&line.external_id);
    let mut earlier: Vec<Stint> = periods
        .iter()
        .filter_map(|period| stint(period, catalog))
        .collect();
    let Some(last) = periods.last() else {
        return Ok((
            earlier,
            Stint {
                terms: current,
                started_at: line.joined_at.unwrap_or(now),
            },
        ));
    };
    let Some(ended_at) = last.ended_at else {
        return match earlier.pop() {
            Some(open) if same(&open.terms, &current) => Ok((
                earlier,
                Stint {
                    terms: current,
                    started_at: open.started_at,
                },
            )),
            _ => Err(history.finding(last.line, "plan", Reason::OpenPeriodDiffers)),
        };
    };
    Ok((
        earlier,
        Stint {
            terms: current,
            started_at: ended_at,
        },
    ))
}

/// The first line of the history that tells another past than the panel's.
pub(super) fn contradiction(
    line: &CustomerLine,
    ledger: &Ledger,
    history: &History,
    catalog: &Catalog,
) -> Option<Finding> {
    let mut known = ledger.rows();
    let differs = history.of(&line.external_id).iter().find(|period| {
        let told = stint(period, catalog);
        !told.zip(known.next()).is_some_and(|(told, row)| {
            told.started_at == row.started_at && same(&told.terms, &row.terms)
        })
    })?;
    Some(history.finding(differs.line, "started_at", Reason::HistoryKept))
}
