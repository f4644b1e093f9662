//! The pages in the frame: rendered by the app, and the forms that they post to themselves.

use std::sync::Arc;
use std::time::Duration;

use app::document::{FormOutcome, shell};
use app::error::PanelError;
use app::service::{Fields, PanelService, Place};
use app::wire::{Notice, Outcome, Popup};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use tracing::Instrument as _;

use super::failure::{Failure, chain};
use super::forms::{Form, field};
use super::guard::Visitor;
use super::headers::policy_with_scripts;
use super::next::{see_other, sign_in_first};
use super::state::Web;
use crate::panel::{Panel, Signed};

/// How long a request waits for its turn to be rendered.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of the fields of a form, those that make its popup open again.
const POPUP: &[&str] = &["do", "customer", "command"];

/// Makes rendering and the server functions ready; once, at start.
pub(super) fn prepare() {
    // It fails only when it was done before, which is what is wanted.
    let _ = any_spawner::Executor::init_tokio();
    app::api::register();
}

/// The service as this visitor may use it.
pub(super) fn service(web: &Web, Visitor(signed): &Visitor) -> Arc<dyn PanelService> {
    Arc::new(Panel::new(Arc::clone(&web.panel), Signed::clone(signed)))
}

/// `GET` of a page.
pub(super) async fn page(
    State(web): State<Arc<Web>>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, _) = request.into_parts();
    let visitor = parts.extensions.get::<Visitor>().cloned();
    let visitor = visitor.ok_or(Failure::from(PanelError::SignedOut))?;
    if let Some(address) = with_key(&place(&parts.uri), &web) {
        return Ok(see_other(&address));
    }
    read(&web, &visitor, parts).await
}

/// The page as it is read.
async fn read(web: &Arc<Web>, visitor: &Visitor, parts: Parts) -> Result<Response, Failure> {
    render(web, visitor, service(web, visitor), parts, Answered::Read).await
}

/// The address of a popup with the key that it will post, when it has none yet: so that somebody who comes back to it
/// after confirming is told what it did, and a page that is loaded again posts the same key.
fn with_key(place: &Place, web: &Web) -> Option<String> {
    let has = |name: &str| {
        form_urlencoded::parse(place.query.as_bytes())
            .any(|(known, value)| known == name && !value.is_empty())
    };
    (has("do") && !has("key"))
        .then(|| format!("{}?{}&key={}", place.path, place.query, web.panel.ids.key()))
}

/// An address that is no route.
pub(super) async fn stray(
    State(web): State<Arc<Web>>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, _) = request.into_parts();
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    match parts.extensions.get::<Visitor>().cloned().filter(|_| reads) {
        Some(visitor) => read(&web, &visitor, parts).await,
        None => Err(Failure::of(StatusCode::NOT_FOUND)),
    }
}

/// `POST` of a page: the form of its popup, or of an undo.
pub(super) async fn form(
    State(web): State<Arc<Web>>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let Form(fields) = Form::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    let place = place(&parts.uri);
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return Ok(sign_in_first(&with_popup(&place, &fields)));
    };
    let service = service(&web, &visitor);
    // On its own: what has begun is not cut short by a browser that goes away.
    let submitted = {
        let place = place.clone();
        tokio::spawn(async move { service.submit(&place, fields).await }.in_current_span())
    };
    let outcome = submitted
        .await
        .map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    match outcome? {
        Outcome::Done(done) => {
            keep_notice(&web, &visitor, &done.notice).await;
            Ok(see_other(&format!("{}#notice", without_popup(&place))))
        }
        Outcome::Refused(popup) => {
            let again = self::service(&web, &visitor);
            render(&web, &visitor, again, parts, Answered::Popup(popup)).await
        }
    }
}

/// Leaves the status message for the page that comes next. The action is done: a message that cannot be kept must not
/// make it look as if it were not.
pub(super) async fn keep_notice(web: &Web, Visitor(signed): &Visitor, notice: &Notice) {
    let kept = match serde_json::to_string(notice) {
        Ok(notice) => web
            .store
            .put_notice(signed.session.clone(), notice)
            .await
            .map_err(|error| chain(&error)),
        Err(error) => Err(error.to_string()),
    };
    if let Err(cause) = kept {
        tracing::error!(cause, "a notice was not kept");
    }
}

/// What a page answers.
#[derive(Clone)]
pub(super) enum Answered {
    /// A look at it.
    Read,
    /// A form that its popup could not do.
    Popup(Box<Popup>),
    /// A form whose answer is the page itself, with this status.
    Page(StatusCode),
}

/// The page at the address of a request, as `service` answers it.
pub(super) async fn render(
    web: &Arc<Web>,
    visitor: &Visitor,
    service: Arc<dyn PanelService>,
    mut parts: Parts,
    answered: Answered,
) -> Result<Response, Failure> {
    let turn = tokio::time::timeout(PATIENCE, web.rendering.acquire()).await;
    let Ok(Ok(turn)) = turn else {
        return Err(Failure::of(StatusCode::SERVICE_UNAVAILABLE));
    };
    own_address(web, &mut parts);
    let files = web.site.page_files();
    let comfort = visitor.0.comfort.clone();
    let contexts = move || {
        provide_context(Arc::clone(&service));
        provide_context(comfort.clone());
        provide_context(files.clone());
        let response = use_context::<ResponseOptions>();
        let status = match &answered {
            Answered::Read => None,
            Answered::Page(status) => Some(*status),
            Answered::Popup(popup) => {
                provide_context(FormOutcome(Popup::clone(popup)));
                Some(status_of(popup))
            }
        };
        if let (Some(status), Some(response)) = (status, &response) {
            response.set_status(status);
        }
        if let (Some(response), Some(nonce)) = (response, use_context::<leptos::nonce::Nonce>())
            && let Ok(policy) = HeaderValue::from_str(&policy_with_scripts(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    };
    let render = leptos_axum::render_app_async_with_context(contexts, shell);
    let response = render(Request::from_parts(parts, Body::empty()))
        .await
        .into_response();
    drop(turn);
    whole(response).await
}

/// The status of a page that shows why its popup did nothing.
fn status_of(popup: &Popup) -> StatusCode {
    let refusal = popup.refusal.as_ref();
    refusal
        .and_then(|refusal| StatusCode::from_u16(refusal.status).ok())
        .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The end of every document.
const END: &str = "</body></html>";

/// The page in one piece. What the framework sends after the end of the document, for the browser to wake up with, is put
/// before it, where markup may stand.
async fn whole(response: Response) -> Result<Response, Failure> {
    let (mut head, body) = response.into_parts();
    let failed = |_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR);
    let bytes = to_bytes(body, usize::MAX).await.map_err(failed)?;
    let page = String::from_utf8_lossy(&bytes);
    let page = match page.split_once(END) {
        Some((document, after)) => [document, after, END].concat(),
        None => page.into_owned(),
    };
    head.headers
        .insert(header::CONTENT_LENGTH, page.len().into());
    Ok(Response::from_parts(head, page.into()))
}

/// Tells the router of the app the panel's own address, whatever the request claims: it parses host and scheme, and a
/// broken one must not reach it.
fn own_address(web: &Web, parts: &mut Parts) {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if let Ok(uri) = path.parse::<Uri>() {
        parts.uri = uri;
    }
    parts.headers.remove("x-forwarded-proto");
    if let Ok(host) = HeaderValue::from_str(web.origin.authority()) {
        parts.headers.insert(header::HOST, host);
    }
}

fn place(uri: &Uri) -> Place {
    Place {
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
    }
}

/// The address without an open menu or popup.
fn without_popup(place: &Place) -> String {
    let kept = form_urlencoded::parse(place.query.as_bytes()).filter(|(name, _)| {
        !POPUP.contains(&&**name) && !matches!(&**name, "menu" | "choice" | "lift" | "key")
    });
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .finish();
    if query.is_empty() {
        place.path.clone()
    } else {
        format!("{}?{query}", place.path)
    }
}

/// The address with the popup open that a form came from.
fn with_popup(place: &Place, fields: &Fields) -> String {
    let mut address = without_popup(place);
    let asked = POPUP
        .iter()
        .filter_map(|name| field(fields, name).map(|value| (*name, value)));
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(asked)
        .finish();
    if !query.is_empty() {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&query);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_popup_is_taken_from_and_put_into_an_address() {
        let place = Place {
            path: "/customers/active".into(),
            query: "q=a+b&do=suspend&customer=cus_1&menu=cus_1&plan=pro".into(),
        };
        assert_eq!(without_popup(&place), "/customers/active?q=a+b&plan=pro");
        let fields = vec![
            ("do".to_owned(), "change".to_owned()),
            ("customer".to_owned(), "cus_2".to_owned()),
        ];
        assert_eq!(
            with_popup(&place, &fields),
            "/customers/active?q=a+b&plan=pro&do=change&customer=cus_2"
        );
        let bare = Place {
            path: "/activity".into(),
            query: String::new(),
        };
        assert_eq!(without_popup(&bare), "/activity");
        assert_eq!(
            with_popup(&bare, &fields),
            "/activity?do=change&customer=cus_2"
        );
    }
}
