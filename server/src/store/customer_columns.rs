//! How a customer stands in its row: what it is, and what is derived from the account for lists.

use domain::{
    Account, Catalog, CustomerId, PartnerId, Timestamp, gauges, headline, next_due,
    targets::earlier_count,
};

use super::codec::{actor_columns, big, limit_code, or_unknown};
use super::keys::key;
use super::port::{Arg, args};

/// The columns, in the order of [`values`]; the first two are the key.
pub const COLUMNS: &[&str] = &[
    "partner_id",
    "id",
    // What it is.
    "external_id",
    "name",
    "email",
    "phone",
    "country",
    "language",
    "lifecycle",
    "joined_at",
    "last_seen_at",
    "plan_revision",
    "access_revision",
    "epoch",
    "access_by_kind",
    "access_by_id",
    "access_at",
    "access_command",
    // What is derived.
    "name_key",
    "search_text",
    "status",
    "plan_id",
    "plan_version",
    "plan_rank",
    "cycle",
    "price",
    "currency",
    "price_month",
    "plan_since",
    "earlier_plans",
    "usage_limit",
    "usage_allowed",
    "usage_used",
    "usage_as_of",
    "usage_permille",
    "suspension_id",
    "suspension_reason",
    "suspended_since",
    "suspended_by_kind",
    "suspended_by_id",
    "suspended_until",
    "in_force",
    "due_at",
];

/// The values of a customer's row.
pub fn values(
    partner: &PartnerId,
    id: &CustomerId,
    account: &Account,
    catalog: &Catalog,
    last_seen: Option<Timestamp>,
) -> Vec<Arg> {
    let profile = &account.profile;
    let moved = account.access_moved.as_ref();
    let moved_by = moved.map(|moved| actor_columns(&moved.by));
    let mut values = args![
        partner.as_str(),
        id.as_str(),
        account.external_id.as_str(),
        profile.name.as_deref(),
        profile.email.as_deref(),
        profile.phone.as_deref(),
        profile.country.as_deref(),
        profile.language.as_deref(),
        account.lifecycle.code(),
        or_unknown(account.joined_at.map(Timestamp::millis)),
        or_unknown(last_seen.map(Timestamp::millis)),
        big(account.plan_revision.0),
        big(account.access_revision.0),
        big(account.epoch.0),
        moved_by.map(|(kind, _)| kind),
        moved_by.and_then(|(_, id)| id),
        moved.map(|moved| moved.at.millis()),
        moved.map(|moved| moved.command.as_str()),
    ];
    values.extend(search_values(id, account));
    values.push(account.status().code().into());
    values.extend(plan_values(account, catalog));
    values.extend(usage_values(account, catalog));
    values.extend(suspension_values(account));
    values
}

fn search_values(id: &CustomerId, account: &Account) -> Vec<Arg> {
    let name = account.profile.name.as_deref().map(key).unwrap_or_default();
    let email = account
        .profile
        .email
        .as_deref()
        .map(key)
        .unwrap_or_default();
    let external = key(account.external_id.as_str());
    // Between line breaks, which nobody can type into a search field, so that no match spans two of them.
    let search = format!("{name}\n{email}\n{external}\n{}", id.as_str());
    args![name, search]
}

fn plan_values(account: &Account, catalog: &Catalog) -> Vec<Arg> {
    let head = account.assignment();
    let terms = &head.terms;
    let rank = catalog.plan(&terms.plan).map_or(0, |plan| plan.rank);
    args![
        terms.plan.as_str(),
        i64::from(terms.version.0),
        i64::from(rank),
        terms.cycle.code(),
        terms.price.map(|price| price.minor),
        terms.price.as_ref().map(|price| price.currency.code()),
        or_unknown(terms.per_month().map(|price| price.minor)),
        head.started_at.millis(),
        big(earlier_count(account, catalog) as u64),
    ]
}

fn usage_values(account: &Account, catalog: &Catalog) -> Vec<Arg> {
    let gauges = gauges(catalog.limits(&account.assignment().terms), &account.usage);
    let shown = headline(&gauges);
    args![
        shown.map(|gauge| gauge.limit.as_str()),
        shown.map(|gauge| limit_code(gauge.allowed)),
        shown.and_then(|gauge| gauge.used).map(big),
        shown.and_then(|gauge| gauge.as_of).map(Timestamp::millis),
        or_unknown(shown.and_then(|gauge| gauge.permille()).map(i64::from)),
    ]
}

fn suspension_values(account: &Account) -> Vec<Arg> {
    // A closed account shows no suspension, whatever was open when it closed.
    let is_open = account.lifecycle == domain::Lifecycle::Open;
    let shown = account.in_force().next().filter(|_| is_open);
    let by = shown.map(|suspension| actor_columns(&suspension.placed_by));
    let reasons: Vec<&str> = account
        .in_force()
        .map(|suspension| suspension.reason.code())
        .collect();
    args![
        shown.map(|suspension| suspension.id.as_str()),
        shown.map(|suspension| suspension.reason.code()),
        shown.map(|suspension| suspension.since().millis()),
        by.map(|(kind, _)| kind),
        by.and_then(|(_, id)| id),
        shown
            .and_then(|suspension| suspension.until)
            .map(Timestamp::millis),
        reasons.join(","),
        next_due(account).map(Timestamp::millis),
    ]
}
