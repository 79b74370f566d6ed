//! The form as fields: one row for each project.

use std::collections::BTreeMap;
use tici_domain::{Measure, Problem, Severity, Stage, Value};
use tici_engine::checks::wan;
use tici_ops::returns::form::{COLUMNS, Holds, RowOut, Said, is_no_change, parse_cell};
use tici_ops::returns::{Column, PlacePage, cell_key};

use super::print;
use super::problems::{Button, fix_button, worst_by_cell};
use crate::T;

pub struct RowView {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub firm: String,
    pub plan: String,
    pub before: String,
    /// That the workbook left the project out; empty when it did not.
    pub removed: String,
    pub has_errors: bool,
    /// Fields in front, and those behind "more".
    pub main: Vec<FieldView>,
    pub more: Vec<FieldView>,
}

pub struct FieldView {
    /// Name of the form's field: `c.12.ytd`.
    pub name: String,
    pub id: String,
    pub label: String,
    pub value: String,
    /// Code, words and whether it is chosen; empty for a field to type in.
    pub options: Vec<(String, String, bool)>,
    pub is_long: bool,
    pub is_number: bool,
    pub is_changed: bool,
    /// `blank`, `zero` or `same` where a number is asked; empty otherwise.
    pub says: &'static str,
    /// What "no change" stands for; empty elsewhere.
    pub stands_for: String,
    /// Words of the worst problem, and whether it stops the return.
    pub problem: String,
    pub is_error: bool,
    /// What one click puts there.
    pub fix: Option<Button>,
    pub disabled: bool,
}

/// Columns in front of "more": what is asked of every project.
const MAIN: [&str; 6] = ["month", "ytd", "since-start", "percent", "stage", "progress"];

/// The rows of the form, with what is wrong beside the fields.
pub fn rows(t: T, page: &PlacePage, problems: &[Problem]) -> Vec<RowView> {
    let worst = worst_by_cell(page, problems);
    let removed = |row: &RowOut| {
        let of_row = |problem: &&Problem| {
            problem.key == "form-row-removed"
                && problem.args.iter().any(|(name, code)| name == "code" && *code == row.code)
        };
        problems.iter().find(of_row).map_or_else(String::new, |problem| t.problem(problem))
    };
    let view = |row: &RowOut| RowView { removed: removed(row), ..row_view(t, page, row, &worst) };
    page.form.rows.iter().map(view).collect()
}

fn row_view(t: T, page: &PlacePage, row: &RowOut, worst: &BTreeMap<String, &Problem>) -> RowView {
    let fields = |wanted: &dyn Fn(&Column) -> bool| -> Vec<FieldView> {
        let open = COLUMNS.iter().filter(|column| column.is_open() && wanted(column));
        open.map(|column| field(t, page, row, column, worst)).collect()
    };
    let main = MAIN.iter().filter_map(|key| Column::find(key));
    let main: Vec<FieldView> = main.map(|column| field(t, page, row, column, worst)).collect();
    let more = fields(&|column| !MAIN.contains(&column.key));
    let money = |key: &str| match row.values.get(key) {
        Some(Value::Int(amount)) => wan(*amount, row.currency),
        _ => t.t("app-none"),
    };
    RowView {
        id: row.project,
        code: row.code.clone(),
        name: row.name.clone(),
        firm: row.firm.clone(),
        plan: t.t1("return-plan", &[("value", &money("plan"))]),
        before: t.t1("return-before", &[("value", &money("before-ytd"))]),
        removed: String::new(),
        has_errors: more.iter().any(|field| field.is_error),
        main,
        more,
    }
}

fn field(
    t: T,
    page: &PlacePage,
    row: &RowOut,
    column: &'static Column,
    worst: &BTreeMap<String, &Problem>,
) -> FieldView {
    let key = cell_key(row.project, column.key);
    let value = page.filled.text(row.project, column.key).to_owned();
    let problem = worst.get(&key);
    let is_stage = column.is_stage();
    let chosen = match parse_cell(column, &value, row.currency) {
        Ok(Said::Value(Value::Text(code))) if is_stage => code,
        _ => String::new(),
    };
    let option = |stage: Stage| (stage.code().to_owned(), t.stage(stage), stage.code() == chosen);
    let mut options: Vec<(String, String, bool)> = Vec::new();
    if is_stage {
        options.push((String::new(), t.t("app-none"), chosen.is_empty()));
        options.extend(Stage::STAIRS.map(option));
    }
    let is_long = matches!(
        column.holds,
        Holds::Figure(Measure::PROGRESS_TEXT | Measure::ISSUE_TEXT | Measure::REASON_TEXT)
    );
    FieldView {
        name: format!("c.{key}"),
        id: format!("c-{}-{}", row.project, column.key),
        label: t.form_column(column.key),
        is_changed: page.plan.changed.contains(&key),
        says: if column.unit().is_some() { says(&value) } else { "" },
        stands_for: stands_for(t, column, row, &value),
        value,
        options,
        is_long,
        is_number: column.unit().is_some(),
        problem: problem.map_or_else(String::new, |p| t.problem(&t.return_problem(p))),
        is_error: problem.is_some_and(|problem| problem.severity == Severity::Error),
        fix: problem.and_then(|problem| fix_button(t, page, problem, &key)),
        disabled: !page.may_fill,
    }
}

/// Nothing, nothing done, and as the month before are three things and look it.
fn says(value: &str) -> &'static str {
    match value.trim() {
        "" => "blank",
        "0" => "zero",
        text if is_no_change(text) => "same",
        _ => "",
    }
}

/// The number that "no change" means in a cell, in words.
fn stands_for(t: T, column: &Column, row: &RowOut, value: &str) -> String {
    let before = match column.key {
        _ if says(value) != "same" => return String::new(),
        "month" => Some("0".to_owned()),
        "ytd" | "since-start" | "percent" => {
            let before = format!("before-{}", column.key);
            row.values.get(before.as_str()).map(|value| print(column, value, row))
        }
        _ => None,
    };
    before.map_or_else(String::new, |value| t.t1("return-stands-for", &[("value", &value)]))
}
