//! Keys of programs, as the panel's own forms change them.

use std::sync::Arc;

use app::service::PanelService;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use tracing::Instrument as _;

use super::failure::Failure;
use super::forms::Form;
use super::guard::Visitor;
use super::next::{see_other, sign_in_first};
use super::pages::{Answered, keep_notice, render};
use super::state::Web;
use crate::panel::{KeyChange, Panel, Signed};

/// `POST /keys`, and `/connect`, where the first key is made. A new key is the answer itself: it never waits anywhere to be fetched.
pub(super) async fn change(
    State(web): State<Arc<Web>>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let here = parts.uri.path().to_owned();
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return Ok(sign_in_first(&here));
    };
    let Form(fields) = Form::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    let panel = || Panel::new(Arc::clone(&web.panel), Signed::clone(&visitor.0));
    // On its own: what has begun is not cut short by a browser that goes away.
    let changing = {
        let panel = panel();
        tokio::spawn(async move { panel.change_keys(&fields).await }.in_current_span())
    };
    let changed = changing
        .await
        .map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    match changed? {
        KeyChange::Done(notice) => {
            keep_notice(&web, &visitor, &notice).await;
            Ok(see_other(&format!("{here}#notice")))
        }
        KeyChange::Shown(answer) => {
            let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::OK);
            let service: Arc<dyn PanelService> = Arc::new(panel().answering(*answer));
            render(&web, &visitor, service, parts, Answered::Page(status)).await
        }
    }
}
