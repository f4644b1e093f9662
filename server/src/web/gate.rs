//! `GET /gate`: may this customer come in? And `GET /gate/page`: what the customer sees who may not.

use std::sync::Arc;
use std::time::Duration;

use app::parts::html::Html;
use app::text::CustomerSay;
use axum::extract::{self, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::{Denial, Scope, Status, Verdict};

use super::bearer;
use super::problem::problem;
use super::state::Web;
use crate::gate::{Asks, Told};
use crate::suspended_page::{self, SuspendedView, Wanted};

/// Where a proxy asks.
pub(super) const PATH: &str = "/gate";
/// How the customer stands: `active`, `suspended` or `closed`; missing when nobody knows.
const STATUS: HeaderName = HeaderName::from_static("x-panel-status");
/// Why the answer is no.
const REASON: HeaderName = HeaderName::from_static("x-panel-reason");
/// The code of the customer's plan.
const PLAN: HeaderName = HeaderName::from_static("x-panel-plan");
/// What the plan grants.
const LIMITS: HeaderName = HeaderName::from_static("x-panel-limits");
/// What a key that only observes would have said.
const WOULD: HeaderName = HeaderName::from_static("x-panel-would");
/// For how many seconds the database has been away.
pub(super) const STALE: HeaderName = HeaderName::from_static("x-panel-stale");

/// By this header nginx is told to name the address; it reads only the status of the gate's answer.
const NGINX: HeaderName = HeaderName::from_static("x-original-uri");
/// The method of the visitor's request.
const METHOD: HeaderName = HeaderName::from_static("x-forwarded-method");
/// The page of a suspended customer is read from the database, which has so long to answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a proxy is answered.
pub(super) enum Answered {
    /// This.
    AtOnce(Response),
    /// A page that says why; it is read from the database.
    TurnedAway(TurnedAway),
}

/// A visitor who is to be shown why it was turned away.
pub(super) struct TurnedAway {
    told: Told,
    denial: Denial,
    headers: HeaderMap,
}

impl TurnedAway {
    /// The page.
    pub async fn answer(self, web: &Web) -> Response {
        let mut response = turned_away(web, &self.headers, &self.told, self.denial).await;
        describe(&self.told, response.headers_mut());
        response
    }
}

/// Answers a proxy: 204, 403 or, for a bad key, 401. nginx takes everything else for a failure.
pub(super) async fn ask(State(web): State<Arc<Web>>, request: extract::Request) -> Response {
    match answer(&web, &request) {
        Answered::AtOnce(response) => response,
        Answered::TurnedAway(turned_away) => turned_away.answer(&web).await,
    }
}

/// The same, without waiting for anything where nothing has to be read.
pub(super) fn answer<B>(web: &Web, request: &Request<B>) -> Answered {
    // The page of a suspended customer looks by itself whether access is back: nobody tries to come in then.
    let looks = request
        .headers()
        .get(METHOD)
        .is_some_and(|method| method == "HEAD");
    let asks = if looks { Asks::Look } else { Asks::Visit };
    let told = match told(web, request, asks) {
        Ok(told) => told,
        Err(refused) => return Answered::AtOnce(*refused),
    };
    let status = match told.verdict {
        Verdict::Pass | Verdict::WouldDeny(_) => StatusCode::NO_CONTENT,
        Verdict::Deny(_) if request.headers().contains_key(NGINX) => StatusCode::FORBIDDEN,
        Verdict::Deny(denial) => {
            let headers = request.headers().clone();
            return Answered::TurnedAway(TurnedAway {
                told,
                denial,
                headers,
            });
        }
    };
    let mut response = status.into_response();
    describe(&told, response.headers_mut());
    Answered::AtOnce(response)
}

/// Shows a visitor why it was turned away, where the proxy does not pass on the answer of the gate itself.
pub(super) async fn page(State(web): State<Arc<Web>>, request: extract::Request) -> Response {
    match told(&web, &request, Asks::Page) {
        Ok(told) => match told.verdict {
            Verdict::Deny(denial) => turned_away(&web, request.headers(), &told, denial).await,
            // Access came back just now: what was asked for is there.
            Verdict::Pass | Verdict::WouldDeny(_) => {
                let no_store = HeaderValue::from_static("no-store");
                let back = back(request.headers());
                let headers = [(header::LOCATION, back), (header::CACHE_CONTROL, no_store)];
                (StatusCode::SEE_OTHER, headers).into_response()
            }
        },
        Err(refused) => *refused,
    }
}

/// What was asked for, on the same host.
fn back(headers: &HeaderMap) -> HeaderValue {
    let asked_for = headers.get(NGINX).filter(|address| {
        let bytes = address.as_bytes();
        let plain = bytes
            .iter()
            .all(|byte| byte.is_ascii_graphic() && *byte != b'\\');
        plain && bytes.starts_with(b"/") && !bytes.starts_with(b"//")
    });
    asked_for.cloned().unwrap_or(HeaderValue::from_static("/"))
}

fn told<B>(web: &Web, request: &Request<B>, asks: Asks) -> Result<Told, Box<Response>> {
    let now = web.now();
    match bearer::key(web, request, Scope::Gate, now) {
        Ok(key) => Ok(web.gate.answer(&key, request.headers(), now, asks)),
        Err(refused) => {
            // Also for a key that is good for something else: 403 would say that the customer has to stay out.
            let mut response = problem(StatusCode::UNAUTHORIZED, None, Some(&refused.sentence()));
            complete(response.headers_mut());
            Err(Box::new(response))
        }
    }
}

/// Visitors see these answers at the product's own address: what the panel says of its own host has no place there.
fn complete(headers: &mut HeaderMap) {
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

fn describe(told: &Told, headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(customer) = &told.customer {
        headers.insert(STATUS, HeaderValue::from_static(customer.status));
        headers.insert(PLAN, customer.plan.clone());
        headers.insert(LIMITS, customer.limits.clone());
    }
    if let Some(seconds) = told.stale {
        headers.insert(STALE, HeaderValue::from(seconds));
    }
    if let Verdict::Deny(denial) | Verdict::WouldDeny(denial) = told.verdict {
        headers.insert(REASON, HeaderValue::from_static(denial.code()));
    }
    if let Verdict::WouldDeny(_) = told.verdict {
        headers.insert(WOULD, HeaderValue::from_static("deny"));
    }
}

/// What a visitor sees who was turned away.
async fn turned_away(web: &Web, headers: &HeaderMap, told: &Told, denial: Denial) -> Response {
    let accepts = headers.get(header::ACCEPT);
    let wanted = Wanted::of(accepts.and_then(|accepts| accepts.to_str().ok()));
    let view = tokio::time::timeout(PATIENCE, view(web, told)).await;
    let mut response = match (view.ok().flatten(), wanted) {
        (Some(view), wanted) => suspended_page::answer(&view, wanted).into_response(),
        (None, wanted) => plain(web, headers, denial, wanted),
    };
    complete(response.headers_mut());
    response
}

/// What a suspended customer is told; nothing when the database does not answer, or access came back just now.
async fn view(web: &Web, told: &Told) -> Option<SuspendedView> {
    let (partner, customer) = told.suspended.as_ref()?;
    let mut tx = web.store.read().await.ok()?;
    let view = suspended_page::load(&mut tx, partner, customer, web.now()).await;
    view.ok().flatten()
}

/// What is said when there is no page of the partner's: in no name, and why only as far as the customer may know.
fn plain(web: &Web, headers: &HeaderMap, denial: Denial, wanted: Wanted) -> Response {
    // Whose account it is, is not known here: the browser knows what its owner reads.
    let languages = headers.get(header::ACCEPT_LANGUAGE);
    let languages = languages.and_then(|languages| languages.to_str().ok());
    let offers = languages.unwrap_or_default().split(',');
    let tags = offers.map(|offer| offer.split(';').next().unwrap_or_default().trim());
    let say = CustomerSay::new(tags, "UTC", web.now());
    let (code, sentence) = match denial {
        Denial::Suspended(_) => (Status::Suspended.code(), say.account_suspended()),
        Denial::Closed => (Status::Closed.code(), say.account_closed()),
        Denial::Unnamed(_) | Denial::Outdated => (denial.code(), say.no_access()),
    };
    let status = StatusCode::FORBIDDEN;
    if wanted == Wanted::Problem {
        return problem(status, Some(code), Some(&sentence));
    }
    let mut body = Html::new();
    body.el("title").text(&sentence).end();
    body.el("p").text(&sentence).end();
    let page = format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><meta charset=\"utf-8\">{}</html>",
        say.language(),
        say.direction(),
        body.done()
    );
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], page).into_response()
}
