//! `tici backup FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use tici_ops::Action;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// File to write; it must not exist
    file: PathBuf,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            context.session(&desk, Action::BackUp)?.need(Action::BackUp)?;
            desk.store.backup(&self.file)?;
            let entries = desk.store.head()?;
            if context.global.json {
                say::json(&serde_json::json!({ "file": self.file, "entries": entries }));
            } else {
                let file = self.file.display();
                say::line(
                    context.t.t1("cli-backup-done", &[("file", &file), ("entries", &entries)]),
                );
            }
            Ok(exit_code::DONE)
        })
    }
}
