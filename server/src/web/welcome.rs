//! The page behind a one-time link: it sets a password and signs in.

use std::fmt::Write as _;
use std::sync::Arc;

use app::comfort::Theme;
use app::text::Say;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::comfort;
use super::failure::Failure;
use super::forms::{Form, field};
use super::html::{Sheet, escaped, refusal};
use super::next::{self, see_other};
use super::password::{self, Unfit};
use super::session::{self, digest};
use super::state::Web;
use crate::store::User;

/// How a new link is made; the operator fills in the rest.
const COMMAND: &str = "partner-panel user link --partner PARTNER E-MAIL";

type Secret = Result<Path<String>, PathRejection>;

fn sentence(say: &Say, unfit: Unfit) -> String {
    match unfit {
        Unfit::TooShort => say.password_too_short(password::SHORTEST),
        Unfit::TooLong => say.password_too_long(password::LONGEST),
        Unfit::IsEmail => say.password_is_email(),
    }
}

async fn welcome_page(
    web: &Web,
    theme: Theme,
    user: &User,
    refused: Option<&str>,
) -> Result<String, Failure> {
    let partner = web.store.read().await?.partner(&user.partner).await?;
    let say = web.say();
    let title = say.welcome_title(&partner.profile.name);
    let mut card = format!(
        "<h1 dir=\"auto\">{}</h1><p class=\"quiet-text\">{}</p>{}",
        escaped(&title),
        escaped(&say.welcome_lead(&user.email)),
        refusal(refused),
    );
    // Without an action the form posts to the link itself. The e-mail is there for password managers.
    let _ = write!(
        card,
        "<form method=\"post\" class=\"stack\"><input class=\"visually-hidden\" type=\"email\" name=\"email\" value=\"{}\" \
         autocomplete=\"username\" readonly tabindex=\"-1\" aria-hidden=\"true\">\
         <div class=\"field\"><label for=\"password\">{}</label><p class=\"hint\" id=\"h-password\">{}</p>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" minlength=\"{}\" \
         maxlength=\"{}\" aria-describedby=\"h-password\" required autofocus></div>\
         <button type=\"submit\" class=\"button primary\">{}</button></form>",
        escaped(&user.email),
        escaped(&say.new_password_label()),
        escaped(&say.new_password_hint(password::SHORTEST)),
        password::SHORTEST,
        password::LONGEST,
        escaped(&say.welcome_confirm()),
    );
    let sheet = Sheet {
        say: &say,
        site: &web.site,
        transport: web.transport(),
        theme,
        title: &title,
    };
    Ok(sheet.page(&card, ""))
}

/// Used, expired or never made: nobody is told which.
fn expired(web: &Web, theme: Theme) -> Response {
    let say = web.say();
    let title = say.link_expired_title();
    let card = format!(
        "<h1>{}</h1><p>{}</p><pre class=\"command\" tabindex=\"0\"><code>{COMMAND}</code></pre>\
         <p><a class=\"button\" href=\"{}\">{}</a></p>",
        escaped(&title),
        escaped(&say.link_expired()),
        next::SIGN_IN,
        escaped(&say.go_to_sign_in()),
    );
    let sheet = Sheet {
        say: &say,
        site: &web.site,
        transport: web.transport(),
        theme,
        title: &title,
    };
    (StatusCode::GONE, Html(sheet.page(&card, ""))).into_response()
}

/// `GET /welcome/{secret}`
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    secret: Secret,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let theme = comfort::read(&headers).theme;
    let Ok(Path(secret)) = secret else {
        return Ok(expired(&web, theme));
    };
    let user = web
        .store
        .read()
        .await?
        .login_link(&digest(&secret), web.now())
        .await?;
    let Some(user) = user else {
        return Ok(expired(&web, theme));
    };
    Ok(Html(welcome_page(&web, theme, &user, None).await?).into_response())
}

/// `POST /welcome/{secret}`
pub(super) async fn set(
    State(web): State<Arc<Web>>,
    secret: Secret,
    headers: HeaderMap,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let theme = comfort::read(&headers).theme;
    let Ok(Path(secret)) = secret else {
        return Ok(expired(&web, theme));
    };
    let link = digest(&secret);
    let user = web.store.read().await?.login_link(&link, web.now()).await?;
    let Some(user) = user else {
        return Ok(expired(&web, theme));
    };
    let chosen = field(&fields, "password").unwrap_or_default();
    let say = web.say();
    if let Err(unfit) = password::check(chosen, &user.email) {
        let page = welcome_page(&web, theme, &user, Some(&sentence(&say, unfit))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let Ok(hash) = web
        .passwords
        .hash(chosen.to_owned(), Arc::clone(&web.ids))
        .await
    else {
        let page = welcome_page(&web, theme, &user, Some(&say.sign_in_crowded())).await?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, Html(page)).into_response());
    };
    let hash = hash.ok_or(Failure::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    let Some(user) = web
        .store
        .set_password_by_link(link, hash, web.now())
        .await?
    else {
        return Ok(expired(&web, theme));
    };
    let mut response = see_other(next::HOME);
    session::begin(&web, &headers, &user, &mut response).await?;
    Ok(response)
}
