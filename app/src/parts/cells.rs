//! The cells of a row of a list.

use super::common::tone;
use super::html::Html;
use crate::text::Words;
use crate::wire::{Column, ColumnHead, ListKind, Moment, Row, Tone};

/// How markup names a column.
pub fn name(column: Column) -> &'static str {
    match column {
        Column::Customer => "customer",
        Column::Plan => "plan",
        Column::Price => "price",
        Column::Usage => "usage",
        Column::Status => "status",
        Column::Reason => "reason",
        Column::Since => "since",
        Column::Until => "until",
        Column::Joined => "joined",
        Column::LastSeen => "last-seen",
    }
}

/// All cells of a row, ⋮ last.
pub fn inside(row: &Row, columns: &[ColumnHead], list: ListKind, words: &Words) -> String {
    let mut html = Html::new();
    for head in columns {
        if head.column == Column::Customer {
            customer(&mut html, row, list);
        } else {
            html.el("td")
                .attr("role", "cell")
                .attr("data-col", name(head.column))
                .attr("data-label", &head.label);
            value(&mut html, head.column, row, words);
            html.end();
        }
    }
    html.el("td").attr("role", "cell").attr("data-col", "more");
    html.with("a", "more")
        .attr("href", &row.menu_href)
        .attr("data-menu", &row.id)
        .attr("data-noscroll", "");
    if cfg!(target_arch = "wasm32") {
        // Awake it is a button; until then a link to the list of its entries.
        html.attr("role", "button")
            .attr("aria-haspopup", "menu")
            .attr("aria-expanded", "false");
    }
    html.attr("aria-label", &row.menu_label)
        .icon("ellipsis-vertical");
    html.done()
}

fn customer(html: &mut Html, row: &Row, list: ListKind) {
    html.el("th")
        .attr("role", "rowheader")
        .attr("scope", "row")
        .attr("data-col", "customer");
    let usual = match list {
        ListKind::Active | ListKind::All => Tone::Good,
        ListKind::Suspended => Tone::Danger,
    };
    let unusual = row.status.tone != usual;
    html.with("div", if unusual { "who has-status" } else { "who" });
    avatar(html, "avatar", row);
    html.with("div", "who-text");
    html.with("a", "who-name")
        .attr("href", &row.href)
        .attr("dir", "auto")
        .attr("title", &row.name)
        .text(&row.name)
        .end();
    html.tight("span", "who-mail", row.email.as_deref().unwrap_or_default());
    html.end();
    // It stays where it was until the list is next loaded, and says that it no longer belongs here; All has a column for that.
    if unusual && list != ListKind::All {
        html.status(&row.status);
    }
    html.end().end();
}

/// The initials of a customer.
pub fn avatar(html: &mut Html, class: &'static str, row: &Row) {
    html.with("span", class)
        .attr("data-hue", &row.hue.to_string())
        .attr("aria-hidden", "true");
    html.text(&row.initials).end();
}

fn value(html: &mut Html, column: Column, row: &Row, words: &Words) {
    match column {
        Column::Customer => {}
        Column::Plan => {
            html.titled("plan", &row.plan);
            if let Some(badge) = &row.plan_badge {
                html.text(" ").leaf("span", "badge", badge);
            }
        }
        Column::Usage => match &row.usage {
            Some(usage) => {
                html.with("div", "usage")
                    .attr("data-tone", tone(usage.tone))
                    .attr("title", &usage.limit);
                html.gauge(usage).end();
            }
            None => html.unknown(words),
        },
        Column::Status => html.status(&row.status),
        Column::Since => {
            moment(html, row.since.as_ref(), words);
            if let Some(by) = &row.by {
                html.text(" ").titled("by", by);
            }
            if let Some(undo) = &row.undo {
                html.text(" ")
                    .with("a", "undo")
                    .attr("href", &undo.href)
                    .attr("data-noscroll", "");
                html.small_icon("undo-2").text(&undo.text).end();
            }
        }
        Column::Price => text(html, row.price.as_deref(), words),
        Column::Reason => {
            match &row.status.reason {
                Some(reason) => {
                    html.titled("row-reason", reason);
                }
                None => html.unknown(words),
            }
            if let Some(told) = &row.told {
                // Beside a way to undo the row is three lines high anyway.
                let class = match row.undo {
                    Some(_) => "told-line tall",
                    None => "told-line",
                };
                html.text(" ").with("span", class);
                html.attr("title", told)
                    .attr("dir", "auto")
                    .text(told)
                    .end();
            }
        }
        Column::Until => match &row.until {
            Some(until) => {
                html.titled("row-until", until);
            }
            None => html.unknown(words),
        },
        Column::Joined => moment(html, row.joined.as_ref(), words),
        Column::LastSeen => moment(html, row.last_seen.as_ref(), words),
    }
}

fn text(html: &mut Html, text: Option<&str>, words: &Words) {
    match text {
        Some(text) => {
            html.text(text);
        }
        None => html.unknown(words),
    }
}

fn moment(html: &mut Html, moment: Option<&Moment>, words: &Words) {
    match moment {
        Some(moment) => {
            html.moment(moment);
        }
        None => html.unknown(words),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::inside;
    use crate::text::Words;
    use crate::wire::{Column, ColumnHead, ListKind, Moment, Row, StatusLabel, Tone};

    /// A customer whose every text tries to break out.
    pub(crate) fn nasty() -> Row {
        Row {
            id: "cus_1".into(),
            href: "/customers/cus_1?from=%2Fcustomers%2Factive".into(),
            name: "<img src=x onerror=alert(1)> & Söhne".into(),
            initials: "\"<".into(),
            hue: 3,
            email: Some("\"><script>@example.com".into()),
            plan: "Pro".into(),
            plan_badge: Some("Archived".into()),
            price: None,
            usage: None,
            status: StatusLabel {
                word: "Suspended".into(),
                tone: Tone::Danger,
                reason: Some("Payment overdue".into()),
            },
            since: Some(Moment {
                short: "3 Nov".into(),
                full: "3 November 2026, 10:12".into(),
                machine: "2026-11-03T09:12:00Z".into(),
            }),
            by: Some("Jana <b>".into()),
            until: None,
            told: None,
            undo: None,
            joined: None,
            last_seen: None,
            menu_label: "Actions for \"Söhne\"".into(),
            menu_href: "/customers/active?menu=cus_1".into(),
            menu: Vec::new(),
        }
    }

    fn columns(wanted: &[Column]) -> Vec<ColumnHead> {
        wanted
            .iter()
            .map(|column| ColumnHead {
                column: *column,
                label: "Label".into(),
                sort: None,
            })
            .collect()
    }

    #[test]
    fn no_text_of_a_customer_becomes_markup() {
        let all = columns(&[
            Column::Customer,
            Column::Plan,
            Column::Price,
            Column::Reason,
            Column::Since,
        ]);
        let text = inside(&nasty(), &all, ListKind::Active, &Words::english());
        assert!(
            !text.contains("<img") && !text.contains("<script") && !text.contains("<b>"),
            "{text}"
        );
        assert!(
            text.contains("&lt;img src=x onerror=alert(1)&gt; &amp; Söhne"),
            "{text}"
        );
        assert!(
            text.contains(r#"aria-label="Actions for &quot;Söhne&quot;""#),
            "{text}"
        );
        assert!(text.ends_with("</a></td>"), "{text}");
    }

    #[test]
    fn a_row_that_left_its_list_says_so() {
        let customer = columns(&[Column::Customer]);
        let words = Words::english();
        assert!(inside(&nasty(), &customer, ListKind::Active, &words).contains("Payment overdue"));
        assert!(
            !inside(&nasty(), &customer, ListKind::Suspended, &words).contains("Payment overdue")
        );
    }

    #[test]
    fn what_is_not_known_is_a_dash_and_a_word() {
        let text = inside(
            &nasty(),
            &columns(&[Column::Price]),
            ListKind::All,
            &Words::english(),
        );
        assert!(
            text.contains(
                r#"<span class="quiet-text">–<span class="visually-hidden">unknown</span></span>"#
            ),
            "{text}"
        );
    }
}
