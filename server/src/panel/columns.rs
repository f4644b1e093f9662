//! The heads of a list's columns.

use app::text::Say;
use app::wire::{Column, ColumnHead, ListKind, SortHead, Sorted};

use super::address::Address;
use super::sorting::{can_sort, first_direction, sort_code, turned};
use crate::store::{Columns, Direction, Sort};

/// A column without any data for this partner is left out.
fn has(columns: &Columns, column: Column) -> bool {
    match column {
        Column::Price => columns.price,
        Column::Usage => columns.usage,
        Column::Joined => columns.joined,
        Column::LastSeen => columns.last_seen,
        Column::Until => columns.until,
        Column::Customer | Column::Plan | Column::Status | Column::Reason | Column::Since => true,
    }
}

/// The columns of a list, in order.
pub fn heads(
    kind: ListKind,
    columns: &Columns,
    now: (Sort, Direction),
    address: &Address,
    say: &Say,
) -> Vec<ColumnHead> {
    let all: &[Column] = match kind {
        ListKind::Active => &[
            Column::Customer,
            Column::Plan,
            Column::Price,
            Column::Usage,
            Column::Joined,
            Column::LastSeen,
        ],
        ListKind::Suspended => &[
            Column::Customer,
            Column::Plan,
            Column::Reason,
            Column::Since,
            Column::Until,
        ],
        ListKind::All => &[
            Column::Customer,
            Column::Status,
            Column::Plan,
            Column::Price,
            Column::Usage,
            Column::Joined,
            Column::LastSeen,
        ],
    };
    all.iter()
        .copied()
        .filter(|&column| has(columns, column))
        .map(|column| ColumnHead {
            column,
            label: label(column, say),
            sort: sort_head(kind, column, now, address),
        })
        .collect()
}

fn label(column: Column, say: &Say) -> String {
    match column {
        Column::Customer => say.column_customer(),
        Column::Plan => say.column_plan(),
        Column::Price => say.column_price(),
        Column::Usage => say.column_usage(),
        Column::Status => say.column_status(),
        Column::Reason => say.column_reason(),
        Column::Since => say.column_since(),
        Column::Until => say.column_until(),
        Column::Joined => say.column_joined(),
        Column::LastSeen => say.column_last_seen(),
    }
}

fn sort_of(column: Column) -> Option<Sort> {
    match column {
        Column::Customer => Some(Sort::Name),
        Column::Plan => Some(Sort::Plan),
        Column::Price => Some(Sort::Price),
        Column::Usage => Some(Sort::Usage),
        Column::Since => Some(Sort::Since),
        Column::Joined => Some(Sort::Joined),
        Column::LastSeen => Some(Sort::LastSeen),
        Column::Status | Column::Reason | Column::Until => None,
    }
}

fn sort_head(
    kind: ListKind,
    column: Column,
    now: (Sort, Direction),
    address: &Address,
) -> Option<SortHead> {
    let sort = sort_of(column).filter(|sort| can_sort(kind, *sort))?;
    let (sorted, next) = match now {
        (current, _) if current != sort => (Sorted::No, first_direction(sort)),
        (_, Direction::Ascending) => (Sorted::Ascending, turned(now.1)),
        (_, Direction::Descending) => (Sorted::Descending, turned(now.1)),
    };
    let first_page = address.page().without(&["after", "before"]);
    Some(SortHead {
        href: first_page.with("sort", &sort_code(sort, next)).to_string(),
        now: sorted,
    })
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn heads_of(kind: ListKind, columns: &Columns, query: &str) -> Vec<ColumnHead> {
        let place = app::service::Place {
            path: kind.path().into(),
            query: query.into(),
        };
        let address = Address::read(&place).expect("short");
        heads(
            kind,
            columns,
            (Sort::Name, Direction::Ascending),
            &address,
            &Say::new("en", "UTC", Timestamp::from_millis(0)),
        )
    }

    const ALL: Columns = Columns {
        price: true,
        usage: true,
        joined: true,
        last_seen: true,
        until: true,
    };

    #[test]
    fn a_column_without_any_data_is_left_out() {
        let names = |columns: &Columns| -> Vec<Column> {
            heads_of(ListKind::Active, columns, "")
                .into_iter()
                .map(|head| head.column)
                .collect()
        };
        assert_eq!(names(&ALL).len(), 6);
        let few = Columns {
            price: false,
            usage: false,
            joined: true,
            last_seen: false,
            until: false,
        };
        assert_eq!(
            names(&few),
            [Column::Customer, Column::Plan, Column::Joined]
        );
    }

    #[test]
    fn a_head_leads_to_the_first_page_sorted_the_other_way() {
        let heads = heads_of(ListKind::Active, &ALL, "q=a&after=xyz&sort=name&menu=m");
        let name = heads[0].sort.as_ref().expect("sortable");
        assert_eq!(
            (name.now, name.href.as_str()),
            (Sorted::Ascending, "/customers/active?q=a&sort=name-desc")
        );
        let price = heads[2].sort.as_ref().expect("sortable");
        assert_eq!(
            (price.now, price.href.as_str()),
            (Sorted::No, "/customers/active?q=a&sort=price-desc")
        );
    }
}
