//! The figures of the first page: the cohort against its deadline, the year's money by
//! month, the stages, and who has reported. Made from facts, never from SQL.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::{Light, ListTier, Measure, Period, Stage};

use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::snapshot::{ClaimState, Snapshot};

/// What the first page counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cockpit {
    pub cohort: Cohort,
    pub months: Vec<Month>,
    pub stages: Vec<StageLine>,
    pub reporting: Vec<PlaceReport>,
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

/// Whether a place has reported for the lens's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceReport {
    pub place: i64,
    /// Projects of the place that were to report.
    pub expected: usize,
    pub reported: usize,
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
        reporting: reporting(table, &all),
    }
}

fn cohort(snapshot: &Snapshot, table: &FactsTable, listed: &[usize]) -> Cohort {
    let deadline = table.lens.start_deadline;
    let mut tiers = BTreeMap::<ListTier, Vec<Unit>>::new();
    let mut out = Cohort { deadline, projects: listed.len(), ..Cohort::default() };
    for facts in listed.iter().map(|index| &table.rows[*index]) {
        let unit = unit(snapshot, facts, deadline);
        match unit.days_late {
            _ if unit.started => out.started += 1,
            Some(days) if days > 0 => out.expected_late += 1,
            Some(_) => out.expected_in_time += 1,
            None => out.without_date += 1,
        }
        let week_ago = table.lens.today - jiff::Span::new().days(7);
        let was = facts.has_started() && started_on(snapshot, facts).is_some_and(|d| d <= week_ago);
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
    let year = lens.period.calendar_year();
    let month = |period: Period| {
        let (mut plan, mut done) = (0_i128, 0_i128);
        for facts in listed.iter().map(|index| &table.rows[*index]) {
            let planned = snapshot.plan(facts.project, period);
            plan += planned.map_or(0, |cell| i128::from(cell.number));
            done += i128::from(month_done(snapshot, table, facts.project, period).unwrap_or(0));
        }
        Month { period, plan, done: (period <= lens.period).then_some(done) }
    };
    (1..=12).filter_map(|index| Period::month(year, index)).map(month).collect()
}

/// How much the cumulative figure rose in the month, so that the months of a year add up
/// to it; the month's own figure where no cumulative one is kept. A project that first
/// reports in mid-year brings what it did before with its first month.
fn month_done(
    snapshot: &Snapshot,
    table: &FactsTable,
    project: i64,
    period: Period,
) -> Option<i64> {
    let figures = &snapshot.project_figures;
    let basis = table.lens.basis;
    let Some(now) = figures.get(project, Measure::INVEST_YTD, basis, period) else {
        return figures.get(project, Measure::INVEST_MONTH, basis, period).map(|c| c.number);
    };
    let before = figures.latest(project, Measure::INVEST_YTD, basis, period.previous());
    let before = before.filter(|cell| cell.period.calendar_year() == period.calendar_year());
    Some(now.number - before.map_or(0, |cell| cell.number))
}

fn stages(snapshot: &Snapshot, table: &FactsTable, all: &[usize]) -> Vec<StageLine> {
    let today = table.lens.today;
    let mut dwell = BTreeMap::<Stage, Vec<i32>>::new();
    let mut lines: Vec<StageLine> = Stage::STAIRS.into_iter().map(stage_line).collect();
    for facts in all.iter().map(|index| &table.rows[*index]) {
        let Some(stage) = facts.stage else { continue };
        if let Some(line) = lines.iter_mut().find(|line| line.stage == stage) {
            line.projects += 1;
            line.total += i128::from(facts.total.unwrap_or(0));
        }
        if let Some(since) = facts.stage_since {
            dwell.entry(stage).or_default().push((today - since).get_days());
        }
        count_moves(snapshot, facts, today, &mut lines);
    }
    for line in &mut lines {
        let days = dwell.entry(line.stage).or_default();
        days.sort_unstable();
        line.dwell_days_median = days.get(days.len() / 2).copied();
    }
    lines
}

fn stage_line(stage: Stage) -> StageLine {
    let (projects, total, entered, left) = (0, 0, 0, 0);
    StageLine { stage, projects, total, dwell_days_median: None, entered, left }
}

/// Counts the steps a project took in `today`'s month: into each step reached, and out of
/// the step below it.
fn count_moves(snapshot: &Snapshot, facts: &Facts, today: Date, lines: &mut [StageLine]) {
    let Some(entry) = snapshot.projects.get(facts.project) else { return };
    let steps: Vec<&ClaimState> = entry
        .claims
        .iter()
        .filter(|state| Stage::STAIRS.contains(&state.claim.stage) && state.stands())
        .filter(|state| facts.stage.is_some_and(|stage| state.claim.stage <= stage))
        .collect();
    for (index, state) in steps.iter().enumerate() {
        let on = state.claim.on;
        if on.year() != today.year() || on.month() != today.month() || on > today {
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

fn reporting(table: &FactsTable, all: &[usize]) -> Vec<PlaceReport> {
    let mut places = BTreeMap::<i64, PlaceReport>::new();
    for facts in all.iter().map(|index| &table.rows[*index]) {
        let (Some(place), Some(_)) = (facts.place, facts.plan_year) else { continue };
        let report = places.entry(place).or_insert(PlaceReport { place, expected: 0, reported: 0 });
        report.expected += 1;
        report.reported += usize::from(facts.done_ytd.is_some());
    }
    places.into_values().collect()
}
