//! Rows of sums against the rows they sum.

use super::grid::{Area, Grid};
use super::numbers;
use super::rows::{Body, RowRole};
use crate::sheet::CellValue;
use serde::Serialize;

/// A row of sums and how it fares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Total {
    pub row: usize,
    pub role: RowRole,
    /// Rows it says it sums, and rows found.
    pub stated: Option<usize>,
    pub found: usize,
    /// Columns whose numbers add up to it.
    pub agree: Vec<usize>,
    pub differ: Vec<Difference>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    pub column: usize,
    pub stated: f64,
    pub sum: f64,
}

/// The number a cell holds, also as a text.
pub fn number(value: &CellValue) -> Option<f64> {
    match value {
        CellValue::Number(number) => Some(*number),
        CellValue::Text(text) if text.len() <= 40 => {
            numbers::parse(text).filter(|number| number.unit.is_none()).map(|number| number.value)
        }
        _ => None,
    }
}

/// Checks every row of sums of a body that begins in row `from`. Columns for which `is_share`
/// holds are rates, which do not add up.
pub fn check(
    grid: &Grid<'_>,
    area: &Area,
    from: usize,
    body: &Body,
    is_share: &dyn Fn(usize) -> bool,
) -> Vec<Total> {
    let columns: Vec<usize> =
        area.columns().filter(|column| *column > body.key && !is_share(*column)).collect();
    let role = |row: usize| body.roles[row - from];
    let mut totals = Vec::new();
    for index in 0..body.roles.len() {
        let row = from + index;
        if !matches!(role(row), RowRole::Total | RowRole::Subtotal | RowRole::Group) {
            continue;
        }
        let own: Vec<(usize, f64)> = columns
            .iter()
            .filter_map(|column| Some((*column, number(&grid.cell(row, *column).value)?)))
            .collect();
        let mut scopes = scopes(body, from, row);
        let found = scopes.first().map_or(0, Vec::len);
        scopes.retain(|rows| !rows.is_empty());
        let best = scopes
            .iter()
            .map(|rows| compare(grid, &own, rows))
            .max_by_key(|(agree, differ)| (agree.len(), std::cmp::Reverse(differ.len())));
        let (agree, differ) = best.unwrap_or_default();
        let stated = body.stated.iter().find(|known| known.0 == row).map(|known| known.1);
        let of_group = body.groups.iter().find(|group| group.row == row);
        let stated = stated.or(of_group.and_then(|group| group.heading.count));
        if role(row) == RowRole::Group && own.is_empty() && stated.is_none() {
            continue;
        }
        totals.push(Total { row, role: role(row), stated, found, agree, differ });
    }
    totals
}

/// The rows a sum may be of, the likeliest first.
fn scopes(body: &Body, from: usize, row: usize) -> Vec<Vec<usize>> {
    let roles = &body.roles;
    let at = row - from;
    let data = |range: std::ops::Range<usize>| -> Vec<usize> {
        range.filter(|i| roles[*i] == RowRole::Data).map(|i| from + i).collect()
    };
    match roles[at] {
        RowRole::Group => {
            let level = |i: usize| body.groups.iter().find(|g| g.row == from + i).map(|g| g.level);
            let own = level(at).unwrap_or(1);
            let ends = |i: &usize| {
                roles[*i] == RowRole::Total || level(*i).is_some_and(|level| level <= own)
            };
            let end = (at + 1..roles.len()).find(ends).unwrap_or(roles.len());
            vec![data(at + 1..end)]
        }
        RowRole::Subtotal => {
            let begins = |i: &usize| {
                matches!(roles[*i], RowRole::Group | RowRole::Subtotal | RowRole::Total)
            };
            let begin = (0..at).rev().find(begins).map_or(0, |i| i + 1);
            let last_total =
                (0..at).rev().find(|i| roles[*i] == RowRole::Total).map_or(0, |i| i + 1);
            let all = data(begin..at);
            let nearest = (2..all.len().min(12)).map(|n| all[all.len() - n..].to_vec());
            let nearest: Vec<Vec<usize>> = nearest.collect();
            [vec![all, data(last_total..at)], nearest].concat()
        }
        _ => {
            let before = data(0..at);
            let after = data(at + 1..roles.len());
            let sums = |role: RowRole| -> Vec<usize> {
                (0..roles.len()).filter(|i| roles[*i] == role).map(|i| from + i).collect()
            };
            let outer: Vec<usize> = body
                .groups
                .iter()
                .filter(|group| group.level == 1)
                .map(|group| group.row)
                .collect();
            let mut scopes = if before.is_empty() { vec![after] } else { vec![before] };
            scopes.extend([sums(RowRole::Subtotal), outer]);
            scopes
        }
    }
}

fn compare(grid: &Grid<'_>, own: &[(usize, f64)], rows: &[usize]) -> (Vec<usize>, Vec<Difference>) {
    let (mut agree, mut differ) = (Vec::new(), Vec::new());
    for (column, stated) in own {
        let values = rows.iter().filter_map(|row| number(&grid.cell(*row, *column).value));
        let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
        if count == 0 {
            continue;
        }
        if (stated - sum).abs() <= tolerance(*stated, count) {
            agree.push(*column);
        } else {
            differ.push(Difference { column: *column, stated: *stated, sum });
        }
    }
    (agree, differ)
}

/// Cents that rounding may cost.
fn tolerance(stated: f64, count: usize) -> f64 {
    (stated.abs() * 1e-9).max(0.005 * count.min(100) as f64).max(0.01)
}

/// Rows that call themselves a total in words of their own (`Total Towns Fund CDEL`) are
/// sums when the rows above them add up to them in every column.
pub fn find_worded(grid: &Grid<'_>, area: &Area, from: usize, body: &mut Body) {
    for index in 1..body.roles.len() {
        let row = from + index;
        let words = grid.filled(row, area).into_iter().find(|c| grid.look(row, *c).is_words());
        let label = words.map(|column| grid.words(row, column).to_lowercase()).unwrap_or_default();
        let worded = label.starts_with("total ")
            || label.ends_with(" total")
            || label.starts_with("totals ");
        if body.roles[index] != RowRole::Data || !worded {
            continue;
        }
        let own: Vec<(usize, f64)> = area
            .columns()
            .filter_map(|column| Some((column, number(&grid.cell(row, column).value)?)))
            .collect();
        let adds_up = |first: &usize| {
            let rows: Vec<usize> = (*first..index)
                .filter(|i| body.roles[*i] == RowRole::Data)
                .map(|i| from + i)
                .collect();
            let (agree, differ) = compare(grid, &own, &rows);
            let weighty =
                agree.iter().any(|c| own.iter().any(|(column, v)| column == c && *v != 0.0));
            rows.len() >= 2 && weighty && agree.len() >= differ.len() * 4
        };
        let nearest = index.saturating_sub(60);
        if (nearest..index - 1).rev().any(|first| adds_up(&first)) {
            body.roles[index] = RowRole::Subtotal;
        }
    }
}
