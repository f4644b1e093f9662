//! The partner's whole log, grouped by day.

mod filters;

use std::collections::{HashMap, HashSet};

use app::error::PanelError;
use app::service::Place;
use app::wire::{ActivityPage, Day, Empty, Link, Pager, Picture};
use domain::{ActorRef, CustomerId, EventKind, Permission, UserId};

use super::Panel;
use super::address::Address;
use super::customer_history::undo_link;
use super::menu::customer_path;
use super::query::no_name_twice;
use super::timeline::Surroundings;
use super::words::Context;
use crate::api_keys::KeyOwner;
use crate::store::{ActivityQuery, LogPage, LogPlace, Logged};

/// Entries on one page.
const ENTRIES: u32 = 50;
/// The day that is always the present one.
const TODAY: &str = "today";
const NAMES: &[&str] = &["kind", "person", "day", "before", "after"];

impl Panel {
    pub(super) async fn answer_activity(&self, place: &Place) -> Result<ActivityPage, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let asked = Asked::read(&address, &context).map_err(PanelError::BadRequest)?;
        let failed = |error| self.failed(error);
        let partner = &context.partner.id;
        let log = tx.activity(partner, &asked.query()).await.map_err(failed)?;
        let ids: Vec<CustomerId> = log
            .events
            .iter()
            .filter_map(|logged| logged.customer.clone())
            .collect();
        let keys = match log
            .events
            .iter()
            .any(|logged| logged.event.body.key().is_some())
        {
            true => tx
                .api_keys(&KeyOwner::Partner(partner.clone()))
                .await
                .map_err(failed)?,
            false => Vec::new(),
        };
        let names = tx.customer_names(partner, &ids).await.map_err(failed)?;
        let here = address.page();
        let name = |id: &CustomerId| {
            context.customer_named(names.get(id).and_then(|(name, _)| name.as_deref()))
        };
        let moves = match context.actor.permits(Permission::Undo) {
            true => tx.last_moves(partner, &ids).await.map_err(failed)?,
            false => HashMap::new(),
        };
        // Once per command, beside its latest event.
        let mut offered = HashSet::new();
        let mut undoable = |logged: &Logged| {
            let moves = logged.customer.as_ref().and_then(|id| moves.get(id));
            moves.is_some_and(|moves| moves.can_be_undone(&logged.event.command))
                && offered.insert(logged.event.command.clone())
        };
        let mut days: Vec<Day> = Vec::new();
        for logged in &log.events {
            let around = Surroundings {
                enforced: None,
                customer: logged.customer.as_ref().map(|customer| Link {
                    text: name(customer),
                    href: Address::of(&customer_path(customer))
                        .with("from", &here.to_string())
                        .to_string(),
                }),
                key: logged.event.body.key().map(|id| {
                    let key = keys.iter().find(|key| key.id == *id);
                    key.map_or_else(|| context.say.key_unknown(), |key| context.key_name(key))
                }),
                undo: logged
                    .customer
                    .as_ref()
                    .filter(|_| undoable(logged))
                    .map(|customer| undo_link(&context, &here, customer, &logged.event.command)),
                restore: None,
            };
            let entry = context.entry(logged, context.say.moment_of_day(logged.event.at), around);
            let title = context.say.day_heading(logged.event.at);
            match days.last_mut().filter(|day| day.title == title) {
                Some(day) => day.entries.push(entry),
                None => days.push(Day {
                    title,
                    entries: vec![entry],
                }),
            }
        }
        Ok(ActivityPage {
            title: context.say.activity(),
            filters: filters::bar(&asked, &here, &context),
            empty: days.is_empty().then(|| empty(&asked, &here, &context)),
            days,
            pager: pager(&log, &here, &context),
            here: here.to_string(),
        })
    }
}

/// What the address asks for.
struct Asked {
    kind: Option<EventKind>,
    person: Option<UserId>,
    day: Option<String>,
    place: LogPlace,
    bounds: Option<(domain::Timestamp, domain::Timestamp)>,
}

impl Asked {
    fn read(address: &Address, context: &Context) -> Result<Asked, String> {
        let say = &context.say;
        no_name_twice(address, NAMES, say)?;
        let kind = address
            .get("kind")
            .map(|code| EventKind::parse(code).map_err(|_| say.bad_query_kind()));
        let person = address.get("person").map(|id| {
            let known = UserId::parse(id)
                .ok()
                .filter(|id| context.people.contains_key(id));
            known.ok_or_else(|| say.bad_query_person())
        });
        let day = address.get("day");
        let bounds = day
            .map(|day| match day {
                TODAY => Ok(say.today()),
                day => say.read_day(day).ok_or_else(|| say.bad_query_day()),
            })
            .transpose()?;
        let seq = |text: &str| text.parse().map_err(|_| say.bad_query_cursor());
        let place = match (address.get("before"), address.get("after")) {
            (Some(_), Some(_)) => return Err(say.bad_query_both_ways()),
            (Some(text), None) => LogPlace::Before(seq(text)?),
            (None, Some(text)) => LogPlace::After(seq(text)?),
            (None, None) => LogPlace::Start,
        };
        Ok(Asked {
            kind: kind.transpose()?,
            person: person.transpose()?,
            day: day.map(str::to_owned),
            place,
            bounds,
        })
    }

    fn is_narrowed(&self) -> bool {
        self.kind.is_some() || self.person.is_some() || self.day.is_some()
    }

    fn query(&self) -> ActivityQuery {
        ActivityQuery {
            kind: self.kind,
            actor: self.person.clone().map(ActorRef::User),
            from: self.bounds.map(|(from, _)| from),
            until: self.bounds.map(|(_, until)| until),
            place: self.place,
            ..ActivityQuery::newest(ENTRIES)
        }
    }
}

fn empty(asked: &Asked, here: &Address, context: &Context) -> Empty {
    let say = &context.say;
    let way_on = |text: String, address: Address| {
        Some(Link {
            text,
            href: address.to_string(),
        })
    };
    if asked.is_narrowed() {
        return Empty {
            picture: Picture::NothingFound,
            title: say.activity_none_title(),
            text: say.activity_none_text(),
            command: None,
            way_on: way_on(say.clear_filters(), here.without(NAMES)),
        };
    }
    Empty {
        picture: Picture::FirstUse,
        title: say.activity_empty_title(),
        text: say.activity_empty_text(),
        command: None,
        way_on: way_on(
            say.go_to(say.active_customers()),
            Address::of("/customers/active"),
        ),
    }
}

fn pager(log: &LogPage, here: &Address, context: &Context) -> Pager {
    let start = here.without(&["before", "after"]);
    let link = |name: &str, seq: u64, text: String| Link {
        text,
        href: start.with(name, &seq.to_string()).to_string(),
    };
    Pager {
        previous: log.newer.map(|seq| link("after", seq, context.say.newer())),
        next: log
            .older
            .map(|seq| link("before", seq, context.say.older())),
        sizes: Vec::new(),
    }
}
