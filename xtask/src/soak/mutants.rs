//! Breaks the rules, one at a time, and shows that a test notices each.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    steps::{capture, run, step},
    workspace::{Workspace, clean},
};

/// The release of cargo-mutants: another one makes other mutants.
const VERSION: &str = "27.1.0";

/// Seconds after which a mutant hangs: the tests of the rules take less than one.
const PATIENCE: &str = "60";

/// The survivors, each with the reason why no test could notice it.
const EXCUSES: &str = "domain/mutants.txt";

/// Tests every mutant of the rules, or a share of them such as `0/8`. The tests of single cases must notice: those over
/// random lives would notice some on one day and not on another.
pub fn mutants(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let share: Vec<&str> = match arguments {
        [] => Vec::new(),
        [share] => vec!["--shard", share],
        _ => bail!("mutants takes one share, such as 0/8"),
    };
    let excuses = excuses(&fs::read_to_string(workspace.path(EXCUSES))?)?;
    let program = install(workspace)?;
    let mutants = || {
        let mut command = clean(&program);
        command.current_dir(workspace.path(".")).args([
            "mutants",
            "--no-config",
            "--package",
            "domain",
        ]);
        command
    };
    let known = names(&capture(mutants().args(["--list", "--colors", "never"]))?);
    let folder = workspace.scratch("mutants");
    fs::create_dir_all(&folder)?;
    let results = folder.join("mutants.out");
    if results.exists() {
        fs::remove_dir_all(&results)?;
    }
    // It fails for survivors, which are judged here, and for other reasons, which leave no results.
    let ended = run(mutants()
        .args(["--timeout", PATIENCE, "--output"])
        .arg(&folder)
        .args(share)
        .args(["--", "--test", "rules", "--", "--skip", "properties"]));
    let outcomes = Outcomes::read(&results, &known)?;
    if outcomes.count() == 0 {
        return ended.and_then(|()| bail!("no mutant was tested"));
    }
    println!("{}", outcomes.sum());
    let faults = outcomes.faults(&excuses, &known);
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Installs cargo-mutants among what cargo builds, unless it is there.
fn install(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.target("tools");
    let program = root
        .join("bin/cargo-mutants")
        .with_extension(env::consts::EXE_EXTENSION);
    let told = capture(clean(&program).args(["mutants", "--version"]));
    if !told.is_ok_and(|told| told.trim().ends_with(VERSION)) {
        step("cargo-mutants", || {
            run(workspace
                .cargo()
                .args(["install", "--quiet", "--locked", "--force", "cargo-mutants"])
                .args(["--version", VERSION, "--root"])
                .arg(&root))
        })?;
    }
    Ok(program)
}

/// The lasting name of each mutant by the name that cargo-mutants gives it: without the line and column, which move with
/// every edit, and numbered where a function has several alike.
fn names(listed: &str) -> BTreeMap<String, String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    listed
        .lines()
        .filter_map(|line| {
            let (place, change) = line.split_once(": ")?;
            let file = place.split(':').next()?;
            let name = format!("{file}: {change}");
            let number = seen.entry(name.clone()).or_default();
            *number += 1;
            let lasting = match number {
                1 => name,
                number => format!("{name} #{number}"),
            };
            Some((line.to_owned(), lasting))
        })
        .collect()
}

/// Reads lines with the names of survivors, each followed by indented lines with the reason.
fn excuses(text: &str) -> Result<BTreeSet<String>> {
    let mut excused = BTreeSet::new();
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .peekable();
    while let Some(line) = lines.next() {
        ensure!(
            !line.starts_with(' '),
            "{EXCUSES}: a reason stands before any mutant: {line}"
        );
        ensure!(
            lines.next_if(|next| next.starts_with(' ')).is_some(),
            "{EXCUSES}: no reason is given for {line}"
        );
        while lines.next_if(|next| next.starts_with(' ')).is_some() {}
        ensure!(
            excused.insert(line.to_owned()),
            "{EXCUSES}: {line} stands twice"
        );
    }
    Ok(excused)
}

/// What became of the mutants that were tested, by their lasting names.
#[derive(Default)]
struct Outcomes {
    noticed: BTreeSet<String>,
    survived: BTreeSet<String>,
    /// No program, so nothing that could be wrong.
    unbuilt: BTreeSet<String>,
}

impl Outcomes {
    fn read(results: &Path, known: &BTreeMap<String, String>) -> Result<Self> {
        let list = |file: &str| -> Result<BTreeSet<String>> {
            let path = results.join(file);
            if !path.exists() {
                return Ok(BTreeSet::new());
            }
            let text = fs::read_to_string(path)?;
            text.lines()
                .map(|line| known.get(line).cloned())
                .collect::<Option<_>>()
                .with_context(|| format!("{file} names a mutant that is not listed"))
        };
        let mut noticed = list("caught.txt")?;
        // Tests that hang are noticed, too.
        noticed.extend(list("timeout.txt")?);
        Ok(Self {
            noticed,
            survived: list("missed.txt")?,
            unbuilt: list("unviable.txt")?,
        })
    }

    fn count(&self) -> usize {
        self.noticed.len() + self.survived.len() + self.unbuilt.len()
    }

    fn sum(&self) -> String {
        format!(
            "{} mutants: {} noticed, {} survived, {} not a program",
            self.count(),
            self.noticed.len(),
            self.survived.len(),
            self.unbuilt.len()
        )
    }

    /// Survivors without a reason, and reasons without a survivor.
    fn faults(&self, excused: &BTreeSet<String>, known: &BTreeMap<String, String>) -> Vec<String> {
        let unexcused = self
            .survived
            .difference(excused)
            .map(|name| format!("no test notices: {name}"));
        let gone = excused
            .iter()
            .filter(|name| !known.values().any(|known| known == *name))
            .map(|name| format!("{EXCUSES} lists what is no mutant: {name}"));
        let noticed = excused
            .intersection(&self.noticed)
            .map(|name| format!("{EXCUSES} lists what a test notices: {name}"));
        unexcused.chain(gone).chain(noticed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = "\
domain/src/money.rs:3:7: replace < with <= in at
domain/src/money.rs:4:7: replace < with <= in at
domain/src/plan.rs:9:5: replace rank -> Option<i32> with None
";

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_outlast_edits_and_tell_twins_apart() {
        let names: Vec<String> = names(LISTED).into_values().collect();
        assert_eq!(
            names,
            [
                "domain/src/money.rs: replace < with <= in at",
                "domain/src/money.rs: replace < with <= in at #2",
                "domain/src/plan.rs: replace rank -> Option<i32> with None",
            ]
        );
    }

    #[test]
    fn every_survivor_has_one_reason() {
        let read = excuses("# why\n\na: x\n  because\n  of this\nb: y\n  same\n");
        assert_eq!(read.unwrap(), set(&["a: x", "b: y"]));
        for broken in [
            "a: x\n",
            "  because\n",
            "a: x\nb: y\n  r\n",
            "a: x\n  r\na: x\n  r\n",
        ] {
            assert!(excuses(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn reasons_and_survivors_must_agree() {
        let known = names(LISTED);
        let twin = "domain/src/money.rs: replace < with <= in at #2";
        let rank = "domain/src/plan.rs: replace rank -> Option<i32> with None";
        let outcomes = Outcomes {
            noticed: set(&[rank]),
            survived: set(&[twin]),
            unbuilt: set(&[]),
        };
        let faults = |excused: &[&str]| outcomes.faults(&set(excused), &known);
        assert_eq!(faults(&[twin]), [""; 0]);
        assert_eq!(faults(&[]), [format!("no test notices: {twin}")]);
        assert_eq!(faults(&[twin, rank]).len(), 1);
        assert_eq!(faults(&[twin, "domain/src/gone.rs: replace x"]).len(), 1);
    }

    #[test]
    fn a_share_says_nothing_of_the_mutants_of_others() {
        let rank = "domain/src/plan.rs: replace rank -> Option<i32> with None";
        let faults = Outcomes::default().faults(&set(&[rank]), &names(LISTED));
        assert_eq!(faults, [""; 0]);
    }
}
