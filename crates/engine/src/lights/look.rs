//! From the ledger to what a light is decided from.

use rayon::prelude::*;
use tici_domain::period::Kind as PeriodKind;
use tici_domain::{Excuse, Measure, Period, Stage};

use super::{Against, Kind, LightContext, LightInput, LightRules, Lit, judge, judge_all};
use crate::facts::{Facts, FactsTable, Lens, done_ytd};
use crate::rule::StageStatus;
use crate::snapshot::{ClaimState, ProjectEntry, Snapshot};

/// The light of one project whose other facts are known.
pub(crate) fn light_of(
    snapshot: &Snapshot,
    lens: &Lens,
    entry: &ProjectEntry,
    facts: &Facts,
    context: &LightContext,
) -> Lit {
    let input = input_of(snapshot, lens, entry, facts);
    // Hardly any project has an excuse, and most ledgers have none.
    if snapshot.records.excuses.is_empty() {
        return judge(&lens.lights, &input, context, &[]);
    }
    let excuses: Vec<&Excuse> = snapshot.records.excuses_of(entry.project.id).collect();
    judge(&lens.lights, &input, context, &excuses)
}

/// What every rule says of a project, in the order of the rules.
pub fn lights_of(snapshot: &Snapshot, table: &FactsTable, project: i64) -> Vec<Lit> {
    let (entry, facts) = (snapshot.projects.get(project), table.get(project));
    let Some((entry, facts)) = entry.zip(facts) else { return Vec::new() };
    let input = input_of(snapshot, &table.lens, entry, facts);
    let excuses: Vec<&Excuse> = snapshot.records.excuses_of(project).collect();
    judge_all(&table.lens.lights, &input, table.light_context(), &excuses)
}

/// What the rules need to know of all projects together.
pub(crate) fn context_of(snapshot: &Snapshot, lens: &Lens) -> LightContext {
    if !lens.lights.needs_growth() {
        return LightContext::default();
    }
    let sums = |entry: &std::sync::Arc<ProjectEntry>| {
        let id = entry.project.id;
        let now = done_ytd(snapshot, lens.basis, lens.period, id)?;
        let before = done_ytd(snapshot, lens.basis, lens.period.year_before(), id)?;
        Some((i128::from(now), i128::from(before)))
    };
    // Whole numbers: the order of adding does not matter.
    let add = |a: (i128, i128), b: (i128, i128)| (a.0 + b.0, a.1 + b.1);
    let chunks = snapshot.projects.chunks().par_iter();
    let sum = chunks
        .map(|chunk| chunk.iter().flatten().filter_map(sums).fold((0, 0), add))
        .reduce(|| (0, 0), add);
    LightContext { growth: (sum.1 > 0).then_some(sum) }
}

fn input_of(snapshot: &Snapshot, lens: &Lens, entry: &ProjectEntry, facts: &Facts) -> LightInput {
    let rules = &*lens.lights;
    let id = entry.project.id;
    let start = entry.milestone(Stage::Started.code());
    let planned = start.and_then(|row| row.planned);
    let expected = start.and_then(|row| row.expected.or(row.planned));
    // The year's deadline binds the listed projects; any other has its own planned day.
    let deadline = lens.start_deadline.filter(|_| facts.tier.is_some()).or(planned);
    let late = expected.zip(deadline).map(|(expected, deadline)| (expected - deadline).get_days());
    let claims = || {
        entry
            .claims
            .iter()
            .filter(|state| counts(state, lens.stage_status) && state.claim.on <= lens.today)
    };
    let steps = claims()
        .filter(|state| state.claim.stage.has_started() && state.claim.stage != Stage::StatEntered);
    let year_before = || done_ytd(snapshot, lens.basis, lens.period.year_before(), id);
    LightInput {
        listed: facts.tier.is_some(),
        has_started: facts.has_started(),
        is_finished: facts.stage.is_some_and(|stage| stage >= Stage::Completed),
        total: facts.total,
        plan_year: facts.plan_year,
        done: facts.done_ytd.or_else(|| jan_feb(snapshot, lens, id)),
        due: facts.due_ytd,
        due_is_monthly: rules.needs_monthly_plans() && has_monthly_plan(snapshot, lens.period, id),
        start_days_late: late,
        start_planned: planned,
        started_on: steps.map(|state| state.claim.on).min(),
        is_entered: claims().any(|state| state.claim.stage == Stage::StatEntered),
        funds: if rules.needs_funds() { funds(snapshot, lens, id) } else { None },
        done_year_before: if rules.needs_growth() { year_before() } else { None },
        ..LightInput::blank(lens.period, lens.today)
    }
}

fn counts(state: &ClaimState, status: StageStatus) -> bool {
    match status {
        StageStatus::Claimed => state.stands(),
        StageStatus::Verified => state.is_verified(),
    }
}

/// February's cumulative figure, where it was reported for the two months together.
fn jan_feb(snapshot: &Snapshot, lens: &Lens, project: i64) -> Option<i64> {
    let year = lens.period.calendar_year();
    if !lens.lights.jan_feb_together || Some(lens.period) != Period::month(year, 2) {
        return None;
    }
    let figures = &snapshot.project_figures;
    let of = |measure| figures.get(project, measure, lens.basis, Period::jan_feb(year));
    let cell = of(Measure::INVEST_YTD).or_else(|| of(Measure::INVEST_MONTH));
    cell.map(|cell| cell.number)
}

fn has_monthly_plan(snapshot: &Snapshot, period: Period, project: i64) -> bool {
    let year = period.calendar_year();
    let is_month =
        |period: Period| period.kind() == PeriodKind::Month && period.calendar_year() == year;
    snapshot.plans_of(project).any(|cell| is_month(cell.period))
}

/// Funds due and paid up to the month, as last reported in its year.
fn funds(snapshot: &Snapshot, lens: &Lens, project: i64) -> Option<(i64, i64)> {
    let latest = |measure| {
        let cell = snapshot.project_figures.latest(project, measure, lens.basis, lens.period)?;
        let is_of_year = cell.period.calendar_year() == lens.period.calendar_year();
        is_of_year.then_some(cell.number)
    };
    Some((latest(Measure::PAYABLE_YTD)?, latest(Measure::PAID_YTD).unwrap_or(0)))
}

impl LightRules {
    /// Whether any rule tells monthly plans from a share of the annual one.
    fn needs_monthly_plans(&self) -> bool {
        let is_one = |kind| matches!(kind, Kind::Behind(Against::Plan | Against::PlanElseTime));
        self.rules.iter().any(|rule| is_one(rule.kind))
    }
}
