//! `tici export projects [--format csv|xlsx|json] [--out FILE]`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use tici_ops::export_projects::export_projects;
use tici_ops::{Action, OpsError};
use tici_store::StoreError;
use tici_web::export::{Format, write_projects};

use super::choices::choices;
use super::filter_args::FilterArgs;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// What to export
    kind: Kind,
    #[command(flatten)]
    filter: FilterArgs,
    /// Kind of file; xlsx needs --out
    #[arg(long, default_value = "csv", value_parser = choices(&Format::ALL, Format::extension))]
    format: Format,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Projects,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let Kind::Projects = self.kind;
            let desk = context.open()?;
            let session = context.session(&desk, Action::ExportProjects)?;
            let (desk, query, today) = self.filter.look(context, desk)?;
            let export = export_projects(&desk, &session, &query, today)?;
            let bytes = write_projects(context.t, &export, self.format)?;
            match &self.out {
                Some(path) => {
                    std::fs::write(path, bytes).map_err(|error| io(path, error))?;
                    let args: [(&str, &dyn std::fmt::Display); 2] =
                        [("count", &export.rows.len()), ("file", &path.display())];
                    say::note(context.t.t1("cli-export-done", &args));
                }
                // A reader that has gone away wants no more.
                None => drop(std::io::stdout().write_all(&bytes)),
            }
            Ok(exit_code::DONE)
        })
    }
}

fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}
