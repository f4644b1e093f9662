//! The part of the panel that runs in the browser: compiled, bound to JavaScript, made small.

use std::{fs, path::PathBuf};

use anyhow::{Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    npm,
    site::fingerprint,
    steps::{capture, run, step},
    workspace::{WASM, Workspace},
};

/// The module and the script that loads it.
pub struct BrowserCode {
    pub wasm: Vec<u8>,
    pub js: Vec<u8>,
}

/// Builds the browser's code; what cargo left as it was is not bound and shrunk again.
pub fn build(workspace: &Workspace) -> Result<BrowserCode> {
    let compiled = step("browser code compiled", || compile(workspace))?;
    let compiled = fs::read(compiled)?;
    let made_here = concat!(
        include_str!("wasm.rs"),
        include_str!("../package-lock.json")
    );
    let key = fingerprint([compiled.as_slice(), made_here.as_bytes()]);
    let cache = workspace.scratch("wasm");
    let (wasm_file, js_file, key_file) = (
        cache.join("panel.wasm"),
        cache.join("panel.js"),
        cache.join("key"),
    );
    if fs::read_to_string(&key_file).is_ok_and(|kept| kept == key) {
        return Ok(BrowserCode {
            wasm: fs::read(wasm_file)?,
            js: fs::read(js_file)?,
        });
    }
    fs::create_dir_all(&cache)?;
    let _ = fs::remove_file(&key_file);
    npm::install(&workspace.path("xtask"))?;
    let bound = step("browser code bound to JavaScript", || bind(compiled))?;
    let small = step("browser code made small", || shrink(workspace, &bound))?;
    fs::write(wasm_file, &small.wasm)?;
    fs::write(js_file, &small.js)?;
    fs::write(key_file, key)?;
    Ok(small)
}

fn compile(workspace: &Workspace) -> Result<PathBuf> {
    run(workspace.cargo().args([
        "build",
        "--package",
        "frontend",
        "--target",
        WASM,
        "--profile",
        "wasm-release",
    ]))?;
    Ok(workspace.target(WASM).join("wasm-release/frontend.wasm"))
}

fn bind(compiled: Vec<u8>) -> Result<BrowserCode> {
    let mut output = Bindgen::new()
        .input_bytes("partner-panel", compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate_output()?;
    // Neither has a place in the site; and a script of a dependency should be looked at first.
    if !output.snippets().values().all(Vec::is_empty) || !output.local_modules().is_empty() {
        bail!("a dependency of the browser code brings JavaScript files of its own");
    }
    ensure!(
        output.npm_dependencies().is_empty(),
        "a dependency of the browser code wants a package from npm"
    );
    Ok(BrowserCode {
        wasm: output.wasm_mut().emit_wasm(),
        js: output.js().as_bytes().to_vec(),
    })
}

fn shrink(workspace: &Workspace, bound: &BrowserCode) -> Result<BrowserCode> {
    let wasm = through(
        workspace,
        "bound.wasm",
        &bound.wasm,
        "binaryen/bin/wasm-opt",
        &["-Oz", "--strip-target-features"],
    )?;
    let js = through(
        workspace,
        "bound.js",
        &bound.js,
        "terser/bin/terser",
        &["--module", "--compress", "passes=2", "--mangle"],
    )?;
    Ok(BrowserCode { wasm, js })
}

/// Sends content through a program of an npm package that reads a file and writes another.
fn through(
    workspace: &Workspace,
    name: &str,
    content: &[u8],
    program: &str,
    options: &[&str],
) -> Result<Vec<u8>> {
    let (from, to) = (
        workspace.scratch("wasm").join(name),
        workspace.scratch("wasm").join(format!("small-{name}")),
    );
    fs::write(&from, content)?;
    capture(
        npm::node(&workspace.path("xtask"), program)
            .arg(&from)
            .args(options)
            .arg("-o")
            .arg(&to),
    )?;
    let made = fs::read(&to)?;
    fs::remove_file(from)?;
    fs::remove_file(to)?;
    Ok(made)
}
