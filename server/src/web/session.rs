//! Who is signed in: a random secret in a cookie, its hash in the store.

use app::comfort::Comfort;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::time::{DAY, HOUR, MINUTE};
use domain::{Role, Timestamp, UserId};
use sha2::{Digest as _, Sha256};

use super::state::Web;
use super::{comfort, cookies};
use crate::error::Result;
use crate::panel::Signed;
use crate::settings::Transport;
use crate::store::{Session, User};

/// Without a request for so long a session ends, in milliseconds.
const IDLE: i64 = 12 * HOUR;
/// After so long a session ends whatever happens, in milliseconds.
const ABSOLUTE: i64 = 7 * DAY;
/// How exactly the last request is written down, in milliseconds.
const TOUCH: i64 = MINUTE;

/// How a secret is stored: without it nobody can make the cookie or the link again.
#[must_use]
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The cookie's name. `__Host-` makes browsers refuse it over plain http, from other hosts and for other paths.
fn cookie_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Encrypted => "__Host-panel",
        Transport::Loopback | Transport::Insecure => "panel",
    }
}

fn set_cookie(response: &mut Response, transport: Transport, secret: &str, seconds: i64) {
    cookies::keep(response, transport, cookie_name(transport), secret, seconds);
}

/// The hash of the secret that a request carries.
fn presented(web: &Web, headers: &HeaderMap) -> Option<String> {
    cookies::named(headers, cookie_name(web.transport()))
        .find(|secret| (32..=64).contains(&secret.len()))
        .map(digest)
}

/// Somebody with a good session.
pub(super) struct Known {
    user: User,
    session: String,
    comfort: Comfort,
}

impl Known {
    /// For the service, in the request of this number.
    pub fn signed(self, request: String) -> Signed {
        let Self {
            user,
            session,
            comfort,
        } = self;
        Signed {
            partner: user.partner,
            user: user.id,
            name: user.name,
            role: user.role,
            session,
            language: user.language,
            time_zone: user.time_zone,
            comfort,
            request,
        }
    }
}

/// Who sends a request; none when nobody is signed in, or no longer.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn visitor(web: &Web, headers: &HeaderMap) -> Result<Option<Known>> {
    let Some(id_hash) = presented(web, headers) else {
        return Ok(None);
    };
    let now = web.now();
    let mut tx = web.store.read().await?;
    let Some(session) = tx.session(&id_hash).await? else {
        return Ok(None);
    };
    if !is_good(&session, now) {
        return Ok(None);
    }
    let user = tx.user(&session.partner, &session.user).await?;
    if user.disabled {
        return Ok(None);
    }
    if now.millis_since(session.last_seen_at) >= TOUCH {
        let (store, id_hash) = (web.store.clone(), id_hash.clone());
        tokio::spawn(async move {
            if let Err(error) = store.touch_session(id_hash, now).await {
                tracing::warn!(%error, "the time of a session was not written down");
            }
        });
    }
    Ok(Some(Known {
        user,
        session: id_hash,
        comfort: comfort::read(headers),
    }))
}

/// Who listens to a stream, looked at without writing down that they were seen: listening keeps no session alive.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn listener(web: &Web, id_hash: &str) -> Result<Option<(UserId, Role)>> {
    let mut tx = web.store.read().await?;
    let session = tx.session(id_hash).await?;
    let Some(session) = session.filter(|session| is_good(session, web.now())) else {
        return Ok(None);
    };
    let user = tx.user(&session.partner, &session.user).await?;
    Ok((!user.disabled).then_some((user.id, user.role)))
}

fn is_good(session: &Session, now: Timestamp) -> bool {
    now < session.expires_at && now.millis_since(session.last_seen_at) < IDLE
}

/// Signs `user` in with a new secret; whatever session the browser had before ends.
///
/// # Errors
/// When the store cannot keep the session.
pub(super) async fn begin(
    web: &Web,
    headers: &HeaderMap,
    user: &User,
    response: &mut Response,
) -> Result<()> {
    if let Some(before) = presented(web, headers) {
        web.store.end_session(before).await?;
    }
    let secret = web.ids.secret();
    let now = web.now();
    let session = Session {
        id_hash: digest(&secret),
        partner: user.partner.clone(),
        user: user.id.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now.plus_millis(ABSOLUTE),
        has_notice: false,
    };
    web.store.add_session(session).await?;
    set_cookie(response, web.transport(), &secret, ABSOLUTE / 1_000);
    Ok(())
}

/// Signs the sender of a request out.
///
/// # Errors
/// When the store cannot forget the session.
pub(super) async fn end(web: &Web, headers: &HeaderMap, response: &mut Response) -> Result<()> {
    if let Some(id_hash) = presented(web, headers) {
        web.store.end_session(id_hash).await?;
    }
    set_cookie(response, web.transport(), "", 0);
    Ok(())
}
