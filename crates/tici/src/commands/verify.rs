//! `tici verify [--checkpoint FILE] [--keep FILE]`

use std::path::PathBuf;
use std::process::ExitCode;

use tici_ops::verify_ledger::{newest_checkpoint, verify_ledger};
use tici_ops::{Action, OpsError};
use tici_store::{StoreError, VerifyReport};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// An earlier signed checkpoint that this journal must continue
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Write the newest signed checkpoint to a file, to be kept elsewhere
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::VerifyLedger)?;
            let earlier = match &self.checkpoint {
                Some(path) => Some(std::fs::read_to_string(path).map_err(|error| io(path, error))?),
                None => None,
            };
            let report = verify_ledger(&desk, &session, earlier.as_deref())?;
            if let (Some(path), Some(note)) = (&self.keep, newest_checkpoint(&desk, &session)?) {
                std::fs::write(path, note).map_err(|error| io(path, error))?;
            }
            print(context, &report);
            Ok(if report.first_bad.is_none() { exit_code::DONE } else { exit_code::INPUT })
        })
    }
}

fn io(path: &std::path::Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}

fn print(context: &Context, report: &VerifyReport) {
    if context.global.json {
        say::json(&serde_json::json!({
            "entries": report.entries,
            "root": report.root.to_string(),
            "checkpoints": report.checkpoints,
            "rows": report.rows,
            "blobs": report.blobs,
            "blobs_missing": report.blobs_missing,
            "continues": report.continues,
            "first_bad": report.first_bad.as_ref().map(|bad| serde_json::json!({
                "entry": bad.seq,
                "what": format!("{:?}", bad.what),
                "table": bad.table,
                "id": bad.id,
                "detail": bad.detail,
            })),
        }));
        return;
    }
    let t = &context.t;
    let args: [(&str, &dyn std::fmt::Display); 4] = [
        ("entries", &t.count(report.entries)),
        ("checkpoints", &t.count(report.checkpoints)),
        ("rows", &t.count(report.rows)),
        ("blobs", &t.count(report.blobs)),
    ];
    say::line(t.t1("cli-verify-checked", &args));
    say::line(t.t1("cli-verify-root", &[("root", &report.root)]));
    if let Some(size) = report.continues {
        say::line(t.t1("cli-verify-continues", &[("size", &size)]));
    }
    if report.blobs_missing > 0 {
        say::line(t.t1("cli-verify-missing", &[("count", &report.blobs_missing)]));
    }
    match &report.first_bad {
        None => say::line(t.t("cli-verify-holds")),
        Some(bad) => {
            let row = bad.table.as_ref().map_or(String::new(), |table| {
                format!(" {table} {}", bad.id.as_deref().unwrap_or_default())
            });
            let what = t.t(bad.what.message_key());
            let args: [(&str, &dyn std::fmt::Display); 3] =
                [("entry", &t.entry_number(bad.seq)), ("what", &what), ("row", &row)];
            say::line(t.t1("cli-verify-bad", &args));
            say::line(format!("  {}", bad.detail));
        }
    }
}
