//! What is new to an open page: what can be shown where it stands, and what would move something and so waits.

use std::collections::HashSet;

use app::api::page_at;
use app::error::PanelError;
use app::parts::customer::{ENFORCEMENT, enforcement};
use app::service::Place;
use app::wire::{
    ActivityPage, CustomerPage, ListKind, ListPage, Moved, News, Page, Piece, Row, Shown, Waiting,
};
use domain::{CustomerId, Permission};

use super::enforcement::{behind, warning_now};
use super::row::Extras;
use super::words::Context;
use super::{Panel, connect};
use crate::error::Error;
use crate::live::Sight;
use crate::store::KeyFirst;

/// What a page hears when its stream has just been opened.
const STREAM_OPENED: &str = "open";

impl Panel {
    pub(super) async fn answer_news(
        &self,
        place: &Place,
        shown: &Shown,
    ) -> Result<News, PanelError> {
        let (tx, context) = self.open(Permission::View).await?;
        drop(tx);
        let page = page_at(self, place).await?;
        let news = News {
            live: self.position(&context),
            nav: context.nav(),
            count: None,
            rows: Vec::new(),
            told: None,
            waiting: None,
            page: None,
            pieces: Vec::new(),
        };
        match page {
            Page::List(page) => self.news_of_list(news, &context, *page, place, shown).await,
            Page::Activity(page) => Ok(news_of_activity(news, &context, page, shown)),
            Page::Customer(page) => Ok(news_of_customer(news, page, shown)),
            Page::Drawn(page) if page.here == connect::PATH => {
                self.news_of_connect(news, shown).await
            }
            Page::Drawn(_) => Ok(news),
        }
    }

    /// The ticks of the steps, and which step was just seen to be done.
    async fn news_of_connect(&self, news: News, shown: &Shown) -> Result<News, PanelError> {
        let of_key = |first: &KeyFirst| shown.fresh.may_be(&Sight::Key(*first).word());
        let fresh: Vec<KeyFirst> = connect::ORDER.into_iter().filter(of_key).collect();
        if fresh.is_empty() && !shown.fresh.may_be(STREAM_OPENED) {
            return Ok(news);
        }
        let (told, pieces) = self.steps_now(&fresh).await?;
        let known = shown.fresh != Moved::Anybody;
        Ok(News {
            told: told.filter(|_| known),
            pieces,
            ..news
        })
    }

    async fn news_of_list(
        &self,
        news: News,
        context: &Context,
        page: ListPage,
        place: &Place,
        shown: &Shown,
    ) -> Result<News, PanelError> {
        let rows = self.rows_shown(context, &page, place, shown).await?;
        let told = match (&shown.fresh, &rows[..]) {
            (Moved::Anybody, _) | (_, []) => None,
            (Moved::These(_), [row]) => Some(told(context, row)),
            (Moved::These(_), rows) => Some(context.say.rows_now(rows.len() as u64)),
        };
        let asked = self.address(place, context)?;
        // Only a list of those that the product does not know about loses somebody that it has heard of.
        let whose: fn(&str) -> &str = match asked.get("enforced") {
            Some(_) => Sight::whose,
            None => |word| word,
        };
        let changes = changes(&page, shown, whose);
        let failed = |error| self.failed(error);
        let mut tx = self.reading().await.map_err(failed)?;
        let behind = behind(&mut tx, context, &self.shared.gate).await;
        let behind = behind.map_err(failed)?;
        Ok(News {
            count: Some(page.count.clone()),
            rows,
            told,
            pieces: behind
                .map(|count| warning_now(context, count))
                .into_iter()
                .collect(),
            waiting: (changes > 0).then(|| Waiting {
                text: context.say.changes_waiting(changes),
                page: Page::List(Box::new(page)),
            }),
            ..news
        })
    }

    /// Those shown that may have changed, also those that belong elsewhere now.
    async fn rows_shown(
        &self,
        context: &Context,
        page: &ListPage,
        place: &Place,
        shown: &Shown,
    ) -> Result<Vec<Row>, PanelError> {
        let mut rows = Vec::new();
        let mut gone = Vec::new();
        for id in shown.customers.iter().filter(|id| shown.fresh.may_be(id)) {
            match page.rows.iter().find(|row| row.id == *id) {
                Some(row) => rows.push(row.clone()),
                None => gone.extend(CustomerId::parse(id)),
            }
        }
        if !gone.is_empty() {
            let here = self.address(place, context)?.page();
            let gone = self.gone(context, &gone, page.kind).await;
            let (gone, extras) = gone.map_err(|error| self.failed(error))?;
            let gone = gone.iter();
            rows.extend(gone.map(|row| context.row_with(row, &here, &extras)));
        }
        Ok(rows)
    }

    async fn gone(
        &self,
        context: &Context,
        ids: &[CustomerId],
        kind: ListKind,
    ) -> Result<(Vec<crate::store::CustomerRow>, Extras), Error> {
        let partner = &context.partner.id;
        let mut tx = self.reading().await?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            match tx.customer(partner, id).await {
                Ok(row) => rows.push(row),
                // Nobody's, or another partner's: a page does not show it.
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        let extras = match kind {
            ListKind::Suspended => Extras::read(&mut tx, partner, &rows).await?,
            ListKind::Active | ListKind::All => Extras::default(),
        };
        Ok((rows, extras))
    }
}

/// "Acme: Suspended, Pro."
fn told(context: &Context, row: &Row) -> String {
    let say = &context.say;
    say.row_now(row.name.clone(), row.plan.clone(), row.status.word.clone())
}

/// How many customers come to a list, leave it, or have another place in it; of those that moved, where that is known.
/// `whose` finds the customer that a word is about.
fn changes(page: &ListPage, shown: &Shown, whose: fn(&str) -> &str) -> u64 {
    let now: Vec<&str> = page.rows.iter().map(|row| row.id.as_str()).collect();
    let then: Vec<&str> = shown.customers.iter().map(String::as_str).collect();
    // The order of those that stay, without those that come and go.
    let (stay_now, stay_then) = (common(&now, &then), common(&then, &now));
    let place = |order: &[&str], id: &str| order.iter().position(|other| *other == id);
    let moves = |id: &&str| {
        now.contains(id) != then.contains(id) || place(&stay_now, id) != place(&stay_then, id)
    };
    let candidates: HashSet<&str> = match &shown.moved {
        Moved::These(these) => these.iter().map(|word| whose(word)).collect(),
        Moved::Anybody => now.iter().chain(&then).copied().collect(),
    };
    candidates.into_iter().filter(moves).count() as u64
}

/// Those of one order that are in the other too.
fn common<'a>(ids: &[&'a str], others: &[&str]) -> Vec<&'a str> {
    let ids = ids.iter().copied();
    ids.filter(|id| others.contains(id)).collect()
}

/// The page when something happened to its customer; or when the product has just heard of that, which is told then.
fn news_of_customer(news: News, page: Box<CustomerPage>, shown: &Shown) -> News {
    let Ok(id) = CustomerId::parse(&page.row.id) else {
        return news;
    };
    let moved = shown.fresh.may_be(&page.row.id);
    let reached = shown.fresh.may_be(&Sight::Reached(id).word());
    if !moved && !reached {
        // How often somebody tried goes on, and how long ago something was.
        let lines = &page.enforcement;
        let piece = (!lines.is_empty()).then(|| Piece {
            place: ENFORCEMENT.to_owned(),
            html: enforcement(lines),
        });
        return News {
            pieces: piece.into_iter().collect(),
            ..news
        };
    }
    let proof = page.enforcement.first();
    let told = proof.filter(|_| reached && shown.fresh != Moved::Anybody);
    News {
        told: told.map(|line| line.text.clone()),
        page: Some(Page::Customer(page)),
        ..news
    }
}

fn news_of_activity(news: News, context: &Context, page: Box<ActivityPage>, shown: &Shown) -> News {
    let entries = page.days.iter().flat_map(|day| &day.entries);
    let newer = entries.filter(|entry| entry.seq > shown.newest).count();
    News {
        waiting: (newer > 0).then(|| Waiting {
            text: context.say.entries_waiting(newer as u64),
            page: Page::Activity(page),
        }),
        ..news
    }
}
