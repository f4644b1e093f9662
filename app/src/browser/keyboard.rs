//! A keyboard on the screen. Where it covers the page instead of making it smaller, the style sheet is told by how much, so
//! that the buttons of a sheet stay in view.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, VisualViewport};

use super::dom;

/// Starts to watch.
pub fn watch() {
    let Some(seen) = window().visual_viewport() else {
        return;
    };
    let own = seen.clone();
    let heard = Closure::<dyn FnMut()>::wrap(Box::new(move || tell(&own))).into_js_value();
    for name in ["resize", "scroll"] {
        let _ = seen.add_event_listener_with_callback(name, heard.unchecked_ref());
    }
}

fn tell(seen: &VisualViewport) {
    let Some(root) = dom::find("html") else {
        return;
    };
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default();
    let covered = height - seen.height() - seen.offset_top();
    set(&root, if seen.scale() == 1.0 { covered } else { 0.0 });
}

/// Whole pixels; a page that is only zoomed in, or whose bars move a little, has no keyboard over it.
fn set(root: &HtmlElement, covered: f64) {
    let pixels = if covered > 80.0 { covered as u32 } else { 0 };
    let _ = root
        .style()
        .set_property("--keyboard", &[&pixels.to_string(), "px"].concat());
}
