//! The time zone that this browser lives in: only it knows, so it tells the server by a cookie.

use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::HtmlDocument;

/// As long as browsers keep a cookie at most: 400 days, in seconds.
const LONG: &str = "; path=/; max-age=34560000; samesite=lax";

/// Tells the zone unless it is told already. Says whether what is on the page is written in another one.
pub fn tell() -> bool {
    let (Some(zone), Ok(document)) = (own(), document().dyn_into::<HtmlDocument>()) else {
        return false;
    };
    let pair = ["zone=", &zone].concat();
    let told = document
        .cookie()
        .is_ok_and(|cookies| cookies.split("; ").any(|known| known == pair));
    if told || document.set_cookie(&[&pair, LONG].concat()).is_err() {
        return false;
    }
    document
        .document_element()
        .and_then(|root| root.get_attribute("data-zone"))
        .is_some_and(|drawn| drawn != zone)
}

#[wasm_bindgen]
extern "C" {
    /// The same without the tables of a language, which take a phone a tenth of a second to load; new in browsers.
    #[wasm_bindgen(js_namespace = ["Temporal", "Now"], js_name = timeZoneId, catch)]
    fn time_zone_id() -> Result<String, JsValue>;
}

fn own() -> Option<String> {
    if let Ok(zone) = time_zone_id() {
        return Some(zone);
    }
    let format = DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()?
        .as_string()
}
