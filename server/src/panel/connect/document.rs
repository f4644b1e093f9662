//! The same steps as a file to read: `docs/connect.md`. A test compares.

use app::text::Say;
use domain::Timestamp;

use super::names;
use super::recipes::{ASK, Way};

/// How a key is made without the panel; it names the customer as [`ASK`] does.
const CREATE: &str = "partner-panel key create --partner \"Kontor Software\" \"Gate of nginx\" --scope gate \
                      --customer host:app.example.com --mode observe";

/// The whole file.
#[must_use]
pub fn document() -> String {
    let say = Say::new("en", "UTC", Timestamp::from_millis(0));
    let mut text = format!("# {}\n\n{}\n", say.connect_title(), say.connect_lead());
    let mut put = |piece: String| text.push_str(&format!("\n{piece}\n"));
    put(format!("## 1. {}", say.connect_key_title()));
    put(say.connect_key_text());
    put(block("sh", CREATE));
    put(format!("## 2. {}", say.connect_question_title()));
    put(say.connect_question_text());
    put(block("sh", ASK));
    for way in Way::ALL {
        put(format!("### {}", way.name()));
        put(names(way, &say));
        put(block(way.language(), way.text()));
    }
    put(format!("## 3. {}", say.connect_refusal_title()));
    put(say.connect_refusal_text());
    text
}

fn block(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```", text.trim_end())
}
