//! `tici import projects FILE… [--map MAP.toml]`, and `--watch DIR`

mod against;
mod files;
mod outbox;
mod reading;
mod said;
mod tables;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tici_domain::intake::Intake;
use tici_domain::{Basis, Period, Problem};
use tici_exchange::map::{Links, Map};
use tici_ops::compare_lists::{LedgerComparison, VanishedFate, check_vanished, settle_vanished};
use tici_ops::import::{ImportOptions, Mode, RowFate};
use tici_ops::import_projects::{ImportOutcome, import_projects, preview_import};
use tici_ops::{Action, Desk, OpsError, Session};

use super::choices::choices;
use crate::{Context, exit_code, say};
pub(super) use files::read;

use against::Earlier;
use files::io;
use reading::Opened;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV, TSV, XLSX, XLS or ODS, also packed with gzip
    #[arg(required_unless_present = "watch")]
    files: Vec<PathBuf>,
    /// File that says which column is what; guessed when left out
    #[arg(long)]
    map: Option<PathBuf>,
    /// File of names confirmed to be the same project
    #[arg(long)]
    links: Option<PathBuf>,
    /// Write likely renames for confirmation to this file, and nothing to the ledger
    #[arg(long, value_name = "FILE")]
    propose_links: Option<PathBuf>,
    /// Period of rows that name none, such as 2026-05
    #[arg(long, value_parser = |text: &str| Period::parse(text).ok_or("such as 2026-05"))]
    period: Option<Period>,
    /// Which series the figures are of
    #[arg(long, default_value = "reported",
          value_parser = choices(&Basis::ALL, Basis::code))]
    basis: Basis,
    /// Whether rows make new projects, change known ones, or both
    #[arg(long, default_value = "both", value_parser = choices(&Mode::ALL, Mode::code))]
    mode: Mode,
    /// Why values reported before are changed
    #[arg(long)]
    reason: Option<String>,
    /// Add places the ledger does not know
    #[arg(long)]
    create_places: bool,
    /// Leave rows with errors out and write the others
    #[arg(long)]
    leave_out_bad_rows: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the mapping that was guessed, and stop
    #[arg(long)]
    show_map: bool,
    /// Print the tables found on every sheet and what told them, and stop
    #[arg(long)]
    show_tables: bool,
    /// Write the file back with the cells to look at marked, commented and listed (XLSX only)
    #[arg(long, value_name = "FILE")]
    marked: Option<PathBuf>,
    /// Earlier list to compare with: LAST, or the last one handed in by a day
    #[arg(long, value_name = "LAST|DAY", value_parser = Earlier::parse)]
    against: Option<Earlier>,
    /// Say how the list differs from the earlier one, and write nothing to the ledger
    #[arg(long)]
    diff: bool,
    /// Folder for diff.csv, diff.json and diff.xlsx
    #[arg(long, value_name = "DIR", requires = "diff")]
    diff_out: Option<PathBuf>,
    /// What becomes of known projects that are gone from the list, renames left aside
    #[arg(long, default_value = "ignore",
          value_parser = choices(&VanishedFate::ALL, VanishedFate::code))]
    vanished: VanishedFate,
    /// Why they leave the list or are withdrawn
    #[arg(long, value_name = "REASON", default_value = "")]
    vanished_reason: String,
    #[command(flatten)]
    said: said::SaidArgs,
    #[command(flatten)]
    watch: watch::WatchArgs,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            if let Some(folder) = &self.watch.watch {
                return watch::run(self, context, folder);
            }
            let files = self.files.iter().map(|path| files::read(path));
            let files = files.collect::<Result<Vec<_>, _>>()?;
            if self.show_tables {
                return tables::show(context, &files);
            }
            if self.show_map {
                // A ledger is not needed to look at a file; it may remember the layout.
                let kept = match context.open() {
                    Ok(desk) => reading::kept(context, &desk)?,
                    Err(_) => Default::default(),
                };
                let opened = Opened::of(self, context, &files, &kept)?;
                say::line(opened.first_map().to_toml());
                return Ok(exit_code::DONE);
            }
            self.import(context, &files)
        })
    }

    fn import(&self, context: &Context, files: &[(String, Vec<u8>)]) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::ImportProjects)?;
        let kept = reading::kept(context, &desk)?;
        let opened = Opened::of(self, context, files, &kept)?;
        if !context.global.json {
            opened.tell(&context.t);
        }
        if let Some(path) = &self.propose_links {
            let (intake, _) = opened.read(self, context, files)?;
            return propose(context, &desk, &intake, path);
        }
        let found = match self.wants_earlier() {
            true => {
                let (intake, _) = opened.read(self, context, files)?;
                let map = opened.first_map();
                self.earlier(context, (&desk, &session), files, (&map, &intake))?
            }
            false => None,
        };
        if self.diff {
            return against::show(context, found.as_ref(), self.diff_out.as_deref());
        }
        let outcome = self.write((context, &desk, &session), opened, files)?;
        print(context, &outcome, self.dry_run);
        self.settle(context, (&desk, &session), found.as_ref())?;
        if let (Some(path), [(name, bytes)]) = (&self.marked, files) {
            let marked = files::marked(context, name, bytes, &outcome.problems)?;
            std::fs::write(path, marked).map_err(|error| io(path, error))?;
            say::note(context.t.t1("cli-import-marked", &[("file", &path.display())]));
        }
        let stopped = outcome.errors() > 0 && !self.leave_out_bad_rows;
        Ok(if stopped { exit_code::INPUT } else { exit_code::DONE })
    }

    /// Reads the files and writes them, or says what would be written.
    fn write(
        &self,
        (context, desk, session): (&Context, &Desk, &Session),
        opened: Opened,
        files: &[(String, Vec<u8>)],
    ) -> Result<ImportOutcome, OpsError> {
        let (intake, problems) = opened.read(self, context, files)?;
        let options = ImportOptions {
            period: self.period,
            basis: self.basis,
            near_stops: false,
            mode: self.mode,
            create_places: self.create_places,
            leave_out_bad_rows: self.leave_out_bad_rows,
            reason: self.reason.clone(),
            ..ImportOptions::default()
        };
        if self.dry_run {
            return preview_import(desk, session, &intake, &problems, &options);
        }
        let layouts = opened.to_remember(self);
        drop(opened);
        let now = context.now();
        let outcome = import_projects(desk, session, (intake, files), &problems, &options, now)?;
        tici_ops::remembered_layouts::remember(desk, session, &layouts)?;
        Ok(outcome)
    }

    fn wants_earlier(&self) -> bool {
        self.against.is_some() || self.diff || self.vanished != VanishedFate::Ignore
    }

    /// The list before the first file, when it is asked for.
    fn earlier(
        &self,
        context: &Context,
        who: (&Desk, &Session),
        files: &[(String, Vec<u8>)],
        read: (&Map, &Intake),
    ) -> Result<Option<LedgerComparison>, OpsError> {
        let earlier = self.against.or(self.wants_earlier().then_some(Earlier::Last));
        let (Some(earlier), Some((name, bytes))) = (earlier, files.first()) else {
            return Ok(None);
        };
        let found = against::find(context, who, (name, bytes), read, earlier)?;
        if let Some(found) = &found {
            let choices = against::choices(found, self.vanished, &self.vanished_reason);
            check_vanished(who.1, &choices)?;
        }
        Ok(found)
    }

    /// What was said of the projects that are gone.
    fn settle(
        &self,
        context: &Context,
        (desk, session): (&Desk, &Session),
        found: Option<&LedgerComparison>,
    ) -> Result<(), OpsError> {
        let Some(found) = found.filter(|_| self.vanished != VanishedFate::Ignore) else {
            return Ok(());
        };
        let choices = against::choices(found, self.vanished, &self.vanished_reason);
        if self.dry_run {
            say::note(context.t.t1("cli-diff-would-settle", &[("count", &choices.len())]));
            return Ok(());
        }
        let done = settle_vanished(desk, session, &choices, context.now(), context.today())?;
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("left", &done.left_lists), ("withdrawn", &done.withdrawn)];
        say::note(context.t.t1("cli-diff-settled", &args));
        Ok(())
    }

    fn links(&self) -> Result<Links, OpsError> {
        match &self.links {
            Some(path) => {
                Links::parse(&files::name_of(path), &files::text(path)?).map_err(OpsError::Problems)
            }
            None => Ok(Links::default()),
        }
    }
}

fn propose(
    context: &Context,
    desk: &Desk,
    intake: &tici_domain::intake::Intake,
    path: &Path,
) -> Result<u8, OpsError> {
    let snapshot = desk.snapshot()?;
    let known: Vec<String> =
        snapshot.projects.iter().map(|entry| entry.project.name.text.clone()).collect();
    let links = tici_exchange::propose::propose_links(&intake.rows, &known);
    std::fs::write(path, Links::write(&links)).map_err(|error| io(path, error))?;
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("count", &links.len()), ("file", &path.display())];
    say::line(context.t.t1("cli-import-proposed", &args));
    Ok(exit_code::DONE)
}

/// What an import did, for machines.
fn as_json(outcome: &ImportOutcome, dry_run: bool) -> serde_json::Value {
    serde_json::json!({
        "rows": outcome.plan.rows.len(),
        "new": outcome.count(RowFate::New),
        "changed": outcome.count(RowFate::Changed),
        "unchanged": outcome.count(RowFate::Unchanged),
        "left_out": outcome.count(RowFate::LeftOut),
        "passed": outcome.count(RowFate::Passed),
        "writes": outcome.writes,
        "entries": outcome.entries,
        "dry_run": dry_run,
        "problems": outcome.problems,
    })
}

/// Rows by what became of them.
fn counts(context: &Context, outcome: &ImportOutcome) -> String {
    let args: [(&str, &dyn std::fmt::Display); 5] = [
        ("rows", &outcome.plan.rows.len()),
        ("new", &outcome.count(RowFate::New)),
        ("changed", &outcome.count(RowFate::Changed)),
        ("same", &outcome.count(RowFate::Unchanged)),
        ("leftout", &outcome.count(RowFate::LeftOut)),
    ];
    let words = context.t.t1("cli-import-rows", &args);
    match outcome.count(RowFate::Passed) {
        0 => words,
        n => format!("{words}{}", context.t.t1("cli-import-passed", &[("n", &n)])),
    }
}

pub(super) fn print(context: &Context, outcome: &ImportOutcome, dry_run: bool) {
    if context.global.json {
        say::json(&as_json(outcome, dry_run));
        return;
    }
    say::problems(&context.t, &outcome.problems);
    say::line(counts(context, outcome));
    let writes = outcome.writes;
    match (dry_run, outcome.entries.is_empty()) {
        (true, _) => say::line(context.t.t1("cli-import-dry", &[("writes", &writes)])),
        (false, true) => say::line(context.t.t("cli-import-nothing")),
        (false, false) => {
            let list = entries(context, outcome);
            let args: [(&str, &dyn std::fmt::Display); 2] =
                [("writes", &writes), ("entries", &list)];
            say::line(context.t.t1("cli-import-written", &args));
        }
    }
}

fn entries(context: &Context, outcome: &ImportOutcome) -> String {
    let numbers: Vec<String> =
        outcome.entries.iter().map(|seq| context.t.entry_number(*seq)).collect();
    numbers.join(", ")
}

/// A file that cannot be read as a workbook.
fn no_table(name: &str) -> OpsError {
    let problem = Problem::error("cli-import-no-table").arg("file", name);
    OpsError::problem(problem.at(name, "", ""))
}
