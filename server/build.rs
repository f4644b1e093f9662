//! Names the folder whose files go into the binary. `cargo xtask build` fills it and says where; a plain
//! `cargo check` or `cargo test` embeds an empty one.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=PARTNER_PANEL_SITE");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    let named = env::var_os("PARTNER_PANEL_SITE").map(PathBuf::from);
    let site = named.or_else(|| env::var_os("OUT_DIR").map(|out| PathBuf::from(out).join("site")));
    let Some(site) = site else { return };
    if let Err(error) = fs::create_dir_all(&site) {
        println!(
            "cargo::error=cannot make the folder {}: {error}",
            site.display()
        );
    }
    // The manifest lists every file by its hash. A file that is missing would make cargo run this at every build.
    let manifest = site.join("manifest.json");
    let watched = if manifest.exists() { &manifest } else { &site };
    println!("cargo::rerun-if-changed={}", watched.display());
    println!("cargo::rustc-env=PARTNER_PANEL_SITE={}", site.display());
}
