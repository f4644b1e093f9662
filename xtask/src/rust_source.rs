//! The source of the standard library, of exactly the compiler's version.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    debian,
    steps::{capture, run},
    workspace::Workspace,
};

/// Names an unpacked source, for machines without a way to the outside.
const GIVEN: &str = "PARTNER_PANEL_RUST_SRC";
/// Debian's suite that carries rustc's releases for the stable distribution.
const SUITE: &str = "trixie-backports";

/// The `library` folder that the environment names.
pub fn given() -> Result<Option<PathBuf>> {
    let Some(folder) = env::var_os(GIVEN).map(PathBuf::from) else {
        return Ok(None);
    };
    match library_in(&folder) {
        Some(library) => Ok(Some(library)),
        None => bail!(
            "{GIVEN} names {}, which holds no library/std/Cargo.toml",
            folder.display()
        ),
    }
}

/// Looks for the source at every place that may have it; answers with the `library` folder.
pub fn find(workspace: &Workspace, version: &str) -> Result<PathBuf> {
    if let Some(library) = component()? {
        return Ok(library);
    }
    let folder = workspace.scratch("std/source");
    fs::create_dir_all(&folder)?;
    let refusal = match from_debian(version, &folder) {
        Ok(library) => return Ok(library),
        Err(error) => error,
    };
    let archive = workspace.path(&format!(
        "../shared/toolchain/rust-std-src-{version}.tar.xz"
    ));
    if archive.exists() {
        run(Command::new("tar")
            .arg("-xJf")
            .arg(&archive)
            .arg("-C")
            .arg(&folder))?;
        return library_in(&folder)
            .with_context(|| format!("{} holds no library folder", archive.display()));
    }
    bail!(
        "This toolchain has no standard library for wasm32-unknown-unknown. `rustup target add` did not bring it, and \
         its source for rustc {version} was not found: Debian's rust-src from {SUITE}: {refusal:#}\n\
         Unpack the source of rustc {version} anywhere and name the folder in {GIVEN}."
    )
}

/// rustup's component `rust-src`, where it is installed.
fn component() -> Result<Option<PathBuf>> {
    let root = capture(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(library_in(
        &Path::new(root.trim()).join("lib/rustlib/src/rust"),
    ))
}

/// Debian's package `rust-src`; apt checks it against the signed index of the mirror that it is configured with.
fn from_debian(version: &str, folder: &Path) -> Result<PathBuf> {
    let package = debian::download(SUITE, &format!("rust-src={version}+*"), folder)?;
    let unpacked = folder.join("debian");
    run(Command::new("dpkg-deb")
        .arg("-x")
        .arg(&package)
        .arg(&unpacked))?;
    library_in(&unpacked.join("usr/src").join(format!("rustc-{version}")))
        .context("the package holds no library folder")
}

fn library_in(folder: &Path) -> Option<PathBuf> {
    [folder.join("library"), folder.to_path_buf()]
        .into_iter()
        .find(|library| library.join("std/Cargo.toml").exists())
}
