//! The cells of a line, in the order of the columns that the import reads.

use domain::{Account, Catalog, Lifecycle, Limit, LimitName, Money, Plan, Terms, Timestamp};

use crate::import::{limit_text, moment_text, money, yes_no};

/// The names of all limits of today's versions, each once, in the order of the plans.
pub(super) fn granted(catalog: &Catalog) -> Vec<LimitName> {
    let mut names: Vec<LimitName> = Vec::new();
    for (name, _) in catalog
        .plans
        .iter()
        .filter_map(Plan::newest)
        .flat_map(|terms| &terms.limits)
    {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Those of them that can be used up, in any version.
pub(super) fn countable(catalog: &Catalog) -> Vec<LimitName> {
    let counted = |name: &LimitName| {
        let versions = catalog.plans.iter().flat_map(|plan| &plan.terms);
        versions
            .filter_map(|terms| terms.limit(name))
            .any(|limit| matches!(limit, Limit::Count(_) | Limit::Unlimited))
    };
    granted(catalog).into_iter().filter(counted).collect()
}

/// A line of `plans.csv`: today's version.
pub(super) fn plan(plan: &Plan, limits: &[LimitName]) -> Vec<String> {
    let newest = plan.newest();
    let price =
        |minor: Option<i64>| minor.map_or_else(String::new, |minor| money(minor, plan.currency));
    let mut cells = vec![
        plan.code.to_string(),
        plan.name.clone(),
        plan.display_name.clone().unwrap_or_default(),
        plan.rank.to_string(),
        plan.currency.code().to_owned(),
        price(newest.and_then(|terms| terms.price_month)),
        price(newest.and_then(|terms| terms.price_year)),
        plan.status.code().to_owned(),
        yes_no(plan.recommended).to_owned(),
    ];
    let limit = |name| {
        newest
            .and_then(|terms| terms.limit(name))
            .map_or_else(String::new, limit_text)
    };
    cells.extend(limits.iter().map(limit));
    cells
}

fn code(terms: &Terms, catalog: &Catalog) -> String {
    catalog
        .plan(&terms.plan)
        .map_or_else(String::new, |plan| plan.code.to_string())
}

fn decimal(price: Option<Money>) -> String {
    price.map_or_else(String::new, |price| price.to_decimal())
}

fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, moment_text)
}

/// A line of `customers.csv`; `None` for a customer that left.
pub(super) fn customer(
    account: &Account,
    last_seen_at: Option<Timestamp>,
    catalog: &Catalog,
    limits: &[LimitName],
) -> Option<Vec<String>> {
    if account.lifecycle == Lifecycle::Closed {
        return None;
    }
    let cell = |text: &Option<String>| text.clone().unwrap_or_default();
    let terms = &account.assignment().terms;
    // Of several suspensions a line has room for one: the one that was there first.
    let suspension = account.in_force().next();
    let status = if suspension.is_some() {
        "suspended"
    } else {
        "active"
    };
    let mut cells = vec![
        account.external_id.to_string(),
        cell(&account.profile.name),
        cell(&account.profile.email),
        cell(&account.profile.phone),
        cell(&account.profile.country),
        cell(&account.profile.language),
        code(terms, catalog),
        decimal(terms.price),
        terms.cycle.code().to_owned(),
        moment(account.joined_at),
        moment(last_seen_at),
        status.to_owned(),
        suspension.map_or_else(String::new, |suspension| {
            suspension.reason.code().to_owned()
        }),
        suspension.map_or_else(String::new, |suspension| moment_text(suspension.placed_at)),
    ];
    let used = |limit: &LimitName| {
        account
            .usage
            .iter()
            .find(|usage| usage.limit == *limit)
            .map(|usage| usage.used)
    };
    cells.extend(
        limits
            .iter()
            .map(|limit| used(limit).map_or_else(String::new, |used| used.to_string())),
    );
    Some(cells)
}

/// The lines of `history.csv` about one customer: its earlier plans. What it has now is in `customers.csv`; only the
/// day on which that began is told here where it would not be known otherwise.
pub(super) fn history(account: &Account, catalog: &Catalog) -> Vec<Vec<String>> {
    let head = account.assignment();
    let begins_otherwise =
        account.ledger.earlier().is_empty() && account.joined_at != Some(head.started_at);
    let rows = account
        .ledger
        .earlier()
        .iter()
        .chain(begins_otherwise.then_some(head));
    rows.map(|row| {
        vec![
            account.external_id.to_string(),
            code(&row.terms, catalog),
            decimal(row.terms.price),
            row.terms.cycle.code().to_owned(),
            moment_text(row.started_at),
            moment(row.ended_at),
        ]
    })
    .collect()
}
