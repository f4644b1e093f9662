//! The popup that confirms.

use super::html::Html;
use super::popup_blocks::block;
use crate::text::Words;
use crate::wire::{Action, Block, Link, Popup, Tone};

/// Its role: an alert where access is taken away.
pub fn role(popup: &Popup) -> &'static str {
    if popup.action == Action::Suspend {
        "alertdialog"
    } else {
        "dialog"
    }
}

/// Its size: wide where plans are compared.
pub fn size(popup: &Popup) -> &'static str {
    if popup
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Cards(_)))
    {
        "wide"
    } else {
        "narrow"
    }
}

/// The inside of the dialog.
pub fn inside(popup: &Popup, words: &Words) -> String {
    let mut html = Html::new();
    html.el("form").attr("method", "post").flag("data-send");
    for (name, value) in &popup.hidden {
        html.hidden(name, value);
    }
    // No header and footer: in a dialog those would be landmarks of the whole page.
    html.with("div", "popup-head")
        .el("h2")
        .attr("id", "popup-title");
    either(
        &mut html,
        &popup.title,
        popup.partly.as_ref().map(|partly| &partly.title),
    );
    html.end();
    html.leaf("p", "popup-subject", &popup.subject).end();

    html.with("div", "popup-body");
    let at_field = popup
        .refusal
        .as_ref()
        .and_then(|refusal| refusal.field.as_deref());
    let shown_at_field =
        at_field.is_some_and(|field| popup.blocks.iter().any(|block| has_field(block, field)));
    if let (Some(refusal), false) = (&popup.refusal, shown_at_field) {
        html.refusal(&refusal.text);
    }
    if let Some(meanwhile) = &popup.meanwhile {
        html.with("div", "meanwhile").attr("role", "alert");
        html.icon("history").el("p").text(meanwhile).end().end();
    }
    html.el("div").attr("id", "popup-lead");
    for sentence in &popup.lead {
        html.el("p").text(sentence).end();
    }
    html.end();
    let start = start(popup);
    for (at, piece) in popup.blocks.iter().enumerate() {
        block(
            &mut html,
            piece,
            popup.refusal.as_ref(),
            start == Start::Block(at),
            words,
        );
    }
    html.end();

    html.with("div", "popup-foot");
    html.with("a", "button")
        .attr("href", &popup.back)
        .flag("data-close");
    html.flag_if(start == Start::Cancel, "autofocus")
        .text(&popup.cancel)
        .end();
    if let Some(confirm) = &popup.confirm {
        let class = if confirm.tone == Tone::Danger {
            "button danger"
        } else {
            "button primary"
        };
        html.with("button", class)
            .attr("type", "submit")
            .attr("data-busy", &confirm.busy);
        html.flag_if(start == Start::Confirm, "autofocus");
        either(
            &mut html,
            &confirm.label,
            popup.partly.as_ref().map(|partly| &partly.confirm),
        );
        html.end();
        // After the button that confirms, since the first one is what Enter presses.
        if let Some(open) = preview(popup) {
            html.with("button", "button quiet popup-aside")
                .attr("type", "submit")
                .attr("formaction", &open.href)
                .attr("formtarget", "_blank");
            html.flag("formnovalidate").text(&open.text).end();
        }
    }
    if let Some(instead) = &popup.instead {
        html.with("a", "button primary")
            .attr("href", &instead.href)
            .attr("data-noscroll", "")
            .text(&instead.text)
            .end();
    }
    html.done()
}

/// What shows the customer's side of it.
fn preview(popup: &Popup) -> Option<&Link> {
    popup.blocks.iter().find_map(|block| match block {
        Block::Text(text) => text.preview.as_ref().map(|preview| &preview.open),
        _ => None,
    })
}

/// Two wordings, of which the ticks of the popup show one.
fn either(html: &mut Html, whole: &str, partly: Option<&String>) {
    match partly {
        None => {
            html.text(whole);
        }
        Some(partly) => {
            html.leaf("span", "if-all", whole)
                .leaf("span", "if-some", partly);
        }
    }
}

/// Where the focus starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Block(usize),
    Confirm,
    Cancel,
}

/// At the first thing to fill in or choose: a popup that only asks starts at its button, one that cannot be confirmed at
/// the way out.
fn start(popup: &Popup) -> Start {
    if popup.confirm.is_none() {
        return Start::Cancel;
    }
    let fillable = |block: &Block| match block {
        Block::Cards(cards) => cards.cards.iter().any(|card| card.why_not.is_none()),
        Block::Select(_) | Block::Text(_) | Block::Point(_) => true,
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) | Block::Lifts(_) => false,
    };
    popup
        .blocks
        .iter()
        .position(fillable)
        .map_or(Start::Confirm, Start::Block)
}

/// Whether a block shows the field of a refusal.
fn has_field(block: &Block, field: &str) -> bool {
    match block {
        Block::Cards(cards) => {
            cards.name == field
                || (field == "over" && cards.cards.iter().any(|card| card.over.is_some()))
        }
        Block::Select(select) => select.name == field,
        Block::Text(text) => text.name == field,
        Block::Point(point) => point.name == field,
        Block::Lifts(lifts) => lifts.lifts.iter().any(|lift| lift.tick.name == field),
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) => false,
    }
}

#[cfg(test)]
mod tests {
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
}
