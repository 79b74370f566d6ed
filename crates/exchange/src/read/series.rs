//! Checks across rows: one project twice in one period, cumulative figures that fall.

use super::columns::short;
use crate::map::{Field, Key, Map, fold_header};
use std::collections::{BTreeMap, HashMap};
use tici_domain::intake::{Intake, ProjectRow};
use tici_domain::measure::Accumulation;
use tici_domain::{Measure, Period, Problem};

/// What tells projects apart in this import; `None` for a row without it.
pub fn key(row: &ProjectRow, map: &Map) -> Option<String> {
    let code = row.code.as_ref().or(row.national_code.as_ref());
    let code = code.map(|at| format!("code {}", fold_header(&at.value)));
    let name = row.name.as_ref().map(|at| format!("name {}", fold_header(&at.value.text)));
    match map.key {
        Key::Auto => code.or(name),
        Key::Code => code,
        Key::Name => name,
    }
}

pub fn check(intake: &Intake, map: &Map) -> Vec<Problem> {
    let mut rows_of: HashMap<String, Vec<&ProjectRow>> = HashMap::with_capacity(intake.rows.len());
    for row in &intake.rows {
        if let Some(key) = key(row, map) {
            rows_of.entry(key).or_default().push(row);
        }
    }
    // A project that stands on one row is neither there twice nor falls.
    rows_of.retain(|_, rows| rows.len() > 1);
    if rows_of.is_empty() {
        return Vec::new();
    }
    let mut problems = duplicates(intake, map, &rows_of);
    problems.extend(falls(intake, map, rows_of));
    problems
}

/// The rows of each project that stands on several.
type RowsOf<'a> = HashMap<String, Vec<&'a ProjectRow>>;

fn place(intake: &Intake, row: &ProjectRow) -> String {
    let file = &intake.files[row.file].name;
    match row.sheet.as_str() {
        "" => format!("{file} {}", row.cell),
        sheet => format!("{file} {sheet} {}", row.cell),
    }
}

fn duplicates(intake: &Intake, map: &Map, rows_of: &RowsOf<'_>) -> Vec<Problem> {
    let mut first: HashMap<(String, Option<Period>), &ProjectRow> = HashMap::new();
    let mut problems = Vec::new();
    for row in &intake.rows {
        let Some(key) = key(row, map).filter(|key| rows_of.contains_key(key)) else { continue };
        match first.entry((key, row.period)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(row);
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let name = row.name.as_ref().map(|at| at.value.text.clone());
                let code = row.code.as_ref().map(|at| at.value.clone());
                let period = row.period.map(|period| period.to_string());
                let problem = Problem::error("project-twice")
                    .arg("project", name.or(code).unwrap_or_default())
                    .arg("period", period.unwrap_or_else(|| "-".into()))
                    .arg("first", place(intake, entry.get()))
                    .arg("second", place(intake, row));
                problems.push(problem.at(&intake.files[row.file].name, &row.sheet, &row.cell));
            }
        }
    }
    problems
}

/// One value of a series, and where it stands.
struct Point<'a> {
    period: Period,
    value: i64,
    cell: &'a str,
    row: &'a ProjectRow,
}

fn falls(intake: &Intake, map: &Map, rows_of: RowsOf<'_>) -> Vec<Problem> {
    let mut series: BTreeMap<(Measure, &str), Vec<Point<'_>>> = BTreeMap::new();
    for (key, rows) in &rows_of {
        for row in rows {
            let Some(period) = row.period else { continue };
            for (measure, at) in &row.figures {
                let watched = measure.spec().accumulation != Accumulation::Periodic;
                if let (true, Some(value)) = (watched, at.value.as_int()) {
                    let point = Point { period, value, cell: &at.cell, row };
                    series.entry((*measure, key.as_str())).or_default().push(point);
                }
            }
        }
    }
    let mut problems = Vec::new();
    let mut replanned: BTreeMap<Measure, (usize, Problem)> = BTreeMap::new();
    for ((measure, _), mut points) in series {
        points.sort_by_key(|point| point.period);
        for pair in points.windows(2) {
            let column = header_of(map, measure);
            if let Some(problem) = fall(intake, measure, &column, &pair[0], &pair[1]) {
                let stock = measure.spec().accumulation == Accumulation::Stock;
                if stock && measure != Measure::PROGRESS_PERCENT {
                    replanned.entry(measure).or_insert((0, problem)).0 += 1;
                } else {
                    problems.push(problem);
                }
            }
        }
    }
    // Budgets and head counts are changed now and then: one line for all of them.
    problems.extend(replanned.into_values().map(|(count, problem)| problem.arg("n", count)));
    problems
}

/// The header of the column a measure is read from, as the map has it.
fn header_of(map: &Map, measure: Measure) -> String {
    let column = map.columns.iter().find(|column| column.field == Field::Figure(measure));
    let header = column.and_then(|column| column.header.iter().chain(&column.contains).next());
    header.map_or_else(|| measure.code().to_string(), |header| short(header))
}

fn fall(
    intake: &Intake,
    measure: Measure,
    column: &str,
    earlier: &Point<'_>,
    later: &Point<'_>,
) -> Option<Problem> {
    // A project twice in one period is told as such.
    if later.value >= earlier.value || later.period == earlier.period {
        return None;
    }
    let same_year = earlier.period.calendar_year() == later.period.calendar_year();
    let problem = match measure.spec().accumulation {
        Accumulation::YearToDate if same_year => Problem::error("year-to-date-falls"),
        Accumulation::YearToDate | Accumulation::Periodic => return None,
        Accumulation::SinceStart => Problem::warning("since-start-falls"),
        Accumulation::Stock if measure == Measure::PROGRESS_PERCENT => {
            Problem::warning("progress-falls")
        }
        Accumulation::Stock => Problem::warning("stock-falls"),
    };
    let name = later.row.name.as_ref().map(|at| at.value.text.clone()).unwrap_or_default();
    let raw = |point: &Point<'_>| {
        let found = point.row.figures.iter().find(|figure| figure.0 == measure);
        found.map(|figure| figure.1.raw.clone()).unwrap_or_default()
    };
    let problem = problem
        .arg("project", name)
        .arg("column", column)
        .arg("before", raw(earlier))
        .arg("before_period", earlier.period)
        .arg("after", raw(later))
        .arg("after_period", later.period)
        .arg("first", place(intake, earlier.row));
    Some(problem.at(&intake.files[later.row.file].name, &later.row.sheet, later.cell))
}
