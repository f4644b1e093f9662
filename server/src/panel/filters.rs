//! The filter bar of a list.

use app::text::Say;
use app::wire::{FilterSelect, Filters, Link, ListKind, SelectOption};
use domain::{Catalog, Reason};

use super::address::Address;
use super::query::{Asked, SINCE_DAY, USAGE_BANDS};
use super::sorting::{SORTS, can_sort, first_direction, sort_code};
use super::words::plan_name;
use crate::store::{Direction, Sort, UsageBand};

/// Names that narrow a list down.
pub const NARROWING: &[&str] = &["q", "plan", "usage", "reason", "since", "enforced"];
/// Names that have a field of their own in the filter form.
const FIELDS: &[&str] = &["plan", "usage", "reason", "since", "sort"];
/// Names that say where in the list one is; a new filter starts at the first page.
const PAGING: &[&str] = &["after", "before"];

/// The bar with everything as it stands.
pub fn bar(asked: &Asked, address: &Address, catalog: &Catalog, say: &Say) -> Filters {
    let page = address.page().without(PAGING);
    let clear = page.without(NARROWING).to_string();
    Filters {
        search: asked.list.search.clone().unwrap_or_default(),
        search_label: say.search_label(),
        selects: selects(asked, catalog, say),
        quick: Vec::new(),
        keep: page.without(FIELDS).pairs().to_vec(),
        chips: chips(asked, &page, catalog, say),
        clear: asked.is_narrowed().then(|| Link {
            text: say.clear_filters(),
            href: clear,
        }),
    }
}

fn selects(asked: &Asked, catalog: &Catalog, say: &Say) -> Vec<FilterSelect> {
    let list = &asked.list;
    let plans = catalog
        .plans
        .iter()
        .map(|plan| (plan.code.to_string(), plan_name(plan).to_owned()));
    let plan = list
        .plan
        .as_ref()
        .and_then(|id| catalog.plan(id))
        .map(|plan| plan.code.as_str());
    let mut selects = vec![select(
        "plan",
        say.filter_plan(),
        say.any_plan(),
        plans,
        plan,
    )];
    if asked.kind != ListKind::Suspended {
        let bands = USAGE_BANDS
            .iter()
            .map(|(band, name)| ((*name).to_owned(), usage_words(*band, say)));
        let now = USAGE_BANDS
            .iter()
            .find(|(band, _)| list.usage == Some(*band))
            .map(|(_, name)| *name);
        selects.push(select(
            "usage",
            say.filter_usage(),
            say.any_usage(),
            bands,
            now,
        ));
    }
    if asked.kind != ListKind::Active {
        let reasons = Reason::ALL
            .iter()
            .map(|&reason| (reason.code().to_owned(), say.suspension_reason(reason)));
        selects.push(select(
            "reason",
            say.filter_reason(),
            say.any_reason(),
            reasons,
            list.reason.map(Reason::code),
        ));
    }
    if asked.kind == ListKind::Suspended {
        let day = (SINCE_DAY.to_owned(), say.since_day());
        selects.push(select(
            "since",
            say.filter_since(),
            say.any_since(),
            std::iter::once(day),
            list.since.map(|_| SINCE_DAY),
        ));
    }
    selects.push(sort_select(asked, say));
    selects
}

/// For where there are no heads to click. Each way to sort stands once: turned, if it is turned now.
fn sort_select(asked: &Asked, say: &Say) -> FilterSelect {
    let (now, direction) = (asked.list.sort, asked.list.direction);
    let option = |sort: Sort| {
        let way = if sort == now {
            direction
        } else {
            first_direction(sort)
        };
        SelectOption {
            value: sort_code(sort, way),
            label: sort_words(sort, way, say),
            chosen: sort == now,
            why_not: None,
        }
    };
    let sorts = SORTS
        .iter()
        .map(|(sort, _)| *sort)
        .filter(|sort| can_sort(asked.kind, *sort));
    FilterSelect {
        name: "sort".to_owned(),
        label: say.sort_by(),
        options: sorts.map(option).collect(),
    }
}

fn sort_words(sort: Sort, direction: Direction, say: &Say) -> String {
    match (sort, direction) {
        (Sort::Name, Direction::Ascending) => say.sort_name_up(),
        (Sort::Name, Direction::Descending) => say.sort_name_down(),
        (Sort::Plan, Direction::Ascending) => say.sort_plan_up(),
        (Sort::Plan, Direction::Descending) => say.sort_plan_down(),
        (Sort::Price, Direction::Ascending) => say.sort_price_up(),
        (Sort::Price, Direction::Descending) => say.sort_price_down(),
        (Sort::Usage, Direction::Ascending) => say.sort_usage_up(),
        (Sort::Usage, Direction::Descending) => say.sort_usage_down(),
        (Sort::Joined, Direction::Ascending) => say.sort_joined_up(),
        (Sort::Joined, Direction::Descending) => say.sort_joined_down(),
        (Sort::LastSeen, Direction::Ascending) => say.sort_seen_up(),
        (Sort::LastSeen, Direction::Descending) => say.sort_seen_down(),
        (Sort::Since, Direction::Ascending) => say.sort_since_up(),
        (Sort::Since, Direction::Descending) => say.sort_since_down(),
    }
}

fn usage_words(band: UsageBand, say: &Say) -> String {
    match band {
        UsageBand::Near => say.usage_high(),
        UsageBand::Over => say.usage_over(),
        UsageBand::NotReported => say.usage_unknown(),
    }
}

/// A select whose first option is "any".
pub fn select(
    name: &str,
    label: String,
    any: String,
    options: impl Iterator<Item = (String, String)>,
    now: Option<&str>,
) -> FilterSelect {
    let first = SelectOption {
        value: String::new(),
        label: any,
        chosen: now.is_none(),
        why_not: None,
    };
    let options = options.map(|(value, label)| SelectOption {
        chosen: now == Some(value.as_str()),
        value,
        label,
        why_not: None,
    });
    FilterSelect {
        name: name.to_owned(),
        label,
        options: std::iter::once(first).chain(options).collect(),
    }
}

fn chips(asked: &Asked, page: &Address, catalog: &Catalog, say: &Say) -> Vec<Link> {
    let list = &asked.list;
    let chip = |name: &str, text: String| Link {
        text,
        href: page.without(&[name]).to_string(),
    };
    let search = list
        .search
        .as_ref()
        .map(|search| chip("q", say.chip_search(search)));
    let plan = list.plan.as_ref().and_then(|id| catalog.plan(id));
    let plan = plan.map(|plan| chip("plan", say.chip(say.filter_plan(), plan_name(plan))));
    let usage = list.usage.map(|usage| {
        chip(
            "usage",
            say.chip(say.filter_usage(), usage_words(usage, say)),
        )
    });
    let reason = list.reason.map(|reason| {
        chip(
            "reason",
            say.chip(say.filter_reason(), say.suspension_reason(reason)),
        )
    });
    let since = list
        .since
        .map(|_| chip("since", say.chip(say.filter_since(), say.since_day())));
    let enforced = list.not_enforced.map(|_| {
        let text = say.chip(say.filter_enforced(), say.enforced_not());
        chip("enforced", text)
    });
    [search, plan, usage, reason, since, enforced]
        .into_iter()
        .flatten()
        .collect()
}
