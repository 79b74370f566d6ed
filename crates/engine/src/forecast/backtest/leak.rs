//! Columns that tell the future: what only the latest report can know, repeated on every row.

use super::super::reference_class::sorted;

/// A project must have this many reports to show that a column never changes.
const REPORTS_MIN: usize = 3;
/// So many projects must agree before a column is called leaking.
const PROJECTS_MIN: usize = 20;
/// Rank correlation with what changed later, from which on it cannot be chance.
const CORRELATION_MIN: f64 = 0.8;
/// Share of projects in which it is the sum of another column's changes.
const SUMS_MIN: f64 = 0.9;

/// The columns of numbers as `column[row]`, and rows of each project from first to last.
pub struct Numbers<'a> {
    pub columns: &'a [Vec<Option<f64>>],
    pub projects: &'a [Vec<usize>],
}

/// Whether column `at` leaks: it is the same on every report of each project, and follows what
/// changed from the first report to the last in one of the `later` columns, or adds up another
/// column over all reports.
pub fn leaks(numbers: &Numbers, at: usize, later: &[usize]) -> bool {
    let long: Vec<&[usize]> = numbers
        .projects
        .iter()
        .map(Vec::as_slice)
        .filter(|rows| rows.len() >= REPORTS_MIN && numbers.columns[at][rows[0]].is_some())
        .collect();
    let same = |rows: &&[usize]| {
        rows.iter().all(|row| numbers.columns[at][*row] == numbers.columns[at][rows[0]])
    };
    if long.len() < PROJECTS_MIN || !long.iter().all(same) {
        return false;
    }
    let adds_up = |other: usize| other != at && sums(numbers, at, other, &long);
    later.iter().any(|later| follows(numbers, at, *later, &long))
        || (0..numbers.columns.len()).any(adds_up)
}

fn follows(numbers: &Numbers, at: usize, later: usize, projects: &[&[usize]]) -> bool {
    let pair = |rows: &&[usize]| {
        let column = &numbers.columns[later];
        let mut known = rows.iter().filter_map(|row| column[*row]);
        let first = known.next()?;
        Some((numbers.columns[at][rows[0]]?, known.next_back()? - first))
    };
    let (here, change): (Vec<f64>, Vec<f64>) = projects.iter().filter_map(pair).unzip();
    here.len() >= PROJECTS_MIN && rank_correlation(&here, &change).abs() >= CORRELATION_MIN
}

fn sums(numbers: &Numbers, at: usize, other: usize, projects: &[&[usize]]) -> bool {
    let column = &numbers.columns[other];
    let mut moved = 0;
    let mut agree = 0;
    for rows in projects {
        let sum: f64 = rows.iter().filter_map(|row| column[*row]).sum();
        let total = numbers.columns[at][rows[0]].unwrap_or_default();
        if sum == 0.0 && total == 0.0 {
            continue;
        }
        moved += 1;
        agree += usize::from((sum - total).abs() <= 1.0 + 0.01 * total.abs());
    }
    moved >= PROJECTS_MIN && agree as f64 >= SUMS_MIN * moved as f64
}

/// Spearman's correlation; 0 where one side never changes.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let middle = (a.len() as f64 - 1.0) / 2.0;
    let dot = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum()
    };
    let size = (dot(&a, &a) * dot(&b, &b)).sqrt();
    if size > 0.0 { dot(&a, &b) / size } else { 0.0 }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let order = sorted(values.iter().copied());
    let rank = |value: &f64| {
        let below = order.partition_point(|other| other < value);
        let up_to = order.partition_point(|other| other <= value);
        (below + up_to - 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}
