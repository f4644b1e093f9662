//! Server functions: what hydrated pages ask for.

use std::sync::Arc;

use app::error::PanelError;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::{FromServerFnError as _, provide_context};
use tracing::Instrument as _;

use super::failure::Failure;
use super::guard::Visitor;
use super::pages::service;
use super::state::Web;

/// `POST` of the server function `name`.
pub(super) async fn answer(
    State(web): State<Arc<Web>>,
    name: &'static str,
    mut request: Request,
) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return encoded(&PanelError::SignedOut);
    };
    let service = service(&web, &visitor);
    // The functions are registered without the part of the path that names the release.
    if let Ok(path) = format!("/{name}").parse::<Uri>() {
        *request.uri_mut() = path;
    }
    // Never a redirect to the referring page, whatever the request says that it accepts.
    request.headers_mut().insert(
        header::ACCEPT,
        HeaderValue::from_static("application/x-postcard"),
    );
    let contexts = move || provide_context(Arc::clone(&service));
    // On its own: a command that has begun is not cut short by a browser that goes away.
    let answer = async move {
        leptos_axum::handle_server_fns_with_context(contexts, request)
            .await
            .into_response()
    };
    let answer = tokio::spawn(answer.in_current_span());
    answer
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn encoded(error: &PanelError) -> Response {
    let parts = error.ser();
    (
        parts.status_code,
        [(header::CONTENT_TYPE, parts.content_type)],
        parts.body,
    )
        .into_response()
}

/// An answer of a server function as its caller can read it, whatever it was that failed on the way. `request` is the
/// number under which the log knows it.
pub(super) fn decodable(
    mut response: Response,
    request: &str,
    sentence: impl FnOnce() -> String,
) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let told = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/x-postcard");
    // Without a body it means another release: nothing that this one says would be understood there.
    if !failed || told || status == StatusCode::GONE {
        return response;
    }
    let failure = response.extensions_mut().remove::<Failure>();
    let sentence = failure
        .and_then(|failure| failure.sentence)
        .unwrap_or_else(sentence);
    encoded(&match status {
        StatusCode::UNAUTHORIZED => PanelError::SignedOut,
        StatusCode::FORBIDDEN => PanelError::Forbidden(sentence),
        StatusCode::NOT_FOUND => PanelError::NotFound,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => PanelError::Busy,
        status if status.is_client_error() => PanelError::BadRequest(sentence),
        _ => PanelError::Internal(request.to_owned()),
    })
}
