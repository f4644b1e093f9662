//! Who may come in: looks at the session before a route's handler runs.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::failure::Failure;
use super::frame::RequestNumber;
use super::next::sign_in_first;
use super::routes::{Access, Class};
use super::session;
use super::state::Web;
use crate::panel::Signed;

/// Who sends the request; in its extensions when somebody is signed in.
#[derive(Clone)]
pub(super) struct Visitor(pub Arc<Signed>);

/// What a route asks of its visitors.
#[derive(Clone)]
pub(super) struct Gate {
    web: Arc<Web>,
    access: Access,
    class: Class,
}

impl Gate {
    pub fn new(web: &Arc<Web>, access: Access, class: Class) -> Self {
        Self {
            web: Arc::clone(web),
            access,
            class,
        }
    }
}

/// Lets a request through to its handler, or answers in its place.
pub(super) async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let framed = matches!(
        gate.class,
        Class::Page | Class::Form | Class::Wire | Class::Stream
    );
    if matches!(gate.access, Access::Public | Access::Key(_)) && !framed {
        return next.run(request).await;
    }
    let number = request
        .extensions()
        .get::<RequestNumber>()
        .map(|number| number.0.clone())
        .unwrap_or_default();
    let signed = match session::visitor(&gate.web, request.headers()).await {
        Ok(known) => known.map(|known| known.signed(number)),
        Err(error) => return Failure::from(error).into_response(),
    };
    match (signed, gate.access) {
        (Some(signed), Access::Needs(permission)) if !signed.role.permits(permission) => {
            return Failure::of(StatusCode::FORBIDDEN).into_response();
        }
        (Some(signed), _) => {
            request.extensions_mut().insert(Visitor(Arc::new(signed)));
        }
        (None, Access::Needs(_)) if gate.class == Class::Page => {
            let path = request
                .uri()
                .path_and_query()
                .map_or("/", |path| path.as_str());
            return sign_in_first(path);
        }
        // A form says where to go back to only in its body, and a server function answers in its own words: their
        // handlers find nobody signed in, and do nothing else.
        (None, _) => {}
    }
    next.run(request).await
}
