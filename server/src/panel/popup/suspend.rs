//! Suspend Account.

use app::text::{CustomerSay, Say};
use app::wire::{
    Block, Consequence, Link, MessagePreview, Need, Point, Select, SelectOption, TextField, Tone,
};
use domain::time::MINUTE;
use domain::{CustomerMessage, Note, Reason, Suspension, Timestamp};

use super::parts::{icon, line, longest, options};
use super::{Body, Subject};
use crate::panel::suspended_preview::previewed;
use crate::store::Connection;
use crate::suspended_page::{Place, content};

/// Who was seen more recently than this is using the product now, in milliseconds.
const IN_USE: i64 = 15 * MINUTE;

/// The reason decides the kind; nobody chooses that.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::Suspend)?;
    let context = subject.context;
    let say = &context.say;
    let product = context.partner.profile.product.as_str();
    let view = previewed(context, subject.id, subject.account, subject.form);
    let blocks = vec![
        reason(subject, &view.say),
        Block::Text(TextField {
            name: "note".into(),
            label: say.internal_note(),
            hint: say.internal_note_hint(),
            value: subject.form.get("note").to_owned(),
            max: longest(Note::LONGEST),
            need: Need::Optional,
            preview: None,
        }),
        Block::Text(TextField {
            name: "message".into(),
            label: say.message(),
            hint: say.message_hint(product),
            value: subject.form.get("message").to_owned(),
            max: longest(CustomerMessage::LONGEST),
            need: Need::Optional,
            preview: Some(MessagePreview {
                caption: say.message_preview(subject.name()),
                language: view.say.language().to_owned(),
                page: content(&view, Place::Popup),
                open: Link {
                    text: say.message_preview_open(),
                    href: format!("/customers/{}/suspended-page", subject.id),
                },
            }),
        }),
        point(subject, "from", (say.from(), say.from_now())),
        point(subject, "until", (say.until(), say.until_someone())),
        Block::Consequences(consequences(subject, product)),
    ];
    let open = &subject.account.suspensions;
    let mut lead = vec![plan_and_seen(subject)];
    lead.extend(open.iter().map(|open| stands_already(subject, open)));
    let out_already = subject.account.in_force().next().is_some();
    Ok(Body {
        title: match out_already {
            true => say.add_suspension_title(subject.name()),
            false => say.suspend_title(subject.name()),
        },
        partly: None,
        lead,
        blocks,
        hidden: vec![(
            "revision".into(),
            subject.account.access_revision.0.to_string(),
        )],
        confirm: (say.suspend_confirm(), Tone::Danger),
    })
}

fn consequences(subject: &Subject<'_>, product: &str) -> Vec<Consequence> {
    let say = &subject.context.say;
    let access = match (subject.account.in_force().next(), subject.connection) {
        (Some(_), _) => say.add_suspension_consequence(product),
        (None, Connection::Connected) => say.suspend_consequence_access(product),
        (None, Connection::None) => say.suspend_consequence_unconnected(subject.name()),
    };
    vec![
        line(icon::LOCKED, access, Tone::Careful),
        line(icon::KEPT, say.suspend_consequence_kept(), Tone::Neutral),
    ]
}

/// "Suspended already: Payment overdue, since 3 Nov by Jana Novak."
fn stands_already(subject: &Subject<'_>, open: &Suspension) -> String {
    let say = &subject.context.say;
    let (reason, who) = (
        say.suspension_reason(open.reason),
        subject.context.who(&open.placed_by),
    );
    match open.in_force {
        true => say.open_now(reason, say.point(open.starts_at), who),
        false => say.planned_already(reason, say.day_and_time(open.starts_at), who),
    }
}

/// "Pro · €49.00 per month · last seen 4 minutes ago"
fn plan_and_seen(subject: &Subject<'_>) -> String {
    let say = &subject.context.say;
    let plan = subject
        .context
        .plan_dot(&subject.account.assignment().terms);
    say.joined_by_dot(plan, seen(say, subject.last_seen))
}

fn seen(say: &Say, last_seen: Option<Timestamp>) -> String {
    match last_seen {
        None => say.never_seen(),
        Some(seen) if say.now().millis_since(seen) < IN_USE => say.in_use_now(),
        Some(seen) => say.last_seen(say.ago(seen)),
    }
}

/// The reasons that this person may give, each with the message that it suggests to the customer.
fn reason(subject: &Subject<'_>, customer: &CustomerSay) -> Block {
    let context = subject.context;
    let say = &context.say;
    let mine: Vec<Reason> = Reason::ALL
        .iter()
        .copied()
        .filter(|reason| context.actor.may_place(reason.kind()))
        .collect();
    let words = |reason: Reason| match reason {
        Reason::Other => say.reason_other_with_note(),
        _ => say.suspension_reason(reason),
    };
    let first = SelectOption {
        value: String::new(),
        label: say.choose_reason(),
        chosen: Reason::parse(subject.form.get("reason")).is_err(),
        why_not: None,
    };
    // One of a kind: what stands already is shown, and cannot be chosen.
    let why_not = |code: &str| {
        let kind = Reason::parse(code).ok()?.kind();
        let open = subject.account.open_of_kind(kind)?;
        Some(match open.in_force {
            true => say.reason_open(),
            false => say.reason_planned(),
        })
    };
    let reasons = options(subject.form, &mine, Reason::code, words).map(|option| SelectOption {
        why_not: why_not(&option.value),
        ..option
    });
    Block::Select(Select {
        name: "reason".into(),
        label: say.reason(),
        options: std::iter::once(first).chain(reasons).collect(),
        need: Need::Required,
        fills: mine
            .iter()
            .map(|&reason| (reason.code().to_owned(), customer.suggested_message(reason)))
            .collect(),
    })
}

/// A moment that is left open unless somebody says when.
fn point(subject: &Subject<'_>, name: &str, (label, open): (String, String)) -> Block {
    let say = &subject.context.say;
    let dated = subject.form.get(&format!("{name}_mode")) == "date";
    let mode = |value: &str, label: String, chosen| SelectOption {
        value: value.to_owned(),
        label,
        chosen,
        why_not: None,
    };
    Block::Point(Point {
        label,
        modes: vec![
            mode("open", open, !dated),
            mode("date", say.until_date(), dated),
        ],
        date_label: say.until_date_label(say.zone_name()),
        date: subject.form.get(name).to_owned(),
        name: name.to_owned(),
    })
}
