//! What stands around every request: its number, its deadline, a readable answer whatever happens, and the headers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use app::comfort::Theme;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures::FutureExt as _;
use tower_http::csrf::ProtectionError;
use tracing::Instrument as _;

use super::comfort;
use super::error_page::{error_page, sentence};
use super::failure::Failure;
use super::headers::{complete, is_page, is_problem};
use super::state::Web;
use super::{problem, wire};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Below this, programs are answered.
const API: &str = "/api/";
/// After so long nobody waits for an answer any more.
const DEADLINE: Duration = Duration::from_secs(20);

/// The number under which the log knows a request; in its extensions.
#[derive(Clone)]
pub(super) struct RequestNumber(pub String);

/// Runs a request to a readable end.
pub(super) async fn frame(
    State(web): State<Arc<Web>>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut id = [0; 8];
    web.ids.fill(&mut id);
    let id = hex::encode(id);
    request.extensions_mut().insert(RequestNumber(id.clone()));
    let method = request.method().clone();
    let theme = comfort::read(request.headers()).theme;
    let path = request.uri().path().to_owned();
    // What opens a one-time link is a secret, and has no place in a log.
    // And what programs ask for names customers.
    let told = ["/welcome/", API]
        .into_iter()
        .find(|secret| path.starts_with(secret))
        .unwrap_or(&path);
    let span = tracing::info_span!("request", %id, %method, path = told);
    let answer = tokio::time::timeout(DEADLINE, AssertUnwindSafe(next.run(request)).catch_unwind());
    let answer = answer.instrument(span.clone()).await;
    let response = match answer {
        Ok(Ok(response)) => response,
        // The panic itself has been reported by the process; this says whose request it was.
        Ok(Err(_)) => {
            span.in_scope(|| tracing::error!("a request panicked"));
            Failure::of(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
        Err(_) => {
            span.in_scope(|| tracing::error!("a request took longer than {DEADLINE:?}"));
            // Not "busy": what was sent may be on its way to being done.
            Failure::of(StatusCode::GATEWAY_TIMEOUT).into_response()
        }
    };
    let mut response = if path.starts_with("/_/") {
        let status = response.status();
        wire::decodable(response, &id, || sentence(&web.say(), status))
    } else if path.starts_with(API) {
        problem::readable(response)
    } else {
        readable(&web, theme, &method, &id, response)
    };
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), "answered"));
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    complete(response.headers_mut(), web.transport());
    response
}

/// Puts a page in place of an error that has none.
fn readable(
    web: &Web,
    theme: Theme,
    method: &Method,
    id: &str,
    mut response: Response,
) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || is_page(response.headers()) || is_problem(response.headers()) {
        return response;
    }
    let mut failure = response
        .extensions_mut()
        .remove::<Failure>()
        .unwrap_or(Failure::of(status));
    let say = web.say();
    if response.extensions().get::<ProtectionError>().is_some() {
        failure.sentence = Some(say.forbidden_origin());
    }
    let page = error_page(&say, &web.site, web.transport(), theme, &failure, id);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    *response.body_mut() = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(page)
    };
    response
}
