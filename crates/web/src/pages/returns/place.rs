//! One place's return: its form, what is to be looked at, and what was said of it.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::collections::BTreeMap;
use tici_domain::{Measure, Period, Problem, Severity, Stage, Value};
use tici_engine::checks::wan;
use tici_ops::returns::form::{COLUMNS, Holds, RowOut};
use tici_ops::returns::{
    BasisLine, Column, Conflict, PlacePage, SheetMeta, Standing, template, view_place,
};

use super::{period_of, place_of, round};
use crate::{Failure, Rendered, Shell, T, Visit, ui::Html};

#[derive(Template)]
#[template(path = "return_place.html")]
pub struct PlaceView {
    shell: Shell,
    t: T,
    address: String,
    round_href: String,
    place: String,
    sub: String,
    standing: Html,
    /// Which workbook the draft was read from, in words; empty when none was.
    file_words: String,
    has_draft: bool,
    may_fill: bool,
    may_judge: bool,
    may_unlock: bool,
    is_own: bool,
    base: i64,
    asked: String,
    rows: Vec<RowView>,
    problems: Vec<ProblemView>,
    counts: String,
    /// Rows that are not this place's, which may be left out.
    has_strangers: bool,
    conflicts: Vec<ConflictView>,
    corrections: Vec<CorrectionView>,
    series: Vec<SeriesView>,
    history: Vec<(String, String, String)>,
    /// What was just done, in words.
    done: String,
    failed: Vec<String>,
}

pub struct RowView {
    id: i64,
    code: String,
    name: String,
    firm: String,
    plan: String,
    before: String,
    has_errors: bool,
    /// Fields in front, and those behind "more".
    main: Vec<FieldView>,
    more: Vec<FieldView>,
}

pub struct FieldView {
    /// Name of the form's field: `c.12.ytd`.
    name: String,
    id: String,
    label: String,
    value: String,
    /// Code, words and whether it is chosen; empty for a field to type in.
    options: Vec<(String, String, bool)>,
    is_long: bool,
    is_number: bool,
    is_changed: bool,
    /// `blank`, `zero` or `same` where a number is asked; empty otherwise.
    says: &'static str,
    /// What "no change" stands for; empty elsewhere.
    stands_for: String,
    /// Words of the worst problem, and whether it stops the return.
    problem: String,
    is_error: bool,
    /// What one click puts there, in words and as the button's value.
    fix: Option<(String, String)>,
    disabled: bool,
}

pub struct ProblemView {
    is_error: bool,
    place: String,
    href: String,
    what: String,
    fix: String,
    button: Option<(String, String)>,
}

pub struct ConflictView {
    project: String,
    column: String,
    base: String,
    mine: String,
    theirs: String,
    decided_mine: bool,
    decided_theirs: bool,
    key: String,
}

pub struct CorrectionView {
    project: String,
    href: String,
    column: String,
    was: String,
    is: String,
    why: String,
    by: String,
}

pub struct SeriesView {
    code: String,
    name: String,
    values: Vec<String>,
}

/// Columns in front of "more": what is asked of every project.
const MAIN: [&str; 6] = ["month", "ytd", "since-start", "percent", "stage", "progress"];

#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
}

pub async fn show(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let done = match asked.done.as_deref() {
        Some("sent") => visit.t.t("return-done"),
        Some("nothing") => visit.t.t("return-nothing"),
        _ => String::new(),
    };
    render(visit, at, done, Vec::new()).await
}

/// The page, with what was done or what went wrong on it.
pub async fn render(
    visit: Visit,
    at: (Period, i64),
    done: String,
    failed: Vec<Problem>,
) -> Result<Response, Failure> {
    let lang = visit.t.lang;
    let page = visit.run(move |desk, session| view_place(desk, session, at, lang)).await?;
    let t = visit.t;
    let failed = failed.iter().map(|problem| t.problem_line(&t.return_problem(problem))).collect();
    Ok(Rendered(PlaceView::new(&visit, &page, done, failed)).into_response())
}

/// The prefilled workbook.
pub async fn form(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let t = visit.t;
    let (name, bytes) = visit
        .run(move |desk, session| {
            let snapshot = desk.snapshot()?;
            let named = snapshot.places.get(&at.1).map(|place| place.short.get(t.lang));
            let name = named.unwrap_or_default().to_owned();
            let words = t.form_words(&name, at.0);
            let bytes = template(desk, session, at, t.lang, &words)?;
            Ok((t.form_file(&name, at.0), bytes))
        })
        .await?;
    let name = crate::visit::encode(&name).replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let disposition = HeaderValue::from_str(&disposition).expect("percent-encoded names are ASCII");
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(XLSX)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

impl PlaceView {
    fn new(visit: &Visit, page: &PlacePage, done: String, failed: Vec<String>) -> PlaceView {
        let t = visit.t;
        let period = page.round.period;
        let place = page.place.short.get(t.lang).to_owned();
        let title = format!("{place} {} {}", t.period(period), t.t("nav-returns"));
        let problems: Vec<Problem> =
            page.plan.problems.iter().map(|problem| named(page, problem)).collect();
        let sub: [(&str, &dyn std::fmt::Display); 2] =
            [("period", &t.period(period)), ("n", &page.form.rows.len())];
        let asked: [(&str, &dyn std::fmt::Display); 2] =
            [("asked", &page.plan.asked), ("filled", &page.plan.filled)];
        // A form that nobody has touched has nothing wrong with it yet.
        let is_touched = page.has_draft;
        let shown: &[Problem] = if is_touched { &problems } else { &[] };
        let strangers = ["form-row-unknown", "form-row-elsewhere", "form-row-stopped"];
        let runs = visit.session.need(tici_ops::Action::RunReturns).is_ok();
        let is_shut = matches!(page.standing, Standing::Accepted | Standing::Locked);
        PlaceView {
            shell: visit.shell("returns", title),
            t,
            address: format!("/returns/{period}/{}", page.place.id),
            round_href: format!("/returns/{period}"),
            place,
            sub: t.t1("return-sub", &sub),
            standing: round::standing(t, page.standing),
            file_words: match page.file.as_str() {
                "" => String::new(),
                file => t.t1("return-file-read", &[("file", &file)]),
            },
            has_draft: page.has_draft,
            may_fill: page.may_fill,
            may_judge: page.may_judge && page.standing == Standing::Submitted,
            may_unlock: runs && is_shut,
            is_own: runs && !page.may_judge && page.standing == Standing::Submitted,
            base: page.filled.base,
            asked: t.t1("return-asked", &asked),
            rows: rows(t, page, shown),
            counts: t.return_counts(shown),
            has_strangers: shown
                .iter()
                .any(|p| p.severity == Severity::Error && strangers.contains(&p.key.as_str())),
            problems: shown.iter().map(|problem| problem_view(t, page, problem)).collect(),
            conflicts: page.plan.conflicts.iter().map(|c| conflict(t, page, c)).collect(),
            corrections: corrections(visit, page),
            series: series(page),
            history: page.versions.iter().map(|meta| version(visit, meta)).collect(),
            done,
            failed,
        }
    }
}

fn rows(t: T, page: &PlacePage, problems: &[Problem]) -> Vec<RowView> {
    let worst = worst_by_cell(page, problems);
    page.form.rows.iter().map(|row| row_view(t, page, row, &worst)).collect()
}

/// The worst problem of each cell, by the key of the cell on the page.
fn worst_by_cell<'a>(page: &PlacePage, problems: &'a [Problem]) -> BTreeMap<String, &'a Problem> {
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
fn named(page: &PlacePage, problem: &Problem) -> Problem {
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
        Some(tici_ops::returns::cell_key(row.project?, found?.0))
    })
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
    let key = tici_ops::returns::cell_key(row.project, column.key);
    let value = page.filled.text(row.project, column.key).to_owned();
    let problem = worst.get(&key);
    let stands = row.values.get(column.key);
    let untouched = stands.map_or_else(String::new, |value| print(column, value, row));
    let is_stage = column.is_stage();
    let chosen = tici_ops::returns::form::parse_cell(column, &value, row.currency);
    let chosen = match chosen {
        Ok(tici_ops::returns::form::Said::Value(Value::Text(code))) if is_stage => code,
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
        Holds::Reason | Holds::Figure(Measure::PROGRESS_TEXT | Measure::ISSUE_TEXT)
    );
    FieldView {
        name: format!("c.{key}"),
        id: format!("c-{}-{}", row.project, column.key),
        label: t.form_column(column.key),
        is_changed: value != untouched,
        says: if column.unit().is_some() { says(&value) } else { "" },
        stands_for: stands_for(t, column, row, &value),
        value,
        options,
        is_long,
        is_number: column.unit().is_some(),
        problem: problem.map_or_else(String::new, |p| t.problem(&t.return_problem(p))),
        is_error: problem.is_some_and(|problem| problem.severity == Severity::Error),
        fix: problem.and_then(|problem| suggestion(t, problem, &key)),
        disabled: !page.may_fill,
    }
}

/// Nothing, nothing done, and as the month before are three things and look it.
fn says(value: &str) -> &'static str {
    match value.trim() {
        "" => "blank",
        "0" => "zero",
        text if tici_ops::returns::form::is_no_change(text) => "same",
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

/// The button of a problem that knows the right value.
fn suggestion(t: T, problem: &Problem, key: &str) -> Option<(String, String)> {
    let found = problem.args.iter().find(|(name, _)| name == "suggestion");
    let (_, value) = found.filter(|_| problem.key == "amount-has-unit")?;
    Some((t.t1("return-fix-as", &[("value", value)]), format!("fix {key} {value}")))
}

fn print(column: &Column, value: &Value, row: &RowOut) -> String {
    use tici_domain::measure::Unit;
    match (value, column.unit()) {
        (Value::Int(amount), Some(Unit::Money)) => wan(*amount, row.currency),
        (Value::Int(number), Some(Unit::PercentHundredths)) => {
            let text = tici_domain::money::print_scaled((*number).into(), 2, 2);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}

fn problem_view(t: T, page: &PlacePage, problem: &Problem) -> ProblemView {
    let key = cell_of(page, problem);
    let words = t.return_problem(problem);
    let href = key.as_ref().and_then(|key| key.split_once('.'));
    ProblemView {
        is_error: problem.severity == Severity::Error,
        place: words.cell.clone(),
        href: href.map_or_else(String::new, |(id, column)| format!("#c-{id}-{column}")),
        what: t.problem(&words),
        fix: t.problem_fix(&words),
        button: key.and_then(|key| suggestion(t, problem, &key)),
    }
}

fn conflict(t: T, page: &PlacePage, found: &Conflict) -> ConflictView {
    let row = page.form.rows.iter().find(|row| row.project == found.project);
    let column = Column::find(found.column);
    let print = |value: &Value| match (row, column) {
        (Some(row), Some(column)) => shown(t, column, value, row),
        _ => String::new(),
    };
    use tici_ops::returns::Side;
    ConflictView {
        project: row.map_or_else(String::new, |row| format!("{} {}", row.code, row.name)),
        column: t.form_column(found.column),
        base: found.base.as_ref().map_or_else(|| t.t("app-none"), print),
        mine: print(&found.mine),
        theirs: print(&found.theirs),
        decided_mine: found.decided == Some(Side::Mine),
        decided_theirs: found.decided == Some(Side::Theirs),
        key: tici_ops::returns::cell_key(found.project, found.column),
    }
}

fn shown(t: T, column: &Column, value: &Value, row: &RowOut) -> String {
    let stage = value.as_text().and_then(Stage::parse).filter(|_| column.is_stage());
    stage.map_or_else(|| print(column, value, row), |stage| t.stage(stage))
}

fn corrections(visit: &Visit, page: &PlacePage) -> Vec<CorrectionView> {
    let t = visit.t;
    let view = |found: &tici_ops::returns::Correction| {
        let row = page.form.rows.iter().find(|row| row.project == found.project)?;
        let column = Column::of(found.measure)?;
        Some(CorrectionView {
            project: format!("{} {}", row.code, row.name),
            href: format!("/projects/{}", row.project),
            column: t.form_column(column.key),
            was: found
                .before
                .as_ref()
                .map_or_else(|| t.t("app-none"), |value| shown(t, column, value, row)),
            is: shown(t, column, &found.figure.value, row),
            why: found.figure.reason.clone().unwrap_or_default(),
            by: who(visit, &found.by),
        })
    };
    page.corrections.iter().filter_map(view).collect()
}

fn series(page: &PlacePage) -> Vec<SeriesView> {
    let row = |(row, lines): (&RowOut, &[BasisLine; 3])| {
        let value = |line: &BasisLine| {
            line.ytd.map_or_else(|| "—".to_owned(), |amount| wan(amount, row.currency))
        };
        SeriesView {
            code: row.code.clone(),
            name: row.name.clone(),
            values: lines.iter().map(value).collect(),
        }
    };
    page.form.rows.iter().zip(&page.series).map(row).collect()
}

fn version(visit: &Visit, meta: &SheetMeta) -> (String, String, String) {
    let t = visit.t;
    let what = t.code("return-op", meta.sheet.state.code());
    (what, who(visit, &meta.by), meta.sheet.reason.clone().unwrap_or_default())
}

fn who(visit: &Visit, meta: &tici_ops::view_project::EntryMeta) -> String {
    let t = visit.t;
    let at = t.moment(meta.at, &visit.state.config.zone);
    t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &at)])
}
