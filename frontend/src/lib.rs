//! Wakes the pages in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's own script.
#[wasm_bindgen]
pub fn hydrate() {
    app::wake();
}
