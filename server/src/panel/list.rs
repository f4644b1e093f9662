//! A page of a list.

use app::error::PanelError;
use app::service::Place;
use app::text::Say;
use app::wire::{Elsewhere, Empty, Link, ListKind, ListPage, Pager, Picture, Tone};
use domain::Permission;

use super::address::Address;
use super::enforcement::{behind, not_enforced};
use super::filters::NARROWING;
use super::query::{Asked, SINCE_DAY, SIZES, a_day_ago};
use super::row::Extras;
use super::shell::list_title;
use super::words::Context;
use super::{Panel, columns, filters};
use crate::error::Result;
use crate::store::{self, ListQuery, Matches, Tx};

impl Panel {
    pub(super) async fn answer_list(
        &self,
        place: &Place,
    ) -> std::result::Result<ListPage, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let say = &context.say;
        let late = self.shared.gate.late(say.now());
        let asked =
            Asked::read(&address, &context.catalog, late, say).map_err(PanelError::BadRequest)?;
        let partner = &context.partner.id;
        let failed = |error| self.failed(error);
        let page = tx.customers(partner, &asked.list).await.map_err(failed)?;
        let known = tx.columns(partner).await.map_err(failed)?;
        let matches = match asked.is_narrowed() {
            true => Some(tx.matches(partner, &asked.list).await.map_err(failed)?),
            false => None,
        };
        let mut elsewhere = self.elsewhere(&mut tx, &context, &asked).await?;
        if asked.kind == ListKind::Suspended && !asked.is_narrowed() {
            let today = self.suspended_today(&mut tx, &context).await;
            elsewhere.extend(today.map_err(failed)?);
        }
        if asked.list.not_enforced.is_none() {
            let behind = behind(&mut tx, &context, &self.shared.gate).await;
            let behind = behind.map_err(failed)?.filter(|count| *count > 0);
            elsewhere.extend(behind.map(|count| not_enforced(&context, count)));
        }
        let extras = match asked.kind {
            ListKind::Suspended => Extras::read(&mut tx, partner, &page.rows).await,
            ListKind::Active | ListKind::All => Ok(Extras::default()),
        };
        let extras = extras.map_err(failed)?;
        let sorted = (asked.list.sort, asked.list.direction);
        let here = address.page();
        Ok(ListPage {
            kind: asked.kind,
            title: list_title(asked.kind, say),
            count: count(&context, asked.kind, matches),
            columns: columns::heads(asked.kind, &known, sorted, &address, say),
            rows: page
                .rows
                .iter()
                .map(|customer| context.row_with(customer, &here, &extras))
                .collect(),
            filters: filters::bar(&asked, &address, &context.catalog, say),
            elsewhere,
            empty: page.rows.is_empty().then(|| empty(&context, &asked, &here)),
            open_menu: asked
                .menu
                .filter(|id| page.rows.iter().any(|customer| customer.id == *id))
                .map(|id| id.to_string()),
            pager: pager(&page, asked.list.size, &here, say),
            here: here.to_string(),
        })
    }
}

impl Panel {
    /// A wrong suspension is noticed soon when the latest ones are one look away.
    async fn suspended_today(&self, tx: &mut Tx, context: &Context) -> Result<Option<Elsewhere>> {
        let say = &context.say;
        let today = ListQuery {
            since: Some(a_day_ago(say)),
            ..ListQuery::new(store::ListKind::Suspended)
        };
        let (Matches::Exactly(count) | Matches::MoreThan(count)) =
            tx.matches(&context.partner.id, &today).await?;
        let address = Address::of(ListKind::Suspended.path()).with("since", SINCE_DAY);
        Ok((count > 0).then(|| Elsewhere {
            text: say.suspended_today(count),
            link: Some(Link {
                text: say.suspended_today_show(),
                href: address.to_string(),
            }),
            tone: Tone::Neutral,
            place: None,
        }))
    }
}

fn total(context: &Context, kind: ListKind) -> u64 {
    let counts = &context.partner.counts;
    match kind {
        ListKind::Active => counts.active,
        ListKind::Suspended => counts.suspended,
        ListKind::All => counts.all(),
    }
}

/// "1,284 customers", "12 of 1,284 match"
fn count(context: &Context, kind: ListKind, matches: Option<Matches>) -> String {
    let total = total(context, kind);
    match matches {
        None => context.say.customers(total),
        Some(Matches::Exactly(found)) => context.say.matching(found, total),
        Some(Matches::MoreThan(found)) => context.say.matching_many(found, total),
    }
}

fn pager(page: &store::ListPage, size: u32, here: &Address, say: &Say) -> Pager {
    let start = here.without(&["after", "before"]);
    let link = |name: &str, cursor: String, text: String| Link {
        text,
        href: start.with(name, &cursor).to_string(),
    };
    Pager {
        previous: page
            .before
            .as_ref()
            .map(|cursor| link("before", cursor.to_string(), say.previous())),
        next: page
            .after
            .as_ref()
            .map(|cursor| link("after", cursor.to_string(), say.next())),
        sizes: SIZES
            .iter()
            .map(|&rows| {
                let href = start.with("size", &rows.to_string()).to_string();
                (
                    Link {
                        text: say.number(u64::from(rows)),
                        href,
                    },
                    rows == size,
                )
            })
            .collect(),
    }
}

/// What stands instead of rows: each case its own words and one way on.
fn empty(context: &Context, asked: &Asked, here: &Address) -> Empty {
    let say = &context.say;
    let all = context.partner.counts.all();
    let to = |text: String, href: String| Some(Link { text, href });
    let list = |kind: ListKind| to(say.go_to(list_title(kind, say)), kind.path().to_owned());
    let plain = |picture, title, text, way_on| Empty {
        picture,
        title,
        text,
        command: None,
        way_on,
    };
    if all == 0 {
        return Empty {
            picture: Picture::FirstUse,
            title: say.first_use_title(),
            text: say.first_use_text(),
            command: Some(say.first_use_command(context.partner.id.as_str())),
            way_on: to(say.first_use_way_on(), here.to_string()),
        };
    }
    if asked.is_narrowed() {
        let title = match &asked.list.search {
            Some(search) => say.nothing_found_title(search),
            None => say.nothing_filtered_title(),
        };
        let cleared = here.without(NARROWING).without(&["after", "before"]);
        let way_on = to(say.clear_filters(), cleared.to_string());
        return plain(
            Picture::NothingFound,
            title,
            say.nothing_found_text(),
            way_on,
        );
    }
    match (asked.kind, total(context, asked.kind)) {
        (ListKind::Active, 0) => plain(
            Picture::NothingFound,
            say.nobody_active_title(),
            say.nobody_active_text(all),
            list(ListKind::Suspended),
        ),
        (ListKind::Suspended, 0) => plain(
            Picture::NothingFound,
            say.nobody_suspended_title(),
            say.nobody_suspended_text(all),
            list(ListKind::Active),
        ),
        _ => plain(
            Picture::NothingFound,
            say.page_empty_title(),
            say.page_empty_text(),
            to(
                say.first_page(),
                here.without(&["after", "before"]).to_string(),
            ),
        ),
    }
}
