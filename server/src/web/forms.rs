//! Posted forms: their fields in order, names may repeat.

use app::service::Fields;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use super::failure::Failure;

/// The most bytes of a request's body.
pub const LARGEST_BODY: usize = 64 * 1024;
/// The most fields of a form: far above any of the panel.
const MOST_FIELDS: usize = 200;

/// The fields of a posted form.
pub struct Form(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let axum::Form(fields) = axum::Form::<Fields>::from_request(request, state)
            .await
            .map_err(|rejection| {
                use axum::response::IntoResponse as _;
                match rejection.into_response().status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Failure::of(StatusCode::PAYLOAD_TOO_LARGE),
                    _ => Failure::bad_request(),
                }
            })?;
        if fields.len() > MOST_FIELDS {
            Err(Failure::bad_request())
        } else {
            Ok(Self(fields))
        }
    }
}

/// The first value of a field.
#[must_use]
pub fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}
