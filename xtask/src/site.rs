//! The site that the server embeds: hashed names, compressed copies, and a manifest.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Files whose content does not compress any further gain nothing from a copy.
const COMPRESSIBLE: [&str; 10] = [
    "js",
    "wasm",
    "css",
    "svg",
    "html",
    "json",
    "webmanifest",
    "txt",
    "xml",
    "ico",
];
const NAME: &str = "partner-panel";

/// What goes into the site.
pub struct Content {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
    pub css: Vec<u8>,
    /// Path below the root of the site, with slashes, to content.
    pub public: BTreeMap<String, Vec<u8>>,
}

/// The first 16 hex digits of the SHA-256 over pieces and their lengths.
pub fn fingerprint<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update((piece.len() as u64).to_le_bytes());
        hash.update(piece);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Every file below a folder, by its path with slashes; dotted names are left out. A missing folder holds nothing.
pub fn files_below(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    if folder.exists() {
        collect(folder, "", &mut found)?;
    }
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry
            .file_name()
            .into_string()
            .ok()
            .context("a file name is not UTF-8")?;
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes the site; one that holds just this already is left untouched, so that the server is not built again.
pub fn write(folder: &Path, content: &Content) -> Result<()> {
    let manifest = manifest(content);
    let manifest_file = folder.join("manifest.json");
    if fs::read_to_string(&manifest_file).is_ok_and(|kept| kept == manifest) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (end, bytes) in [
        ("js", &content.js),
        ("wasm", &content.wasm),
        ("css", &content.css),
    ] {
        put(&folder.join(hashed_path(end, bytes)), bytes)?;
    }
    for (path, bytes) in &content.public {
        ensure!(
            path != "manifest.json" && !path.starts_with("pkg/"),
            "public/{path} would hide a file of the build"
        );
        put(&folder.join(path), bytes)?;
    }
    // Last: a site without its manifest is an unfinished one.
    fs::write(manifest_file, manifest)?;
    Ok(())
}

fn hashed_path(end: &str, bytes: &[u8]) -> String {
    format!("pkg/{NAME}.{}.{end}", fingerprint([bytes]))
}

fn manifest(content: &Content) -> String {
    let public: BTreeMap<String, String> = content
        .public
        .iter()
        .map(|(path, bytes)| (format!("/{path}"), fingerprint([bytes.as_slice()])))
        .collect();
    let manifest = json!({
        "js": format!("/{}", hashed_path("js", &content.js)),
        "wasm": format!("/{}", hashed_path("wasm", &content.wasm)),
        "css": format!("/{}", hashed_path("css", &content.css)),
        "public": public,
    });
    format!("{manifest:#}\n")
}

/// A file, and its compressed copies where they are smaller.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)?;
    if path
        .extension()
        .is_some_and(|end| COMPRESSIBLE.iter().any(|known| end == *known))
    {
        for (end, copy) in [("br", by_brotli(bytes)?), ("gz", by_gzip(bytes)?)] {
            if copy.len() < bytes.len() {
                fs::write(beside(path, end), copy)?;
            }
        }
    }
    Ok(())
}

/// `panel.css` and `br`: `panel.css.br`.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn by_brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut copy = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut copy, &parameters)?;
    Ok(copy)
}

fn by_gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            js: b"let a = 1; let b = 1; let c = 1; let d = 1; let e = 1; let f = 1; let g = 1;"
                .to_vec(),
            wasm: vec![0; 400],
            css: b"a{}".to_vec(),
            public: BTreeMap::from([("icons/panel.svg".to_owned(), b"<svg/>".to_vec())]),
        }
    }

    #[test]
    fn a_name_tells_the_content() {
        assert_eq!(hashed_path("css", b"a{}"), hashed_path("css", b"a{}"));
        assert_ne!(hashed_path("css", b"a{}"), hashed_path("css", b"b{}"));
        assert_eq!(
            hashed_path("css", b"a{}").len(),
            "pkg/partner-panel.0123456789abcdef.css".len()
        );
    }

    #[test]
    fn pieces_are_told_apart() {
        assert_ne!(
            fingerprint([b"ab".as_slice(), b"c"]),
            fingerprint([b"a".as_slice(), b"bc"])
        );
    }

    #[test]
    fn the_manifest_names_files_that_exist() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        write(&site, &content()).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(site.join("manifest.json")).unwrap()).unwrap();
        for kind in ["js", "wasm", "css"] {
            assert!(
                site.join(&manifest[kind].as_str().unwrap()[1..]).exists(),
                "{kind}"
            );
        }
        assert!(manifest["public"]["/icons/panel.svg"].is_string());
        assert_eq!(fs::read(site.join("icons/panel.svg")).unwrap(), b"<svg/>");
    }

    #[test]
    fn a_compressed_copy_lies_beside_what_it_makes_smaller() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &content()).unwrap();
        let wasm = folder.path().join(hashed_path("wasm", &content().wasm));
        let mut opened = Vec::new();
        brotli::BrotliDecompress(
            &mut fs::read(beside(&wasm, "br")).unwrap().as_slice(),
            &mut opened,
        )
        .unwrap();
        assert_eq!(opened, content().wasm);
        assert!(beside(&wasm, "gz").exists());
        assert!(!beside(&folder.path().join("icons/panel.svg"), "br").exists());
    }

    #[test]
    fn the_same_site_is_not_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &content()).unwrap();
        let stray = folder.path().join("stray");
        fs::write(&stray, "").unwrap();
        write(folder.path(), &content()).unwrap();
        assert!(stray.exists());
        write(
            folder.path(),
            &Content {
                css: b"b{}".to_vec(),
                ..content()
            },
        )
        .unwrap();
        assert!(!stray.exists());
    }
}
