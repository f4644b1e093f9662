//! The filters of Activity: those that are wanted most, then the form.

use app::wire::{FilterSelect, Filters, Link, SelectOption};
use domain::{ActorRef, EventKind, UserId};

use super::super::address::Address;
use super::super::filters::select;
use super::super::words::Context;
use super::{Asked, NAMES, TODAY};

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
        EventKind::KeyCreated => say.kind_of_entry_key_created(),
        EventKind::KeyRotated => say.kind_of_entry_key_rotated(),
        EventKind::KeyRevoked => say.kind_of_entry_key_revoked(),
        EventKind::KeyMisused => say.kind_of_entry_key_misused(),
    }
}

/// The bar with everything as it stands.
pub(super) fn bar(asked: &Asked, here: &Address, context: &Context) -> Filters {
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
