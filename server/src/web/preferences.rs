//! Preferences, posted: kept where they belong, in the store or in the browser.

use std::sync::Arc;

use axum::extract::{FromRequest as _, Request, State};
use axum::response::Response;

use super::comfort;
use super::failure::Failure;
use super::forms::Form;
use super::guard::Visitor;
use super::next::{PREFERENCES, see_other, sign_in_first};
use super::pages::keep_notice;
use super::state::Web;
use crate::panel::{Panel, Signed};

/// `POST /preferences`
pub(super) async fn set(
    State(web): State<Arc<Web>>,
    request: Request,
) -> Result<Response, Failure> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let Some(visitor) = visitor else {
        return Ok(sign_in_first(PREFERENCES));
    };
    let Form(fields) = Form::from_request(request, &()).await?;
    let panel = Panel::new(Arc::clone(&web.panel), Signed::clone(&visitor.0));
    let (chosen, notice) = panel.set_preferences(&fields).await?;
    keep_notice(&web, &visitor, &notice).await;
    let mut response = see_other(&format!("{PREFERENCES}#notice"));
    comfort::keep(&mut response, web.transport(), &chosen);
    Ok(response)
}
