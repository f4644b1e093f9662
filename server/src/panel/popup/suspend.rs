//! Suspend Account.

use app::text::Say;
use app::wire::{Block, MessagePreview, Need, Select, SelectOption, TextField, Tone, Until};
use domain::time::MINUTE;
use domain::{CustomerMessage, Note, Reason, Timestamp};

use super::parts::{icon, line, longest, options};
use super::{Body, Subject};

/// Who was seen more recently than this is using the product now, in milliseconds.
const IN_USE: i64 = 15 * MINUTE;

/// The reason decides the kind; nobody chooses that.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::Suspend)?;
    let context = subject.context;
    let say = &context.say;
    let product = context.partner.profile.product.as_str();
    let blocks = vec![
        reason(subject),
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
                partner: context.partner.profile.name.clone(),
                title: say.message_preview_title(product),
            }),
        }),
        until(subject),
        Block::Consequences(vec![
            line(
                icon::LOCKED,
                say.suspend_consequence_access(product),
                Tone::Careful,
            ),
            line(icon::KEPT, say.suspend_consequence_kept(), Tone::Neutral),
        ]),
    ];
    Ok(Body {
        title: say.suspend_title(subject.name()),
        lead: vec![plan_and_seen(subject)],
        blocks,
        hidden: vec![(
            "revision".into(),
            subject.account.access_revision.0.to_string(),
        )],
        confirm: (say.suspend_confirm(), Tone::Danger),
    })
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

/// The reasons that this person may give, each with the message that it suggests.
fn reason(subject: &Subject<'_>) -> Block {
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
    };
    Block::Select(Select {
        name: "reason".into(),
        label: say.reason(),
        options: std::iter::once(first)
            .chain(options(subject.form, &mine, Reason::code, words))
            .collect(),
        need: Need::Required,
        fills: mine
            .iter()
            .map(|&reason| (reason.code().to_owned(), say.suggested_message(reason)))
            .collect(),
    })
}

fn until(subject: &Subject<'_>) -> Block {
    let say = &subject.context.say;
    let dated = subject.form.get("until_mode") == "date";
    let mode = |value: &str, label: String, chosen| SelectOption {
        value: value.to_owned(),
        label,
        chosen,
    };
    Block::Until(Until {
        label: say.until(),
        modes: vec![
            mode("open", say.until_someone(), !dated),
            mode("date", say.until_date(), dated),
        ],
        date_label: say.until_date_label(say.zone_name()),
        date: subject.form.get("until").to_owned(),
        earliest: say.field_time(say.now().plus_millis(MINUTE)),
    })
}
