//! Static markup as text. What has no state of its own (cells, cards, entries) is written by plain functions: a tenth of
//! the code that a tree of views compiles to, and testable without a browser. Tags and attribute names are literals of
//! this program; every value is escaped.

/// Markup being written. Elements that are begun are always ended, in order.
#[derive(Debug, Default)]
pub struct Html {
    text: String,
    open: Vec<&'static str>,
    in_tag: bool,
}

/// Elements that have no content and no end tag.
const VOID: [&str; 3] = ["input", "br", "hr"];

impl Html {
    /// Nothing yet.
    pub fn new() -> Html {
        Html::default()
    }

    /// Begins an element; attributes may follow until its content begins.
    pub fn el(&mut self, tag: &'static str) -> &mut Html {
        self.finish_tag();
        self.text.push('<');
        self.text.push_str(tag);
        self.in_tag = true;
        self.open.push(tag);
        self
    }

    /// Begins an element with a class.
    pub fn with(&mut self, tag: &'static str, class: &'static str) -> &mut Html {
        self.el(tag).attr("class", class)
    }

    /// An attribute of the element just begun.
    pub fn attr(&mut self, name: &'static str, value: &str) -> &mut Html {
        self.flag(name);
        self.text.push_str("=\"");
        escape(value, &mut self.text);
        self.text.push('"');
        self
    }

    /// An attribute without a value.
    pub fn flag(&mut self, name: &'static str) -> &mut Html {
        debug_assert!(self.in_tag, "attribute {name} after the content began");
        self.text.push(' ');
        self.text.push_str(name);
        self
    }

    /// An attribute without a value, if it holds.
    pub fn flag_if(&mut self, holds: bool, name: &'static str) -> &mut Html {
        if holds {
            self.flag(name);
        }
        self
    }

    /// Text within the element.
    pub fn text(&mut self, text: &str) -> &mut Html {
        self.finish_tag();
        escape(text, &mut self.text);
        self
    }

    /// Markup that was written by this same means.
    pub fn markup(&mut self, markup: &str) -> &mut Html {
        self.finish_tag();
        self.text.push_str(markup);
        self
    }

    /// Ends the innermost element.
    pub fn end(&mut self) -> &mut Html {
        let Some(tag) = self.open.pop() else {
            return self;
        };
        self.finish_tag();
        if !VOID.contains(&tag) {
            self.text.push_str("</");
            self.text.push_str(tag);
            self.text.push('>');
        }
        self
    }

    /// A whole element with a class and a text.
    pub fn leaf(&mut self, tag: &'static str, class: &'static str, text: &str) -> &mut Html {
        self.with(tag, class).text(text).end()
    }

    /// A text that is cut where there is no room for it, and whole in its title.
    pub fn titled(&mut self, class: &'static str, text: &str) -> &mut Html {
        self.with("span", class)
            .attr("title", text)
            .text(text)
            .end()
    }

    /// A whole element with a class and a text, if there is one.
    pub fn maybe(
        &mut self,
        tag: &'static str,
        class: &'static str,
        text: Option<&str>,
    ) -> &mut Html {
        if let Some(text) = text {
            self.leaf(tag, class, text);
        }
        self
    }

    /// A link with a class and a text.
    pub fn link(&mut self, class: &'static str, href: &str, text: &str) -> &mut Html {
        self.with("a", class).attr("href", href).text(text).end()
    }

    /// A hidden field of a form.
    pub fn hidden(&mut self, name: &str, value: &str) -> &mut Html {
        self.el("input")
            .attr("type", "hidden")
            .attr("name", name)
            .attr("value", value)
            .end()
    }

    /// An icon of the sprite; decoration, read by nobody.
    pub fn icon(&mut self, name: &str) -> &mut Html {
        self.drawing("icon", name)
    }

    /// A drawing of the sprite with a class of its own.
    pub fn drawing(&mut self, class: &'static str, name: &str) -> &mut Html {
        let mut href = String::from(SPRITE);
        href.push_str(name);
        self.with("svg", class).attr("aria-hidden", "true");
        self.el("use").attr("href", &href).end().end()
    }

    /// The markup; whatever is still open is ended.
    pub fn done(&mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        std::mem::take(&mut self.text)
    }

    fn finish_tag(&mut self) {
        if self.in_tag {
            self.text.push('>');
            self.in_tag = false;
        }
    }
}

/// Where the icons are; the name follows.
pub const SPRITE: &str = concat!("/icons.svg?", env!("ICONS"), "#");

/// The query that names this content of the sprite: with it a browser may keep the file for good.
pub const SPRITE_QUERY: &str = env!("ICONS");

fn escape(value: &str, to: &mut String) {
    let mut rest = value;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        to.push_str(&rest[..at]);
        to.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    to.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn elements_nest_and_end_in_order() {
        let mut html = Html::new();
        html.with("p", "lead")
            .text("One ")
            .leaf("b", "loud", "two")
            .text(" three")
            .end();
        assert_eq!(
            html.done(),
            r#"<p class="lead">One <b class="loud">two</b> three</p>"#
        );
    }

    #[test]
    fn what_is_left_open_is_ended() {
        let mut html = Html::new();
        html.el("ul").el("li").text("x");
        assert_eq!(html.done(), "<ul><li>x</li></ul>");
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut html = Html::new();
        html.el("a")
            .attr("href", r#"/x?a=1&b="'><script>"#)
            .text("<script>alert('1')</script> & co");
        assert_eq!(
            html.done(),
            "<a href=\"/x?a=1&amp;b=&quot;&#39;&gt;&lt;script&gt;\">\
             &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; co</a>"
        );
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        let mut html = Html::new();
        html.leaf("td", "name", "شركة الأمل <للتجارة>");
        assert_eq!(
            html.done(),
            "<td class=\"name\">شركة الأمل &lt;للتجارة&gt;</td>"
        );
    }

    #[test]
    fn void_elements_have_no_end_tag() {
        let mut html = Html::new();
        html.hidden("do", "undo").el("br").end();
        assert_eq!(
            html.done(),
            r#"<input type="hidden" name="do" value="undo"><br>"#
        );
    }

    #[test]
    fn an_icon_points_into_the_sprite() {
        let mut html = Html::new();
        html.icon("check");
        let text = html.done();
        assert!(
            text.starts_with("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg?"),
            "{text}"
        );
        assert!(text.ends_with("#check\"></use></svg>"), "{text}");
    }
}
