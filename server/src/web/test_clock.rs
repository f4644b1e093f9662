//! A clock that tests move: it goes like the computer's, with a distance. It exists only when asked for at start.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Timestamp;

use super::failure::Failure;
use super::forms::{self, Form};
use super::state::{Time, Web};
use crate::clock::{Clock, SystemClock};

/// The computer's clock, moved.
#[derive(Debug, Default)]
pub struct MovableClock {
    computer: SystemClock,
    distance: AtomicI64,
}

impl MovableClock {
    /// Moves it by `millis` milliseconds, forward or (negative) back.
    pub fn advance(&self, millis: i64) {
        self.distance.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        self.computer
            .now()
            .plus_millis(self.distance.load(Ordering::Relaxed))
    }
}

/// `POST /test/clock` with `advance=<milliseconds>`.
pub(super) async fn advance(
    State(web): State<Arc<Web>>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let Time::Movable(clock) = &web.time else {
        return Err(Failure::of(StatusCode::NOT_FOUND));
    };
    let millis = forms::field(&fields, "advance")
        .and_then(|text| text.parse().ok())
        .ok_or(Failure::bad_request())?;
    clock.advance(millis);
    Ok(StatusCode::NO_CONTENT.into_response())
}
