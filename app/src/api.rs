//! Every server function: what the pages ask the server for once they are awake. Each is a few lines over
//! [`PanelService`](crate::service::PanelService).

#![expect(
    missing_docs,
    reason = "the macro makes a type of each function, with the arguments as undocumented fields"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use crate::error::PanelError;
use crate::wire::{Found, Loaded, News, Outcome, Popup, Shown};

/// Where the server functions of this release live. The last part changes with the wire types, so that a page of
/// another release gets no answer that it would misread.
pub const PREFIX: &str = concat!("/_/", env!("WIRE"));

/// A server function as a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerFunction {
    /// Its name, stable over releases.
    pub name: &'static str,
    /// Its whole path in this release; the method is POST.
    pub path: &'static str,
}

macro_rules! function {
    ($name:literal) => {
        ServerFunction {
            name: $name,
            path: concat!("/_/", env!("WIRE"), "/", $name),
        }
    };
}

/// Every server function.
pub const FUNCTIONS: &[ServerFunction] = &[
    function!("load_page"),
    function!("load_popup"),
    function!("find_customers"),
    function!("load_popups"),
    function!("rebase_popup"),
    function!("load_news"),
    function!("send_form"),
];

/// The page at an address, with the sidebar as it is now.
#[server(prefix = "", endpoint = "load_page", input = Postcard, output = Postcard)]
pub async fn load_page(path: String, query: String) -> Result<Loaded, PanelError> {
    let service = service()?.at_once();
    let shell = service.shell().await?;
    let page = page_at(&*service, &Place { path, query }).await?;
    Ok(Loaded {
        page,
        nav: shell.nav,
        notice: shell.notice,
        live: shell.live,
    })
}

/// The popup that an address asks for.
#[server(prefix = "", endpoint = "load_popup", input = Postcard, output = Postcard)]
pub async fn load_popup(path: String, query: String) -> Result<Option<Popup>, PanelError> {
    service()?.popup(&Place { path, query }).await
}

/// The popups of several queries of one path, in the same order: read before anybody asks, so that they open at once.
#[server(prefix = "", endpoint = "load_popups", input = Postcard, output = Postcard)]
pub async fn load_popups(
    path: String,
    queries: Vec<String>,
) -> Result<Vec<Option<Popup>>, PanelError> {
    let place = |query| Place {
        path: path.clone(),
        query,
    };
    let places: Vec<Place> = queries.into_iter().map(place).collect();
    service()?.popups(&places).await
}

/// The open popup for the state as it is now, with the fields as they are filled in.
#[server(prefix = "", endpoint = "rebase_popup", input = Postcard, output = Postcard)]
pub async fn rebase_popup(
    path: String,
    query: String,
    fields: Vec<(String, String)>,
    after: u64,
) -> Result<Popup, PanelError> {
    service()?
        .rebase(&Place { path, query }, fields, after)
        .await
}

/// What is new to the page at an address.
#[server(prefix = "", endpoint = "load_news", input = Postcard, output = Postcard)]
pub async fn load_news(path: String, query: String, shown: Shown) -> Result<News, PanelError> {
    service()?
        .at_once()
        .news(&Place { path, query }, &shown)
        .await
}

/// The customers that match a search, with what may be done to each on the page at an address.
#[server(prefix = "", endpoint = "find_customers", input = Postcard, output = Postcard)]
pub async fn find_customers(
    path: String,
    query: String,
    search: String,
) -> Result<Found, PanelError> {
    service()?.find(&Place { path, query }, &search).await
}

/// Sends the fields of a popup or of an undo, from the page at an address.
#[server(prefix = "", endpoint = "send_form", input = Postcard, output = Postcard)]
pub async fn send_form(
    path: String,
    query: String,
    fields: Vec<(String, String)>,
) -> Result<Outcome, PanelError> {
    service()?.submit(&Place { path, query }, fields).await
}

#[cfg(feature = "ssr")]
pub use on_server::*;

#[cfg(feature = "ssr")]
mod on_server {
    use std::sync::Arc;

    use leptos::prelude::*;
    use leptos::server_fn::axum::register_explicit;

    use super::{FindCustomers, LoadNews, LoadPage, LoadPopup, LoadPopups, RebasePopup, SendForm};
    use crate::document::FormOutcome;
    use crate::error::PanelError;
    use crate::service::PanelService;
    pub use crate::service::Place;
    use crate::wire::{ListKind, Page, Start};

    /// Makes the server functions known; once, at start.
    pub fn register() {
        register_explicit::<LoadPage>();
        register_explicit::<LoadPopup>();
        register_explicit::<LoadPopups>();
        register_explicit::<RebasePopup>();
        register_explicit::<LoadNews>();
        register_explicit::<FindCustomers>();
        register_explicit::<SendForm>();
    }

    /// The service of this request; without one nobody is signed in.
    pub(super) fn service() -> Result<Arc<dyn PanelService>, PanelError> {
        use_context::<Arc<dyn PanelService>>().ok_or(PanelError::SignedOut)
    }

    /// The page at an address.
    ///
    /// # Errors
    /// When there is none, or it cannot be answered.
    pub async fn page_at(service: &dyn PanelService, place: &Place) -> Result<Page, PanelError> {
        let lists = [ListKind::Active, ListKind::Suspended, ListKind::All];
        if lists.iter().any(|list| list.path() == place.path) {
            service
                .list(place)
                .await
                .map(|page| Page::List(Box::new(page)))
        } else if place.path == "/activity" {
            service
                .activity(place)
                .await
                .map(|page| Page::Activity(Box::new(page)))
        } else if place.path == "/preferences" {
            service
                .preferences()
                .await
                .map(|page| Page::Drawn(Box::new(page)))
        } else if place.path == "/connect" {
            service
                .connect()
                .await
                .map(|page| Page::Drawn(Box::new(page)))
        } else if place.path == "/keys" {
            service
                .api_keys()
                .await
                .map(|page| Page::Drawn(Box::new(page)))
        } else if place
            .path
            .strip_prefix("/customers/")
            .is_some_and(|rest| !rest.is_empty())
        {
            service
                .customer(place)
                .await
                .map(|page| Page::Customer(Box::new(page)))
        } else {
            Err(PanelError::NotFound)
        }
    }

    /// Everything for the first rendering of an address. Sets the status of the answer.
    pub(crate) async fn start(place: Place) -> Result<Start, PanelError> {
        // Taken before the first await: contexts belong to the request, not to whatever polls this later.
        let refused = use_context::<FormOutcome>();
        let response = use_context::<leptos_axum::ResponseOptions>();
        let answer = gather(place, refused).await;
        let failure = match &answer {
            Ok(start) => start.page.as_ref().err(),
            Err(error) => Some(error),
        };
        if let (Some(error), Some(response)) = (failure, response) {
            response.set_status(crate::error::status_code(error));
        }
        answer
    }

    async fn gather(place: Place, refused: Option<FormOutcome>) -> Result<Start, PanelError> {
        let service = service()?.at_once();
        let shell = service.shell().await?;
        let (page, popup) = match (refused, page_at(&*service, &place).await) {
            (Some(FormOutcome(popup)), page) => (page, Some(popup)),
            // An address whose popup cannot be had is as wrong as one whose page cannot.
            (None, Ok(page)) => match service.popup(&place).await {
                Ok(popup) => (Ok(page), popup),
                Err(error) => (Err(error), None),
            },
            (None, Err(error)) => (Err(error), None),
        };
        Ok(Start { shell, page, popup })
    }
}
