//! When a search finds few in the list at hand: who is found in the others.

use app::error::PanelError;
use app::wire::{Elsewhere, Link, ListKind, Tone};
use domain::Status;

use super::Panel;
use super::address::Address;
use super::query::{Asked, stored_kind};
use super::shell::list_title;
use super::words::Context;
use crate::error::Error;
use crate::store::{CustomerRow, ListQuery, Matches, Tx};

/// Up to so many matches count as few.
const FEW: u64 = 5;

impl Panel {
    pub(super) async fn elsewhere(
        &self,
        tx: &mut Tx,
        context: &Context,
        asked: &Asked,
    ) -> Result<Vec<Elsewhere>, PanelError> {
        let other = match asked.kind {
            ListKind::Active => ListKind::Suspended,
            ListKind::Suspended => ListKind::Active,
            ListKind::All => return Ok(Vec::new()),
        };
        let Some(search) = asked.list.search.as_deref() else {
            return Ok(Vec::new());
        };
        matches_in(tx, context, (asked.kind, other), search)
            .await
            .map_err(|error| self.failed(error))
    }
}

/// The other list by status; and All Customers, when that has more than both (the closed ones).
async fn matches_in(
    tx: &mut Tx,
    context: &Context,
    (kind, other): (ListKind, ListKind),
    search: &str,
) -> Result<Vec<Elsewhere>, Error> {
    let here = found(tx, context, kind, search).await?;
    if here > FEW {
        return Ok(Vec::new());
    }
    let there = found(tx, context, other, search).await?;
    let all = found(tx, context, ListKind::All, search).await?;
    let mut lines = Vec::new();
    for (list, count, worth_it) in [
        (other, there, there > 0),
        (ListKind::All, all, all > here + there),
    ] {
        if worth_it {
            let first = tx
                .customers(
                    &context.partner.id,
                    &ListQuery {
                        size: 1,
                        ..query(list, search)
                    },
                )
                .await?;
            lines.push(line(context, list, count, search, first.rows.first()));
        }
    }
    Ok(lines)
}

fn query(kind: ListKind, search: &str) -> ListQuery {
    ListQuery {
        search: Some(search.to_owned()),
        ..ListQuery::new(stored_kind(kind))
    }
}

async fn found(tx: &mut Tx, context: &Context, kind: ListKind, search: &str) -> Result<u64, Error> {
    match tx
        .matches(&context.partner.id, &query(kind, search))
        .await?
    {
        Matches::Exactly(count) | Matches::MoreThan(count) => Ok(count),
    }
}

fn line(
    context: &Context,
    kind: ListKind,
    count: u64,
    search: &str,
    first: Option<&CustomerRow>,
) -> Elsewhere {
    let say = &context.say;
    let list = list_title(kind, say);
    let text = match (count, first) {
        (1, Some(only)) => {
            let name = context.customer_named(only.name.as_deref());
            say.elsewhere_one(&list, name, detail(context, only))
        }
        _ => say.elsewhere_many(count, &list),
    };
    Elsewhere {
        text,
        link: Some(Link {
            text: say.elsewhere_show(&list),
            href: Address::of(kind.path()).with("q", search).to_string(),
        }),
        tone: if kind == ListKind::Suspended {
            Tone::Careful
        } else {
            Tone::Neutral
        },
        place: None,
    }
}

/// "Payment overdue, since 3 Nov"; for who is not suspended the plan, or that they left.
fn detail(context: &Context, customer: &CustomerRow) -> String {
    let say = &context.say;
    match (&customer.suspension, customer.status) {
        (Some(open), Status::Suspended) => say.elsewhere_suspended(
            say.suspension_reason(open.reason),
            say.short_day(open.since),
        ),
        (_, Status::Closed) => say.status(Status::Closed),
        _ => context.plan(&customer.terms.plan),
    }
}
