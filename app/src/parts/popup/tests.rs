//! Popups as text.

use super::{inside, role, size};
use crate::text::Words;
use crate::wire::{
    Action, Block, Card, Cards, Change, Confirm, Need, Popup, Refusal, Select, SelectOption,
    TextField, Tick, Tone,
};

fn popup(action: Action, blocks: Vec<Block>) -> Popup {
    Popup {
        action,
        customer: "cus_1".into(),
        title: "Suspend <b>Acme</b>?".into(),
        subject: "Acme · a@example.com · \"7\"".into(),
        lead: vec!["Pro & more".into()],
        partly: None,
        refusal: None,
        meanwhile: None,
        seq: 7,
        blocks,
        hidden: vec![("key".into(), "k\"1".into())],
        cancel: "Cancel".into(),
        confirm: Some(Confirm {
            label: "Yes, Suspend".into(),
            tone: Tone::Danger,
            busy: "Working…".into(),
        }),
        instead: None,
        back: "/customers/active?q=a&b".into(),
        outlook: None,
    }
}

fn reason() -> Block {
    Block::Select(Select {
        name: "reason".into(),
        label: "Reason".into(),
        options: vec![SelectOption {
            value: "overdue".into(),
            label: "Payment overdue".into(),
            chosen: true,
            why_not: None,
        }],
        need: Need::Required,
        fills: vec![("overdue".into(), "Please <pay>".into())],
    })
}

fn note(value: &str) -> Block {
    Block::Text(TextField {
        name: "note".into(),
        label: "Internal note".into(),
        hint: "Ticket number".into(),
        value: value.into(),
        max: 500,
        need: Need::Optional,
        preview: None,
    })
}

fn card(value: &str, why_not: Option<&str>) -> Card {
    Card {
        heading: None,
        value: value.into(),
        title: "Pro".into(),
        badges: vec!["Archived".into()],
        price: "€49.00".into(),
        difference: None,
        notes: Vec::new(),
        summary: Vec::new(),
        changes: vec![Change {
            label: "Seats".into(),
            before: "12".into(),
            after: "5".into(),
            tone: Tone::Danger,
            note: Some("12 used, 5 allowed: 7 over".into()),
        }],
        over: Some(Tick {
            name: "over".into(),
            value: value.into(),
            label: "Seats will be over".into(),
            detail: None,
            ticked: false,
            why_not: None,
        }),
        chosen: false,
        why_not: why_not.map(str::to_owned),
    }
}

#[test]
fn every_text_is_escaped() {
    let blocks = vec![reason(), note("</textarea><script>")];
    let text = inside(&popup(Action::Suspend, blocks), &Words::english());
    assert!(!text.contains("<b>") && !text.contains("<script"), "{text}");
    assert!(text.contains("value=\"k&quot;1\""), "{text}");
    assert!(text.contains("data-fill=\"Please &lt;pay&gt;\""), "{text}");
    assert!(
        text.contains("&lt;/textarea&gt;&lt;script&gt;</textarea>"),
        "{text}"
    );
    assert!(
        text.contains("href=\"/customers/active?q=a&amp;b\" data-close"),
        "{text}"
    );
}

#[test]
fn the_focus_starts_at_one_place() {
    let form = popup(Action::Suspend, vec![reason(), note("")]);
    let text = inside(&form, &Words::english());
    assert_eq!(text.matches("autofocus").count(), 1, "{text}");
    assert!(text.contains("required autofocus"), "{text}");
    let mut dead_end = popup(Action::RollbackPlan, Vec::new());
    dead_end.confirm = None;
    let text = inside(&dead_end, &Words::english());
    assert!(
        text.contains("data-close autofocus") && !text.contains("submit"),
        "{text}"
    );
}

#[test]
fn taking_access_away_is_an_alert() {
    assert_eq!(role(&popup(Action::Suspend, Vec::new())), "alertdialog");
    assert_eq!(role(&popup(Action::ChangePlan, Vec::new())), "dialog");
    assert_eq!(size(&popup(Action::ChangePlan, Vec::new())), "narrow");
}

#[test]
fn a_refusal_stands_at_its_field_or_above_everything() {
    let mut form = popup(Action::Suspend, vec![reason(), note("kept")]);
    let refusal = |field: Option<&str>| Refusal {
        text: "Choose a <reason>.".into(),
        field: field.map(str::to_owned),
        status: 422,
    };
    form.refusal = Some(refusal(Some("reason")));
    let text = inside(&form, &Words::english());
    assert!(
        text.contains("id=\"e-reason\"") && !text.contains("id=\"refusal\""),
        "{text}"
    );
    assert!(
        text.contains("aria-invalid=\"true\" aria-describedby=\"e-reason\""),
        "{text}"
    );
    assert!(text.contains("\nkept</textarea>"), "{text}");
    form.refusal = Some(refusal(Some("not shown here")));
    let text = inside(&form, &Words::english());
    assert!(
        text.contains("id=\"refusal\"") && text.contains("&lt;reason&gt;"),
        "{text}"
    );
}

#[test]
fn a_plan_that_cannot_be_chosen_is_disabled_with_its_reason() {
    let cards = vec![
        card("pro", Some("This is the current plan.")),
        card("free", None),
    ];
    let cards = Block::Cards(Cards {
        name: "choice".into(),
        legend: "New plan".into(),
        cards,
    });
    let form = popup(Action::ChangePlan, vec![cards]);
    let text = inside(&form, &Words::english());
    assert_eq!(size(&form), "wide");
    assert!(text.contains("value=\"pro\" required disabled>"), "{text}");
    assert!(text.contains("This is the current plan."), "{text}");
    assert!(
        text.contains("value=\"free\" required autofocus>"),
        "{text}"
    );
    assert!(
        text.contains("<small>12 used, 5 allowed: 7 over</small>"),
        "{text}"
    );
}
