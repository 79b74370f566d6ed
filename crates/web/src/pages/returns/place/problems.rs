//! What is to be looked at, by cell, with what one click puts right.

use std::collections::BTreeMap;
use tici_domain::{Light, Problem, Severity};
use tici_ops::returns::{PlacePage, cell_key, form};

use crate::{T, charts, ui, ui::Html};

pub struct ProblemView {
    /// Cell of the workbook; empty when it was typed on the page.
    pub cell: String,
    pub project: String,
    pub column: String,
    /// Whether it stops the return, as shape and word.
    pub state: Html,
    /// The field on the page; empty where there is none.
    pub href: String,
    pub what: String,
    pub fix: String,
    pub buttons: Vec<Button>,
    /// What the reporter says of it; empty for nothing.
    pub words: String,
}

/// The worst problem of each cell, by the key of the cell on the page.
pub fn worst_by_cell<'a>(
    page: &PlacePage,
    problems: &'a [Problem],
) -> BTreeMap<String, &'a Problem> {
    let mut worst = BTreeMap::<String, &Problem>::new();
    for problem in problems {
        let Some(key) = cell_of(page, problem) else { continue };
        let known = worst.get(&key);
        if known.is_none_or(|known| known.severity > problem.severity) {
            worst.insert(key, problem);
        }
    }
    worst
}

/// Checks name a project as the ledger does; the page by its name in the reader's language.
pub fn named(page: &PlacePage, problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    let project = cell_of(page, &problem)
        .and_then(|key| key.split_once('.').and_then(|(project, _)| project.parse().ok()));
    let row = page.form.rows.iter().find(|row| Some(row.project) == project);
    for (name, value) in &mut problem.args {
        if let Some(row) = row.filter(|_| name == "project") {
            value.clone_from(&row.name);
        }
    }
    problem
}

/// The page's key of the cell that a problem is about.
fn cell_of(page: &PlacePage, problem: &Problem) -> Option<String> {
    if problem.cell.contains('.') {
        return Some(problem.cell.clone());
    }
    page.filled.rows.iter().find_map(|row| {
        let found =
            row.cells.iter().find(|(_, cell)| !cell.cell.is_empty() && cell.cell == problem.cell);
        Some(cell_key(row.project?, found?.0))
    })
}

/// A button of the form: its words and value.
pub type Button = (String, String);

/// The button of a problem that knows the right value.
pub fn fix_button(t: T, page: &PlacePage, problem: &Problem, key: &str) -> Option<Button> {
    let (_, value) = problem.args.iter().find(|(name, _)| name == "suggestion")?;
    let fits = page.may_fill && problem.key == "amount-has-unit";
    let shown = value.parse::<i64>().map_or_else(|_| value.clone(), |number| t.count(number));
    fits.then(|| (t.t1("return-fix-as", &[("value", &shown)]), format!("fix {key} {value}")))
}

/// The buttons of a project that stands in two rows: one for each.
fn keep_buttons(t: T, page: &PlacePage, problem: &Problem) -> Vec<Button> {
    if !page.may_fill || problem.key != "form-row-twice" {
        return Vec::new();
    }
    let first = problem.args.iter().find(|(name, _)| name == "first");
    let first = first.map(|(_, line)| line.as_str());
    let second = problem.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let lines = first.into_iter().chain([second]);
    lines.map(|line| (t.t1("return-keep-row", &[("n", &line)]), format!("keep {line}"))).collect()
}

/// What the reporter says of a row, for whoever looks at its problems.
fn said_of(page: &PlacePage, key: Option<&str>) -> String {
    let project = key.and_then(|key| key.split_once('.')?.0.parse().ok());
    project.map_or("", |project| page.filled.text(project, form::REASON)).to_owned()
}

/// One problem in words.
pub fn problem_view(t: T, page: &PlacePage, problem: &Problem) -> ProblemView {
    let key = cell_of(page, problem);
    let words = t.return_problem(problem);
    let at = key.as_ref().and_then(|key| key.split_once('.'));
    let row = at.and_then(|(id, _)| page.form.rows.iter().find(|r| r.project.to_string() == id));
    ProblemView {
        cell: words.cell.clone(),
        project: row.map_or_else(String::new, |row| row.name.clone()),
        column: at.map_or_else(String::new, |(_, column)| t.form_column(column)),
        state: state(t, problem.severity),
        href: at.map_or_else(String::new, |(id, column)| format!("#c-{id}-{column}")),
        what: t.problem(&words),
        fix: t.problem_fix(&words),
        words: said_of(page, key.as_deref()),
        buttons: key
            .and_then(|key| fix_button(t, page, problem, &key))
            .into_iter()
            .chain(keep_buttons(t, page, problem))
            .collect(),
    }
}

fn state(t: T, severity: Severity) -> Html {
    let (light, letter, key) = match severity {
        Severity::Error => (Light::Red, 'r', "return-stops"),
        Severity::Warning => (Light::Amber, 'a', "import-severity-warning"),
    };
    let (mark, words) = (charts::light(light, ""), ui::escape(&t.t(key)));
    Html(format!("<span class=\"light {letter}\">{mark}{words}</span>"))
}
