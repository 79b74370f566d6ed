//! Events and grades changed by hand, as CSV.

use std::path::PathBuf;

use tici_domain::Problem;
use tici_engine::assess::run::{EventIn, Override};
use tici_engine::assess::score::Number;
use tici_ops::OpsError;

use super::read_units::Sheet;

/// Events with the period they are of; an empty one is every period.
pub fn events(
    path: Option<&PathBuf>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<(String, EventIn)>, OpsError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let sheet = Sheet::read(path)?;
    let columns = ["unit", "item", "matter", "points", "document"];
    let Some(columns) = needed(&sheet, columns, problems) else { return Ok(Vec::new()) };
    let period = sheet.at("period");
    let event = |(line, row): &(usize, Vec<String>)| {
        let [unit, item, matter, points, document] = columns.map(|at| row[at].clone());
        let points = Number::parse(&points);
        let (file, place) = (sheet.file.clone(), format!("{line}:1"));
        let period = period.map(|at| row[at].clone()).unwrap_or_default();
        (period, EventIn { unit, item, matter, points, document, file, place })
    };
    Ok(sheet.rows.iter().map(event).collect())
}

pub fn overrides(
    path: Option<&PathBuf>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Override>, OpsError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let sheet = Sheet::read(path)?;
    let Some(columns) = needed(&sheet, ["unit", "grade", "reason"], problems) else {
        return Ok(Vec::new());
    };
    let change = |(line, row): &(usize, Vec<String>)| {
        let [unit, grade, reason] = columns.map(|at| row[at].clone());
        Override { unit, grade, reason, file: sheet.file.clone(), place: format!("{line}:1") }
    };
    Ok(sheet.rows.iter().map(change).collect())
}

fn needed<const N: usize>(
    sheet: &Sheet,
    names: [&str; N],
    problems: &mut Vec<Problem>,
) -> Option<[usize; N]> {
    let found: Vec<usize> = names.iter().filter_map(|name| sheet.column(name, problems)).collect();
    found.try_into().ok()
}
