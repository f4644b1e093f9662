//! Running other programs, and saying how long things took.

use std::{
    io::{IsTerminal, Write, stderr},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// Below this a step is not worth a line.
const WORTH_A_LINE: Duration = Duration::from_millis(300);

/// Does a piece of work and prints one line with its seconds when it took long.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    // Where lines can be written over, the step is named while it runs.
    if stderr().is_terminal() {
        eprint!("         {what} …\r");
        let _ = stderr().flush();
    }
    let started = now();
    let result = work().with_context(|| format!("{what}: failed"))?;
    let took = started.elapsed();
    if took >= WORTH_A_LINE {
        eprintln!("{:6.1} s {what}  ", took.as_secs_f32());
    }
    Ok(result)
}

/// Runs a program whose output is the person's to see.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} could not be started", name(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a program quietly; what it printed comes back, or, when it failed, is part of the error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} could not be started", name(command)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} ended with {}\n{text}{said}",
            line(command),
            output.status
        );
    }
    Ok(text)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a build step takes is no business of the panel's clock"
)]
fn now() -> Instant {
    Instant::now()
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let mut words = vec![name(command)];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
