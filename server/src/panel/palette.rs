//! What the command palette finds: a handful of all customers, the likeliest first.

use app::error::PanelError;
use app::service::Place;
use app::wire::{Found, FoundCustomer};
use domain::{ExternalId, Permission};

use super::Panel;
use super::address::Address;
use super::query::searched;
use super::words::Context;
use crate::error::Result;
use crate::store::{CustomerRow, Direction, ListKind, ListQuery, Sort, Tx, key, needle};

/// So many are shown.
const SHOWN: usize = 8;
/// The likeliest are picked from so many.
const LOOKED_AT: u32 = 50;

impl Panel {
    pub(super) async fn answer_find(
        &self,
        place: &Place,
        typed: &str,
    ) -> std::result::Result<Found, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let here = self.address(place, &context)?.page();
        let Some(search) = searched(typed, &context.say).map_err(PanelError::BadRequest)? else {
            return Ok(Found::default());
        };
        let found = find(&mut tx, &context, &search).await;
        let mut found = found.map_err(|error| self.failed(error))?;
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        let count = found.len() as u64;
        Ok(Found {
            said: match (count, more) {
                (0, _) => context.say.palette_nothing(search),
                (_, false) => context.say.customers(count),
                (_, true) => context.say.palette_first(count),
            },
            customers: found
                .iter()
                .map(|customer| context.found(customer, &here))
                .collect(),
        })
    }
}

/// Those that match, the likeliest first.
async fn find(tx: &mut Tx, context: &Context, search: &str) -> Result<Vec<CustomerRow>> {
    let partner = &context.partner.id;
    let query = ListQuery {
        sort: Sort::Name,
        direction: Direction::Ascending,
        search: Some(search.to_owned()),
        size: LOOKED_AT,
        ..ListQuery::new(ListKind::All)
    };
    let mut rows = tx.customers(partner, &query).await?.rows;
    // Many ids may contain this one; whose id it is must be among those that are looked at.
    if let Ok(external) = ExternalId::parse(search)
        && let Some(id) = tx.customer_id(partner, &external).await?
        && rows.iter().all(|row| row.id != id)
    {
        rows.push(tx.customer(partner, &id).await?);
    }
    let needle = needle(search);
    rows.sort_by_cached_key(|row| likeness(row, &needle));
    Ok(rows)
}

/// How likely it is the one that was meant; rows that are alike stay in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Its id or e-mail address is the search.
    Same,
    /// Its name begins so.
    Beginning,
    /// A word of its name begins so.
    Word,
    /// It contains the search somewhere.
    Somewhere,
}

fn likeness(row: &CustomerRow, needle: &str) -> Likeness {
    let name = key(row.name.as_deref().unwrap_or_default());
    let email = row.email.as_deref().unwrap_or_default();
    let same = |text: &str| key(text) == needle;
    if same(row.external_id.as_str()) || same(row.id.as_str()) || same(email) {
        Likeness::Same
    } else if name.starts_with(needle) {
        Likeness::Beginning
    } else if name
        .match_indices(needle)
        .any(|(at, _)| name[..at].ends_with(|before: char| !before.is_alphanumeric()))
    {
        Likeness::Word
    } else {
        Likeness::Somewhere
    }
}

impl Context {
    fn found(&self, customer: &CustomerRow, here: &Address) -> FoundCustomer {
        let external_id = customer.external_id.as_str();
        FoundCustomer {
            line: match customer.email.as_deref() {
                Some(email) => self.say.joined_by_dot(email, external_id),
                None => external_id.to_owned(),
            },
            row: self.row(customer, here),
        }
    }
}
