//! The built binary, run as a shell runs it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a command said, and its exit code.
pub struct Ran {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
    command: String,
}

impl Ran {
    /// Fails unless the command ended with `code`.
    pub fn ends(self, code: i32) -> Ran {
        let Ran { command, err, .. } = &self;
        assert_eq!(self.code, code, "{command}\n{}\n{err}", self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    pub fn json(&self) -> Value {
        let read = serde_json::from_slice(&self.out);
        read.unwrap_or_else(|error| panic!("{}: {error}\n{}", self.command, self.text()))
    }

    /// Fails unless output and messages together hold all of `parts`.
    pub fn says(self, parts: &[&str]) -> Ran {
        let said = format!("{}{}", self.text(), self.err);
        for part in parts {
            assert!(said.contains(part), "{} lacks {part:?}:\n{said}", self.command);
        }
        self
    }
}

/// The binary with a folder as its ledger, and nothing of this process's settings.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tici"));
    for name in [
        "TICI_DATABASE_URL",
        "TICI_AS",
        "TICI_LANG",
        "TICI_LISTEN",
        "TICI_SECURE_COOKIES",
        "TICI_LOG",
        "LC_ALL",
        "LANG",
        "TZ",
    ] {
        command.env_remove(name);
    }
    command.env("TICI_DATA", folder).args(args);
    command
}

/// Runs a command with nothing on its input.
pub fn tici(folder: &Path, args: &[&str]) -> Ran {
    tici_reading(folder, args, "")
}

/// Runs a command that reads `input`.
pub fn tici_reading(folder: &Path, args: &[&str], input: &str) -> Ran {
    let mut command = command(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    // A command that reads nothing may have gone before this is written.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let done = child.wait_with_output().expect("it ends");
    Ran {
        code: done.status.code().expect("an exit code"),
        out: done.stdout,
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
        command: format!("tici {}", args.join(" ")),
    }
}
