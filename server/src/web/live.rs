//! `GET /live`: what happens to a partner's customers, as server-sent events.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use tokio::time::{Interval, MissedTickBehavior};

use super::failure::Failure;
use super::guard::Visitor;
use super::session;
use super::state::Web;
use crate::live::{Feed, Message, Position};
use crate::panel::Signed;

/// How often a stream without news says that it is alive, and looks whether its reader may still listen.
const BEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it comes again, at least; up to twice as long, so that after a restart not all come at once.
const RETRY: u64 = 1_000;

/// A stream and whoever listens to it.
struct Listener {
    web: Arc<Web>,
    signed: Arc<Signed>,
    feed: Feed,
    beats: Interval,
    opening: Option<Bytes>,
}

/// Opens a stream after the position that the address or the browser's own header names.
pub(super) async fn live(State(web): State<Arc<Web>>, request: Request) -> Response {
    let Some(Visitor(signed)) = request.extensions().get::<Visitor>().cloned() else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let after = position(request.headers(), request.uri().query().unwrap_or_default());
    let feed = match web.live.watch(&signed.partner, after).await {
        Ok(feed) => feed,
        Err(error) => return Failure::from(error).into_response(),
    };
    let mut beats = tokio::time::interval(BEAT);
    // The first one is not due at once.
    beats.reset();
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut byte = [0];
    web.ids.fill(&mut byte);
    let retry = RETRY + RETRY * u64::from(byte[0]) / 255;
    let listener = Listener {
        web,
        signed,
        feed,
        beats,
        opening: Some(format!("retry: {retry}\n\n").into()),
    };
    let told = stream::unfold(Some(listener), |listener| async {
        let mut listener = listener?;
        let (text, goes_on) = listener.next().await?;
        Some((
            Ok::<Bytes, std::convert::Infallible>(text),
            goes_on.then_some(listener),
        ))
    });
    let kind = HeaderValue::from_static("text/event-stream");
    let mut response = ([(header::CONTENT_TYPE, kind)], Body::from_stream(told)).into_response();
    // A proxy that collects an answer before it passes it on would make it no stream.
    response
        .headers_mut()
        .insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

impl Listener {
    /// What is said next, and whether anything follows.
    async fn next(&mut self) -> Option<(Bytes, bool)> {
        if let Some(opening) = self.opening.take() {
            return Some((opening, true));
        }
        tokio::select! {
            message = self.feed.next() => message.map(|message| (message.text, true)),
            // Boxed: a stream that waits keeps no room for the questions that it asks every now and then.
            _ = self.beats.tick() => Some(if Box::pin(self.may_listen()).await {
                let position = self.web.live.position(self.feed.told());
                (Message::beat(&position.epoch, position.seq).text, true)
            } else {
                (Message::bye(), false)
            }),
        }
    }

    /// Whether the session is still good and its person what they were. A store that cannot be asked ends nobody's
    /// session.
    async fn may_listen(&self) -> bool {
        match session::listener(&self.web, &self.signed.session).await {
            Ok(Some(now)) => now == (self.signed.user.clone(), self.signed.role),
            Ok(None) => false,
            Err(_) => true,
        }
    }
}

/// The browser's own header counts more: the address is as old as the page.
fn position(headers: &HeaderMap, query: &str) -> Option<Position> {
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let named = || {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "after")
            .map(|(_, after)| after.into_owned())
    };
    Position::parse(&last.or_else(named)?)
}
