//! What comes from Debian, by apt.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::steps::{capture, run};

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Whether this machine has apt.
pub fn has_apt() -> bool {
    capture(Command::new("apt-get").arg("--version")).is_ok()
}

/// Installs a package, as root or by sudo.
pub fn install(package: &str) -> Result<()> {
    if !has_apt() {
        bail!("{package} is not installed, and there is no apt-get to install it with");
    }
    eprintln!("installing {package}");
    let root = capture(Command::new("id").arg("-u"))?.trim() == "0";
    let apt = |words: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-q", "-y"])
            .args(words);
        run(&mut command)
    };
    apt(&["update"])
        .and_then(|()| apt(&["install", "--no-install-recommends", package]))
        .with_context(|| format!("{package} is not installed, and apt-get could not install it; it needs root or sudo"))
}

/// Downloads a package of another suite from the mirror that apt is configured with into a folder. apt's own lists
/// are not touched: it is given lists of its own, and checks signature and checksum as ever.
pub fn download(suite: &str, package: &str, folder: &Path) -> Result<PathBuf> {
    let mirrors = mirrors(&capture(
        Command::new("apt-get").args(["update", "--print-uris"]),
    )?);
    let mut refusals = Vec::new();
    for mirror in &mirrors {
        match download_from(mirror, suite, package, folder) {
            Ok(path) => return Ok(path),
            Err(error) => refusals.push(format!("{error:#}")),
        }
    }
    if mirrors.is_empty() {
        bail!("apt is configured with no mirror");
    }
    bail!("{}", refusals.join("\n"))
}

/// Unpacks a package of this machine's own release into a folder, without installing it: nothing of it is configured and
/// no service is started.
pub fn unpack(package: &str, folder: &Path) -> Result<()> {
    let released = fs::read_to_string("/etc/os-release").context("this is no Debian")?;
    let suite = suite(&released).context("/etc/os-release names no suite")?;
    eprintln!("getting {package}");
    let scratch = folder.join(format!(".{package}"));
    fs::create_dir_all(&scratch)?;
    let file = download(suite, package, &scratch)?;
    run(Command::new("dpkg-deb").arg("-x").arg(file).arg(folder))?;
    Ok(fs::remove_dir_all(scratch)?)
}

fn suite(released: &str) -> Option<&str> {
    released
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))
}

fn download_from(mirror: &str, suite: &str, package: &str, folder: &Path) -> Result<PathBuf> {
    let apt = folder.join("apt");
    fs::create_dir_all(apt.join("lists/partial"))?;
    fs::create_dir_all(apt.join("cache/archives/partial"))?;
    let signed = if Path::new(KEYRING).exists() {
        format!("[signed-by={KEYRING}] ")
    } else {
        String::new()
    };
    fs::write(
        apt.join("sources.list"),
        format!("deb {signed}{mirror} {suite} main\n"),
    )?;
    let own = |key: &str, value: &str| format!("{key}={}", apt.join(value).display());
    let options = [
        own("Dir::Etc::sourcelist", "sources.list"),
        own("Dir::State::lists", "lists"),
        own("Dir::Cache", "cache"),
        "Dir::Etc::sourceparts=/dev/null".to_owned(),
        "Dir::State::status=/dev/null".to_owned(),
        "Acquire::Languages=none".to_owned(),
        // As root, apt would fetch as a user who may not write here.
        "APT::Sandbox::User=root".to_owned(),
        "APT::Update::Error-Mode=any".to_owned(),
    ];
    let call = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command.current_dir(folder).arg("-q");
        for option in &options {
            command.args(["-o", option]);
        }
        capture(command.args(words))
    };
    call(&["update"])?;
    call(&["download", package])?;
    fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "deb"))
        .context("apt-get download left no package")
}

/// The mirrors of whole distributions, from the addresses of the indexes that apt would fetch. Side suites
/// (`bookworm-security`) lie on mirrors of their own.
fn mirrors(uris: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    uris.lines()
        .filter_map(|line| {
            let (mirror, suite) = line
                .strip_prefix('\'')?
                .split_once("/InRelease'")?
                .0
                .rsplit_once("/dists/")?;
            (!suite.contains(['-', '/']) && seen.insert(mirror)).then(|| mirror.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suite_is_that_of_this_machine() {
        let released = "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n";
        assert_eq!(suite(released), Some("bookworm"));
        assert_eq!(suite("ID=other\n"), None);
    }

    #[test]
    fn the_mirror_is_the_one_that_apt_uses() {
        let uris = "'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_InRelease 0 \n\
                    'http://mirror.example/debian/dists/bookworm-updates/InRelease' x 0 \n\
                    'http://mirror.example/debian-security/dists/bookworm-security/InRelease' x 0 \n\
                    'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' x 0 \n\
                    'http://other.example/dists/stable/InRelease' x 0 \n";
        assert_eq!(
            mirrors(uris),
            ["http://mirror.example/debian", "http://other.example"]
        );
        assert!(mirrors("").is_empty());
    }
}
