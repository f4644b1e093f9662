//! The same for programs: a problem document as RFC 9457 describes it.

use app::text::machine;
use serde_json::{Map, Value};

use super::view::SuspendedView;

/// The document.
pub fn problem(view: &SuspendedView, status: u16) -> String {
    let say = &view.say;
    let text = |value: &str| Value::from(value);
    let mut problem = Map::from_iter([
        (
            "type".to_owned(),
            text("urn:problem-type:account-suspended"),
        ),
        ("title".to_owned(), text(&say.account_suspended())),
        ("status".to_owned(), status.into()),
        ("detail".to_owned(), text(&view.messages.join("\n\n"))),
        ("since".to_owned(), text(&machine(view.since))),
        ("reference".to_owned(), text(&view.reference)),
    ]);
    let more = [
        ("account", view.customer.clone()),
        ("until", view.until.map(machine)),
        ("pay", view.pay.clone()),
        ("contact", view.contact.clone()),
    ];
    problem.extend(
        more.into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?)))),
    );
    Value::from(problem).to_string()
}
