//! Reads the first page: the deadline, the year, the stages, and what changed.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Change, Measure, Subject, Table, TaskKind, TaskState, Value};
use tici_engine::cockpit::{Cockpit, cockpit};
use tici_engine::lights::{LightChange, changes as light_changes};
use tici_engine::totals::{Totals, totals};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};

use tici_store::EntryFilter;

use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ViewCounts, kept_view_counts, ledger_row};
use crate::view_lights::{lights_then, yesterday};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// How many late projects and how many changes the first page lists.
const LATE_ROWS_MAX: usize = 10;
const CHANGE_ROWS_MAX: usize = 6;
const LIGHT_ROWS_MAX: usize = 3;

/// Projects of a ledger whose lights of yesterday are read while the first page is made. A
/// larger one tells them on the page of lights, which reads the journal once a day.
const LIGHT_PROJECTS_MAX: usize = 5_000;

/// Entries looked at for changes; more than this in two days is an import, not news.
const RECENT_ENTRIES_MAX: i64 = 200;

/// Everything the first page shows.
#[derive(Clone, Debug)]
pub struct CockpitPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub cockpit: Cockpit,
    /// Totals of the listed projects, with their rule.
    pub listed: Totals,
    pub views: ViewCounts,
    /// Listed, not started, expected latest first.
    pub late: Vec<LateRow>,
    /// What the entries since yesterday changed, newest first.
    pub changes: Vec<ChangeRow>,
    pub changes_count: usize,
    /// Lights that changed since yesterday began, the worse ones first.
    pub lights: Vec<LightRow>,
    pub lights_count: usize,
}

/// A light that is not what it was.
#[derive(Clone, Debug)]
pub struct LightRow {
    pub project: LedgerRow,
    pub change: LightChange,
}

/// A listed project whose start is expected after the deadline.
#[derive(Clone, Debug)]
pub struct LateRow {
    pub row: LedgerRow,
    pub expected: Option<Date>,
    pub days_late: i32,
    /// What stands in the way, as last reported.
    pub blocker: Option<String>,
    /// The open tasks that stand in the way, which say it better where there are any.
    pub blockers: Vec<tici_domain::Name>,
}

/// One change worth reading.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub meta: EntryMeta,
    pub project: Option<LedgerRow>,
    pub what: ChangeKind,
}

/// What changed, from what to what.
#[derive(Clone, Debug)]
pub enum ChangeKind {
    Figure { measure: Measure, period: tici_domain::Period, old: Option<Value>, new: Value },
    Claimed { stage: tici_domain::Stage },
    Judged { stage: tici_domain::Stage, verdict: tici_domain::change::Verdict },
    Milestone { name: tici_domain::Name, old: Option<Date>, new: Option<Date> },
    Planned { period: tici_domain::Period, amount: i64 },
    Added,
}

/// What a first page or the counts of views were made for: entries, lens, the account's place.
pub(crate) type PlaceKey = (i64, Lens, Option<i64>);

/// Reads the first page. It is kept until the next write: every reader of an office sees
/// the same one.
pub fn view_cockpit(
    desk: &Desk,
    session: &Session,
    query: LensQuery,
    today: Date,
) -> Result<Arc<CockpitPage>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let key = (snapshot.seq, lens.clone(), session.actor.place);
    desk.cockpits.get_or_make(key, || make(desk, session, snapshot, lens))
}

fn make(
    desk: &Desk,
    session: &Session,
    snapshot: Arc<Snapshot>,
    lens: Lens,
) -> Result<CockpitPage, OpsError> {
    let table = desk.facts(&snapshot, &lens);
    let all = Filter { scope: session.actor.place, ..Filter::default() };
    let listed = Filter { listed: true, ..all.clone() };
    let cockpit = cockpit(&snapshot, &table, &all);
    let (changes, changes_count) = changes(desk, session, &snapshot, &lens)?;
    let lights = changed_lights(desk, session, &snapshot, &table)?;
    Ok(CockpitPage {
        late: late(&snapshot, &table, &cockpit),
        listed: totals(&snapshot, &table, &listed),
        views: *kept_view_counts(desk, &snapshot, &table, session),
        cockpit,
        changes,
        changes_count,
        lights_count: lights.len(),
        lights: lights.into_iter().take(LIGHT_ROWS_MAX).collect(),
        lens,
        snapshot,
    })
}

fn late(snapshot: &Snapshot, table: &tici_engine::FactsTable, cockpit: &Cockpit) -> Vec<LateRow> {
    let units = cockpit.cohort.tiers.iter().flat_map(|(_, units)| units);
    let mut late: Vec<_> = units
        .filter(|unit| !unit.started)
        .filter_map(|unit| Some((unit.days_late.filter(|days| *days > 0)?, unit)))
        .collect();
    late.sort_by_key(|(days, unit)| (-days, unit.project));
    let row = |(days_late, unit): (i32, &tici_engine::cockpit::Unit)| {
        let facts = table.get(unit.project)?;
        let blocker = snapshot.project_figures.latest(
            unit.project,
            Measure::ISSUE_TEXT,
            table.lens.basis,
            tici_domain::Period::month_of(table.lens.today),
        );
        Some(LateRow {
            row: ledger_row(snapshot, facts),
            expected: unit.expected,
            days_late,
            blocker: blocker.and_then(|cell| cell.text.map(str::to_owned)),
            blockers: blockers(snapshot, unit.project),
        })
    };
    late.into_iter().take(LATE_ROWS_MAX).filter_map(row).collect()
}

/// Titles of the open tasks that stand in a project's way.
fn blockers(snapshot: &Snapshot, project: i64) -> Vec<tici_domain::Name> {
    let tasks = snapshot.records.tasks_of(project).map(|kept| &kept.row);
    let open = tasks.filter(|task| task.kind == TaskKind::Blocker && task.state == TaskState::Open);
    open.map(|task| task.title.clone()).collect()
}

/// Lights of the account's projects that are not what they were when yesterday began.
fn changed_lights(
    desk: &Desk,
    session: &Session,
    snapshot: &Snapshot,
    table: &FactsTable,
) -> Result<Vec<LightRow>, OpsError> {
    let lens = &table.lens;
    if table.rows.len() > LIGHT_PROJECTS_MAX {
        return Ok(Vec::new());
    }
    let (period, basis) = (Some(lens.period), Some(lens.basis));
    let asked = LensQuery { period, basis, cohort: lens.cohort };
    let (rules, then) = lights_then(desk, asked, None, yesterday(desk, lens.today)?)?;
    let now: Vec<_> = table.rows.iter().map(|facts| (facts.project, facts.lit)).collect();
    let mut found = light_changes((&rules, &then), (&lens.lights, &now));
    found.sort_by_key(|change| (!change.is_worse(), change.project));
    let row = |change: LightChange| {
        let facts = table.get(change.project)?;
        // A project that is new has no light that changed.
        let is_known = change.from.is_some() && change.to.is_some();
        let is_seen = is_known && session.covers(snapshot, facts.place);
        is_seen.then(|| LightRow { project: ledger_row(snapshot, facts), change })
    };
    Ok(found.into_iter().filter_map(row).collect())
}

/// Changes of entries written since yesterday began.
fn changes(
    desk: &Desk,
    session: &Session,
    snapshot: &Snapshot,
    lens: &Lens,
) -> Result<(Vec<ChangeRow>, usize), OpsError> {
    let yesterday = lens.today.yesterday().unwrap_or(lens.today);
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let midnight = yesterday.to_datetime(jiff::civil::Time::midnight());
    let Ok(since) = zone.to_timestamp(midnight) else { return Ok((Vec::new(), 0)) };
    let metas = Metas { desk, snapshot };
    let table = desk.facts(snapshot, lens);
    let (mut rows, mut count) = (Vec::new(), 0);
    // Whoever looks back is not told of what was written since.
    let midnight = lens.today.tomorrow().map(|day| day.to_datetime(jiff::civil::Time::midnight()));
    let end = midnight.and_then(|midnight| zone.to_timestamp(midnight)).ok();
    let until = end.filter(|_| desk.looks_back());
    let recent = EntryFilter { from: Some(since), until, ..EntryFilter::default() };
    for header in desk.store.entry_list(&recent, 0, RECENT_ENTRIES_MAX)? {
        if !desk.knows(header.seq) {
            continue;
        }
        let entry = desk.store.entries(header.seq, header.seq + 1)?.pop();
        let meta = metas.meta_of(header);
        for change in entry.iter().flat_map(|entry| &entry.changes) {
            let Some((project, what)) = describe(desk, snapshot, change)? else { continue };
            let facts = table.get(project);
            if !facts.is_some_and(|facts| session.covers(snapshot, facts.place)) {
                continue;
            }
            count += 1;
            if rows.len() < CHANGE_ROWS_MAX {
                let project = facts.map(|facts| ledger_row(snapshot, facts));
                rows.push(ChangeRow { meta: meta.clone(), project, what });
            }
        }
    }
    Ok((rows, count))
}

/// What a change says about a project; `None` for what the first page leaves out.
fn describe(
    desk: &Desk,
    snapshot: &Snapshot,
    change: &Change,
) -> Result<Option<(i64, ChangeKind)>, OpsError> {
    Ok(match change {
        Change::Figure(figure) => {
            let Subject::Project(project) = figure.subject else { return Ok(None) };
            if figure.measure != Measure::INVEST_YTD {
                return Ok(None);
            }
            let old = match figure.replaces {
                Some(id) => match desk.store.row(Table::Figure, id)?.map(|dated| dated.row) {
                    Some(Change::Figure(old)) => Some(old.value),
                    _ => None,
                },
                None => None,
            };
            let new = figure.value.clone();
            let (measure, period) = (figure.measure, figure.period);
            Some((project, ChangeKind::Figure { measure, period, old, new }))
        }
        Change::StageClaim(claim) => {
            Some((claim.project, ChangeKind::Claimed { stage: claim.stage }))
        }
        Change::StageVerdict(row) => {
            let Some(project) = snapshot.projects.project_of_claim(row.claim) else {
                return Ok(None);
            };
            let entry = snapshot.projects.get(project);
            let claim = entry.and_then(|e| e.claims.iter().find(|s| s.claim.id == row.claim));
            claim.map(|state| {
                let stage = state.claim.stage;
                (project, ChangeKind::Judged { stage, verdict: row.verdict })
            })
        }
        Change::Milestone(row) => {
            let old = match row.replaces {
                Some(id) => match desk.store.row(Table::Milestone, id)?.map(|dated| dated.row) {
                    Some(Change::Milestone(old)) => old.expected.or(old.planned),
                    _ => None,
                },
                None => None,
            };
            let new = row.expected.or(row.planned);
            Some((row.project, ChangeKind::Milestone { name: row.name.clone(), old, new }))
        }
        Change::Plan(row) => {
            let (period, amount) = (row.period, row.amount);
            Some((row.project, ChangeKind::Planned { period, amount }))
        }
        Change::Project(row) => Some((row.id, ChangeKind::Added)),
        _ => None,
    })
}
