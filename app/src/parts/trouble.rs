//! What is shown when a page cannot be.

use super::html::Html;
use crate::error::PanelError;
use crate::text::{Key, Words};
use crate::wire::{Empty, Link, Picture};

/// An error in one line, for a status message.
pub fn line(error: &PanelError, words: &Words) -> String {
    let empty = describe(error, "", words);
    [&empty.title, ". ", &empty.text].concat()
}

/// The title of the page that shows an error.
pub fn title(error: &PanelError, words: &Words) -> String {
    describe(error, "", words).title
}

/// A page that shows an error. `here` is its own address, to try again.
pub fn page(error: &PanelError, here: &str, words: &Words) -> String {
    let mut html = Html::new();
    let mut empty = describe(error, here, words);
    let again = empty.way_on.take();
    html.empty_page(&empty);
    let mut text = html.done();
    // The way on stands in the same box; loading anew must not be taken over by the router.
    if let Some(link) = again {
        let mut html = Html::new();
        html.with("a", "button primary").attr("href", &link.href);
        if link.href == here {
            html.attr("rel", "external");
        }
        html.text(&link.text).end();
        if let PanelError::Internal(request) = error
            && !request.is_empty()
        {
            html.with("p", "request-id")
                .text(words.get(Key::Request))
                .text(" ");
            html.el("code").text(request).end().end();
        }
        let end = text.len() - "</div>".len();
        text.insert_str(end, &html.done());
    }
    text
}

fn describe(error: &PanelError, here: &str, words: &Words) -> Empty {
    let (picture, title, text, again) = match error {
        PanelError::NotFound => (
            Picture::Missing,
            Key::MissingTitle,
            words.get(Key::MissingText),
            None,
        ),
        PanelError::Forbidden(why) => (Picture::Locked, Key::ForbiddenTitle, why.as_str(), None),
        PanelError::BadRequest(why) => (Picture::Missing, Key::BadRequestTitle, why.as_str(), None),
        PanelError::OldPage => (
            Picture::Broken,
            Key::OldPageTitle,
            words.get(Key::OldPageText),
            Some(Key::Reload),
        ),
        PanelError::Busy => (
            Picture::Broken,
            Key::BusyTitle,
            words.get(Key::BusyText),
            Some(Key::TryAgain),
        ),
        PanelError::SignedOut | PanelError::Internal(_) => (
            Picture::Broken,
            Key::BrokenTitle,
            words.get(Key::BrokenText),
            Some(Key::TryAgain),
        ),
    };
    let way_on = match again {
        Some(again) => Link {
            text: words.get(again).to_owned(),
            href: here.to_owned(),
        },
        None => Link {
            text: words.get(Key::ToCustomers).to_owned(),
            href: "/customers/active".to_owned(),
        },
    };
    Empty {
        picture,
        title: words.get(title).to_owned(),
        text: text.to_owned(),
        command: None,
        way_on: Some(way_on),
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::error::PanelError;
    use crate::text::Words;

    #[test]
    fn a_failure_names_the_request_and_offers_another_try() {
        let text = page(
            &PanelError::Internal("req_<1>".into()),
            "/activity?a=1&b=2",
            &Words::english(),
        );
        assert!(text.contains("<code>req_&lt;1&gt;</code>"), "{text}");
        assert!(
            text.contains(r#"href="/activity?a=1&amp;b=2" rel="external""#),
            "{text}"
        );
        assert!(text.ends_with("</p></div>"), "{text}");
    }

    #[test]
    fn what_is_not_there_leads_to_the_customers() {
        let text = page(&PanelError::NotFound, "/nowhere", &Words::english());
        assert!(text.contains(r#"href="/customers/active""#), "{text}");
        assert!(text.contains("<h1"), "{text}");
    }
}
