//! Builds the router from the table of routes, with what stands around all of them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{self, Method, StatusCode, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, any, on};
use futures::FutureExt as _;
use futures::future::{BoxFuture, Either, Ready, ready};
use hyper::body::Incoming;
use tower::ServiceExt as _;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{ConfigError, CsrfLayer};
use tower_http::limit::RequestBodyLimitLayer;

use super::failure::Failure;
use super::forms::LARGEST_BODY;
use super::gate::Answered;
use super::routes::{Access, Answer, Class, Route, routes};
use super::serve::Peer;
use super::state::{Time, Web};
use super::{
    api_keys, brand, entitlements, frame, gate, guard, live, next, pages, preferences, sign_in,
    suspended_preview, test_clock, welcome, wire,
};
use crate::settings::TimeSource;

/// The routes of this panel.
#[must_use]
pub fn table(web: &Web) -> Vec<Route> {
    let time = match web.time {
        Time::Fixed(_) => TimeSource::Computer,
        Time::Movable(_) => TimeSource::Movable,
    };
    routes(&web.site, time)
}

/// The whole panel as a service.
#[derive(Clone)]
pub struct Panel {
    web: Arc<Web>,
    router: Router,
}

impl Panel {
    /// Puts the routes together.
    ///
    /// # Errors
    /// When the public address is no origin.
    pub fn new(web: Arc<Web>) -> Result<Self, ConfigError> {
        let router = router(Arc::clone(&web))?;
        Ok(Self { web, router })
    }

    /// Answers one request of somebody at the other end of a connection.
    pub fn answer(&self, peer: Peer, request: http::Request<Incoming>) -> Answering {
        // The product asks at every visit, more often than everybody asks for all else: so it goes around the table, and
        // nothing is put aside for it that waits.
        if request.method() == Method::GET && request.uri().path() == gate::PATH {
            return match gate::answer(&self.web, &request) {
                Answered::AtOnce(response) => Either::Left(ready(response)),
                Answered::TurnedAway(turned_away) => {
                    let web = Arc::clone(&self.web);
                    Either::Right(Box::pin(async move { turned_away.answer(&web).await }))
                }
            };
        }
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let answer = self.router.clone().oneshot(request);
        // Boxed: a connection keeps room for its service for as long as it lives, a stream for hours.
        Either::Right(Box::pin(answer.map(|answer| match answer {
            Ok(response) => response,
            Err(never) => match never {},
        })))
    }
}

/// An answer that is there, or is being made.
pub type Answering = Either<Ready<Response>, BoxFuture<'static, Response>>;

fn router(web: Arc<Web>) -> Result<Router, ConfigError> {
    pages::prepare();
    let csrf = CsrfLayer::new().add_trusted_origin(web.origin.text())?;
    let (mut router, mut gates) = (Router::new(), Router::new());
    for route in table(&web) {
        if route.class == Class::Gate {
            gates = gates.route(&route.path, handler(&route));
            continue;
        }
        let gate = middleware::from_fn_with_state(
            guard::Gate::new(&web, route.access, route.class),
            guard::guard,
        );
        router = router.route(&route.path, handler(&route).route_layer(gate));
    }
    // An address that is no route is shown as missing, in the frame where somebody is signed in.
    let gate = guard::Gate::new(&web, Access::Public, Class::Page);
    let gate = middleware::from_fn_with_state(gate, guard::guard);
    let stray = any(pages::stray).layer(gate).with_state(Arc::clone(&web));
    let router = router
        .fallback_service(stray)
        .layer(csrf)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&web),
            frame::frame,
        ))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let router = router.with_state(Arc::clone(&web));
    Ok(gates.fallback_service(router).with_state(web))
}

fn handler(route: &Route) -> MethodRouter<Arc<Web>> {
    let filter = route.method.filter();
    match route.answer {
        Answer::Home => on(filter, || async { next::see_other(next::HOME) }),
        Answer::File => on(filter, file),
        Answer::Brand => on(filter, brand::answer),
        Answer::Health => on(filter, || async { "ok" }),
        Answer::PolicyReport => on(filter, policy_report),
        Answer::SignInPage => on(filter, sign_in::show),
        Answer::SignIn => on(filter, sign_in::sign_in),
        Answer::SignOut => on(filter, sign_in::sign_out),
        Answer::WelcomePage => on(filter, welcome::show),
        Answer::Welcome => on(filter, welcome::set),
        Answer::Page => on(filter, pages::page),
        Answer::Form => on(filter, pages::form),
        Answer::Preferences => on(filter, preferences::set),
        Answer::ApiKeys => on(filter, api_keys::change),
        Answer::SuspendedPreview => on(filter, suspended_preview::show),
        Answer::ServerFunction(name) => on(filter, move |state, request| {
            wire::answer(state, name, request)
        }),
        Answer::Live => on(filter, live::live),
        Answer::OldWire => on(filter, || async { StatusCode::GONE }),
        Answer::TestClock => on(filter, test_clock::advance),
        Answer::Gate => on(filter, gate::ask),
        Answer::GatePage => on(filter, gate::page),
        Answer::Entitlements => on(filter, entitlements::show),
    }
}

async fn file(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Failure> {
    web.site
        .answer(request.uri(), request.headers())
        .ok_or(Failure::of(StatusCode::NOT_FOUND))
}

/// The most characters of a report that are logged.
const REPORTED: usize = 1_000;

/// `POST /csp-report`: a page did what its policy forbids. Worth a line in the log, never more.
async fn policy_report(_: Uri, body: String) -> Response {
    let report: String = body
        .chars()
        .filter(|character| !character.is_control())
        .take(REPORTED)
        .collect();
    tracing::warn!(
        report,
        "a browser reports a breach of the content security policy"
    );
    (
        StatusCode::NO_CONTENT,
        [(header::CACHE_CONTROL, "no-store")],
    )
        .into_response()
}
