//! What a first visit may weigh.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Brotli, in bytes.
const BUDGET: [(&str, u64); 3] = [("wasm", 240_000), ("js", 8_000), ("css", 14_000)];

/// One kind of file against its budget.
pub struct Weight {
    pub kind: &'static str,
    /// Bytes, compressed by brotli.
    pub bytes: u64,
    pub limit: u64,
}

impl Weight {
    pub fn fits(&self) -> bool {
        self.bytes <= self.limit
    }

    /// "wasm 187.4 kB of 240 kB".
    pub fn line(&self) -> String {
        let kilo = |bytes: u64| format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100);
        let verdict = if self.fits() { "" } else { ": too large" };
        format!(
            "{:4} {} of {} kB (brotli){verdict}",
            self.kind,
            kilo(self.bytes),
            self.limit / 1000
        )
    }
}

/// Weighs the files that the manifest of a site names.
pub fn weigh(site: &Path) -> Result<Vec<Weight>> {
    let manifest = fs::read(site.join("manifest.json")).context("no site was built")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    BUDGET
        .into_iter()
        .map(|(kind, limit)| {
            let path = manifest[kind]
                .as_str()
                .with_context(|| format!("the manifest names no {kind}"))?;
            let plain = site.join(path.trim_start_matches('/'));
            let compressed = crate::site::beside(&plain, "br");
            // What brotli did not make smaller travels as it is.
            let bytes = fs::metadata(if compressed.exists() {
                compressed
            } else {
                plain
            })?
            .len();
            Ok(Weight { kind, bytes, limit })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_told_in_kilobytes() {
        let light = Weight {
            kind: "js",
            bytes: 5_261,
            limit: 8_000,
        };
        assert_eq!(light.line(), "js   5.2 kB of 8 kB (brotli)");
        let heavy = Weight {
            kind: "wasm",
            bytes: 240_001,
            limit: 240_000,
        };
        assert_eq!(heavy.line(), "wasm 240.0 kB of 240 kB (brotli): too large");
    }
}
