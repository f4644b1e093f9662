//! The app: routes, and the first rendering from everything that it needs.

use codee::binary::PostcardCodec;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::error::PanelError;
use crate::frame::frame;
use crate::parts::trouble;
use crate::text::Words;
use crate::wire::Start;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Root/>
        </Router>
    }
}

/// Every page has the same shape, a page in the frame, and one loader; so the routes only say which addresses there are.
#[component]
fn Root() -> impl IntoView {
    let first =
        OnceResource::<Result<Start, PanelError>, PostcardCodec>::new_with_options(first(), true);
    view! {
        <FlatRoutes fallback=|| ()>
            <Route path=path!("/customers/active") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/customers/suspended") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/customers/all") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/customers/:id") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/customers/by-external-id/:external") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/activity") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/preferences") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/connect") view=|| () ssr=SsrMode::Async/>
            <Route path=path!("/keys") view=|| () ssr=SsrMode::Async/>
        </FlatRoutes>
        <Suspense>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(start) => frame(start),
                    Err(error) => alone(&error),
                }
            })}
        </Suspense>
    }
}

/// An error without even a frame around it.
fn alone(error: &PanelError) -> AnyView {
    let text = trouble::page(error, "", &Words::english());
    view! { <div class="plain"><main id="main" class="plain-main" inner_html=text></main></div> }
        .into_any()
}

/// What the first rendering starts from: read on the server, sent along with the page.
#[cfg(feature = "ssr")]
fn first() -> impl Future<Output = Result<Start, PanelError>> + Send + 'static {
    let location = leptos_router::hooks::use_location();
    let place = crate::service::Place {
        path: location.pathname.get_untracked(),
        query: location.search.get_untracked(),
    };
    crate::api::start(place)
}

/// In the browser it always comes with the page.
#[cfg(not(feature = "ssr"))]
async fn first() -> Result<Start, PanelError> {
    Err(PanelError::OldPage)
}

/// Wakes the page that the server sent.
#[cfg(feature = "hydrate")]
pub fn wake() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into())
    }));
    leptos::server_fn::client::set_server_url(crate::api::PREFIX);
    leptos::mount::hydrate_body(App);
}
