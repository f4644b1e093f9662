//! The page that says why there is no other page.

use app::comfort::Theme;
use app::parts::html::SPRITE;
use app::text::Say;
use axum::http::StatusCode;

use super::failure::Failure;
use super::html::{Sheet, escaped};
use super::site::Site;
use crate::settings::Transport;

/// The sentence for a status, for whoever shows it in another way.
#[must_use]
pub fn sentence(say: &Say, status: StatusCode) -> String {
    words(say, status).sentence
}

/// What a failure is called and explained with.
struct Words {
    title: String,
    sentence: String,
}

fn words(say: &Say, status: StatusCode) -> Words {
    let (title, sentence) = match status {
        StatusCode::UNAUTHORIZED => (say.signed_out_title(), say.signed_out()),
        StatusCode::FORBIDDEN => (say.forbidden_title(), say.forbidden()),
        StatusCode::NOT_FOUND => (say.not_found_title(), say.not_found()),
        StatusCode::METHOD_NOT_ALLOWED => (say.wrong_method_title(), say.wrong_method()),
        StatusCode::PAYLOAD_TOO_LARGE => (say.too_large_title(), say.too_large()),
        StatusCode::GONE => (say.old_page_title(), say.old_page()),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            (say.busy_title(), say.busy())
        }
        StatusCode::GATEWAY_TIMEOUT => (say.slow_title(), say.slow()),
        status if status.is_client_error() => (say.bad_request_title(), say.bad_request()),
        _ => (say.broken_title(), say.broken()),
    };
    Words { title, sentence }
}

fn picture(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "locked",
        StatusCode::NOT_FOUND | StatusCode::GONE => "missing",
        _ => "broken",
    }
}

/// The page for `failure`. `request` is the number under which the log knows it.
#[must_use]
pub fn error_page(
    say: &Say,
    site: &Site,
    transport: Transport,
    theme: Theme,
    failure: &Failure,
    request: &str,
) -> String {
    let Words { title, sentence } = words(say, failure.status);
    let sentence = failure.sentence.as_deref().unwrap_or(&sentence);
    let number = if failure.status.is_server_error() {
        let label = escaped(&say.request_number());
        format!(
            "<p class=\"request-id\">{label} <code>{}</code></p>",
            escaped(request)
        )
    } else {
        String::new()
    };
    let card = format!(
        "<div class=\"empty\"><svg class=\"picture\" aria-hidden=\"true\"><use href=\"{SPRITE}picture-{}\"></use></svg>\
         <h1>{}</h1><p>{}</p><a class=\"button primary\" href=\"/\">{}</a>{number}</div>",
        picture(failure.status),
        escaped(&title),
        escaped(sentence),
        escaped(&say.back_to_customers()),
    );
    Sheet {
        say,
        site,
        transport,
        theme,
        title: &title,
    }
    .page(&card, "")
}
