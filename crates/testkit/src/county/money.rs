//! A year's money by month, in whole 万元: every project's months add up to its own
//! figures, and the months of the listed projects to the cockpit's row.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::Stage;

use super::dice::Dice;
use super::plot::Plot;

/// Months of 2026 that have been reported.
pub(crate) const REPORTED: usize = 5;

/// Planned by the listed projects in each month of 2026, 万元: 1.6, 2.5, 6.7, … 亿元.
const PLAN_ROW: [i64; 12] = [
    16_000, 25_000, 67_000, 108_000, 154_200, 99_000, 77_000, 83_000, 89_000, 86_000, 85_000,
    73_100,
];
/// Done by them in each reported month: 1.2, 2.2, 6.2, 9.5, 13.2 亿元.
const DONE_ROW: [i64; REPORTED] = [12_000, 22_000, 62_000, 95_000, 131_918];

/// YX26-001 by month, planned and done.
const FIRST_PLAN: [i64; 12] =
    [5_500, 6_200, 9_400, 11_200, 11_800, 11_000, 8_600, 8_000, 7_400, 6_900, 6_300, 5_700];
const FIRST_DONE: [i64; REPORTED] = [4_100, 5_000, 8_200, 9_100, 9_818];

/// The money of one project by month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Planned for each month of 2026.
    pub plan: [i64; 12],
    /// Done in each reported month, by (year, month).
    pub done: BTreeMap<(i16, i8), i64>,
    /// Done before the ledger's first month.
    pub before: i64,
}

impl Flow {
    pub(crate) fn month(&self, year: i16, month: i8) -> i64 {
        self.done.get(&(year, month)).copied().unwrap_or(0)
    }

    /// From January of `year` to the end of `month`.
    pub(crate) fn year_to_date(&self, year: i16, month: i8) -> i64 {
        self.done.range((year, 1)..=(year, month)).map(|(_, done)| done).sum()
    }

    /// From the start to the end of `month`.
    pub(crate) fn since_start(&self, year: i16, month: i8) -> i64 {
        self.before + self.done.range(..=(year, month)).map(|(_, done)| done).sum::<i64>()
    }
}

/// Money of every project, in the order of `plots`.
pub(crate) fn flows(seed: u64, plots: &[Plot]) -> Vec<Flow> {
    let mut flows: Vec<Flow> = plots.iter().map(|_| Flow::default()).collect();
    let listed: Vec<usize> =
        (0..plots.len()).filter(|index| plots[*index].tier.is_some()).collect();
    let others: Vec<usize> =
        (0..plots.len()).filter(|index| plots[*index].tier.is_none()).collect();
    for group in [listed, others] {
        this_year(seed, plots, &group, &mut flows);
    }
    for (plot, flow) in plots.iter().zip(&mut flows) {
        earlier(seed, plot, flow);
    }
    flows
}

fn this_year(seed: u64, plots: &[Plot], group: &[usize], flows: &mut [Flow]) {
    let mut dice = Dice::new(seed, if group.contains(&0) { "listed" } else { "others" });
    let of = |value: fn(&Plot) -> i64| group.iter().map(|i| value(&plots[*i])).collect::<Vec<_>>();
    let fixed = group.iter().position(|index| plots[*index].code == "YX26-001");
    let (early, late) = PLAN_ROW.split_at(REPORTED);
    let (first_early, first_late) = FIRST_PLAN.split_at(REPORTED);
    let early = spread(&mut dice, &of(|p| p.due), early, fixed.map(|row| (row, first_early)));
    let rest = of(|plot| plot.plan - plot.due);
    let late = spread(&mut dice, &rest, late, fixed.map(|row| (row, first_late)));
    let done = of(|plot| plot.done);
    let done = spread(&mut dice, &done, &DONE_ROW, fixed.map(|row| (row, &FIRST_DONE[..])));
    for (row, index) in group.iter().enumerate() {
        let months = early[row].iter().chain(&late[row]);
        for (slot, month) in flows[*index].plan.iter_mut().zip(months) {
            *slot = *month;
        }
        for (month, amount) in done[row].iter().enumerate() {
            flows[*index].done.insert((2026, month as i8 + 1), *amount);
        }
    }
}

/// Rounds of proportional fitting; the columns are within rounding long before.
const FITTING_ROUNDS: usize = 60;

/// Spreads each of `rows` over months so that the months add up in proportion to `columns`
/// (exactly to it, but for rounding, when both have the same sum). `fixed` gives one row
/// its months.
fn spread(
    dice: &mut Dice,
    rows: &[i64],
    columns: &[i64],
    fixed: Option<(usize, &[i64])>,
) -> Vec<Vec<i64>> {
    let free = |row: usize| fixed.is_none_or(|(fixed, _)| fixed != row);
    let left = |month: usize| columns[month] - fixed.map_or(0, |(_, months)| months[month]);
    let mut cells: Vec<Vec<f64>> = rows
        .iter()
        .map(|_| (0..columns.len()).map(|m| (left(m) * dice.between(60, 140)) as f64).collect())
        .collect();
    for _ in 0..FITTING_ROUNDS {
        for month in 0..columns.len() {
            let sum: f64 = (0..rows.len()).filter(|row| free(*row)).map(|r| cells[r][month]).sum();
            for row in &mut cells {
                row[month] *= left(month) as f64 / sum.max(1.0);
            }
        }
        for (row, target) in cells.iter_mut().zip(rows) {
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|cell| *cell *= *target as f64 / sum.max(1e-9));
        }
    }
    let whole = cells.iter().zip(rows).map(|(row, target)| round_to(row, *target));
    let mut whole: Vec<Vec<i64>> = whole.collect();
    if let Some((row, months)) = fixed {
        whole[row] = months.to_vec();
    }
    whole
}

/// Rounds a row to whole numbers that add up to `target`, by rounding its running total.
fn round_to(row: &[f64], target: i64) -> Vec<i64> {
    let (mut running, mut given) = (0.0, 0);
    let mut out: Vec<i64> = row
        .iter()
        .map(|cell| {
            running += cell;
            let part = running.round() as i64 - given;
            given += part;
            part
        })
        .collect();
    if let Some(last) = out.last_mut() {
        *last += target - given;
    }
    out
}

/// The ledger's first month; money before it is one opening figure.
pub(crate) const FIRST_MONTH: (i16, i8) = (2024, 7);

/// What was done before 2026 by projects that had started by then.
fn earlier(seed: u64, plot: &Plot, flow: &mut Flow) {
    let Some(start) = plot.on(Stage::Started).filter(|start| start.year() < 2026) else { return };
    let mut dice = Dice::new(seed, &format!("earlier {}", plot.code));
    let share = match plot.stage {
        Stage::Started => 8,
        Stage::InProgress => dice.between(34, 58),
        Stage::Completed => dice.between(92, 97),
        _ => 100,
    };
    let mut spent = (plot.total * share / 100 - plot.done).max(0);
    if plot.code == "YX26-001" {
        spent = 120_600 - plot.done;
    }
    let months = months_between(start);
    let weights: Vec<i64> = months.iter().map(|_| dice.between(70, 130)).collect();
    let all: i64 = weights.iter().sum();
    let mut left = spent;
    for (index, month) in months.iter().enumerate() {
        let last = index + 1 == months.len();
        let amount = if last { left } else { spent * weights[index] / all };
        left -= amount;
        if *month < FIRST_MONTH {
            flow.before += amount;
        } else {
            flow.done.insert(*month, amount);
        }
    }
}

/// Months from the start's to December 2025.
fn months_between(start: Date) -> Vec<(i16, i8)> {
    let mut month = (start.year(), start.month());
    let mut months = Vec::new();
    while month < (2026, 1) {
        months.push(month);
        month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
    }
    months
}
