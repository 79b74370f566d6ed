//! The sheet with its own row numbers and column letters, and what becomes of each cell.

use std::collections::HashMap;
use tici_domain::{Problem, Severity};
use tici_ops::files::map::Field;
use tici_ops::files::preview::Preview;
use tici_ops::import::{CellChange, RowFate, RowPlan};
use tici_ops::uploads::{SHEET_ROWS_SHOWN, UploadView};

use super::{Looked, fields, fixes::Button, fixes::Fix};
use crate::{charts, i18n::T, ui, ui::Html};

/// Rows from the end of the sheet whose notes open upwards.
const ROWS_OPENING_UP: usize = 5;

/// The grid.
pub struct GridView {
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
    /// Columns that are not shown; empty when all are.
    pub cut: String,
    /// `None` when the whole sheet is shown.
    pub parts: Option<PartsView>,
}

/// Where the shown part stands in its sheet, and the ways to others. Addresses are empty
/// where there is nothing to lead to.
pub struct PartsView {
    pub range: String,
    pub previous: String,
    pub next: String,
    /// Address and words of the nearest rows with something wrong before and after.
    pub bad_before: Option<(String, String)>,
    pub bad_after: Option<(String, String)>,
}

/// A column with its letter and, above a table, its field.
pub struct ColumnView {
    pub letters: String,
    pub index: usize,
    /// Code, words and whether chosen; empty for a column without a header.
    pub options: Vec<(String, String, bool)>,
    pub is_ignored: bool,
    /// Words of a field that an uploaded map has settled.
    pub fixed: String,
    pub label: String,
}

/// A row.
pub struct RowView {
    pub number: u32,
    pub class: &'static str,
    /// What the row is, or what becomes of it.
    pub state: Html,
    pub cells: Vec<CellView>,
}

/// A cell. `note` is shown in a box that opens from the cell.
pub struct CellView {
    pub class: String,
    pub text: String,
    pub old: String,
    pub span: usize,
    pub note: Option<NoteView>,
}

/// What is wrong with a cell and what would put it right.
pub struct NoteView {
    pub title: String,
    pub fix: String,
    pub buttons: Vec<Button>,
    /// Open from the start: the first of the sheet.
    pub is_first: bool,
    pub opens_up: bool,
}

/// What is known of the cells of one sheet.
struct Facts<'a> {
    t: T,
    staged: &'a UploadView,
    sheet: &'a str,
    plans: HashMap<u32, &'a RowPlan>,
    changes: HashMap<&'a str, &'a CellChange>,
    earlier: HashMap<&'a str, &'a str>,
    problems: HashMap<&'a str, Vec<&'a Problem>>,
    bad_rows: HashMap<u32, Severity>,
}

pub fn grid(t: T, looked: &Looked) -> Option<GridView> {
    let staged = &looked.upload;
    let preview = staged.sheet.as_ref()?;
    let facts = Facts::of(t, looked, &preview.sheet);
    let mut seen_note = false;
    let numeric = numeric_columns(preview);
    let last = preview.rows.len().saturating_sub(ROWS_OPENING_UP);
    let mut rows = Vec::with_capacity(preview.rows.len());
    for (index, row) in preview.rows.iter().enumerate() {
        let cells = match is_about_form(row.role.code()) {
            true => spread(&row.cells),
            false => (0..preview.columns.len())
                .map(|column| {
                    let text = row.cells.get(column).map_or("", String::as_str);
                    let address = address(&preview.columns[column], row.number);
                    let role = row.role.code();
                    let mut cell = facts.cell(&address, text, role);
                    if numeric[column] {
                        cell.class = format!("n {}", cell.class).trim_end().to_owned();
                    }
                    if let Some(note) = &mut cell.note {
                        let is_error = cell.class.contains("err");
                        note.is_first = is_error && !std::mem::replace(&mut seen_note, true);
                        note.opens_up = index >= last && index > ROWS_OPENING_UP;
                    }
                    cell
                })
                .collect(),
        };
        let (class, state) = facts.state(row.number, row.role.code());
        rows.push(RowView { number: row.number, class, state, cells });
    }
    Some(GridView {
        columns: columns(t, staged),
        cut: cut(t, preview),
        parts: parts(t, staged, preview, &facts),
        rows,
    })
}

fn columns(t: T, staged: &UploadView) -> Vec<ColumnView> {
    let preview = staged.sheet.as_ref();
    let letters = preview.map_or(&[][..], |preview| &preview.columns[..]);
    let mapped = fields::of_columns(staged);
    let is_given = staged.choices.map.is_some() || staged.map.transposed;
    let column = |(index, letters): (usize, &String)| {
        let field = mapped.iter().find(|(at, _)| *at == index).map(|(_, field)| field);
        let options =
            field.filter(|_| !is_given).map_or_else(Vec::new, |field| fields::options(t, field));
        ColumnView {
            letters: letters.clone(),
            index,
            options,
            is_ignored: field.is_none_or(|field| *field == Field::Ignore),
            fixed: field
                .filter(|field| is_given && **field != Field::Ignore)
                .map_or_else(String::new, |field| fields::name(t, &field.to_string())),
            label: t.t1("import-field-of", &[("column", letters)]),
        }
    };
    letters.iter().enumerate().map(column).collect()
}

fn cut(t: T, preview: &Preview) -> String {
    let columns = preview.columns.len();
    match columns < preview.columns_total {
        true => t.t1("import-grid-cut", &[("columns", &columns), ("all", &preview.columns_total)]),
        false => String::new(),
    }
}

fn parts(t: T, staged: &UploadView, preview: &Preview, facts: &Facts) -> Option<PartsView> {
    let (first, last) = (preview.rows.first()?.number, preview.rows.last()?.number);
    let is_first = preview.rows_before == 0;
    let is_last = preview.rows_before + preview.rows.len() == preview.rows_total;
    if is_first && is_last {
        return None;
    }
    let number = part_number(preview);
    let part = |number: usize| format!("/imports/{}?part={number}#sheet-h", staged.id);
    let bad = |row: Option<u32>, key: &str| {
        row.map(|row| (row_address(&staged.id, row), t.t1(key, &[("row", &t.count(row))])))
    };
    let bad_rows = || facts.bad_rows.keys().copied();
    let count = t.count(preview.rows_total as i128);
    Some(PartsView {
        range: t.t1(
            "import-grid-range",
            &[("from", &t.count(first)), ("to", &t.count(last)), ("n", &count)],
        ),
        previous: if is_first { String::new() } else { part(number - 1) },
        next: if is_last { String::new() } else { part(number + 1) },
        bad_before: bad(bad_rows().filter(|row| *row < first).max(), "import-grid-bad-before"),
        bad_after: bad(bad_rows().filter(|row| *row > last).min(), "import-grid-bad-after"),
    })
}

/// Number of the part shown, from 1.
pub fn part_number(preview: &Preview) -> usize {
    preview.rows_before / SHEET_ROWS_SHOWN + 1
}

/// The check of an upload at a row of its sheet.
pub fn row_address(id: &str, row: u32) -> String {
    format!("/imports/{id}?row={row}#row-{row}")
}

/// Columns where most filled cells of projects are numbers: they stand to the right.
fn numeric_columns(preview: &Preview) -> Vec<bool> {
    let data = || preview.rows.iter().filter(|row| row.role.code() == "data");
    let is_mostly_numbers = |column: usize| {
        let cells = || data().filter_map(|row| row.cells.get(column)).filter(|c| !c.is_empty());
        let numbers = cells().filter(|cell| is_number(cell)).count();
        numbers * 2 > cells().count()
    };
    (0..preview.columns.len()).map(is_mostly_numbers).collect()
}

fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "-−.,%".contains(c))
}

/// Titles, unit lines and notes stand over several columns.
fn is_about_form(role: &str) -> bool {
    matches!(role, "title" | "unit" | "note" | "blank")
}

/// Each text takes the room up to the next one.
fn spread(cells: &[String]) -> Vec<CellView> {
    let mut out: Vec<CellView> = Vec::new();
    for text in cells {
        match out.last_mut() {
            Some(last) if text.is_empty() => last.span += 1,
            _ => out.push(CellView {
                class: String::new(),
                text: text.clone(),
                old: String::new(),
                span: 1,
                note: None,
            }),
        }
    }
    out
}

/// `E9` on a sheet, `12:5` in a text file.
pub fn address(column: &str, row: u32) -> String {
    match column.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{row}:{column}"),
        false => format!("{column}{row}"),
    }
}

/// The row of an address.
pub fn row_of(cell: &str) -> Option<u32> {
    let digits = match cell.split_once(':') {
        Some((row, _)) => row,
        None => cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    digits.parse().ok()
}

impl<'a> Facts<'a> {
    fn of(t: T, looked: &'a Looked, sheet: &'a str) -> Facts<'a> {
        let staged = &looked.upload;
        let mut facts = Facts {
            t,
            staged,
            sheet,
            plans: HashMap::new(),
            changes: HashMap::new(),
            earlier: looked.earlier.iter().map(|(cell, old)| (&**cell, &**old)).collect(),
            problems: HashMap::new(),
            bad_rows: HashMap::new(),
        };
        let here = |of: &str| of.is_empty() || of == sheet;
        for plan in staged.outcome.plan.rows.iter().filter(|plan| here(&plan.sheet)) {
            row_of(&plan.cell).and_then(|row| facts.plans.insert(row, plan));
            facts.changes.extend(plan.cells.iter().map(|cell| (cell.cell.as_str(), cell)));
        }
        for problem in staged.outcome.problems.iter().filter(|problem| here(&problem.sheet)) {
            facts.problems.entry(problem.cell.as_str()).or_default().push(problem);
            if let Some(row) = row_of(&problem.cell) {
                let worst = facts.bad_rows.entry(row).or_insert(problem.severity);
                *worst = (*worst).min(problem.severity);
            }
        }
        facts
    }

    fn cell(&self, address: &str, text: &str, role: &str) -> CellView {
        let problems = self.problems.get(address).map_or(&[][..], Vec::as_slice);
        let worst = problems.iter().map(|problem| problem.severity).min();
        let is_figure = matches!(role, "data" | "total" | "subtotal");
        let text = if is_figure { printed(text) } else { text.to_owned() };
        let change = self.changes.get(address).and_then(|change| change.old.as_deref());
        let change = change.or(self.earlier.get(address).copied()).filter(|old| *old != text);
        let mut class = String::new();
        let mut add = |name: &str| {
            class.push_str(if class.is_empty() { "" } else { " " });
            class.push_str(name);
        };
        match (worst, change) {
            (Some(Severity::Error), _) => add("err"),
            (Some(Severity::Warning), Some(_)) => add("chg wn"),
            (Some(Severity::Warning), None) => add("wn"),
            (None, Some(_)) => add("chg"),
            (None, None) => {}
        }
        let is_written = worst != Some(Severity::Error);
        let old = change.filter(|_| is_written).map(str::to_owned);
        CellView {
            class,
            text,
            old: old.unwrap_or_default(),
            span: 1,
            note: problems.first().map(|problem| self.note(address, problem)),
        }
    }

    fn note(&self, address: &str, problem: &Problem) -> NoteView {
        let fixes = Fix::of(problem);
        NoteView {
            title: self.t.t1(
                "import-note-title",
                &[("cell", &address), ("problem", &self.t.problem(problem))],
            ),
            fix: self.t.problem_fix(problem),
            buttons: fixes.iter().map(|fix| fix.button(self.t)).collect(),
            is_first: false,
            opens_up: false,
        }
    }

    /// Class and words of a row.
    fn state(&self, row: u32, role: &str) -> (&'static str, Html) {
        let t = self.t;
        let plain = |key: &str| Html(ui::escape(&t.t(key)));
        match role {
            "header" => return ("xhd", plain("import-role-header")),
            "data" => {}
            "blank" => return ("off", Html::default()),
            other => return ("off", plain(&format!("import-role-{other}"))),
        }
        let is_read = self.staged.map.sheets.iter().any(|sheet| sheet == self.sheet)
            || self.staged.map.sheets.is_empty();
        let fate = self.plans.get(&row).map(|plan| plan.fate);
        let worst = self.bad_rows.get(&row);
        let state = match (fate, worst) {
            (Some(RowFate::LeftOut), _) | (None, Some(Severity::Error)) => {
                mark(t, "r", "import-fate-left-out")
            }
            (Some(RowFate::Changed), Some(_)) => mark(t, "a", "import-fate-changed-warned"),
            (Some(RowFate::New), Some(_)) => mark(t, "a", "import-fate-new-warned"),
            (Some(RowFate::Changed), None) => mark(t, "ch", "import-fate-changed"),
            (Some(RowFate::New), None) => mark(t, "new", "import-fate-new"),
            (Some(RowFate::Unchanged), _) => mark(t, "g", "import-fate-unchanged"),
            (None, _) if is_read => plain("import-fate-not-read"),
            (None, _) => Html::default(),
        };
        ("", state)
    }
}

/// Numbers with separators, as the ledger prints them.
fn printed(text: &str) -> String {
    let number: Option<i64> = text.parse().ok().filter(|n: &i64| n.abs() >= 1000);
    match number {
        Some(number) => tici_domain::money::print_scaled(i128::from(number), 0, 0),
        None => text.strip_prefix('-').map_or_else(|| text.to_owned(), |rest| format!("−{rest}")),
    }
}

/// Shape and words of a row's fate.
pub fn mark(t: T, kind: &str, key: &str) -> Html {
    let arrow = "<path d=\"M1.5 6h8.5M6.8 2.5L10.3 6 6.8 9.5\" fill=\"none\" \
                 stroke=\"currentColor\" stroke-width=\"1.7\"/>";
    let plus = "<path d=\"M6 1v10M1 6h10\" stroke=\"currentColor\" stroke-width=\"2\"/>";
    let drawn = |shape: &str| {
        format!(
            "<svg width=\"12\" height=\"12\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">\
             {shape}</svg>"
        )
    };
    let (class, shape) = match kind {
        "r" => ("r", charts::light(tici_domain::Light::Red, "")),
        "a" => ("a", charts::light(tici_domain::Light::Amber, "")),
        "g" => ("g", charts::light(tici_domain::Light::Green, "")),
        "new" => ("ch", drawn(plus)),
        _ => ("ch", drawn(arrow)),
    };
    let words = ui::escape(&t.t(key));
    Html(format!("<span class=\"light {class}\">{shape}{words}</span>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sheets_and_texts() {
        assert_eq!((address("E", 9), address("5", 12)), ("E9".into(), "12:5".into()));
        assert_eq!((row_of("AB17"), row_of("12:5"), row_of("")), (Some(17), Some(12), None));
    }

    #[test]
    fn a_title_takes_the_room_to_the_next_text() {
        let cells = ["单位：经开区", "", "", "单位：万元", ""].map(String::from);
        let spans: Vec<usize> = spread(&cells).iter().map(|cell| cell.span).collect();
        assert_eq!(spans, [3, 2]);
    }

    #[test]
    fn numbers_are_printed_as_the_ledger_prints_them() {
        let cases = [("40518", "40,518"), ("-260", "−260"), ("6.2亿", "6.2亿"), ("52%", "52%")];
        for (text, shown) in cases {
            assert_eq!(printed(text), shown);
        }
    }
}
