//! `tici restore FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use tici_store::Store;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// A file written by `tici backup`
    file: PathBuf,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let report = Store::restore(&self.file, &context.location(), &context.signer()?)?;
            let entries = report.verified.entries;
            if context.global.json {
                let kept = &report.kept;
                say::json(&serde_json::json!({ "entries": entries, "kept": kept }));
                return Ok(exit_code::DONE);
            }
            say::line(context.t.t1("cli-restore-done", &[("entries", &entries)]));
            if let Some(kept) = &report.kept {
                say::line(context.t.t1("cli-restore-kept", &[("file", &kept.display())]));
            }
            Ok(exit_code::DONE)
        })
    }
}
