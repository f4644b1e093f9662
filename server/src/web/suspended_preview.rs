//! What a customer would see, drawn for the colleague who writes it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::failure::Failure;
use super::forms::Form;
use super::guard::Visitor;
use super::next::{HOME, sign_in_first};
use super::state::Web;
use crate::panel::{Panel, Signed};
use crate::suspended_page;

/// `POST /customers/{id}/suspended-page`, with the fields of the popup.
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Failure> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let Some(visitor) = visitor else {
        return Ok(sign_in_first(HOME));
    };
    let Path(id) = id.map_err(|_| Failure::of(StatusCode::NOT_FOUND))?;
    let Form(fields) = Form::from_request(request, &()).await?;
    let panel = Panel::new(Arc::clone(&web.panel), Signed::clone(&visitor.0));
    let view = panel.preview_suspended(&id, fields).await?;
    Ok(suspended_page::preview(&view).map(Body::from))
}
