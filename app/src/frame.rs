//! The frame around every page: sidebar, search, status message, the one menu and the one popup.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_meta::{Html, Link, Title};
use leptos_router::hooks::use_location;

use crate::desk::Desk;
use crate::pages;
use crate::parts::sidebar::{self, Who};
use crate::parts::{live, notice, palette, popup, trouble};
use crate::text::Key;
use crate::wire::{Page, Start};

/// A signed-in person's panel.
pub fn frame(start: Start) -> AnyView {
    let desk = Desk::new(&start);
    #[cfg(feature = "hydrate")]
    crate::browser::start(desk, &start);
    let Start { shell, page, popup } = start;
    let who = Who {
        partner: shell.partner,
        user: shell.user,
        role: shell.role,
    };
    let partner = who.partner.clone();
    let location = use_location();
    let here = move || crate::address::address(&location.pathname.get(), &location.search.get());
    let searched = match page {
        Ok(Page::List(list)) => list.filters.search,
        _ => String::new(),
    };
    view! {
        <Html {..} lang=shell.language dir=shell.direction data-zone=shell.time_zone/>
        <Link rel="stylesheet" href=shell.brand_css/>
        <Title text=window_title(desk, partner)/>
        // Left to the browser, which moves the focus too.
        <a class="skip" href="#main" rel="external">{desk.word(Key::SkipToContent)}</a>
        {shell.banner.map(|banner| view! { <aside class="banner" data-tone="careful" inner_html=warning(&banner)></aside> })}
        <div class="frame">
            <nav id="sidebar" class="sidebar" popover="auto" aria-label=desk.word(Key::Main) inner_html=move || side(desk, &who)></nav>
            <div class="page">
                <header class="topbar">
                    <button
                        type="button"
                        class="icon-button drawer-open"
                        popovertarget="sidebar"
                        aria-label=desk.word(Key::Menu)
                        inner_html=icon("menu")
                    ></button>
                    <form class="search" role="search" method="get" data-query="" action=move || searched_list(desk)>
                        <button type="submit" class="search-go" tabindex="-1" aria-label=desk.word(Key::Search) inner_html=icon("search")></button>
                        <input
                            id="search"
                            type="search"
                            name="q"
                            value=searched
                            aria-label=desk.word(Key::Search)
                            placeholder=desk.word(Key::SearchHint)
                            autocomplete="off"
                            spellcheck="false"
                            enterkeyhint="search"
                            maxlength="200"
                        />
                        <kbd aria-hidden="true">"/"</kbd>
                    </form>
                    <button
                        id="palette-open"
                        type="button"
                        class="palette-open"
                        aria-haspopup="dialog"
                        inner_html=desk.with_words(palette::opener)
                    ></button>
                </header>
                <main id="main" class="main" tabindex="-1" aria-busy=move || desk.busy()>
                    <div class="notices">
                        <div id="live" inner_html=move || pill(desk)></div>
                        <div id="notice" role="status" inner_html=move || message(desk)></div>
                    </div>
                    {move || pages::view(desk, here)}
                    <p id="told" class="visually-hidden" role="status"></p>
                    <div id="row-menu" class="menu" popover="manual" role="menu" tabindex="-1"></div>
                </main>
            </div>
        </div>
        {dialog(desk, popup.as_ref())}
    }
    .into_any()
}

/// Always there, so that the browser's code can fill it; the server fills it when the address asks for a popup.
fn dialog(desk: Desk, model: Option<&crate::wire::Popup>) -> impl IntoView + use<> {
    let role = model.map(popup::role);
    let size = model.map(popup::size);
    let inside = model
        .map(|model| desk.with_words(|words| popup::inside(model, words)))
        .unwrap_or_default();
    view! {
        <dialog
            id="popup"
            class="popup"
            open=model.is_some()
            role=role
            data-size=size
            aria-labelledby="popup-title"
            aria-describedby="popup-lead"
            inner_html=inside
        ></dialog>
    }
}

/// What the last action came to.
fn message(desk: Desk) -> String {
    desk.notice
        .with(|said| desk.with_words(|words| notice::inside(said.as_ref(), words)))
}

/// What the page cannot show yet, or that it does not hear of anything.
fn pill(desk: Desk) -> String {
    desk.line.with(|line| {
        desk.waiting
            .with(|waiting| desk.with_words(|words| live::inside(line, waiting.as_ref(), words)))
    })
}

fn side(desk: Desk, who: &Who) -> String {
    desk.page.with(|page| {
        let at = page.as_ref().map_or(("", "page"), sidebar::position);
        desk.nav
            .with(|nav| desk.with_words(|words| sidebar::inside(nav, at, who, words)))
    })
}

/// The title of the window. The server asks for it outside of the page's signals, perhaps on another thread, so there it
/// is made at once; and it is put between its tags as it is, so it is escaped here.
#[cfg(feature = "ssr")]
fn window_title(desk: Desk, partner: String) -> TextProp {
    crate::parts::html::Html::new()
        .text(&title(desk, &partner))
        .done()
        .into()
}

/// The title of the window.
#[cfg(not(feature = "ssr"))]
fn window_title(desk: Desk, partner: String) -> TextProp {
    (move || title(desk, &partner)).into()
}

fn title(desk: Desk, partner: &str) -> String {
    let mut title = desk.page.with(|page| match page {
        Ok(Page::List(list)) => list.title.clone(),
        Ok(Page::Customer(customer)) => customer.row.name.clone(),
        Ok(Page::Activity(activity)) => activity.title.clone(),
        Ok(Page::Drawn(page)) => page.title.clone(),
        Err(error) => desk.with_words(|words| trouble::title(error, words)),
    });
    title.push_str(" · ");
    title.push_str(partner);
    title
}

/// Search goes through the list at hand; from elsewhere through everyone.
fn searched_list(desk: Desk) -> &'static str {
    desk.page.with(|page| match page {
        Ok(Page::List(list)) => list.kind.path(),
        _ => crate::wire::ListKind::All.path(),
    })
}

fn warning(text: &str) -> String {
    crate::parts::html::Html::new()
        .small_icon("triangle-alert")
        .text(text)
        .done()
}

fn icon(name: &str) -> String {
    crate::parts::html::Html::new().icon(name).done()
}
