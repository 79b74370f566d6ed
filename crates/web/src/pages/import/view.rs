//! The check of an upload, in words: counts, effect, grid, problems, what will be written.

use jiff::{civil::Date, tz::TimeZone};
use tici_domain::{Currency, Period, Problem, Severity};
use tici_ops::import::RowFate;
use tici_ops::uploads::UploadView;

use super::Looked;
use super::fields;
use super::fixes::{Button, Fix};
use super::grid::{self, GridView, mark};
use crate::{i18n::T, ui::Html};

/// Periods offered: this month and the twelve before.
const MONTHS_OFFERED: usize = 13;
/// Problems listed on the page; the file for the reporter has all of them.
const PROBLEMS_SHOWN_MAX: usize = 100;

/// Everything the page shows.
pub struct PreviewView {
    pub id: String,
    pub sub: String,
    pub rows: usize,
    pub changed: usize,
    pub added: usize,
    pub unchanged: usize,
    pub left_out: usize,
    pub bad_cells: String,
    /// Number, unit and comparison of the effect; `None` when no cumulative figure is read.
    pub effect: Option<(String, String)>,
    pub sheet_title: String,
    pub mapped: String,
    pub grid: Option<GridView>,
    /// Part of the sheet that is shown, from 1: forms lead back to it.
    pub part: usize,
    /// Name, and whether it is the one shown; hidden sheets are left out.
    pub sheets: Vec<(String, bool)>,
    pub periods: Vec<(String, String, bool)>,
    pub problems: Vec<ProblemView>,
    pub problems_note: String,
    /// The file can be given back with its problems marked.
    pub is_xlsx: bool,
    pub seen_before: Option<i64>,
    /// Rows that the button writes; 0 when there is nothing to write.
    pub to_write: usize,
    pub commit_words: String,
    pub left_out_words: String,
    /// Why the figures are so, as given so far.
    pub reason: String,
    /// Why nothing can be written; empty when something can.
    pub blocked: String,
}

/// One problem of the list.
pub struct ProblemView {
    pub place: String,
    /// Where the row is shown; empty for what has none on this sheet.
    pub href: String,
    pub state: Html,
    pub what: String,
    pub fix: String,
    pub buttons: Vec<Button>,
}

pub fn preview_view(t: T, zone: &TimeZone, today: Date, looked: &Looked) -> PreviewView {
    let staged = &looked.upload;
    let outcome = &staged.outcome;
    let count = |fate| outcome.count(fate);
    let (changed, added) = (count(RowFate::Changed), count(RowFate::New));
    let (unchanged, left_out) = (count(RowFate::Unchanged), count(RowFate::LeftOut));
    let to_write = changed + added;
    PreviewView {
        id: staged.id.clone(),
        sub: sub(t, zone, looked),
        rows: outcome.plan.rows.len(),
        changed,
        added,
        unchanged,
        left_out,
        bad_cells: match outcome.errors() {
            0 => String::new(),
            n => t.t1("import-bad-cells", &[("n", &n)]),
        },
        effect: effect(t, looked),
        sheet_title: sheet_title(t, staged),
        mapped: mapped_as_before(t, staged),
        grid: grid::grid(t, looked),
        part: staged.sheet.as_ref().map_or(1, grid::part_number),
        sheets: sheets(staged),
        periods: periods(t, today, staged.choices.period.as_deref().and_then(Period::parse)),
        problems: problems(t, staged),
        problems_note: problems_note(t, staged),
        is_xlsx: staged.is_xlsx,
        seen_before: looked.seen_before,
        to_write,
        commit_words: t.t1("import-commit", &[("n", &(to_write + unchanged))]),
        left_out_words: match left_out {
            0 => String::new(),
            n => t.t1("import-commit-left-out", &[("n", &n)]),
        },
        reason: staged.choices.reason.clone().unwrap_or_default(),
        blocked: blocked(t, staged, to_write),
    }
}

fn sub(t: T, zone: &TimeZone, looked: &Looked) -> String {
    let staged = &looked.upload;
    t.t1(
        "import-sub",
        &[
            ("file", &staged.file),
            ("size", &t.count(staged.bytes.div_ceil(1024) as i128)),
            ("post", &looked.post.get(t.lang)),
            ("at", &t.moment(staged.uploaded, zone)),
        ],
    )
}

fn effect(t: T, looked: &Looked) -> Option<(String, String)> {
    let (before, after) = looked.effect;
    if after == 0 && before == 0 {
        return None;
    }
    let delta = after - before;
    // The three numbers are compared, so one unit serves all.
    let scale = t.scale_for(after.abs().max(before.abs()), Currency::CNY);
    let key = if delta < 0 { "import-effect-less" } else { "import-effect-more" };
    let words = t.t1(
        key,
        &[
            ("unit", &t.unit(scale)),
            ("before", &scale.print(before)),
            ("delta", &scale.print(delta.abs())),
        ],
    );
    Some((scale.print(after), words))
}

fn sheet_title(t: T, staged: &UploadView) -> String {
    match &staged.sheet {
        Some(preview) if !preview.sheet.is_empty() => {
            t.t1("import-sheet", &[("sheet", &preview.sheet)])
        }
        _ => t.t("import-sheet-text"),
    }
}

/// 表头在第 3 行；9 列已对应 8 列
/// What is mapped, and whether that is as this layout was mapped before.
fn mapped_as_before(t: T, staged: &UploadView) -> String {
    let mapped = mapped(t, staged);
    match staged.is_remembered {
        true => format!("{mapped}{}{}", t.t("import-comma"), t.t("import-remembered")),
        false => mapped,
    }
}

fn mapped(t: T, staged: &UploadView) -> String {
    use tici_ops::files::map::Field;
    let fields = fields::of_columns(staged);
    let known = fields.iter().filter(|(_, field)| *field != Field::Ignore).count();
    let columns = fields.len();
    let Some([from, to]) = staged.map.header else {
        return t.t1("import-mapped", &[("known", &known), ("n", &columns)]);
    };
    let rows = if from == to { from.to_string() } else { format!("{from}–{to}") };
    t.t1("import-mapped-header", &[("rows", &rows.as_str()), ("known", &known), ("n", &columns)])
}

fn sheets(staged: &UploadView) -> Vec<(String, bool)> {
    let Some(preview) = &staged.sheet else { return Vec::new() };
    let shown = preview.sheets.iter().filter(|(name, hidden)| !hidden && !name.is_empty());
    shown.map(|(name, _)| (name.clone(), *name == preview.sheet)).collect()
}

/// Code, words and whether chosen; months back from `today`.
pub fn periods(t: T, today: Date, chosen: Option<Period>) -> Vec<(String, String, bool)> {
    let mut months = vec![Period::month_of(today)];
    while months.len() < MONTHS_OFFERED {
        let before = months[months.len() - 1].previous();
        months.push(before);
    }
    if let Some(other) = chosen.filter(|period| !months.contains(period)) {
        months.insert(0, other);
    }
    let offer = |period: Period| (period.to_string(), t.period(period), Some(period) == chosen);
    months.into_iter().map(offer).collect()
}

fn problems(t: T, staged: &UploadView) -> Vec<ProblemView> {
    let mut problems: Vec<&Problem> = staged.outcome.problems.iter().collect();
    problems.sort_by_key(|problem| problem.severity);
    let view = |problem: &Problem| ProblemView {
        place: t.problem_place(problem).rsplit('!').next().unwrap_or_default().to_owned(),
        href: href(staged, problem),
        state: match problem.severity {
            Severity::Error => mark(t, "r", "import-fate-left-out"),
            Severity::Warning => mark(t, "a", "import-severity-warning"),
        },
        what: t.problem(problem),
        fix: t.problem_fix(problem),
        buttons: Fix::of(problem).iter().map(|fix| fix.button(t)).collect(),
    };
    problems.into_iter().take(PROBLEMS_SHOWN_MAX).map(view).collect()
}

/// A row of another sheet is not on this page.
fn href(staged: &UploadView, problem: &Problem) -> String {
    let shown = staged.sheet.as_ref().map_or("", |preview| preview.sheet.as_str());
    let is_here = problem.sheet.is_empty() || problem.sheet == shown;
    let row = grid::row_of(&problem.cell).filter(|_| is_here);
    row.map_or_else(String::new, |row| grid::row_address(&staged.id, row))
}

fn problems_note(t: T, staged: &UploadView) -> String {
    let errors = staged.outcome.errors();
    let warnings = staged.outcome.problems.len() - errors;
    t.t1("import-problems-note", &[("errors", &errors), ("warnings", &warnings)])
}

/// An error that belongs to no row stops everything; without changes there is nothing to
/// write.
fn blocked(t: T, staged: &UploadView, to_write: usize) -> String {
    let left_out: Vec<(&str, &str)> = staged
        .outcome
        .plan
        .rows
        .iter()
        .filter(|row| row.fate == RowFate::LeftOut)
        .map(|row| (row.sheet.as_str(), row_digits(&row.cell)))
        .collect();
    let mut errors = staged.outcome.problems.iter().filter(|p| p.severity == Severity::Error);
    let whole = errors
        .find(|problem| !left_out.contains(&(problem.sheet.as_str(), row_digits(&problem.cell))));
    match whole {
        Some(problem) => t.t1("import-blocked", &[("problem", &t.problem(problem))]),
        None if to_write == 0 => t.t("import-nothing"),
        None => String::new(),
    }
}

/// `9` of `E9`, `12` of `12:5`.
fn row_digits(cell: &str) -> &str {
    let row = cell.split_once(':').map_or(cell, |(row, _)| row);
    row.trim_start_matches(|c: char| c.is_ascii_alphabetic())
}

/// The problems as lines of a table, its head first.
pub fn problem_lines(t: T, staged: &UploadView) -> Vec<[String; 4]> {
    let head = ["import-cell", "import-treatment", "import-problem", "import-way"];
    let severity = |problem: &Problem| match problem.severity {
        Severity::Error => t.t("import-fate-left-out"),
        Severity::Warning => t.t("import-severity-warning"),
    };
    let line = |problem: &Problem| {
        [t.problem_place(problem), severity(problem), t.problem(problem), t.problem_fix(problem)]
    };
    std::iter::once(head.map(|key| t.t(key)))
        .chain(staged.outcome.problems.iter().map(line))
        .collect()
}

/// A cell of CSV: quoted where needed, and never a formula to whoever opens it.
pub fn csv_cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_cells_are_quoted_and_harmless() {
        let cases = [("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1")];
        for (text, cell) in cases {
            assert_eq!(csv_cell(text), cell);
        }
    }

    #[test]
    fn thirteen_months_and_the_one_chosen() {
        let t = T::new(tici_domain::Lang::En);
        let day = jiff::civil::date(2026, 6, 18);
        let offered = periods(t, day, Period::month(2024, 1));
        assert_eq!(offered.len(), 14);
        assert_eq!(offered[0], ("2024-01".into(), "January 2024".into(), true));
        assert_eq!(offered[13].0, "2025-06");
    }
}
