//! `tici import schedule FILE --project CODE [--all-tasks] [--dry-run]`

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use tici_ops::import_schedule::{
    ScheduleAsk, ScheduleLine, ScheduleOutcome, import_schedule, preview_schedule,
};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};

use super::export_schedule::io;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Microsoft Project XML, or Primavera XER
    file: PathBuf,
    /// Code of the project that the schedule is of
    #[arg(long)]
    project: String,
    /// Which schedule of a file of several, by its short name
    #[arg(long)]
    schedule: Option<String>,
    /// Take tasks that last as well as milestones
    #[arg(long)]
    all_tasks: bool,
    /// Why days that stood are changed
    #[arg(long)]
    reason: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.import(context))
    }

    fn import(&self, context: &Context) -> Result<u8, OpsError> {
        let bytes = std::fs::read(&self.file).map_err(|error| io(&self.file, error))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let desk = context.open()?;
        let session = context.session(&desk, Action::ImportProjects)?;
        let project = project_by_code(&desk, &session, &self.project)?;
        let ask = ScheduleAsk {
            schedule: self.schedule.clone(),
            all_tasks: self.all_tasks,
            reason: self.reason.clone(),
        };
        let file = (name.as_str(), bytes.as_slice());
        let outcome = if self.dry_run {
            preview_schedule(&desk, &session, project, file, &ask)?
        } else {
            import_schedule(&desk, &session, project, file, &ask, context.now())?
        };
        print(context, &outcome, self.dry_run);
        Ok(exit_code::DONE)
    }
}

fn print(context: &Context, outcome: &ScheduleOutcome, dry_run: bool) {
    if context.global.json {
        let line = |line: &ScheduleLine| {
            let days = line.days.iter().map(|(name, old, new)| {
                json!({ "day": name, "old": old.map(|day| day.to_string()),
                        "new": new.to_string() })
            });
            json!({ "project": line.project, "key": line.key, "name": line.name,
                    "is_new": line.is_new, "days": days.collect::<Vec<_>>() })
        };
        let lines: Vec<_> = outcome.lines.iter().map(line).collect();
        say::json(&json!({ "lines": lines, "entries": outcome.entries, "dry_run": dry_run,
                           "problems": outcome.problems }));
        return;
    }
    let t = context.t;
    say::problems(&t, &outcome.problems);
    let changed = outcome.lines.iter().filter(|line| !line.days.is_empty());
    let rows = changed.flat_map(|line| {
        line.days.iter().map(move |(day, old, new)| {
            let old = old.map_or_else(String::new, |day| day.to_string());
            let key = format!("export-field-{}", day.replace('_', "-"));
            vec![line.project.clone(), line.name.clone(), t.t(&key), old, new.to_string()]
        })
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let head = ["schedule-project", "schedule-step", "schedule-day", "schedule-old"];
        let head = head.into_iter().chain(["schedule-new"]).map(|key| t.t(key));
        say::table(head.collect(), rows);
    }
    let changes = outcome.changes();
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("lines", &outcome.lines.len()), ("changes", &changes)];
    say::line(t.t1("schedule-read", &args));
    match (dry_run, outcome.entries.first()) {
        (true, _) => say::line(t.t("schedule-dry")),
        (false, None) => say::line(t.t("cli-import-nothing")),
        (false, Some(seq)) => {
            say::line(t.t1("cli-written", &[("entries", &t.entry_number(*seq))]));
        }
    }
}
