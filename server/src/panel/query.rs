//! What a list's address asks for, read once into types. What makes no sense is refused with a sentence; names that the
//! panel does not know are left alone.

use app::text::Say;
use app::wire::ListKind;
use domain::time::DAY;
use domain::{Catalog, CustomerId, Reason, Timestamp};

use super::address::Address;
use super::sorting::sorting;
use crate::store::{self, Cursor, ListQuery, Place, UsageBand};

/// The names that a list's address may hold.
const NAMES: &[&str] = &[
    "q", "sort", "plan", "usage", "reason", "since", "enforced", "size", "after", "before", "menu",
];

/// The longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 200;

/// Everything that a list's address asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which list.
    pub kind: ListKind,
    /// As the store is asked.
    pub list: ListQuery,
    /// Without scripts: whose menu is open.
    pub menu: Option<CustomerId>,
}

impl Asked {
    /// Reads an address. What was done at `late` or before should be known to the product.
    ///
    /// # Errors
    /// The sentence that says what makes no sense.
    pub fn read(
        address: &Address,
        catalog: &Catalog,
        late: Timestamp,
        say: &Say,
    ) -> Result<Asked, String> {
        let kinds = [ListKind::Active, ListKind::Suspended, ListKind::All];
        let kind = kinds
            .into_iter()
            .find(|kind| kind.path() == address.path())
            .ok_or_else(|| say.bad_query_list())?;
        no_name_twice(address, NAMES, say)?;
        let (sort, direction) = sorting(kind, address, say)?;
        let plan = address.get("plan").map(|code| {
            catalog
                .plan_by_code(code)
                .ok_or_else(|| say.bad_query_plan())
        });
        let usage = address
            .get("usage")
            .map(|text| usage_band(text).ok_or_else(|| say.bad_query_usage()));
        let reason = address
            .get("reason")
            .map(|text| Reason::parse(text).map_err(|_| say.bad_query_reason()));
        let since = address.get("since").map(|text| {
            let today = text == SINCE_DAY && kind == ListKind::Suspended;
            today
                .then(|| a_day_ago(say))
                .ok_or_else(|| say.bad_query_since())
        });
        let not_enforced = address.get("enforced").map(|text| {
            let listed = text == NOT_ENFORCED && kind == ListKind::Suspended;
            listed
                .then_some(late)
                .ok_or_else(|| say.bad_query_enforced())
        });
        let list = ListQuery {
            kind: stored_kind(kind),
            sort,
            direction,
            plan: plan.transpose()?.map(|plan| plan.id.clone()),
            usage: usage.transpose()?,
            reason: reason.transpose()?,
            since: since.transpose()?,
            not_enforced: not_enforced.transpose()?,
            search: searched(address.get("q").unwrap_or_default(), say)?,
            size: size(address, say)?,
            place: place(address, say)?,
        };
        // A menu that cannot be opened is no reason to refuse the list.
        let menu = address
            .get("menu")
            .and_then(|id| CustomerId::parse(id).ok());
        Ok(Asked { kind, list, menu })
    }

    /// Whether anything narrows the list down.
    pub fn is_narrowed(&self) -> bool {
        let list = &self.list;
        list.search.is_some()
            || list.plan.is_some()
            || list.usage.is_some()
            || list.reason.is_some()
            || list.since.is_some()
            || list.not_enforced.is_some()
    }
}

/// A list as the store names it.
pub fn stored_kind(kind: ListKind) -> store::ListKind {
    match kind {
        ListKind::Active => store::ListKind::Active,
        ListKind::Suspended => store::ListKind::Suspended,
        ListKind::All => store::ListKind::All,
    }
}

/// Every usage filter, in the order shown, with its name in addresses.
pub const USAGE_BANDS: &[(UsageBand, &str)] = &[
    (UsageBand::Near, "80"),
    (UsageBand::Over, "over"),
    (UsageBand::NotReported, "unknown"),
];

fn usage_band(text: &str) -> Option<UsageBand> {
    USAGE_BANDS
        .iter()
        .find(|(_, name)| *name == text)
        .map(|(band, _)| *band)
}

/// The one filter by time, as in addresses: who was suspended in the last 24 hours.
pub const SINCE_DAY: &str = "day";

/// The one filter by what the product knows, as in addresses: who is not enforced.
pub const NOT_ENFORCED: &str = "no";

/// From when on somebody was suspended in the last 24 hours.
pub fn a_day_ago(say: &Say) -> Timestamp {
    say.now().plus_millis(-DAY)
}

/// How many rows a page may hold.
pub const SIZES: &[u32] = &[25, 50, 100];

/// A known name must not stand twice: nobody could tell which one is meant.
pub fn no_name_twice(address: &Address, names: &[&str], say: &Say) -> Result<(), String> {
    match names.iter().find(|name| address.all(name).nth(1).is_some()) {
        Some(&name) => Err(say.bad_query_twice(name)),
        None => Ok(()),
    }
}

/// What is searched for, from what was typed; `None` when that is nothing.
pub fn searched(typed: &str, say: &Say) -> Result<Option<String>, String> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST_SEARCH {
        return Err(say.bad_query_long());
    }
    if text.chars().any(char::is_control) {
        return Err(say.bad_query_text());
    }
    Ok(Some(text.to_owned()))
}

fn size(address: &Address, say: &Say) -> Result<u32, String> {
    let Some(text) = address.get("size") else {
        return Ok(ListQuery::new(store::ListKind::All).size);
    };
    SIZES
        .iter()
        .copied()
        .find(|size| text.parse() == Ok(*size))
        .ok_or_else(|| say.bad_query_size())
}

fn place(address: &Address, say: &Say) -> Result<Place, String> {
    let cursor = |text: &str| Cursor::parse(text).ok_or_else(|| say.bad_query_cursor());
    match (address.get("after"), address.get("before")) {
        (Some(_), Some(_)) => Err(say.bad_query_both_ways()),
        (Some(text), None) => Ok(Place::After(cursor(text)?)),
        (None, Some(text)) => Ok(Place::Before(cursor(text)?)),
        (None, None) => Ok(Place::Start),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sorting::sort_code;
    use super::*;
    use crate::store::{Direction, Sort};

    fn read(path: &str, query: &str) -> Result<Asked, String> {
        let place = app::service::Place {
            path: path.into(),
            query: query.into(),
        };
        let address = Address::read(&place).expect("short enough");
        Asked::read(
            &address,
            &Catalog::default(),
            Timestamp::from_millis(0),
            &Say::new("en", "UTC", Timestamp::from_millis(0)),
        )
    }

    #[test]
    fn an_empty_query_is_the_default_list() {
        let asked = read("/customers/suspended", "").expect("fine");
        assert_eq!(
            sort_code(asked.list.sort, asked.list.direction),
            "since-desc"
        );
        assert_eq!(
            (asked.list.size, asked.list.place, asked.list.search),
            (50, Place::Start, None)
        );
        let asked = read("/customers/active", "q=+&plan=&usage=&size=&utm_source=x").expect("fine");
        assert_eq!(
            sort_code(asked.list.sort, asked.list.direction),
            "joined-desc"
        );
        assert!(!asked.is_narrowed());
    }

    #[test]
    fn every_name_is_read() {
        let asked = read(
            "/customers/all",
            "q=+Acme+&sort=price&usage=over&reason=other&size=100",
        )
        .expect("fine");
        assert_eq!(asked.list.search.as_deref(), Some("Acme"));
        assert_eq!(
            (asked.list.sort, asked.list.direction),
            (Sort::Price, Direction::Ascending)
        );
        assert_eq!(
            (asked.list.usage, asked.list.reason),
            (Some(UsageBand::Over), Some(Reason::Other))
        );
        assert_eq!(asked.list.size, 100);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        let long = format!("q={}", "x".repeat(201));
        for (path, query) in [
            ("/customers/nobody", ""),
            ("/customers/active", "sort=shoe-size"),
            ("/customers/active", "sort=-desc"),
            ("/customers/active", "sort=since"),
            ("/customers/active", "plan=gone"),
            ("/customers/active", "usage=79"),
            ("/customers/active", "reason=boredom"),
            ("/customers/active", "since=day"),
            ("/customers/suspended", "since=week"),
            ("/customers/active", "size=51"),
            ("/customers/active", "size=99999999999999999999"),
            ("/customers/active", "after=a&before=b"),
            ("/customers/active", "after=%00"),
            ("/customers/active", "q=a%00b"),
            ("/customers/active", "q=a&q=b"),
            ("/customers/active", long.as_str()),
        ] {
            let sentence = read(path, query).expect_err(query);
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}
