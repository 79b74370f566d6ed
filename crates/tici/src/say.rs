//! Printing for people and for machines.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use comfy_table::{ContentArrangement, Table, presets};
use tici_domain::{Problem, Severity};
use tici_ops::OpsError;
use tici_ops::write::Written;
use tici_store::StoreError;
use tici_web::i18n::T;

use crate::exit_code;

/// Problems printed for people; all are in `--json`.
const PROBLEMS_SHOWN_MAX: usize = 200;

/// A line on standard output. A closed pipe ends the output, not the program.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", text.as_ref());
}

/// A line for the person, beside the output.
pub fn note(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr(), "{}", text.as_ref());
}

/// A value for machines.
pub fn json(value: &impl serde::Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => line(text),
        Err(error) => note(error.to_string()),
    }
}

/// What an action wrote: the number of its record, where it has one, and its entries.
pub fn written(context: &crate::Context, series: Option<i64>, written: &Written) {
    if context.global.json {
        json(&serde_json::json!({ "series": series, "entries": written.entries }));
        return;
    }
    let t = &context.t;
    let entries = written.entries.iter().map(|seq| t.entry_number(*seq)).collect::<Vec<_>>();
    line(match (entries.is_empty(), series) {
        (true, _) => t.t("cli-written-nothing"),
        (false, Some(series)) => {
            t.t1("cli-written-series", &[("series", &series), ("entries", &t.list(&entries))])
        }
        (false, None) => t.t1("cli-written", &[("entries", &t.list(&entries))]),
    });
}

/// A table with a rule above and below its head.
pub fn table(head: Vec<String>, rows: Vec<Vec<String>>) {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(head);
    if !std::io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    for row in rows {
        table.add_row(row);
    }
    line(table.to_string());
}

/// All problems by place, with the way forward.
pub fn problems(t: &T, problems: &[Problem]) {
    for problem in problems.iter().take(PROBLEMS_SHOWN_MAX) {
        let mark = match problem.severity {
            Severity::Error => t.t("cli-error"),
            Severity::Warning => t.t("cli-warning"),
        };
        let place = t.problem_place(problem);
        let file = if place == problem.file || problem.file.is_empty() {
            String::new()
        } else {
            format!("{} ", problem.file)
        };
        note(format!("{mark} {file}{place}  {}", t.problem(problem)));
        let fix = t.problem_fix(problem);
        if !fix.is_empty() {
            note(format!("    {fix}"));
        }
    }
    if problems.len() > PROBLEMS_SHOWN_MAX {
        let left = problems.len() - PROBLEMS_SHOWN_MAX;
        note(t.t1("cli-more-problems", &[("count", &left)]));
    }
}

/// Says why an operation did not happen, and gives the exit code for it.
pub fn failure(t: &T, as_json: bool, error: &OpsError) -> ExitCode {
    if as_json {
        let problems = match error {
            OpsError::Problems(problems) => problems.clone(),
            OpsError::Store(error) => vec![error.problem()],
            _ => Vec::new(),
        };
        json(&serde_json::json!({ "error": error.to_string(), "problems": problems }));
        return exit_code::of(error);
    }
    match error {
        OpsError::Problems(all) => problems(t, all),
        OpsError::Store(StoreError::Io { path, error })
            if error.kind() == std::io::ErrorKind::NotFound =>
        {
            let problem = Problem::error("cli-no-file").arg("file", path.display());
            problems(t, &[problem]);
        }
        OpsError::Store(store) => problems(t, &[store.problem()]),
        OpsError::NotPermitted { action, place } => {
            let action = t.t(&format!("action-{}", action.code()));
            let place = place.clone().unwrap_or_default();
            note(t.t1("cli-not-permitted", &[("action", &action), ("place", &place)]));
        }
        OpsError::NotFound { what, id } => {
            let what = t.code("cli-what", what);
            note(t.t1("cli-not-found", &[("what", &what), ("id", id)]));
        }
        OpsError::SignInRefused => note(t.t("cli-sign-in-refused")),
        OpsError::Conflict => note(t.t("cli-conflict")),
    }
    exit_code::of(error)
}

/// Runs a command's body and prints its failure.
pub fn run(context: &crate::Context, body: impl FnOnce() -> Result<u8, OpsError>) -> ExitCode {
    match body() {
        Ok(code) => ExitCode::from(code),
        Err(error) => failure(&context.t, context.global.json, &error),
    }
}

/// Runs a command that answers a question: for machines as JSON, for people by `print`.
pub fn answer<A: serde::Serialize>(
    context: &crate::Context,
    ask: impl FnOnce() -> Result<A, OpsError>,
    print: impl FnOnce(&crate::Context, &A),
) -> ExitCode {
    run(context, || {
        let answer = ask()?;
        match context.global.json {
            true => json(&answer),
            false => print(context, &answer),
        }
        Ok(exit_code::DONE)
    })
}

/// A bar for work that takes over a second; silent where nobody watches.
pub fn progress(t: &T, key: &str) -> indicatif::ProgressBar {
    if !std::io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let bar = indicatif::ProgressBar::new(0);
    let style = indicatif::ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.with_message(t.t(key))
}
