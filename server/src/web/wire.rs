//! Server functions: what hydrated pages ask for.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::provide_context;

use super::guard::Visitor;
use super::pages::service;
use super::state::Web;

/// `POST` of the server function `name`. Without a visitor the function finds no service, and answers that nobody is
/// signed in.
pub(super) async fn answer(
    State(web): State<Arc<Web>>,
    name: &'static str,
    mut request: Request,
) -> Response {
    let service = request
        .extensions()
        .get::<Visitor>()
        .map(|visitor| service(&web, visitor));
    // The functions are registered without the part of the path that names the release.
    if let Ok(path) = format!("/{name}").parse::<Uri>() {
        *request.uri_mut() = path;
    }
    // Never a redirect to the referring page, whatever the request says that it accepts.
    request.headers_mut().insert(
        header::ACCEPT,
        HeaderValue::from_static("application/x-postcard"),
    );
    let contexts = move || {
        if let Some(service) = &service {
            provide_context(Arc::clone(service));
        }
    };
    // On its own: a command that has begun is not cut short by a browser that goes away.
    let answer = tokio::spawn(async move {
        leptos_axum::handle_server_fns_with_context(contexts, request)
            .await
            .into_response()
    });
    answer
        .await
        .unwrap_or_else(|_| axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
