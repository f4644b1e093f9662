//! Names the wire: a hash of the source of everything that crosses it. A page and a server that do not share it answer
//! each other nothing but "reload". And it names the icons by their content, so that browsers keep them.

use std::{fs, io, path::Path};

/// Whatever changes what is written to, or read from, the wire: an open popup carries the account that the rules look at.
const SOURCES: [&str; 5] = [
    "../domain/src",
    "src/wire",
    "src/api.rs",
    "src/error.rs",
    "src/text/words.rs",
];

fn main() -> io::Result<()> {
    name("WIRE", &SOURCES)?;
    name("ICONS", &["../public/icons.svg"])
}

/// Gives the program the hash of some files under a name.
fn name(name: &str, sources: &[&str]) -> io::Result<()> {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for source in sources {
        println!("cargo::rerun-if-changed={source}");
        mix(Path::new(source), &mut hash)?;
    }
    println!("cargo::rustc-env={name}={hash:016x}");
    Ok(())
}

/// FNV-1a over the files in the order of their names: the same on every machine.
fn mix(path: &Path, hash: &mut u64) -> io::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| mix(entry, hash));
    }
    for byte in fs::read(path)? {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Ok(())
}
