//! The standard library for WASM, which many a toolchain comes without.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    rust_source,
    steps::{capture, run, step},
    workspace::{WASM, Workspace, cargo},
};

/// Makes sure that the compiler in use can compile for the browser.
pub fn prepare(workspace: &Workspace) -> Result<()> {
    let library = library_folder()?;
    if has_std(&library) {
        return Ok(());
    }
    let given = rust_source::given()?;
    if given.is_none() && add_by_rustup() && has_std(&library) {
        return Ok(());
    }
    let version = rustc_version()?;
    let source = match given {
        Some(source) => source,
        None => step("source of the standard library", || {
            rust_source::find(workspace, &version)
        })?,
    };
    let built = step("standard library for wasm32", || build(workspace, &source))?;
    install(&built, &library)?;
    fs::remove_dir_all(workspace.scratch("std")).context("tidying up")?;
    Ok(())
}

/// Whether the standard library for WASM is where the compiler looks for it.
pub fn ready() -> Result<bool> {
    Ok(has_std(&library_folder()?))
}

/// "1.95.0".
pub fn rustc_version() -> Result<String> {
    let told = capture(Command::new("rustc").arg("-vV"))?;
    release(&told)
        .map(str::to_owned)
        .context("rustc does not tell its release")
}

fn release(told: &str) -> Option<&str> {
    told.lines().find_map(|line| line.strip_prefix("release: "))
}

fn library_folder() -> Result<PathBuf> {
    let told = capture(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(PathBuf::from(told.trim()))
}

fn has_std(library: &Path) -> bool {
    let Ok(entries) = fs::read_dir(library) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

/// Asks rustup; a machine without it, or one that cannot reach its server, has other ways.
fn add_by_rustup() -> bool {
    step("rustup target add", || {
        Ok(capture(Command::new("rustup").args(["target", "add", WASM])).is_ok())
    })
    .unwrap_or(false)
}

/// Builds the standard library from the unpacked `library` folder; answers with the folder of its `.rlib` files.
fn build(workspace: &Workspace, source: &Path) -> Result<PathBuf> {
    let target = workspace.scratch("std/build");
    run(cargo()
        .current_dir(source)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_DEFAULT_LIB_METADATA", "stablestd")
        .env(
            "RUSTFLAGS",
            "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes",
        )
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "sysroot",
            "--target",
            WASM,
        ])
        .args([
            "--no-default-features",
            "--features",
            "compiler-builtins-mem",
        ])
        .arg("--target-dir")
        .arg(&target))?;
    Ok(target.join(WASM).join("release/deps"))
}

/// Puts the built files beside the place where they belong and moves them there in one piece, so that an interrupted
/// installation never looks like a finished one. What does not compile a program is taken away again.
fn install(built: &Path, library: &Path) -> Result<()> {
    let staged = library.with_extension("partial");
    let refused = || {
        format!(
            "{} cannot be written; is the toolchain somebody else's?",
            staged.display()
        )
    };
    if staged.exists() {
        fs::remove_dir_all(&staged).with_context(refused)?;
    }
    fs::create_dir_all(&staged).with_context(refused)?;
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        if let (Some("rlib"), Some(name)) = (
            path.extension().and_then(|end| end.to_str()),
            path.file_name(),
        ) {
            fs::copy(&path, staged.join(name)).with_context(refused)?;
        }
    }
    if !has_std(&staged) {
        bail!("the build left no libstd in {}", built.display());
    }
    if library.exists() {
        fs::remove_dir_all(library).with_context(refused)?;
    }
    fs::rename(&staged, library).with_context(refused)?;
    if let Err(error) = probe(built) {
        fs::remove_dir_all(library).with_context(refused)?;
        return Err(
            error.context("the standard library that was built does not work and was removed")
        );
    }
    Ok(())
}

/// Compiles and links a small program for the browser.
fn probe(folder: &Path) -> Result<()> {
    let source = folder.join("probe.rs");
    fs::write(
        &source,
        "#[unsafe(no_mangle)] pub extern \"C\" fn probe(n: usize) -> usize { vec![n; n].len() }",
    )?;
    capture(
        Command::new("rustc")
            .args(["--target", WASM, "--crate-type", "cdylib", "-O", "-o"])
            .arg(folder.join("probe.wasm"))
            .arg(&source),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_read_from_what_rustc_tells() {
        let told = "rustc 1.95.0 (59807616e 2026-04-14)\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0\n";
        assert_eq!(release(told), Some("1.95.0"));
        assert_eq!(release("rustc"), None);
    }

    #[test]
    fn a_library_that_is_only_half_there_is_not_taken_for_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_std(&folder.path().join("nowhere")));
        fs::write(folder.path().join("libcore-1.rlib"), "").unwrap();
        assert!(!has_std(folder.path()));
        fs::write(folder.path().join("libstd-1.rlib"), "").unwrap();
        assert!(has_std(folder.path()));
    }

    #[test]
    fn what_was_built_is_installed_only_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (built, library) = (
            folder.path().join("built"),
            folder.path().join("rustlib/wasm/lib"),
        );
        fs::create_dir(&built).unwrap();
        fs::write(built.join("libcore-1.rlib"), "").unwrap();
        assert!(install(&built, &library).is_err());
        assert!(!library.exists());
    }
}
