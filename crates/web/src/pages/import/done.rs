//! What an import wrote, at an address of its own: to load it again writes nothing.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use tici_ops::{Action, OpsError, import::RowFate, import_projects::ImportOutcome};

use crate::{Failure, Rendered, Shell, T, Visit, visit::PageResult};

/// What was written.
#[derive(Template)]
#[template(path = "import_done.html")]
pub struct DoneView {
    shell: Shell,
    t: T,
    file: String,
    done: Done,
    left_out: String,
    /// Number and title of each entry written.
    entries: Vec<(i64, String)>,
}

/// The counts of rows, and the entries, as the address carries them: the ledger keeps what
/// was written, not what was left alone.
#[derive(Deserialize)]
pub struct Done {
    changed: usize,
    added: usize,
    unchanged: usize,
    left_out: usize,
    /// Entry numbers joined by dots; empty when nothing had changed.
    entries: String,
}

/// Where the result of an import is read.
pub fn address(outcome: &ImportOutcome) -> String {
    let entries: Vec<String> = outcome.entries.iter().map(ToString::to_string).collect();
    let count = |fate| outcome.count(fate);
    format!(
        "/imports/done?changed={}&added={}&unchanged={}&left_out={}&entries={}",
        count(RowFate::Changed),
        count(RowFate::New),
        count(RowFate::Unchanged),
        count(RowFate::LeftOut),
        entries.join(".")
    )
}

pub async fn show(visit: Visit, Query(done): Query<Done>) -> PageResult<DoneView> {
    let parts = done.entries.split('.').filter(|part| !part.is_empty());
    let numbers: Result<Vec<i64>, _> = parts.map(str::parse).collect();
    let numbers = numbers.map_err(|_| Failure::bad(format!("entries={}", done.entries)))?;
    let asked = numbers.clone();
    let file = visit.run(move |desk, session| file_of(desk, session, &asked)).await?;
    let t = visit.t;
    let title = |seq: i64| (seq, t.t1("journal-entry-title", &[("seq", &t.entry_number(seq))]));
    Ok(Rendered(DoneView {
        shell: visit.shell("import", t.t("nav-import")),
        file,
        left_out: match done.left_out {
            0 => String::new(),
            n => t.t1("import-done-left-out", &[("n", &n)]),
        },
        entries: numbers.into_iter().map(title).collect(),
        done,
        t,
    }))
}

/// The file that the entries came from. An entry of another account is none to show here.
fn file_of(
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    entries: &[i64],
) -> Result<String, OpsError> {
    session.need(Action::ImportProjects)?;
    let mut file = String::new();
    for seq in entries {
        let found = desk.store.entry(*seq)?.map(|entry| entry.meta);
        let own = found.filter(|meta| meta.actor == session.actor.id);
        let own = own.ok_or_else(|| OpsError::not_found("entry", seq))?;
        file = own.source.map(|source| source.file).unwrap_or(file);
    }
    Ok(file)
}
