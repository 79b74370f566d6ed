//! `tici returns submit FILE…`: workbooks as they came back.

use std::path::{Path, PathBuf};

use tici_domain::Problem;
use tici_ops::OpsError;
use tici_ops::returns::{FileOutcome, SubmitOptions, read_forms, submit_files};
use tici_store::StoreError;

use crate::{Context, exit_code, say};

/// Hands them in, each whole or not at all.
pub fn submit(
    context: &Context,
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    paths: &[PathBuf],
    options: SubmitOptions,
) -> Result<u8, OpsError> {
    let files = paths.iter().map(|path| file(path)).collect::<Result<Vec<_>, _>>()?;
    let reads = read_forms(&files);
    let outcomes = submit_files(desk, session, &files, reads, options, context.now())?;
    print(context, &outcomes, options.dry_run);
    let any_refused = outcomes.iter().any(FileOutcome::is_refused);
    Ok(if any_refused { exit_code::INPUT } else { exit_code::DONE })
}

fn print(context: &Context, outcomes: &[FileOutcome], dry_run: bool) {
    let t = context.t;
    if context.global.json {
        let files: Vec<_> = outcomes
            .iter()
            .map(|outcome| {
                serde_json::json!({
                    "file": outcome.file,
                    "period": outcome.period,
                    "place": outcome.place,
                    "figures": outcome.plan.figures.len(),
                    "entry": outcome.entry,
                    "refused": outcome.is_refused(),
                    "problems": outcome.problems,
                })
            })
            .collect();
        say::json(&serde_json::json!({ "files": files, "dry_run": dry_run }));
        return;
    }
    let (mut written, mut refused) = (0, 0);
    for outcome in outcomes {
        let problems: Vec<Problem> =
            outcome.problems.iter().map(|problem| t.return_problem(problem)).collect();
        say::problems(&t, &problems);
        let entry = outcome.entry.map_or_else(String::new, |entry| t.entry_number(entry));
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("file", &outcome.file), ("n", &outcome.plan.figures.len()), ("entry", &entry)];
        let key = match outcome.entry {
            _ if outcome.is_refused() => "cli-returns-refused",
            Some(_) => "cli-returns-written",
            None if dry_run => "cli-returns-dry",
            None => "cli-returns-same",
        };
        refused += usize::from(outcome.is_refused());
        written += usize::from(outcome.entry.is_some());
        say::line(t.t1(key, &args));
    }
    if outcomes.len() > 1 {
        let same = outcomes.len() - written - refused;
        let args: [(&str, &dyn std::fmt::Display); 4] =
            [("n", &outcomes.len()), ("written", &written), ("same", &same), ("refused", &refused)];
        say::line(t.t1("cli-returns-sum", &args));
    }
}

fn file(path: &Path) -> Result<(String, Vec<u8>), OpsError> {
    let io = |error| OpsError::Store(StoreError::Io { path: path.to_owned(), error });
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let size = std::fs::metadata(path).map_err(io)?.len();
    let limit = tici_exchange::limits::FILE_BYTES_MAX as u64;
    if size > limit {
        let problem = Problem::error("file-too-large").at(&name, "", "");
        return Err(OpsError::problem(problem.arg("bytes", size).arg("limit", limit)));
    }
    Ok((name, std::fs::read(path).map_err(io)?))
}
