//! The styles, in one file.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

/// Bundles a style sheet with all that it imports, and minifies it. No browsers are named as targets: layers,
/// `light-dark()` and container queries stay as they were written.
pub fn bundle(entry: &Path) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(entry)
        .map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    })?;
    Ok(printed.code.into_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bundled(files: &[(&str, &str)]) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        bundle(&folder.path().join(files[0].0)).map(|css| String::from_utf8(css).unwrap())
    }

    #[test]
    fn imports_are_bundled_and_layers_keep_their_order() {
        let css = bundled(&[
            (
                "main.css",
                "@layer parts, base;\n@import 'base.css' layer(base);\n@layer parts { b { margin: 0px } }",
            ),
            ("base.css", "a {\n  color: light-dark(red, white);\n}"),
        ]);
        assert_eq!(
            css.unwrap(),
            "@layer parts{b{margin:0}}@layer base{a{color:light-dark(red,#fff)}}"
        );
    }

    #[test]
    fn what_browsers_know_today_stays_as_it_is() {
        let css = bundled(&[(
            "main.css",
            "a { @container (width > 20rem) { &:hover { inset-inline: 1px 2px } } }",
        )]);
        assert_eq!(
            css.unwrap(),
            "a{@container (width>20rem){&:hover{inset-inline:1px 2px}}}"
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_file() {
        let error = bundled(&[("main.css", "a { color: ; } }")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("main.css"), "{error}");
    }
}
