//! The figures of the first page: the cohort against its deadline, the year's money by
//! month, the stages, and who has reported. Made from facts, never from SQL.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use tici_domain::period::Kind;
use tici_domain::{Light, ListTier, Measure, Period, Stage};

use crate::facts::{Facts, FactsTable, Lens};
use crate::filter::{Filter, ROWS_TOGETHER_MIN};
use crate::reporters::{Reporting, reporting};
use crate::snapshot::{ClaimState, Snapshot};

/// What the first page counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cockpit {
    pub cohort: Cohort,
    pub months: Vec<Month>,
    pub stages: Vec<StageLine>,
    /// Who has reported for the lens's period.
    pub reporting: Reporting,
}

/// The year's listed projects against the day by which they must have started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    pub deadline: Option<Date>,
    /// Projects by tier: started first, then by how late their start is expected.
    pub tiers: Vec<(ListTier, Vec<Unit>)>,
    pub projects: usize,
    pub started: usize,
    /// Not started, expected by the deadline.
    pub expected_in_time: usize,
    /// Not started, expected after the deadline.
    pub expected_late: usize,
    /// Not started, and nobody has said when.
    pub without_date: usize,
    /// Started by the same weekday a week before the lens's day.
    pub started_week_ago: usize,
}

/// One project of the cohort, as one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub project: i64,
    pub started: bool,
    pub light: Light,
    pub expected: Option<Date>,
    /// Days after the deadline; negative is before it.
    pub days_late: Option<i32>,
}

/// One month of the cohort's money, stored units of the ledger's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    pub period: Period,
    pub plan: i128,
    /// `None` for months after the lens's period.
    pub done: Option<i128>,
}

/// One step of the staircase over all live projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageLine {
    pub stage: Stage,
    pub projects: usize,
    pub total: i128,
    /// Median days since the stage was reached.
    pub dwell_days_median: Option<i32>,
    /// Reached this stage in the lens's current month.
    pub entered: usize,
    /// Left this stage for a higher one in the current month.
    pub left: usize,
}

/// Counts the first page for what `filter` lets through.
pub fn cockpit(snapshot: &Snapshot, table: &FactsTable, filter: &Filter) -> Cockpit {
    let all = filter.apply(snapshot, table);
    let listed: Vec<usize> =
        all.iter().copied().filter(|index| table.rows[*index].tier.is_some()).collect();
    Cockpit {
        cohort: cohort(snapshot, table, &listed),
        months: months(snapshot, table, &listed),
        stages: stages(snapshot, table, &all),
        reporting: reporting(snapshot, table.lens.period, |place| {
            filter.scope.is_none_or(|root| snapshot.place_within(place, root))
        }),
    }
}

fn cohort(snapshot: &Snapshot, table: &FactsTable, listed: &[usize]) -> Cohort {
    let deadline = table.lens.start_deadline;
    let mut tiers = BTreeMap::<ListTier, Vec<Unit>>::new();
    let mut out = Cohort { deadline, projects: listed.len(), ..Cohort::default() };
    let week_ago = table.lens.today - jiff::Span::new().days(7);
    let look = |index: &usize| {
        let facts = &table.rows[*index];
        let was = facts.has_started() && started_on(snapshot, facts).is_some_and(|d| d <= week_ago);
        (facts, unit(snapshot, facts, deadline), was)
    };
    let looked: Vec<_> = listed.par_iter().with_min_len(ROWS_TOGETHER_MIN).map(look).collect();
    for (facts, unit, was) in looked {
        match unit.days_late {
            _ if unit.started => out.started += 1,
            Some(days) if days > 0 => out.expected_late += 1,
            Some(_) => out.expected_in_time += 1,
            None => out.without_date += 1,
        }
        out.started_week_ago += usize::from(was);
        if let Some(tier) = facts.tier {
            tiers.entry(tier).or_default().push(unit);
        }
    }
    for units in tiers.values_mut() {
        units.sort_by_key(|unit| (!unit.started, unit.days_late, unit.project));
    }
    out.tiers = tiers.into_iter().collect();
    out
}

fn unit(snapshot: &Snapshot, facts: &Facts, deadline: Option<Date>) -> Unit {
    let entry = snapshot.projects.get(facts.project);
    let start = entry.and_then(|entry| entry.milestone(Stage::Started.code()));
    let expected = start.and_then(|row| row.expected.or(row.planned));
    let days_late = match (expected, deadline) {
        (Some(expected), Some(deadline)) => Some((expected - deadline).get_days()),
        _ => None,
    };
    Unit {
        project: facts.project,
        started: facts.has_started(),
        light: facts.light,
        expected,
        days_late,
    }
}

fn started_on(snapshot: &Snapshot, facts: &Facts) -> Option<Date> {
    let entry = snapshot.projects.get(facts.project)?;
    let at_least_started =
        entry.claims.iter().filter(|state| state.stands() && state.claim.stage.has_started());
    at_least_started
        .filter(|state| state.claim.stage != Stage::StatEntered)
        .map(|state| state.claim.on)
        .min()
}

/// Monthly plan and actual of the cohort, January to December of the lens's year.
fn months(snapshot: &Snapshot, table: &FactsTable, listed: &[usize]) -> Vec<Month> {
    let lens = &table.lens;
    let none = || [(0_i128, 0_i128); 12];
    let add = |mut sums: MonthSums, index: &usize| {
        add_months(snapshot, lens, table.rows[*index].project, &mut sums);
        sums
    };
    // Whole numbers add up to the same in whichever order.
    let together = |mut sums: MonthSums, others: MonthSums| {
        for (sum, other) in sums.iter_mut().zip(others) {
            *sum = (sum.0 + other.0, sum.1 + other.1);
        }
        sums
    };
    let rows = listed.par_iter().with_min_len(ROWS_TOGETHER_MIN);
    let sums = rows.fold(none, add).reduce(none, together);
    let year = lens.period.calendar_year();
    let periods = (1..=12).filter_map(|index| Period::month(year, index));
    let month = |(period, (plan, done)): (Period, (i128, i128))| Month {
        period,
        plan,
        done: (period <= lens.period).then_some(done),
    };
    periods.zip(sums).map(month).collect()
}

/// Planned and done in each month of a year.
type MonthSums = [(i128, i128); 12];

/// Adds the months of one project. Done is how much the cumulative figure rose in the
/// month, so that the months of a year add up to it; the month's own figure where no
/// cumulative one is kept. A project that first reports in mid-year brings what it did
/// before with its first month.
fn add_months(snapshot: &Snapshot, lens: &Lens, project: i64, sums: &mut MonthSums) {
    let (year, figures) = (lens.period.calendar_year(), &snapshot.project_figures);
    let month =
        |period: Period| (period.kind() == Kind::Month).then(|| usize::from(period.index()) - 1);
    for cell in snapshot.plans_of_year(project, year) {
        if let Some(month) = month(cell.period) {
            sums[month].0 += i128::from(cell.number);
        }
    }
    let mut done = [None; 12];
    for cell in figures.of_year(project, Measure::INVEST_MONTH, lens.basis, year) {
        if let Some(month) = month(cell.period) {
            done[month] = Some(cell.number);
        }
    }
    let so_far: Vec<_> = figures.of_year(project, Measure::INVEST_YTD, lens.basis, year).collect();
    for (index, cell) in so_far.iter().enumerate() {
        let Some(month) = month(cell.period) else { continue };
        let until = cell.period.previous();
        let before = so_far[..index].iter().rev().find(|before| before.period <= until);
        done[month] = Some(cell.number - before.map_or(0, |cell| cell.number));
    }
    for (sum, done) in sums.iter_mut().zip(done) {
        sum.1 += i128::from(done.unwrap_or(0));
    }
}

fn stages(snapshot: &Snapshot, table: &FactsTable, all: &[usize]) -> Vec<StageLine> {
    let rows = all.par_chunks(ROWS_TOGETHER_MIN);
    let counted: Vec<_> = rows.map(|rows| count_stages(snapshot, table, rows)).collect();
    let mut lines: Vec<StageLine> = Stage::STAIRS.into_iter().map(stage_line).collect();
    let mut dwell = vec![Vec::new(); lines.len()];
    for (some, days) in counted {
        for (index, (line, other)) in lines.iter_mut().zip(some).enumerate() {
            line.projects += other.projects;
            line.total += other.total;
            line.entered += other.entered;
            line.left += other.left;
            dwell[index].extend_from_slice(&days[index]);
        }
    }
    for (line, mut days) in lines.iter_mut().zip(dwell) {
        days.sort_unstable();
        line.dwell_days_median = days.get(days.len() / 2).copied();
    }
    lines
}

/// The steps of some projects, and on each how many days they have stood there.
fn count_stages(
    snapshot: &Snapshot,
    table: &FactsTable,
    rows: &[usize],
) -> (Vec<StageLine>, Vec<Vec<i32>>) {
    let today = table.lens.today;
    let mut lines: Vec<StageLine> = Stage::STAIRS.into_iter().map(stage_line).collect();
    let mut dwell = vec![Vec::new(); lines.len()];
    for facts in rows.iter().map(|index| &table.rows[*index]) {
        let Some(stage) = facts.stage else { continue };
        if let Some(index) = lines.iter().position(|line| line.stage == stage) {
            lines[index].projects += 1;
            lines[index].total += i128::from(facts.total.unwrap_or(0));
            dwell[index].extend(facts.stage_since.map(|since| (today - since).get_days()));
        }
        count_moves(snapshot, facts, today, &mut lines);
    }
    (lines, dwell)
}

fn stage_line(stage: Stage) -> StageLine {
    let (projects, total, entered, left) = (0, 0, 0, 0);
    StageLine { stage, projects, total, dwell_days_median: None, entered, left }
}

/// Counts the steps a project took in `today`'s month: into each step reached, and out of
/// the step below it.
fn count_moves(snapshot: &Snapshot, facts: &Facts, today: Date, lines: &mut [StageLine]) {
    let Some(entry) = snapshot.projects.get(facts.project) else { return };
    let is_now = |on: Date| on.year() == today.year() && on.month() == today.month() && on <= today;
    if !entry.claims.iter().any(|state| is_now(state.claim.on)) {
        return;
    }
    let steps: Vec<&ClaimState> = entry
        .claims
        .iter()
        .filter(|state| Stage::STAIRS.contains(&state.claim.stage) && state.stands())
        .filter(|state| facts.stage.is_some_and(|stage| state.claim.stage <= stage))
        .collect();
    for (index, state) in steps.iter().enumerate() {
        if !is_now(state.claim.on) {
            continue;
        }
        let mut bump = |stage, entered: bool| {
            if let Some(line) = lines.iter_mut().find(|line| line.stage == stage) {
                if entered { line.entered += 1 } else { line.left += 1 }
            }
        };
        bump(state.claim.stage, true);
        if let Some(before) = index.checked_sub(1) {
            bump(steps[before].claim.stage, false);
        }
    }
}
