//! Schemes adopted and figures delivered, on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use tici_domain::{Period, Problem};
use tici_ops::assess::{Fate, NewScheme, adopt_scheme, deliver_figures, view_due};
use tici_ops::{Action, OpsError};

use super::ledger::period;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Adopt {
    /// Scheme file, TOML; its key and version are in it
    file: PathBuf,
    /// The first day of the periods it is for
    #[arg(long)]
    from: Date,
    /// Why it changes
    #[arg(long, default_value = "")]
    reason: String,
    /// The post that approved it
    #[arg(long, default_value = "")]
    approver: String,
}

impl Adopt {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (file, bytes) = read(&self.file)?;
            let desk = context.open()?;
            let session = context.session(&desk, Action::KeepRules)?;
            let new = NewScheme {
                text: String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
                file,
                from: self.from,
                reason: self.reason.clone(),
                approver: self.approver.clone(),
            };
            say::written(context, None, &adopt_scheme(&desk, &session, &new, context.now())?);
            Ok(exit_code::DONE)
        })
    }
}

/// Name and bytes of a file.
fn read(path: &PathBuf) -> Result<(String, Vec<u8>), OpsError> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    match std::fs::read(path) {
        Ok(bytes) => Ok((name, bytes)),
        Err(_) => {
            let problem = Problem::error("cli-file-unreadable").arg("path", path.display());
            Err(OpsError::problem(problem))
        }
    }
}

#[derive(clap::Args, Debug)]
pub struct Deliver {
    /// Key of the scheme
    scheme: String,
    /// Period, such as 2026-Q2 or 2026-05
    #[arg(value_parser = period)]
    period: Period,
    /// Workbook or CSV: a row for each place, a column for each figure
    file: PathBuf,
    /// Say what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Why earlier figures change
    #[arg(long, default_value = "")]
    reason: String,
}

impl Deliver {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (file, bytes) = read(&self.file)?;
            let desk = context.open()?;
            let session = context.session(&desk, Action::DeliverFigures)?;
            let of = (self.scheme.as_str(), self.period, self.dry_run);
            let from = (file.as_str(), bytes.as_slice(), self.reason.as_str());
            let found = deliver_figures(&desk, &session, of, from, context.now())?;
            let counts = [Fate::New, Fate::Changed, Fate::Same].map(|fate| found.count(fate));
            if context.global.json {
                say::json(&serde_json::json!({
                    "new": counts[0], "changed": counts[1], "same": counts[2],
                    "entries": found.entries,
                }));
            } else {
                let key = if self.dry_run { "assess-looked" } else { "assess-delivered" };
                let args: [(&str, &dyn std::fmt::Display); 3] =
                    [("new", &counts[0]), ("changed", &counts[1]), ("same", &counts[2])];
                say::line(context.t.t1(key, &args));
            }
            for problem in &found.problems {
                say::note(context.t.problem_line(problem));
            }
            let bad = Problem::any_error(&found.problems);
            Ok(if bad { exit_code::INPUT } else { exit_code::DONE })
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct Due {
    /// Key of the scheme
    scheme: String,
    /// Period, such as 2026-Q2 or 2026-05
    #[arg(value_parser = period)]
    period: Period,
}

impl Due {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let view = view_due(&desk, &session, (&self.scheme, self.period))?;
            let today = context.today();
            if context.global.json {
                let due = view.due.iter().map(|due| {
                    serde_json::json!({
                        "key": view.rules.figures[due.figure].key,
                        "department": due.department,
                        "due": due.due,
                        "late": due.is_late(today),
                        "have": due.have,
                        "lack": due.lack,
                    })
                });
                say::json(&due.collect::<Vec<_>>());
                return Ok(exit_code::DONE);
            }
            let t = &context.t;
            let row = |due: &tici_engine::assess::run::draw::Due| {
                let state = match (due.lack.is_empty(), due.is_late(today)) {
                    (true, _) => "assess-due-whole",
                    (_, true) => "assess-due-late",
                    _ => "assess-due-waiting",
                };
                vec![
                    due.department.clone(),
                    view.rules.figures[due.figure].name.get(t.lang).to_owned(),
                    due.due.map_or_else(|| "—".to_owned(), |day| day.to_string()),
                    t.t(state),
                    format!("{}/{}", due.have.len(), due.have.len() + due.lack.len()),
                ]
            };
            let head = ["department", "figure", "due", "state", "have"];
            let head = head.map(|key| t.t(&format!("cli-assess-{key}")));
            say::table(head.to_vec(), view.due.iter().map(row).collect());
            Ok(exit_code::DONE)
        })
    }
}
