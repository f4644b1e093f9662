//! The page in the frame.

use leptos::either::Either;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::parts::{activity, cells, customer, list, menu, trouble};
use crate::wire::{Column, ListKind, ListPage, Page, Row};

/// The page at hand, or what stands in its place. `here` is the address, for another try.
pub fn view(desk: Desk, here: impl Fn() -> String) -> impl IntoView {
    let page = desk.page.get();
    let text = match page {
        Ok(Page::List(page)) if page.empty.is_none() => return Either::Left(table(desk, *page)),
        Ok(Page::List(page)) => desk.with_words(|words| list::above(&page, words)),
        Ok(Page::Customer(page)) => desk.with_words(|words| customer::page(&page, words)),
        Ok(Page::Activity(page)) => desk.with_words(|words| activity::page(&page, words)),
        Ok(Page::Drawn(page)) => page.html,
        Err(error) => {
            let here = here();
            desk.with_words(|words| trouble::page(&error, &here, words))
        }
    };
    desk.rows.set_value(Vec::new());
    Either::Right(view! { <div data-part="" inner_html=text></div> })
}

fn table(desk: Desk, mut page: ListPage) -> impl IntoView {
    let (above, head, below) = desk.with_words(|words| {
        (
            list::above(&page, words),
            list::columns(&page, words),
            list::below(&page, words),
        )
    });
    let rows: Vec<RwSignal<Row>> = std::mem::take(&mut page.rows)
        .into_iter()
        .map(RwSignal::new)
        .collect();
    desk.rows.set_value(rows.clone());
    let title = page.title.clone();
    let class = match (page.kind, has_status(&page)) {
        (_, true) => "customers with-status",
        (ListKind::Suspended, false) => "customers suspended",
        (ListKind::Active | ListKind::All, false) => "customers",
    };
    let page = StoredValue::new(page);
    let lines: Vec<_> = rows
        .into_iter()
        .flat_map(|row| {
            let open = page.with_value(|page| {
                page.open_menu.as_deref() == Some(row.with_untracked(|row| row.id.clone()).as_str())
            });
            let (customer, menu) = match open {
                true => (Line::Opened, Some(line(desk, page, row, Line::Menu))),
                false => (Line::Customer, None),
            };
            std::iter::once(line(desk, page, row, customer)).chain(menu)
        })
        .collect();
    view! {
        <div data-part="" inner_html=above></div>
        <div class="list" aria-busy=move || if desk.loading.get() { "true" } else { "false" }>
            <table class=class role="table" aria-label=title>
                <thead role="rowgroup" inner_html=head></thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </div>
        <div data-part="" inner_html=below></div>
    }
}

fn has_status(page: &ListPage) -> bool {
    let mut heads = page.columns.iter();
    heads.any(|head| head.column == Column::Status)
}

/// What a line of the table shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// A customer.
    Customer,
    /// A customer whose actions stand below.
    Opened,
    /// The actions of the customer above, for a page without scripts.
    Menu,
}

fn line(
    desk: Desk,
    page: StoredValue<ListPage>,
    row: RwSignal<Row>,
    line: Line,
) -> impl IntoView + use<> {
    let class = match line {
        Line::Customer => None,
        Line::Opened => Some("opened"),
        Line::Menu => Some("menu-row"),
    };
    let id =
        (line != Line::Menu).then(|| ["c-", &row.with_untracked(|row| row.id.clone())].concat());
    let inside = move || {
        row.with(|row| {
            page.with_value(|page| match line {
                Line::Customer | Line::Opened => {
                    desk.with_words(|words| cells::inside(row, &page.columns, page.kind, words))
                }
                Line::Menu => menu::row(row, page.columns.len() + 1),
            })
        })
    };
    view! { <tr role="row" id=id class=class inner_html=inside></tr> }
}
