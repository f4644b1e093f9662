//! From sources to one binary.

use anyhow::Result;

use crate::{
    css, site,
    site::Content,
    steps::{run, step},
    toolchain, wasm,
    workspace::Workspace,
};

/// Builds everything, optimised. Steps whose input is what it was are skipped.
pub fn build(workspace: &Workspace) -> Result<()> {
    toolchain::prepare(workspace)?;
    let code = wasm::build(workspace)?;
    let css = step("styles", || css::bundle(&workspace.path("style/main.css")))?;
    let public = site::files_below(&workspace.path("public"))?;
    let content = Content {
        js: code.js,
        wasm: code.wasm,
        css,
        public,
    };
    step("site compressed", || {
        site::write(&workspace.site(), &content)
    })?;
    // In one go with the sample product: apart, each would want the crates that they share in its own shape.
    step("server compiled", || {
        run(workspace.cargo().args([
            "build",
            "--release",
            "--package",
            "server",
            "--package",
            "sample-product",
            "--bin",
            "partner-panel",
            "--bin",
            "sample-product",
        ]))
    })
}
