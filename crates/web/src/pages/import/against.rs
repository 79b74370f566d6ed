//! 与上次名单相比: what became of the list that was handed in before, and what a person says
//! of renames and of projects that are gone. Kept with the upload, carried out with it.

use axum::{
    Router,
    extract::Path,
    response::{Redirect, Response},
    routing::{get, post},
};
use tici_ops::compare_lists::{
    LedgerComparison, LikelyRename, Vanished, VanishedChoice, VanishedFate,
};
use tici_ops::uploads::{Choices, compare_upload, upload_choices};
use tici_ops::{Action, OpsError};

use super::{XLSX, change_choices, download};
use crate::list_diff::{column_name, counts, kind_code, to_csv, to_xlsx};
use crate::{AppState, Failure, Posted, T, Visit};

/// Rows of each table shown; the files have all of them.
const ROWS_SHOWN_MAX: usize = 60;
/// Projects that are gone, each with a form of its own.
const VANISHED_SHOWN_MAX: usize = 200;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/imports/{id}/against", post(decide))
        .route("/imports/{id}/against.xlsx", get(xlsx_file))
        .route("/imports/{id}/against.csv", get(csv_file))
}

/// Everything the panel shows.
pub struct AgainstView {
    pub sub: String,
    pub entry: String,
    /// Code, words and number.
    pub counts: Vec<(&'static str, String, usize)>,
    pub renames: Vec<RenameRow>,
    pub vanished: Vec<VanishedRow>,
    pub changes: Vec<ChangeRow>,
    pub words: Vec<String>,
    pub columns: Vec<String>,
    /// Told where a table is cut.
    pub cut: String,
}

pub struct RenameRow {
    pub old: String,
    pub new: String,
    pub why: String,
    pub confidence: u8,
    /// Code of the known project; empty where the ledger has none.
    pub code: String,
    pub cell: String,
    /// `same`, `new` or empty.
    pub decided: &'static str,
}

pub struct VanishedRow {
    pub name: String,
    pub at: String,
    /// Empty where the ledger does not know it: then there is nothing to decide.
    pub code: String,
    pub why: String,
    pub fates: Vec<(&'static str, String, bool)>,
    pub reason: String,
    pub decided: bool,
}

pub struct ChangeRow {
    pub name: String,
    pub column: String,
    pub kind: String,
    pub restated: bool,
    pub old: String,
    pub new: String,
    pub at: String,
}

/// The panel; `None` where no earlier list is known.
pub async fn panel(visit: &Visit, id: &str) -> Result<Option<AgainstView>, Failure> {
    let (id, today) = (id.to_owned(), visit.today);
    let found = visit
        .run(move |desk, session| {
            let compared = compare_upload(desk, session, &id, today)?;
            Ok((compared, upload_choices(desk, session, &id)?))
        })
        .await?;
    let (Some(compared), choices) = found else { return Ok(None) };
    Ok(Some(view(visit, &compared, &choices)))
}

fn view(visit: &Visit, found: &LedgerComparison, choices: &Choices) -> AgainstView {
    let t = visit.t;
    let at = t.moment(found.earlier.at, &visit.state.config.zone);
    let sub = t.t1("diff-against-sub", &[("file", &found.earlier.file), ("at", &at)]);
    let counted = counts(&found.compared).into_iter();
    let counted = counted.map(|(code, count)| match code {
        "vanished" => (code, count - found.known_renames.min(count)),
        _ => (code, count),
    });
    let vanished = found.vanished.iter().take(VANISHED_SHOWN_MAX);
    let changes = changes(t, found);
    let cut = changes.len() > ROWS_SHOWN_MAX || found.vanished.len() > VANISHED_SHOWN_MAX;
    AgainstView {
        sub,
        entry: format!("/journal/{}", found.earlier.seq),
        counts: counted.map(|(code, n)| (code, t.code("diff-count", code), n)).collect(),
        renames: found.renames.iter().map(|likely| rename(t, likely, choices)).collect(),
        vanished: vanished.map(|row| gone(visit, row, choices)).collect(),
        changes: changes.into_iter().take(ROWS_SHOWN_MAX).collect(),
        words: words(t, found),
        columns: columns(t, found),
        cut: if cut { t.t("diff-cut") } else { String::new() },
    }
}

fn rename(t: T, likely: &LikelyRename, choices: &Choices) -> RenameRow {
    let rename = &likely.rename;
    let cell = likely.cell.clone().unwrap_or_default();
    let names = |names: &[String]| {
        t.list(&names.iter().map(|name| column_name(t, name)).collect::<Vec<_>>())
    };
    let mut why = vec![t.t(&format!("diff-reason-{}", rename.reason.code()))];
    if !rename.agree.is_empty() {
        why.push(t.t1("diff-agree", &[("columns", &names(&rename.agree))]));
    }
    if !rename.differ.is_empty() {
        why.push(t.t1("diff-differ", &[("columns", &names(&rename.differ))]));
    }
    let decided = match (choices.same.contains_key(&cell), choices.as_new.contains(&cell)) {
        (true, _) => "same",
        (_, true) => "new",
        _ => "",
    };
    RenameRow {
        old: rename.old_name.clone(),
        new: rename.new_name.clone(),
        why: t.list(&why),
        confidence: rename.confidence,
        code: likely.code.clone().unwrap_or_default(),
        cell,
        decided,
    }
}

fn gone(visit: &Visit, row: &Vanished, choices: &Choices) -> VanishedRow {
    let t = visit.t;
    let code = row.code.clone().unwrap_or_default();
    let chosen = choices.vanished.get(&code);
    let said = chosen.and_then(|choice| VanishedFate::parse(&choice.fate));
    let current = said.unwrap_or(VanishedFate::Ignore);
    let may = |fate: &&VanishedFate| match fate {
        VanishedFate::Ignore => true,
        VanishedFate::LeaveList => {
            !row.lists.is_empty() && visit.session.need(Action::KeepLists).is_ok()
        }
        VanishedFate::Withdraw => visit.session.need(Action::StopProject).is_ok(),
    };
    let offered = |fate: &VanishedFate| {
        let words = t.code("diff-fate", fate.code());
        let proposed = *fate == row.proposal && *fate != VanishedFate::Ignore;
        let words = if proposed { t.t1("diff-proposed", &[("what", &words)]) } else { words };
        (fate.code(), words, *fate == current)
    };
    let perhaps = if row.perhaps_renamed { "diff-why-renamed" } else { row.why };
    VanishedRow {
        name: row.name.clone(),
        at: row.at.clone(),
        why: t.t(perhaps),
        fates: VanishedFate::ALL.iter().filter(may).map(offered).collect(),
        reason: chosen.map(|choice| choice.reason.clone()).unwrap_or_default(),
        decided: said.is_some(),
        code,
    }
}

/// Restated cells first: they are what must be explained.
fn changes(t: T, found: &LedgerComparison) -> Vec<ChangeRow> {
    let compared = &found.compared;
    let names = tici_ops::compare_lists::RowNames::of(&compared.new, &compared.diff.key);
    let mut rows = Vec::new();
    for change in &compared.diff.changed {
        for cell in &change.cells {
            let code = kind_code(cell.kind);
            rows.push(ChangeRow {
                name: names.of_row(&compared.new, change.new),
                column: column_name(t, &cell.name),
                kind: t.code("diff-kind", code),
                restated: code == "restated",
                old: cell.old.clone(),
                new: cell.new.clone(),
                at: compared.new.rows[change.new].at.clone(),
            });
        }
    }
    rows.sort_by_key(|row| !row.restated);
    rows
}

fn words(t: T, found: &LedgerComparison) -> Vec<String> {
    let line = |vocabulary: &tici_ops::compare_lists::Vocabulary| {
        let words = |list: &[tici_ops::compare_lists::WordCount]| {
            t.list(&list.iter().map(|word| word.word.clone()).collect::<Vec<_>>())
        };
        let column = column_name(t, &vocabulary.column);
        let mut parts = Vec::new();
        for (key, list) in [("new", &vocabulary.new), ("gone", &vocabulary.gone)] {
            if !list.is_empty() {
                let key = format!("diff-words-{key}");
                parts.push(t.t1(&key, &[("column", &column), ("words", &words(list))]));
            }
        }
        for (old, new, rows) in &vocabulary.recoded {
            parts.push(t.t1("diff-words-recoded", &[("old", old), ("new", new), ("rows", rows)]));
        }
        parts
    };
    found.compared.diff.vocabularies.iter().flat_map(line).collect()
}

fn columns(t: T, found: &LedgerComparison) -> Vec<String> {
    let diff = &found.compared.diff;
    let named = |key: &str, names: &[String]| {
        let list = t.list(&names.iter().map(|name| column_name(t, name)).collect::<Vec<_>>());
        (!names.is_empty()).then(|| t.t1(key, &[("columns", &list)]))
    };
    let new = named("diff-columns-new", &diff.columns_new);
    new.into_iter().chain(named("diff-columns-gone", &diff.columns_gone)).collect()
}

/// What a person says: whether a row is a known project, and what becomes of the projects
/// that are gone.
async fn decide(
    Path(id): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Redirect, Failure> {
    let back = format!("/imports/{id}#against-h");
    let said: Vec<(String, String)> = fields.0.clone();
    let value = |name: &str| fields.get(name).to_owned();
    let (what, cell, code) = (value("what"), value("cell"), value("code"));
    change_choices(visit, (id, back), move |choices| match what.as_str() {
        "same" => {
            choices.as_new.remove(&cell);
            choices.same.insert(cell, code);
        }
        "new" => {
            choices.same.remove(&cell);
            choices.as_new.insert(cell);
        }
        "vanished" => set_vanished(choices, &said),
        _ => {}
    })
    .await
}

fn set_vanished(choices: &mut Choices, said: &[(String, String)]) {
    let find = |name: &str| said.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let all = find("reason").unwrap_or_default();
    for (key, fate) in said {
        let Some(code) = key.strip_prefix("fate-") else { continue };
        let own = find(&format!("reason-{code}")).unwrap_or_default();
        let reason = if own.is_empty() { all } else { own };
        if VanishedFate::parse(fate).is_none_or(|fate| fate == VanishedFate::Ignore) {
            choices.vanished.remove(code);
        } else {
            let choice = VanishedChoice { fate: fate.clone(), reason: reason.to_owned() };
            choices.vanished.insert(code.to_owned(), choice);
        }
    }
}

async fn found(visit: &Visit, id: String) -> Result<LedgerComparison, Failure> {
    let today = visit.today;
    let run = move |desk: &tici_ops::Desk, session: &tici_ops::Session| {
        let found = compare_upload(desk, session, &id, today)?;
        found.ok_or_else(|| OpsError::not_found("upload", &id))
    };
    visit.run(run).await
}

async fn xlsx_file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let found = found(&visit, id).await?;
    let t = visit.t;
    let made = tokio::task::spawn_blocking(move || to_xlsx(t, &found.compared));
    let bytes = made.await.map_err(Failure::internal)??;
    Ok(download(&format!("{}.xlsx", t.t("diff-title")), XLSX, bytes))
}

async fn csv_file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let found = found(&visit, id).await?;
    let bytes = to_csv(visit.t, &found.compared);
    Ok(download(&format!("{}.csv", visit.t.t("diff-title")), "text/csv; charset=utf-8", bytes))
}
