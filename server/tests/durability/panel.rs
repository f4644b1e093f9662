//! The binary as a child of this process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, ExitStatus, Stdio};

use crate::binary::command;

/// A served panel; killed with the test.
pub struct Panel {
    child: Child,
    pub origin: String,
    told: BufReader<ChildStderr>,
}

impl Panel {
    pub fn serve(data: &Path) -> Self {
        let mut child = command(data, &["serve", "--addr", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let origin = line.trim().strip_prefix("listening on ");
        let origin = origin.unwrap_or_else(|| panic!("it does not serve: {line:?}"));
        let told = BufReader::new(child.stderr.take().unwrap());
        Self {
            origin: origin.to_owned(),
            child,
            told,
        }
    }

    /// Waits until it says so on standard error.
    pub fn says(&mut self, line: &str) {
        let mut said = String::new();
        while said.trim() != line {
            said.clear();
            assert_ne!(
                self.told.read_line(&mut said).unwrap(),
                0,
                "it never says {line:?}"
            );
        }
    }

    /// Ends it as a power cut would: it cannot notice.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        let mut kill = std::process::Command::new("kill");
        let sent = kill.args(["-TERM", &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until it has ended.
    pub fn ended(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
