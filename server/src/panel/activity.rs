//! The partner's whole log, grouped by day.

use std::collections::{HashMap, HashSet};

use app::error::PanelError;
use app::service::Place;
use app::wire::{
    ActivityPage, Day, Empty, FilterSelect, Filters, Link, Pager, Picture, SelectOption,
};
use domain::{ActorRef, CustomerId, EventKind, Permission, UserId};

use super::Panel;
use super::address::Address;
use super::customer::undo_link;
use super::filters::select;
use super::menu::customer_path;
use super::query::no_name_twice;
use super::timeline::Surroundings;
use super::words::Context;
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
            .map(|logged| logged.customer.clone())
            .collect();
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
            let moves = moves.get(&logged.customer);
            moves.is_some_and(|moves| moves.can_be_undone(&logged.event.command))
                && offered.insert(logged.event.command.clone())
        };
        let mut days: Vec<Day> = Vec::new();
        for logged in &log.events {
            let around = Surroundings {
                customer: Some(Link {
                    text: name(&logged.customer),
                    href: Address::of(&customer_path(&logged.customer))
                        .with("from", &here.to_string())
                        .to_string(),
                }),
                undo: undoable(logged)
                    .then(|| undo_link(&context, &here, &logged.customer, &logged.event.command)),
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
            filters: filters(&asked, &here, &context),
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

fn kind_words(kind: EventKind, context: &Context) -> String {
    let say = &context.say;
    match kind {
        EventKind::CustomerAdded => say.kind_of_entry_added(),
        EventKind::ProfileChanged => say.kind_of_entry_profile(),
        EventKind::PlanChanged => say.kind_of_entry_plan(),
        EventKind::SuspensionPlaced => say.kind_of_entry_placed(),
        EventKind::SuspensionLifted => say.kind_of_entry_lifted(),
        EventKind::SuspensionStarted => say.kind_of_entry_started(),
        EventKind::SuspensionEnded => say.kind_of_entry_ended(),
        EventKind::UsageCrossed => say.kind_of_entry_usage(),
        EventKind::CustomerClosed => say.kind_of_entry_closed(),
    }
}

fn filters(asked: &Asked, here: &Address, context: &Context) -> Filters {
    let say = &context.say;
    let first_page = here.without(&["before", "after"]);
    let kinds = EventKind::ALL
        .iter()
        .map(|&kind| (kind.code().to_owned(), kind_words(kind, context)));
    let mut people: Vec<(&UserId, &String)> = context.people.iter().collect();
    people.sort_by_key(|(id, name)| (name.to_lowercase(), id.as_str()));
    let people = people
        .into_iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let person = asked.person.as_ref().map(UserId::as_str);
    let chip = |name: &str, text: String| Link {
        text,
        href: first_page.without(&[name]).to_string(),
    };
    let placed = Some(EventKind::SuspensionPlaced);
    let today = asked.day.as_deref() == Some(TODAY);
    let quick = |on: bool, name: &str, value: &str, text: String| {
        let link = Link {
            text,
            href: match on {
                true => first_page.without(&[name]),
                false => first_page.with(name, value),
            }
            .to_string(),
        };
        (link, on)
    };
    let quick = vec![
        quick(today, "day", TODAY, say.today_heading()),
        quick(
            asked.kind == placed,
            "kind",
            EventKind::SuspensionPlaced.code(),
            say.kind_of_entry_placed(),
        ),
    ];
    let kind_chip = asked
        .kind
        .filter(|kind| Some(*kind) != placed)
        .map(|kind| chip("kind", kind_words(kind, context)));
    let person_chip = asked
        .person
        .as_ref()
        .map(|id| chip("person", context.who(&ActorRef::User(id.clone()))));
    let day_chip = asked
        .day
        .as_ref()
        .zip(asked.bounds)
        .filter(|_| !today)
        .map(|(_, (from, _))| chip("day", say.day(from)));
    Filters {
        search: String::new(),
        search_label: say.search_label(),
        selects: vec![
            select(
                "kind",
                say.filter_kind(),
                say.any_kind(),
                kinds,
                asked.kind.map(EventKind::code),
            ),
            select("person", say.filter_person(), say.anyone(), people, person),
            day_field(asked, context),
        ],
        quick,
        keep: first_page.without(NAMES).pairs().to_vec(),
        chips: [kind_chip, person_chip, day_chip]
            .into_iter()
            .flatten()
            .collect(),
        clear: asked.is_narrowed().then(|| Link {
            text: say.clear_filters(),
            href: first_page.without(NAMES).to_string(),
        }),
    }
}

/// A date to be typed; the page shows its one option as the value.
fn day_field(asked: &Asked, context: &Context) -> FilterSelect {
    let value = asked
        .bounds
        .map(|(from, _)| context.say.field_day(from))
        .unwrap_or_default();
    let option = SelectOption {
        label: value.clone(),
        value,
        chosen: true,
        why_not: None,
    };
    FilterSelect {
        name: "day".to_owned(),
        label: context.say.filter_day(),
        options: vec![option],
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
