//! A small disk of its own, in memory.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A mounted file system; unmounted when dropped.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, with the reason, where the test may not mount anything.
    pub fn mount(megabytes: u32) -> Option<Self> {
        let id = Command::new("id").arg("-u").output().unwrap();
        if !id.stdout.starts_with(b"0\n") {
            eprintln!("not tried: only root can mount a small disk");
            return None;
        }
        let disk = Self(tempfile::tempdir().unwrap());
        let size = format!("size={megabytes}m");
        disk.run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs"]);
        Some(disk)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A folder on it.
    pub fn folder(&self) -> TempDir {
        TempDir::new_in(self.path()).unwrap()
    }

    /// Takes all room that is left.
    pub fn fill(&self) {
        let mut ballast = std::fs::File::create(self.path().join("ballast")).unwrap();
        for size in [1 << 16, 1 << 12] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Gives the room back.
    pub fn free(&self) {
        std::fs::remove_file(self.path().join("ballast")).unwrap();
    }

    /// From now on nobody can write to it.
    pub fn make_read_only(&self) {
        self.run("mount", &["-o", "remount,ro"]);
    }

    fn run(&self, program: &str, args: &[&str]) {
        let done = Command::new(program).args(args).arg(self.path()).output();
        let done = done.unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{program} {args:?}: {told}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Also when a connection that the test leaves behind is just being closed.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
    }
}
