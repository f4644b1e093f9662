//! The few pages outside of the frame, written as escaped text.

use std::fmt::Write as _;

use app::comfort::{Choice as _, Theme};
use app::document::{GROUNDS, VIEWPORT};
use app::parts::html::SPRITE;
use app::text::Say;

use super::site::Site;
use crate::settings::Transport;

/// Adds `text` to `page` so that it can only be read as text, inside an element or a quoted attribute.
pub fn escape(page: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            '\0' => page.push('\u{fffd}'),
            other => page.push(other),
        }
    }
}

/// The text, escaped.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut page = String::with_capacity(text.len() + 8);
    escape(&mut page, text);
    page
}

/// What surrounds the content of a page outside of the frame.
pub struct Sheet<'a> {
    /// The reader.
    pub say: &'a Say,
    /// Where the stylesheet is.
    pub site: &'a Site,
    /// Whether a banner must warn.
    pub transport: Transport,
    /// Light or dark.
    pub theme: Theme,
    /// Title of the window.
    pub title: &'a str,
}

impl Sheet<'_> {
    /// The whole page. `card` and `foot` are HTML.
    #[must_use]
    pub fn page(&self, card: &str, foot: &str) -> String {
        let mut page = self.head();
        let panel = escaped(&self.say.panel_name());
        let _ = write!(page, "<title>{} · {panel}</title>", escaped(self.title));
        page.push_str(
            "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
            <link rel=\"manifest\" href=\"/manifest.webmanifest\">",
        );
        if let Some(sheet) = self.site.stylesheet() {
            let _ = write!(
                page,
                "<link rel=\"stylesheet\" href=\"{}\">",
                escaped(sheet)
            );
        }
        page.push_str("</head><body>");
        if self.transport == Transport::Insecure {
            let _ = write!(
                page,
                "<p class=\"banner\" data-tone=\"careful\" role=\"note\">{} {}</p>",
                icon("triangle-alert"),
                escaped(&self.say.banner_insecure())
            );
        }
        let _ = write!(
            page,
            "<div class=\"plain\"><main id=\"main\" class=\"plain-main\"><p class=\"plain-brand\">\
             <svg class=\"logo\" aria-hidden=\"true\"><use href=\"{SPRITE}logo\"></use></svg> {panel}</p>\
             <div class=\"plain-card surface\">{card}</div>{foot}</main></div></body></html>"
        );
        page
    }

    /// Search engines and previews stay away from every page of the panel.
    fn head(&self) -> String {
        let theme = self.theme.mark();
        let mut head = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\"{}><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"{VIEWPORT}\"><meta name=\"color-scheme\" content=\"{}\">\
             <meta name=\"robots\" content=\"noindex\">",
            self.say.words_language(),
            self.say.direction(),
            theme.map_or_else(String::new, |theme| format!(" data-theme=\"{theme}\"")),
            self.theme.color_scheme(),
        );
        for (name, color) in GROUNDS {
            let _ = match theme {
                None => write!(
                    head,
                    "<meta name=\"theme-color\" content=\"{color}\" media=\"(prefers-color-scheme: {name})\">"
                ),
                Some(theme) if theme == name => {
                    write!(head, "<meta name=\"theme-color\" content=\"{color}\">")
                }
                Some(_) => Ok(()),
            };
        }
        head
    }
}

/// A small icon of the sprite.
#[must_use]
pub fn icon(name: &str) -> String {
    format!(
        "<svg class=\"icon small\" aria-hidden=\"true\"><use href=\"{SPRITE}{name}\"></use></svg>"
    )
}

/// The line that says why something was not done; nothing when there is nothing to say.
#[must_use]
pub fn refusal(sentence: Option<&str>) -> String {
    sentence.map_or_else(String::new, |sentence| {
        format!(
            "<div class=\"refusal\" role=\"alert\">{}<p>{}</p></div>",
            icon("circle-alert"),
            escaped(sentence)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(
            escaped("<a href='x' title=\"&\">\0"),
            "&lt;a href=&#39;x&#39; title=&quot;&amp;&quot;&gt;\u{fffd}"
        );
    }
}
