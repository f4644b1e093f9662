//! The document around the app, as the server sends it.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::comfort::{Choice as _, Comfort, Theme};
use crate::wire::Popup;

/// The files of this build, by the names that the site's manifest gives them. A server without a built site shows plain
/// pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFiles {
    /// Path of the script module.
    pub js: Option<String>,
    /// Path of the program.
    pub wasm: Option<String>,
    /// Path of the stylesheet.
    pub css: Option<String>,
}

/// In context while a refused form is answered: the popup that says why, in place of the one that the address asks for.
#[derive(Clone, Debug)]
pub struct FormOutcome(pub Popup);

/// Up to the edges of the screen, and above a keyboard that comes up.
pub const VIEWPORT: &str =
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";

/// What a browser paints around the page, light and dark: the ground of the page.
pub const GROUNDS: [(&str, &str); 2] = [("light", "#ffffff"), ("dark", "#121419")];

fn theme_colors(theme: Theme) -> Vec<impl IntoView + use<>> {
    GROUNDS
        .into_iter()
        .filter(|(name, _)| theme.mark().is_none_or(|mark| mark == *name))
        .map(|(name, color)| {
            let media = theme
                .mark()
                .is_none()
                .then(|| ["(prefers-color-scheme: ", name, ")"].concat());
            leptos::html::meta()
                .name("theme-color")
                .content(color)
                .attr("media", media)
        })
        .collect()
}

/// The whole document.
pub fn shell() -> impl IntoView {
    let files = use_context::<SiteFiles>().unwrap_or_default();
    let Comfort {
        theme,
        density,
        shortcuts,
        ..
    } = use_context().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html data-theme=theme.mark() data-density=density.mark() data-shortcuts=shortcuts.mark()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content=VIEWPORT/>
                <meta name="color-scheme" content=theme.color_scheme()/>
                {theme_colors(theme)}
                {files.css.clone().map(|css| view! { <link rel="stylesheet" href=css/> })}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <MetaTags/>
                {wake_up(&files)}
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Loads script and program and wakes the page; where that is refused or missing, the page works as it is. Compiling, starting
/// and hydrating are turns of their own, so that who presses a key meanwhile is answered in between. The program, five times as
/// many bytes as the page and its style, is asked for when the page is on the screen: on a slow line the one would hold up the
/// other. Written here because leptos' own snippet preloads both, and the script in a way that browsers load it twice.
fn wake_up(files: &SiteFiles) -> Option<impl IntoView + use<>> {
    let (js, wasm) = (files.js.clone()?, files.wasm.clone()?);
    // Both names come from the build, not from a person.
    let script = [
        "import init,{hydrate}from\"",
        &js,
        "\";const turn=()=>new Promise(done=>setTimeout(done));try{if(!document.hidden)await new Promise(requestAnimationFrame);\
         await turn();const program=await WebAssembly.compileStreaming(fetch(\"",
        &wasm,
        "\"));await turn();await init({module_or_path:program});await turn();hydrate()}catch(e){console.warn(e)}",
    ]
    .concat();
    Some(view! { <script type="module" nonce=use_nonce() inner_html=script></script> })
}
