//! `tici import projects FILE… [--map MAP.toml]`

mod tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use tici_domain::{Basis, Period, Problem};
use tici_exchange::map::{Links, Map};
use tici_exchange::read::{InFile, read_projects_with};
use tici_ops::import::{ImportOptions, RowFate};
use tici_ops::import_projects::{ImportOutcome, import_projects, preview_import};
use tici_ops::uploads::date_map;
use tici_ops::{Action, OpsError};
use tici_store::StoreError;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// What the files list
    kind: Kind,
    /// CSV, TSV, XLSX, XLS or ODS, also packed with gzip
    #[arg(required = true)]
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
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Projects,
}

/// The mapping files, read.
struct Mapping {
    map: Map,
    links: Links,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let Kind::Projects = self.kind;
            let files = self.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
            if self.show_tables {
                return tables::show(context, &files);
            }
            let mapping = self.mapping(context, &files)?;
            if self.show_map {
                say::line(mapping.map.to_toml());
                return Ok(exit_code::DONE);
            }
            self.import(context, &files, &mapping)
        })
    }

    fn import(
        &self,
        context: &Context,
        files: &[(String, Vec<u8>)],
        mapping: &Mapping,
    ) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::ImportProjects)?;
        let bar = say::progress(&context.t, "cli-import-reading");
        let borrowed: Vec<InFile> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let (intake, problems) =
            read_projects_with(&borrowed, &mapping.map, &mapping.links, &|done, total| {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            });
        bar.finish_and_clear();
        if let Some(path) = &self.propose_links {
            return self.propose(context, &desk, &intake, path);
        }
        let options = ImportOptions {
            period: self.period,
            basis: self.basis,
            near_stops: false,
            create_places: self.create_places,
            leave_out_bad_rows: self.leave_out_bad_rows,
            reason: self.reason.clone(),
            ..ImportOptions::default()
        };
        let outcome = if self.dry_run {
            preview_import(&desk, &session, &intake, &problems, &options)?
        } else {
            let now = context.now();
            import_projects(&desk, &session, (intake, files), &problems, &options, now)?
        };
        print(context, &outcome, self.dry_run);
        if let (Some(path), [(name, bytes)]) = (&self.marked, files) {
            let problems: Vec<Problem> =
                outcome.problems.iter().filter(|p| p.file == *name).cloned().collect();
            let marked = tici_web::marked::marked(context.t, bytes, &problems);
            let marked = marked.map_err(|problem| OpsError::problem(problem.at(name, "", "")))?;
            std::fs::write(path, marked).map_err(|error| io(path, error))?;
            say::note(context.t.t1("cli-import-marked", &[("file", &path.display())]));
        }
        let stopped = outcome.errors() > 0 && !self.leave_out_bad_rows;
        Ok(if stopped { exit_code::INPUT } else { exit_code::DONE })
    }

    /// Reads the mapping files, or guesses from the first file.
    fn mapping(&self, context: &Context, files: &[(String, Vec<u8>)]) -> Result<Mapping, OpsError> {
        let links = match &self.links {
            Some(path) => Links::parse(&name_of(path), &text(path)?).map_err(OpsError::Problems)?,
            None => Links::default(),
        };
        let map = match &self.map {
            Some(path) => {
                let mut map =
                    Map::parse(&name_of(path), &text(path)?).map_err(OpsError::Problems)?;
                // A map that says where the period stands knows better than the option.
                if map.period.is_none() {
                    date_map(&mut map, self.period, context.today());
                }
                map
            }
            None => {
                let mut map = self.guess(context, files)?;
                date_map(&mut map, self.period, context.today());
                map
            }
        };
        Ok(Mapping { map, links })
    }

    fn guess(&self, context: &Context, files: &[(String, Vec<u8>)]) -> Result<Map, OpsError> {
        let Some((name, bytes)) = files.first() else { return Ok(Map::default()) };
        let (workbook, problems) = tici_exchange::sheet::open(name, bytes, Default::default());
        let Some(workbook) = workbook else { return Err(OpsError::Problems(problems)) };
        let Some(guess) = tici_exchange::guess::guess(&workbook, name, None) else {
            let problem = Problem::error("cli-import-no-table").arg("file", name);
            return Err(OpsError::problem(problem.at(name, "", "")));
        };
        if !context.global.json {
            say::note(context.t.t("cli-import-guessed"));
            for column in &guess.columns {
                let (letters, header) = (&column.letters, &column.header);
                let (field, percent) = (&column.field, column.confidence);
                say::note(format!("  {letters}  {header}  → {field}  {percent}%"));
            }
            say::note(context.t.t("cli-import-map-hint"));
        }
        Ok(guess.map)
    }

    fn propose(
        &self,
        context: &Context,
        desk: &tici_ops::Desk,
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
}

fn print(context: &Context, outcome: &ImportOutcome, dry_run: bool) {
    let count = |fate| outcome.count(fate);
    let (new, changed) = (count(RowFate::New), count(RowFate::Changed));
    let (same, left_out) = (count(RowFate::Unchanged), count(RowFate::LeftOut));
    if context.global.json {
        say::json(&serde_json::json!({
            "rows": outcome.plan.rows.len(),
            "new": new,
            "changed": changed,
            "unchanged": same,
            "left_out": left_out,
            "writes": outcome.writes,
            "entries": outcome.entries,
            "dry_run": dry_run,
            "problems": outcome.problems,
        }));
        return;
    }
    say::problems(&context.t, &outcome.problems);
    let rows = outcome.plan.rows.len();
    let args: [(&str, &dyn std::fmt::Display); 5] = [
        ("rows", &rows),
        ("new", &new),
        ("changed", &changed),
        ("same", &same),
        ("leftout", &left_out),
    ];
    say::line(context.t.t1("cli-import-rows", &args));
    let entries: Vec<String> =
        outcome.entries.iter().map(|seq| context.t.entry_number(*seq)).collect();
    let writes = outcome.writes;
    match (dry_run, entries.is_empty()) {
        (true, _) => say::line(context.t.t1("cli-import-dry", &[("writes", &writes)])),
        (false, true) => say::line(context.t.t("cli-import-nothing")),
        (false, false) => {
            let list = entries.join(", ");
            let args: [(&str, &dyn std::fmt::Display); 2] =
                [("writes", &writes), ("entries", &list)];
            say::line(context.t.t1("cli-import-written", &args));
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<(String, Vec<u8>), OpsError> {
    let size = std::fs::metadata(path).map_err(|error| io(path, error))?.len();
    let limit = tici_exchange::limits::FILE_BYTES_MAX as u64;
    if size > limit {
        let problem = Problem::error("file-too-large").at(&name_of(path), "", "");
        return Err(OpsError::problem(problem.arg("bytes", size).arg("limit", limit)));
    }
    Ok((name_of(path), std::fs::read(path).map_err(|error| io(path, error))?))
}

fn text(path: &Path) -> Result<String, OpsError> {
    std::fs::read_to_string(path).map_err(|error| io(path, error))
}

fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}
