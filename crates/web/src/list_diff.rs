//! How a list differs from an earlier one, in words and as files: CSV, JSON, and an XLSX of
//! the newer list with its rows and cells marked. Pages and the command line write the same.

use serde_json::{Value, json};
use tici_ops::OpsError;
use tici_ops::compare_lists::{CellKind, Comparison, ListTable, RowNames};
use tici_ops::files::export::csv::{CsvOptions, write as write_csv};
use tici_ops::files::export::marked_list::{self, MarkedCell, MarkedList, MarkedRow, RowMark};
use tici_ops::files::export::xlsx::XlsxWords;
use tici_ops::files::export::{CellOut, ColumnOut, Document, Kind, TableOut};

use crate::T;
use crate::pages::import::field_name;

/// A column in words: a header as it stands, or the name of the field a map reads it as.
pub fn column_name(t: T, name: &str) -> String {
    match name.split_once(' ') {
        Some(("plan", period)) => format!("{} {period}", field_name(t, "plan")),
        _ => field_name(t, name),
    }
}

/// The counts, in the order in which they are told.
pub fn counts(compared: &Comparison) -> [(&'static str, usize); 7] {
    let diff = &compared.diff;
    [
        ("new", diff.new.len()),
        ("changed", diff.changed.len()),
        ("restated", diff.restated()),
        ("vanished", diff.vanished.len()),
        ("renamed", diff.renames.len()),
        ("unchanged", diff.unchanged),
        ("rewritten", diff.rewritten),
    ]
}

/// Everything, for machines.
pub fn to_json(compared: &Comparison) -> Value {
    let diff = &compared.diff;
    let (olds, news) = names(compared);
    let row = |table: &ListTable, names: &RowNames, row: &usize| {
        let (at, name) = (&table.rows[*row].at, names.of_row(table, *row));
        json!({ "at": at, "name": name })
    };
    let changed = diff.changed.iter().map(|change| {
        json!({
            "name": news.of_row(&compared.new, change.new),
            "old_at": compared.old.rows[change.old].at,
            "new_at": compared.new.rows[change.new].at,
            "cells": change.cells,
        })
    });
    let renames = diff.renames.iter().map(|rename| {
        json!({
            "old": rename.old_name,
            "new": rename.new_name,
            "old_at": compared.old.rows[rename.old].at,
            "new_at": compared.new.rows[rename.new].at,
            "reason": rename.reason.code(),
            "confidence": rename.confidence,
            "agree": rename.agree,
            "differ": rename.differ,
        })
    });
    let counts: serde_json::Map<String, Value> =
        counts(compared).into_iter().map(|(name, count)| (name.into(), count.into())).collect();
    json!({
        "key": diff.key,
        "key_proposed": diff.is_key_proposed,
        "rows": [compared.old.rows.len(), compared.new.rows.len()],
        "rows_sharing_a_key": diff.shared_key,
        "counts": counts,
        "columns_new": diff.columns_new,
        "columns_gone": diff.columns_gone,
        "new": diff.new.iter().map(|at| row(&compared.new, &news, at)).collect::<Vec<_>>(),
        "vanished": diff.vanished.iter()
            .map(|at| row(&compared.old, &olds, at))
            .collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
        "renames": renames.collect::<Vec<_>>(),
        "vocabularies": diff.vocabularies,
    })
}

fn names(compared: &Comparison) -> (RowNames, RowNames) {
    let key = &compared.diff.key;
    (RowNames::of(&compared.old, key), RowNames::of(&compared.new, key))
}

/// Every difference as one row of one table, by a stable code in front.
pub fn to_csv(t: T, compared: &Comparison) -> Vec<u8> {
    let mut rows = Vec::new();
    let (olds, news) = names(compared);
    let (old, new, diff) = (&compared.old, &compared.new, &compared.diff);
    let mut line = |what: &str, name: String, rest: [String; 6]| {
        let mut cells = vec![CellOut::text(what), CellOut::text(name)];
        let missing =
            |text: String| if text.is_empty() { CellOut::Missing } else { CellOut::Text(text) };
        cells.extend(rest.map(missing));
        rows.push(cells);
    };
    let none = String::new;
    for row in &diff.new {
        let at = new.rows[*row].at.clone();
        line("new", news.of_row(new, *row), [none(), none(), none(), none(), at, none()]);
    }
    for row in &diff.vanished {
        let at = old.rows[*row].at.clone();
        line("vanished", olds.of_row(old, *row), [none(), none(), none(), at, none(), none()]);
    }
    for change in &diff.changed {
        let (before, after) = (&old.rows[change.old].at, &new.rows[change.new].at);
        for cell in &change.cells {
            let column = column_name(t, &cell.name);
            let rest = [column, cell.old.clone(), cell.new.clone()];
            let [column, was, is] = rest;
            let cells = [column, was, is, before.clone(), after.clone(), none()];
            line(kind_code(cell.kind), news.of_row(new, change.new), cells);
        }
    }
    for rename in &diff.renames {
        let why = format!("{} {}%", rename.reason.code(), rename.confidence);
        let (before, after) = (&old.rows[rename.old].at, &new.rows[rename.new].at);
        let names = (rename.old_name.clone(), rename.new_name.clone());
        let rest = [none(), names.0, names.1.clone(), before.clone(), after.clone(), why];
        line("renamed", names.1, rest);
    }
    for (what, column, old, new, count) in words(t, compared) {
        line(what, none(), [column, old, new, none(), none(), count.to_string()]);
    }
    let head = ["what", "row", "column", "old", "new", "old-at", "new-at", "note"];
    let table = TableOut { columns: text_columns(t, &head), rows, ..TableOut::default() };
    let document = Document { tables: vec![table], ..Document::default() };
    write_csv(&document, CsvOptions::default())
}

fn text_columns(t: T, codes: &[&str]) -> Vec<ColumnOut> {
    let column = |code: &&str| ColumnOut::new(&t.t(&format!("diff-col-{code}")), None, Kind::Text);
    codes.iter().map(column).collect()
}

/// Words of coded columns: what, column, old, new, rows.
fn words(t: T, compared: &Comparison) -> Vec<(&'static str, String, String, String, usize)> {
    let mut found = Vec::new();
    for vocabulary in &compared.diff.vocabularies {
        let column = column_name(t, &vocabulary.column);
        for word in &vocabulary.new {
            let (column, new) = (column.clone(), word.word.clone());
            found.push(("word-new", column, String::new(), new, word.rows));
        }
        for word in &vocabulary.gone {
            let (column, old) = (column.clone(), word.word.clone());
            found.push(("word-gone", column, old, String::new(), word.rows));
        }
        for (old, new, rows) in &vocabulary.recoded {
            found.push(("word-recoded", column.clone(), old.clone(), new.clone(), *rows));
        }
    }
    found
}

/// The stable code of what became of a cell.
pub fn kind_code(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Filled => "filled",
        CellKind::Emptied => "emptied",
        CellKind::Changed => "changed",
        CellKind::Restated => "restated",
    }
}

/// The newer list with its marks, and sheets of counts, changes, renames and words.
pub fn to_xlsx(t: T, compared: &Comparison) -> Result<Vec<u8>, OpsError> {
    let list = marked(t, compared);
    let mut tables = vec![summary(t, compared), changes(t, compared), rows_of_one(t, compared)];
    tables.extend([renames(t, compared), word_table(t, compared)]);
    tables.retain(|table| !table.rows.is_empty());
    let document = Document { title: t.t("diff-title"), tables, notes: vec![t.t("diff-note")] };
    let notes_sheet = t.t("file-notes");
    marked_list::write(&list, &document, XlsxWords { notes_sheet: &notes_sheet })
        .map_err(|problem| OpsError::problem(*problem))
}

fn marked(t: T, compared: &Comparison) -> MarkedList {
    let (old, new, diff) = (&compared.old, &compared.new, &compared.diff);
    let mut rows: Vec<MarkedRow> = new.rows.iter().map(plain_row).collect();
    for row in &diff.new {
        rows[*row].mark = RowMark::New;
        rows[*row].state = t.t("diff-count-new");
    }
    for change in &diff.changed {
        let row = &mut rows[change.new];
        row.mark = RowMark::Changed;
        let key = if change.is_restated() { "diff-count-restated" } else { "diff-count-changed" };
        row.state = t.t(key);
        for cell in &change.cells {
            if row.cells.len() <= cell.column {
                row.cells.resize(cell.column + 1, MarkedCell::default());
            }
            let was = if cell.old.is_empty() { t.t("diff-blank") } else { cell.old.clone() };
            row.cells[cell.column].note = Some(t.t1("diff-was", &[("old", &was)]));
            row.cells[cell.column].restated = cell.kind == CellKind::Restated;
        }
    }
    for row in &diff.vanished {
        let cells = new.columns.iter().map(|column| {
            let at = old.column(&column.name);
            let cell = at.map(|at| old.cell(*row, at));
            cell.map_or(MarkedCell::default(), |cell| MarkedCell {
                text: cell.text.clone(),
                number: cell.number(),
                ..MarkedCell::default()
            })
        });
        let cells = cells.collect();
        rows.push(MarkedRow { mark: RowMark::Gone, state: t.t("diff-count-vanished"), cells });
    }
    let legend = ["new", "vanished", "changed", "restated"];
    MarkedList {
        title: t.t("diff-sheet-list"),
        headers: new.columns.iter().map(|column| column_name(t, &column.name)).collect(),
        rows,
        legend: legend.map(|code| t.t(&format!("diff-count-{code}"))),
    }
}

fn plain_row(row: &tici_engine::list_diff::ListRow) -> MarkedRow {
    let cell = |cell: &tici_engine::list_diff::ListCell| MarkedCell {
        text: cell.text.clone(),
        number: cell.number(),
        ..MarkedCell::default()
    };
    MarkedRow { cells: row.cells.iter().map(cell).collect(), ..MarkedRow::default() }
}

fn summary(t: T, compared: &Comparison) -> TableOut {
    let rows = counts(compared).into_iter().map(|(code, count)| {
        vec![CellOut::Text(t.t(&format!("diff-count-{code}"))), CellOut::Integer(count as i64)]
    });
    let mut columns = text_columns(t, &["what"]);
    columns.push(ColumnOut::new(&t.t("diff-col-rows"), None, Kind::Integer));
    let title = t.t("diff-sheet-counts");
    TableOut { title, columns, rows: rows.collect(), ..TableOut::default() }
}

fn changes(t: T, compared: &Comparison) -> TableOut {
    let (_, news) = names(compared);
    let mut rows = Vec::new();
    for change in &compared.diff.changed {
        for cell in &change.cells {
            let kind = t.t(&format!("diff-kind-{}", kind_code(cell.kind)));
            let name = news.of_row(&compared.new, change.new);
            let column = column_name(t, &cell.name);
            let at = compared.new.rows[change.new].at.clone();
            let texts = [name, column, kind, cell.old.clone(), cell.new.clone(), at];
            rows.push(texts.map(CellOut::Text).to_vec());
        }
    }
    let columns = text_columns(t, &["row", "column", "what", "old", "new", "new-at"]);
    TableOut { title: t.t("diff-sheet-changes"), columns, rows, ..TableOut::default() }
}

/// Rows that only one of the lists has.
fn rows_of_one(t: T, compared: &Comparison) -> TableOut {
    let (olds, news) = names(compared);
    let line = |key: &str, name: String, at: &str| {
        vec![CellOut::Text(t.t(key)), CellOut::Text(name), CellOut::text(at)]
    };
    let new = compared.diff.new.iter().map(|row| {
        let at = &compared.new.rows[*row].at;
        line("diff-count-new", news.of_row(&compared.new, *row), at)
    });
    let gone = compared.diff.vanished.iter().map(|row| {
        let at = &compared.old.rows[*row].at;
        line("diff-count-vanished", olds.of_row(&compared.old, *row), at)
    });
    let rows = new.chain(gone).collect();
    let columns = text_columns(t, &["what", "row", "at"]);
    TableOut { title: t.t("diff-sheet-rows"), columns, rows, ..TableOut::default() }
}

fn renames(t: T, compared: &Comparison) -> TableOut {
    let rows = compared.diff.renames.iter().map(|rename| {
        let words = |names: &[String]| {
            t.list(&names.iter().map(|name| column_name(t, name)).collect::<Vec<_>>())
        };
        vec![
            CellOut::text(&rename.old_name),
            CellOut::text(&rename.new_name),
            CellOut::Text(t.t(&format!("diff-reason-{}", rename.reason.code()))),
            CellOut::Integer(i64::from(rename.confidence)),
            CellOut::Text(words(&rename.agree)),
            CellOut::Text(words(&rename.differ)),
        ]
    });
    let mut columns = text_columns(t, &["old", "new", "reason"]);
    columns.push(ColumnOut::new(&t.t("diff-col-confidence"), Some("%"), Kind::Integer));
    columns.extend(text_columns(t, &["agree", "differ"]));
    let title = t.t("diff-sheet-renames");
    TableOut { title, columns, rows: rows.collect(), ..TableOut::default() }
}

fn word_table(t: T, compared: &Comparison) -> TableOut {
    let rows = words(t, compared).into_iter().map(|(what, column, old, new, count)| {
        let texts = [column, t.t(&format!("diff-{what}")), old, new];
        let mut cells = texts.map(CellOut::Text).to_vec();
        cells.push(CellOut::Integer(count as i64));
        cells
    });
    let mut columns = text_columns(t, &["column", "what", "old", "new"]);
    columns.push(ColumnOut::new(&t.t("diff-col-rows"), None, Kind::Integer));
    let title = t.t("diff-sheet-words");
    TableOut { title, columns, rows: rows.collect(), ..TableOut::default() }
}
