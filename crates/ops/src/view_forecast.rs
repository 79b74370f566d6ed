//! Reads what the ledger forecasts: for its deadline and promises, for each project, for the
//! year's money, and how well earlier forecasts did.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Commitment, Name, Period, Stage};
use tici_engine::cockpit::{Cohort, cockpit};
use tici_engine::forecast::outlook::{
    Aim, AimForecast, Chance, JudgedCase, Next, Outlook, Reason, StageForecast, Track, Worth,
    YearFan, aim_forecast, cases, cleared_by, judge, promise_forecast, track, year_fan,
};
use tici_engine::promise::standing;
use tici_engine::{Facts, FactsTable, Filter, Lens, Snapshot};

use crate::as_of::AsOf;
use crate::forecast_ledger::{Lesson, learn, lesson};
use crate::lens::{LensQuery, lens};
use crate::rewind_snapshot::rewind;
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::{Action, Desk, OpsError, Session};

/// Past month ends at which forecasts are made again to see how they did.
const MOMENTS_MAX: usize = 12;

/// Projects of a ledger whose past forecasts a page makes again. For a larger one the command
/// does: it takes a minute.
pub const TRACK_PROJECTS_MAX: usize = 5_000;

/// What the first page shows of a forecast.
#[derive(Clone, Debug)]
pub struct CohortForecast {
    pub aim: AimForecast,
    /// Likeliest to miss first, as many as were asked for.
    pub chances: Vec<ChanceRow>,
    /// Open projects that have things of each kind in the way; the last kind is the rest.
    pub blocked: Vec<(Option<Name>, usize)>,
    pub worth: Vec<(Option<Name>, Worth)>,
}

/// A project that has still to make it.
#[derive(Clone, Debug)]
pub struct ChanceRow {
    pub row: LedgerRow,
    pub chance: Chance,
    pub reasons: Vec<Reason>,
    /// Titles of what stands in its way.
    pub blockers: Vec<Name>,
    /// As last reported in words.
    pub issue: Option<String>,
}

/// How much a lesson was learnt from.
#[derive(Clone, Debug, Serialize)]
pub struct Learnt {
    pub steps: usize,
    pub events: usize,
    pub until: Date,
    pub source: String,
}

impl Learnt {
    pub fn of(lesson: &Lesson) -> Learnt {
        let (steps, events) = lesson.learned.model.learnt_from();
        Learnt { steps, events, until: lesson.until, source: lesson.learned.rules.source.clone() }
    }
}

/// Forecasts the year's listed projects against their deadline; none without one, after it,
/// or when all have started.
pub(crate) fn cohort_forecast(
    outlook: &Outlook<'_>,
    (snapshot, table): (&Snapshot, &FactsTable),
    cohort: &Cohort,
    rows: usize,
) -> Option<CohortForecast> {
    let due = cohort.deadline.filter(|due| *due >= table.lens.today)?;
    let units = cohort.tiers.iter().flat_map(|(_, units)| units);
    let open: Vec<i64> = units.filter(|unit| !unit.started).map(|unit| unit.project).collect();
    if open.is_empty() {
        return None;
    }
    let aim = aim_forecast(
        outlook,
        &Aim {
            stage: Stage::Started,
            due,
            cohort: cohort.projects,
            done_in_time: cohort.started,
            open: &open,
        },
    );
    Some(told(outlook, (snapshot, table), aim, Stage::Started, rows))
}

/// An aim with the names its page needs.
fn told(
    outlook: &Outlook<'_>,
    (snapshot, table): (&Snapshot, &FactsTable),
    aim: AimForecast,
    stage: Stage,
    rows: usize,
) -> CohortForecast {
    let kinds = &outlook.learned.rules.blockers;
    let kind = |index: usize| kinds.get(index).map(|kind| kind.title.clone());
    let missing: Vec<i64> =
        aim.chances.iter().filter(|one| one.p < 0.5).map(|one| one.project).collect();
    let blocked = outlook.blocker_kinds(&missing).into_iter();
    let row = |chance: &Chance| {
        let facts = table.get(chance.project)?;
        Some(chance_row(outlook, (snapshot, table), facts, stage, chance.clone()))
    };
    CohortForecast {
        blocked: blocked.map(|(index, of)| (kind(index), of.len())).collect(),
        worth: aim.worth.iter().map(|worth| (kind(worth.kind), worth.clone())).collect(),
        chances: aim.chances.iter().take(rows).filter_map(row).collect(),
        aim,
    }
}

fn chance_row(
    outlook: &Outlook<'_>,
    (snapshot, table): (&Snapshot, &FactsTable),
    facts: &Facts,
    stage: Stage,
    chance: Chance,
) -> ChanceRow {
    let things = outlook.in_the_way(facts.project);
    let month = Period::month_of(table.lens.today);
    let issue = snapshot.project_figures.latest(
        facts.project,
        tici_domain::Measure::ISSUE_TEXT,
        table.lens.basis,
        month,
    );
    ChanceRow {
        row: ledger_row(snapshot, facts),
        reasons: outlook.reasons(facts, stage),
        blockers: things.into_iter().map(|task| task.title.clone()).collect(),
        issue: issue.and_then(|cell| cell.text.map(str::to_owned)),
        chance,
    }
}

/// The forecast of one project: its stages ahead, and why the next one.
#[derive(Clone, Debug)]
pub struct ProjectForecast {
    pub path: Vec<StageForecast>,
    pub next: Option<StageForecast>,
    pub reasons: Vec<Reason>,
    /// Probability of the next stage by the region's deadline, where it is a start.
    pub by_deadline: Option<(Date, f64)>,
    pub learnt: Learnt,
}

pub(crate) fn project_forecast(
    desk: &Desk,
    snapshot: &Snapshot,
    table: &FactsTable,
    facts: &Facts,
) -> Result<ProjectForecast, OpsError> {
    let lesson = lesson(desk, &table.lens)?;
    let outlook = Outlook::new(snapshot, table, &lesson.learned);
    let next = outlook.next_of(facts);
    let deadline = table.lens.start_deadline.filter(|_| facts.tier.is_some());
    let start = next.as_ref().filter(|next| next.stage == Stage::Started);
    Ok(ProjectForecast {
        path: outlook.path(facts),
        reasons: next.as_ref().map_or_else(Vec::new, |one| outlook.reasons(facts, one.stage)),
        by_deadline: deadline.zip(start).map(|(day, start)| (day, start.curve.by(day))),
        next,
        learnt: Learnt::of(&lesson),
    })
}

/// What a meeting is told of a project that has to start.
#[derive(Clone, Debug)]
pub struct ItemForecast {
    pub due: Option<Date>,
    pub start: StageForecast,
    /// Probability of the deadline as things stand.
    pub p: Option<f64>,
    /// The same if this meeting's decisions are kept; none when there are none that clear
    /// anything.
    pub p_decided: Option<f64>,
    /// The same if nothing stood in the way from today on; none when nothing does.
    pub p_clear: Option<f64>,
    pub reasons: Vec<Reason>,
}

/// Forecasts the start of a meeting's project; none when it has started or will not.
pub(crate) fn item_forecast(
    outlook: &Outlook<'_>,
    facts: &Facts,
    due: Option<Date>,
    decisions: &[(&Name, Option<Date>)],
) -> Option<ItemForecast> {
    let start = outlook.stage(facts, Stage::Started, &[])?;
    let things = outlook.in_the_way(facts.project);
    let by = |cleared: &[(i64, Date)]| {
        let stage = outlook.stage(facts, Stage::Started, cleared)?;
        due.map(|due| stage.curve.by(due))
    };
    let decided = cleared_by(&outlook.learned.rules, &things, decisions);
    let all: Vec<(i64, Date)> = things.iter().map(|task| (task.series, outlook.today())).collect();
    Some(ItemForecast {
        p: due.map(|due| start.curve.by(due)),
        p_decided: if decided.is_empty() { None } else { by(&decided) },
        p_clear: if all.is_empty() { None } else { by(&all) },
        reasons: outlook.reasons(facts, Stage::Started),
        due,
        start,
    })
}

/// Everything the page of forecasts shows.
#[derive(Clone, Debug)]
pub struct ForecastPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub learnt: Learnt,
    /// The listed projects against their deadline.
    pub deadline: Option<CohortForecast>,
    pub promises: Vec<(Commitment, CohortForecast)>,
    /// The next stage of every live project, likeliest to miss its own day first.
    pub next: Vec<(LedgerRow, Next)>,
    /// The year's money of the listed projects.
    pub money: Option<YearFan>,
    /// How earlier forecasts did; none where the ledger is too young, or too large.
    pub track: Option<Track>,
    pub is_large: bool,
}

/// What a page of forecasts was made for: entries, lens, the account's place.
pub(crate) type ForecastKey = (i64, Lens, Option<i64>);

/// Rows of the promise's and the project's lists at most.
const ROWS_MAX: usize = 60;

/// Next stages listed, likeliest to miss first.
const NEXT_MAX: usize = 30;

/// Reads the page of forecasts within the account's places. It is kept until the next write.
pub fn view_forecast(
    desk: &Desk,
    session: &Session,
    query: LensQuery,
    today: Date,
) -> Result<Arc<ForecastPage>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let key = (snapshot.seq, lens.clone(), session.actor.place);
    desk.forecasts.get_or_make(key, || make(desk, session, snapshot, lens))
}

fn make(
    desk: &Desk,
    session: &Session,
    snapshot: Arc<Snapshot>,
    lens: Lens,
) -> Result<ForecastPage, OpsError> {
    let table = desk.facts(&snapshot, &lens);
    let lesson = lesson(desk, &lens)?;
    let outlook = Outlook::new(&snapshot, &table, &lesson.learned);
    let all = Filter { scope: session.actor.place, ..Filter::default() };
    let cohort = cockpit(&snapshot, &table, &all).cohort;
    let both = (&*snapshot, &*table);
    let facts: Vec<&Facts> =
        all.apply(&snapshot, &table).into_iter().map(|index| &table.rows[index]).collect();
    let listed: Vec<&Facts> = facts.iter().copied().filter(|facts| facts.tier.is_some()).collect();
    let mut next = outlook.next(&facts);
    next.sort_by(|a, b| {
        let miss = |one: &Next| one.by_own_day.unwrap_or(1.0);
        miss(a).total_cmp(&miss(b)).then(a.project.cmp(&b.project))
    });
    let is_large = table.rows.len() > TRACK_PROJECTS_MAX;
    let row = |one: Next| Some((ledger_row(&snapshot, table.get(one.project)?), one));
    Ok(ForecastPage {
        deadline: cohort_forecast(&outlook, both, &cohort, ROWS_MAX),
        promises: promises(session, &outlook, both),
        next: next.into_iter().take(NEXT_MAX).filter_map(row).collect(),
        money: year_fan(&outlook, &listed),
        track: if is_large { None } else { past(desk, &snapshot, &table)? },
        learnt: Learnt::of(&lesson),
        is_large,
        lens,
        snapshot,
    })
}

/// Open promises of the account's places, with what is to be expected of them.
fn promises(
    session: &Session,
    outlook: &Outlook<'_>,
    (snapshot, table): (&Snapshot, &FactsTable),
) -> Vec<(Commitment, CohortForecast)> {
    let today = table.lens.today;
    let rows = snapshot.records.commitments.values().map(|kept| &kept.row);
    let open = rows.filter(|row| !row.withdrawn && row.due >= today);
    let seen = open.filter(|row| row.place.is_none() || session.covers(snapshot, row.place));
    let forecast = |row: &Commitment| {
        let standing = standing(snapshot, table, row, None);
        let aim = promise_forecast(outlook, row, &standing)?;
        let stage = row.stage.unwrap_or(Stage::Started);
        Some((row.clone(), told(outlook, (snapshot, table), aim, stage, ROWS_MAX)))
    };
    seen.filter_map(forecast).collect()
}

/// The forecast of one promise; none when it is over, or of no stage.
pub(crate) fn forecast_of_promise(
    desk: &Desk,
    session: &Session,
    (snapshot, table): (&Snapshot, &FactsTable),
    promise: &Commitment,
) -> Result<Option<CohortForecast>, OpsError> {
    if promise.due < table.lens.today || promise.withdrawn {
        return Ok(None);
    }
    let lesson = lesson(desk, &table.lens)?;
    let outlook = Outlook::new(snapshot, table, &lesson.learned);
    let standing = standing(snapshot, table, promise, None);
    let Some(aim) = promise_forecast(&outlook, promise, &standing) else { return Ok(None) };
    let stage = promise.stage.unwrap_or(Stage::Started);
    let mut told = told(&outlook, (snapshot, table), aim, stage, ROWS_MAX);
    told.chances.retain(|one| session.covers(snapshot, one.row.facts.place));
    Ok(Some(told))
}

/// Makes the forecasts of past month ends again, each with what the ledger knew then, and
/// judges them by what it knows now.
pub fn judged(
    desk: &Desk,
    snapshot: &Snapshot,
    table: &FactsTable,
) -> Result<Vec<JudgedCase>, OpsError> {
    let mut found = Vec::new();
    let mut day = Period::month_of(table.lens.today).previous().last_day();
    for _ in 0..MOMENTS_MAX {
        let end = AsOf::end_of(day).entries(desk)?.min(snapshot.seq);
        if end == 0 {
            break;
        }
        let then = rewind(&desk.store, snapshot, end)?;
        let query = LensQuery { basis: Some(table.lens.basis), ..LensQuery::default() };
        let lens = lens(&then, query, day);
        let facts = FactsTable::new(&then, &lens);
        let lesson = learn(&desk.store, &then, &facts)?;
        let made = cases(&Outlook::new(&then, &facts, &lesson.learned));
        found.extend(judge(made, snapshot, table));
        day = Period::month_of(day).previous().last_day();
    }
    Ok(found)
}

fn past(desk: &Desk, snapshot: &Snapshot, table: &FactsTable) -> Result<Option<Track>, OpsError> {
    Ok(track(&judged(desk, snapshot, table)?))
}
