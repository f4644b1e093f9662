//! Where things are.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

/// The target that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The checkout that this program was started in.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The workspace whose `cargo xtask` is running.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("start this by `cargo xtask`")?;
        let root = Path::new(&manifest)
            .parent()
            .context("xtask lies in a workspace")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target })
    }

    /// A path of the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path among what cargo builds.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// What this program keeps between its runs.
    pub fn scratch(&self, relative: &str) -> PathBuf {
        self.target.join("xtask").join(relative)
    }

    /// The site that the server embeds; the same place as `PARTNER_PANEL_SITE` in `.cargo/config.toml`.
    pub fn site(&self) -> PathBuf {
        self.path("target/site")
    }

    /// The program that all of this is for.
    pub fn binary(&self) -> PathBuf {
        self.release("partner-panel")
    }

    /// The product of nobody, which stands behind the panel's gate.
    pub fn sample_product(&self) -> PathBuf {
        self.release("sample-product")
    }

    fn release(&self, name: &str) -> PathBuf {
        self.target
            .join("release")
            .join(name)
            .with_extension(env::consts::EXE_EXTENSION)
    }

    /// Cargo, in this workspace.
    pub fn cargo(&self) -> Command {
        let mut cargo = cargo();
        cargo.current_dir(&self.root);
        cargo
    }
}

/// The cargo that started this program.
pub fn cargo() -> Command {
    clean(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// A program with the environment that cargo had itself: build scripts run again when a variable that they watch
/// differs, and cargo tells a program that it runs about its package.
pub fn clean(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}
