//! Signing in and out.

use std::fmt::Write as _;
use std::sync::Arc;

use app::comfort::Theme;
use axum::extract::{Extension, RawQuery, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::comfort;
use super::failure::Failure;
use super::forms::{Form, field};
use super::html::{Sheet, escaped, refusal};
use super::next::{self, see_other};
use super::serve::Peer;
use super::session;
use super::state::Web;

/// The longest e-mail address that is looked up, in bytes.
const LONGEST_EMAIL: usize = 320;

/// What the sign-in form shows.
#[derive(Default)]
struct Shown<'a> {
    theme: Theme,
    next: &'a str,
    email: &'a str,
    refusal: Option<&'a str>,
}

fn sign_in_page(web: &Web, shown: &Shown<'_>) -> String {
    let say = web.say();
    let title = say.sign_in_title();
    let mut card = format!("<h1>{}</h1>", escaped(&title));
    if shown.refusal.is_none() && shown.next != next::HOME {
        let _ = write!(
            card,
            "<p class=\"quiet-text\">{}</p>",
            escaped(&say.sign_in_first())
        );
    }
    card.push_str(&refusal(shown.refusal));
    // After a wrong password the cursor stands where the mistake most likely is.
    let (at_email, at_password) = if shown.email.is_empty() {
        (" autofocus", "")
    } else {
        ("", " autofocus")
    };
    let _ = write!(
        card,
        "<form method=\"post\" action=\"{}\" class=\"stack\"><input type=\"hidden\" name=\"next\" value=\"{}\">\
         <div class=\"field\"><label for=\"email\">{}</label><input id=\"email\" name=\"email\" type=\"email\" \
         autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"{LONGEST_EMAIL}\" value=\"{}\" required{at_email}></div>\
         <div class=\"field\"><label for=\"password\">{}</label><input id=\"password\" name=\"password\" \
         type=\"password\" autocomplete=\"current-password\" required{at_password}></div>\
         <button type=\"submit\" class=\"button primary\">{}</button></form>",
        next::SIGN_IN,
        escaped(shown.next),
        escaped(&say.email_label()),
        escaped(shown.email),
        escaped(&say.password_label()),
        escaped(&say.sign_in()),
    );
    let foot = format!(
        "<p class=\"plain-foot quiet-text\">{}</p>",
        escaped(&say.sign_in_help())
    );
    Sheet {
        say: &say,
        site: &web.site,
        transport: web.transport(),
        theme: shown.theme,
        title: &say.sign_in(),
    }
    .page(&card, &foot)
}

/// `GET /sign-in?next=`
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = query.unwrap_or_default();
    let wanted = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "next")
        .map(|(_, path)| path);
    let next = next::safe(wanted.as_deref().unwrap_or_default());
    if session::visitor(&web, &headers).await?.is_some() {
        return Ok(see_other(next));
    }
    Ok(Html(sign_in_page(
        &web,
        &Shown {
            theme: comfort::read(&headers).theme,
            next,
            ..Shown::default()
        },
    ))
    .into_response())
}

/// `POST /sign-in`
pub(super) async fn sign_in(
    State(web): State<Arc<Web>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let value = |name| field(&fields, name).unwrap_or_default();
    let (email, password, next) = (
        value("email").trim(),
        value("password"),
        next::safe(value("next")),
    );
    let refused = |status: StatusCode, sentence: &str| {
        let page = sign_in_page(
            &web,
            &Shown {
                theme: comfort::read(&headers).theme,
                next,
                email,
                refusal: Some(sentence),
            },
        );
        (status, Html(page)).into_response()
    };
    let say = web.say();
    if email.is_empty()
        || email.len() > LONGEST_EMAIL
        || email.contains('\0')
        || password.len() > LONGEST_PASSWORD
    {
        return Ok(refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            &say.sign_in_wrong(),
        ));
    }
    let (account, address) = (email.to_lowercase(), web.address(peer, &headers));
    if let Some(seconds) = web.attempts.wait(&account, address, web.now()) {
        let mut response = refused(StatusCode::TOO_MANY_REQUESTS, &say.sign_in_wait(seconds));
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(response);
    }
    let user = web
        .store
        .read()
        .await?
        .user_by_email(email)
        .await?
        .filter(|user| !user.disabled);
    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    match (
        web.passwords.verify(password.to_owned(), stored).await,
        user,
    ) {
        (Ok(true), Some(user)) => {
            web.attempts.succeeded(&account, address);
            let mut response = see_other(next);
            session::begin(&web, &headers, &user, &mut response).await?;
            Ok(response)
        }
        (Ok(_), _) => {
            web.attempts.failed(&account, address, web.now());
            Ok(refused(
                StatusCode::UNPROCESSABLE_ENTITY,
                &say.sign_in_wrong(),
            ))
        }
        (Err(_), _) => Ok(refused(
            StatusCode::TOO_MANY_REQUESTS,
            &say.sign_in_crowded(),
        )),
    }
}

/// The longest password that is looked at, in bytes: four for each character of the longest allowed.
const LONGEST_PASSWORD: usize = super::password::LONGEST * 4;

/// `POST /sign-out`
pub(super) async fn sign_out(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut response = see_other(next::SIGN_IN);
    session::end(&web, &headers, &mut response).await?;
    Ok(response)
}
