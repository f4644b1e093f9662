//! How a list is sorted, as its address says it.

use app::text::Say;
use app::wire::ListKind;

use super::address::Address;
use super::query::stored_kind;
use crate::store::{Direction, ListQuery, Sort};

/// Every way to sort, in the order shown, with its name in addresses.
pub const SORTS: &[(Sort, &str)] = &[
    (Sort::Since, "since"),
    (Sort::Joined, "joined"),
    (Sort::Name, "name"),
    (Sort::Plan, "plan"),
    (Sort::Price, "price"),
    (Sort::Usage, "usage"),
    (Sort::LastSeen, "seen"),
];

/// Whether a list can be sorted so.
pub fn can_sort(kind: ListKind, sort: Sort) -> bool {
    sort != Sort::Since || kind == ListKind::Suspended
}

/// The order that a first click on its head gives: names from A, everything else from the largest.
pub fn first_direction(sort: Sort) -> Direction {
    match sort {
        Sort::Name => Direction::Ascending,
        _ => Direction::Descending,
    }
}

/// The other way.
pub fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    }
}

/// A way to sort as in addresses: `name`, `joined-desc`.
pub fn sort_code(sort: Sort, direction: Direction) -> String {
    let name = SORTS
        .iter()
        .find(|(known, _)| *known == sort)
        .map_or("", |(_, name)| name);
    match direction {
        Direction::Ascending => name.to_owned(),
        Direction::Descending => format!("{name}-desc"),
    }
}

/// How an address asks for a list to be sorted.
pub fn sorting(kind: ListKind, address: &Address, say: &Say) -> Result<(Sort, Direction), String> {
    let Some(text) = address.get("sort") else {
        let by_default = ListQuery::new(stored_kind(kind));
        return Ok((by_default.sort, by_default.direction));
    };
    let (name, direction) = match text.strip_suffix("-desc") {
        Some(name) => (name, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    let found = SORTS
        .iter()
        .find(|(sort, known)| *known == name && can_sort(kind, *sort));
    found
        .map(|(sort, _)| (*sort, direction))
        .ok_or_else(|| say.bad_query_sort())
}
