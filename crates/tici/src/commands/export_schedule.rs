//! `tici export schedule --project CODE [--out FILE]` and
//! `tici export calendar [--project CODE] [--out FILE]`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tici_ops::calendar::{export_calendar, to_ical};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};
use tici_web::export::write_schedule;
use tici_web::pages::calendar::calendar;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Code of the project; its packages come with it
    #[arg(long)]
    project: String,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ExportProjects)?;
            let project = project_by_code(&desk, &session, &self.project)?;
            let (t, today) = (context.t, context.today());
            let xml = write_schedule(&desk, &session, project, (t, today))?;
            put(self.out.as_deref(), xml.as_bytes())?;
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct CalendarArgs {
    /// Only this project's steps and tasks, by its code
    #[arg(long)]
    project: Option<String>,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

impl CalendarArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ExportProjects)?;
            let project = self.project.as_ref();
            let project = project.map(|code| project_by_code(&desk, &session, code)).transpose()?;
            let feed = export_calendar(&desk, &session, project, context.today())?;
            let text = to_ical(&calendar(context.t, "", &feed));
            put(self.out.as_deref(), text.as_bytes())?;
            Ok(exit_code::DONE)
        })
    }
}

/// Into a file, or out; a reader that has gone away wants no more.
pub fn put(out: Option<&Path>, bytes: &[u8]) -> Result<(), OpsError> {
    match out {
        Some(path) => std::fs::write(path, bytes).map_err(|error| io(path, error)),
        None => {
            drop(std::io::stdout().write_all(bytes));
            Ok(())
        }
    }
}

/// What went wrong with a file, by its path.
pub fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(tici_store::StoreError::Io { path: path.to_owned(), error })
}
