//! Reads one project: record, staircase, milestones, returns, and where each figure
//! comes from.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::{Attachment, Milestone, Plan};
use tici_domain::{Basis, Figure, FigureKey, Measure, Period, Source, Stage, Subject};
use tici_engine::snapshot::ClaimState;
use tici_engine::statement::words::Words;
use tici_engine::{FactsTable, Lens, Snapshot};

use crate::keep_packages::{PackageStep, once_notes, package_history};
use crate::keep_tasks::{TaskHistory, project_tasks};
use crate::lens::{LensQuery, lens};
use crate::view_journal::prove_entry;
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_scrutiny::{Scrutiny, scrutiny};
use crate::{Action, Desk, OpsError, Session};

/// Everything the project page shows.
#[derive(Clone, Debug)]
pub struct ProjectPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub row: LedgerRow,
    pub stairs: Vec<Stair>,
    /// Steps of works, without the stages; in the order of their planned days.
    pub nodes: Vec<Milestone>,
    /// Months of the lens's year, January first.
    pub months: Vec<MonthRow>,
    /// Cumulative money over the whole life, by month.
    pub curve: Vec<CurvePoint>,
    pub claims: Vec<ClaimView>,
    /// Every version of every plan of the lens's year, newest first.
    pub plans: Vec<(Plan, Option<EntryMeta>)>,
    /// Packages of this project, when it has any.
    pub packages: Vec<LedgerRow>,
    pub parent: Option<LedgerRow>,
    /// How it became a package or ceased to be one, newest first.
    pub package_steps: Vec<PackageStep>,
    /// What of its starts does not count by itself.
    pub once: Vec<Words>,
    /// Verdicts, earlier claims, statistical entry, stops and re-checks.
    pub scrutiny: Scrutiny,
    /// What stands in the way and was asked of somebody, with its history.
    pub tasks: Vec<TaskHistory>,
}

/// One step of the staircase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stair {
    pub stage: Stage,
    pub planned: Option<Date>,
    pub actual: Option<Date>,
    /// As the project's own people expect it.
    pub expected: Option<Date>,
    pub state: StairState,
    /// A claim of the step that waits for a verdict.
    pub pending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StairState {
    Reached,
    /// The step the project stands on; its progress is the row's.
    Current,
    Ahead,
}

/// One month of returns. `None` is not reported, which is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRow {
    pub period: Period,
    pub plan: Option<i64>,
    pub done: Option<i64>,
    pub due_ytd: Option<i64>,
    pub done_ytd: Option<i64>,
    pub progress_percent: Option<i64>,
    pub workers: Option<i64>,
    pub progress: Option<String>,
    pub issue: Option<String>,
    /// When the month's cumulative figure was reported, and by which entry.
    pub reported: Option<EntryMeta>,
    /// Whether a verified figure of the month stands beside the reported one.
    pub is_verified: bool,
}

/// One month of the life of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    pub period: Period,
    /// Cumulative since the project's start, stored units.
    pub planned: Option<i64>,
    pub done: Option<i64>,
}

/// A claim with its evidence.
#[derive(Clone, Debug)]
pub struct ClaimView {
    pub state: ClaimState,
    pub by: Option<EntryMeta>,
    pub judged: Option<EntryMeta>,
    pub evidence: Vec<Attachment>,
}

/// Who wrote something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryMeta {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: i64,
    /// The account's post.
    pub title: tici_domain::Name,
    pub op: String,
    pub source: Option<Source>,
}

/// One figure and all it replaced, newest first.
#[derive(Clone, Debug)]
pub struct Provenance {
    pub key: FigureKey,
    pub history: Vec<(Figure, EntryMeta)>,
    /// The verified figure of the same measure and period, when the asked one is reported.
    pub verified: Option<(Figure, EntryMeta)>,
    /// Who accepted the return that the figure belongs to, and when.
    pub accepted: Option<EntryMeta>,
    /// Id of the source file, when it is kept.
    pub attachment: Option<i64>,
    /// Root of the newest checkpoint, hex, and its size.
    pub root: String,
    pub tree_size: i64,
    /// The entry's leaf is in the tree of that root, and the root is signed.
    pub proof_holds: bool,
}

/// Reads a project's page.
pub fn view_project(
    desk: &Desk,
    session: &Session,
    project: i64,
    query: LensQuery,
    today: Date,
) -> Result<ProjectPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let table = desk.facts(&snapshot, &lens);
    let row = row_of(&snapshot, &table, session, project)?;
    let metas = Metas { desk, snapshot: &snapshot };
    let scrutiny = scrutiny(&metas, &row.entry, today)?;
    let earlier: Vec<_> = scrutiny.earlier.iter().map(|(claim, _)| claim).collect();
    Ok(ProjectPage {
        once: once_notes(&snapshot, &table, &row.entry, &earlier),
        package_steps: package_history(&metas, project)?,
        stairs: stairs(&row),
        nodes: nodes(&row),
        months: months(&metas, &lens, project)?,
        curve: curve(&snapshot, &lens, project),
        claims: claims(&metas, &row)?,
        plans: plans(&metas, &lens, project)?,
        packages: packages(&snapshot, &table, project),
        parent: row.facts.parent.and_then(|id| table.get(id)).map(|f| ledger_row(&snapshot, f)),
        scrutiny,
        tasks: project_tasks(&metas, &table, project, today)?,
        row,
        lens,
        snapshot,
    })
}

/// Finds a project by its code, such as `YX26-001`, within the account's places.
pub fn project_by_code(desk: &Desk, session: &Session, code: &str) -> Result<i64, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let found = snapshot.projects.iter().find(|entry| entry.project.code == code);
    let visible = found.filter(|entry| session.covers(&snapshot, entry.project.place));
    visible.map(|entry| entry.project.id).ok_or_else(|| OpsError::not_found("project", code))
}

/// Opens one figure of a project: its entries, newest first, and the proof of the newest.
pub fn trace_figure(
    desk: &Desk,
    session: &Session,
    project: i64,
    measure: Measure,
    period: Period,
    basis: Basis,
) -> Result<Provenance, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let entry = snapshot.projects.get(project);
    entry
        .filter(|entry| session.covers(&snapshot, entry.project.place))
        .ok_or_else(|| OpsError::not_found("project", project))?;
    let metas = Metas { desk, snapshot: &snapshot };
    let key = FigureKey { subject: Subject::Project(project), measure, period, basis };
    let history = metas.history(&key)?;
    let (newest, newest_meta) =
        history.first().ok_or_else(|| OpsError::not_found("figure", period))?.clone();
    let verified_key = FigureKey { basis: Basis::Verified, ..key };
    let verified = match basis {
        Basis::Reported => metas.history(&verified_key)?.into_iter().next(),
        _ => None,
    };
    // A figure that came after the acceptance was not in what was accepted.
    let accepted = crate::returns::acceptance(&metas, project, period)?;
    let accepted = accepted.filter(|meta| basis == Basis::Reported && meta.seq >= newest_meta.seq);
    let proof = prove_entry(desk, newest_meta.seq)?;
    let kept = newest_meta
        .source
        .as_ref()
        .and_then(|source| snapshot.attachments.values().find(|row| row.sha256 == source.sha256));
    let attachment = kept.map(|row| row.id);
    Ok(Provenance {
        key: newest.key(),
        history,
        verified,
        accepted,
        attachment,
        root: proof.root.to_string(),
        tree_size: proof.size,
        proof_holds: proof.holds(),
    })
}

/// Resolves entries to who and when, through the store and the snapshot's accounts.
pub struct Metas<'a> {
    pub desk: &'a Desk,
    pub snapshot: &'a Snapshot,
}

impl Metas<'_> {
    /// `None` when the entry does not exist.
    pub fn of(&self, seq: i64) -> Result<Option<EntryMeta>, OpsError> {
        Ok(self.desk.store.entry(seq)?.map(|record| self.meta_of(record.meta)))
    }

    /// Names the account of an entry.
    pub fn meta_of(&self, header: tici_store::EntryMeta) -> EntryMeta {
        let actor = self.snapshot.actors.get(&header.actor);
        EntryMeta {
            seq: header.seq,
            at: header.at,
            actor: header.actor,
            title: actor.map(|actor| actor.title.clone()).unwrap_or_default(),
            op: header.op,
            source: header.source,
        }
    }

    fn history(&self, key: &FigureKey) -> Result<Vec<(Figure, EntryMeta)>, OpsError> {
        let rows = self.desk.store.figure_history(key)?;
        let known = rows.into_iter().filter(|(_, header)| self.desk.knows(header.seq));
        Ok(known.map(|(figure, header)| (figure, self.meta_of(header))).collect())
    }
}

fn row_of(
    snapshot: &Snapshot,
    table: &FactsTable,
    session: &Session,
    project: i64,
) -> Result<LedgerRow, OpsError> {
    let facts = table.get(project).filter(|facts| session.covers(snapshot, facts.place));
    let facts = facts.ok_or_else(|| OpsError::not_found("project", project))?;
    Ok(ledger_row(snapshot, facts))
}

fn stairs(row: &LedgerRow) -> Vec<Stair> {
    let current = row.facts.stage;
    let stair = |stage: Stage| {
        let claim = row.entry.claim(stage).filter(|state| state.stands());
        let milestone = row.entry.milestone(stage.code());
        let state = match current {
            Some(now) if stage == now => StairState::Current,
            Some(now) if stage < now => StairState::Reached,
            _ => StairState::Ahead,
        };
        Stair {
            stage,
            planned: milestone.and_then(|row| row.planned),
            actual: claim.map(|state| state.claim.on).filter(|_| state != StairState::Ahead),
            expected: milestone.and_then(|row| row.expected),
            pending: claim.is_some_and(|state| state.verdict.is_none()),
            state,
        }
    };
    Stage::STAIRS.into_iter().map(stair).collect()
}

fn nodes(row: &LedgerRow) -> Vec<Milestone> {
    let works = row.entry.milestones.iter().map(|(row, _)| row);
    let mut nodes: Vec<Milestone> =
        works.filter(|row| Stage::parse(&row.key).is_none()).cloned().collect();
    nodes.sort_by_key(|row| (row.planned.or(row.expected).or(row.actual), row.id));
    nodes
}

fn months(metas: &Metas, lens: &Lens, project: i64) -> Result<Vec<MonthRow>, OpsError> {
    let snapshot = metas.snapshot;
    let year = lens.period.calendar_year();
    let figures = &snapshot.project_figures;
    let annual = snapshot.plan(project, Period::year(year)).map(|cell| cell.number);
    let number =
        |measure, period| figures.get(project, measure, lens.basis, period).map(|cell| cell.number);
    let text = |measure, period| {
        let cell = figures.get(project, measure, lens.basis, period)?;
        cell.text.map(str::to_owned)
    };
    let mut rows = Vec::with_capacity(12);
    for period in (1..=12).filter_map(|month| Period::month(year, month)) {
        let ytd = figures.get(project, Measure::INVEST_YTD, lens.basis, period);
        let cell = ytd.or_else(|| figures.get(project, Measure::INVEST_MONTH, lens.basis, period));
        let reported = match cell {
            Some(cell) => metas.of(cell.entry)?,
            None => None,
        };
        let verified = |m| figures.get(project, m, Basis::Verified, period).is_some();
        rows.push(MonthRow {
            period,
            plan: snapshot.plan(project, period).map(|cell| cell.number),
            done: number(Measure::INVEST_MONTH, period),
            due_ytd: tici_engine::facts::due_ytd(snapshot, period, project, annual),
            done_ytd: ytd.map(|cell| cell.number),
            progress_percent: number(Measure::PROGRESS_PERCENT, period),
            workers: number(Measure::WORKERS, period),
            progress: text(Measure::PROGRESS_TEXT, period),
            issue: text(Measure::ISSUE_TEXT, period),
            reported,
            is_verified: verified(Measure::INVEST_YTD) || verified(Measure::INVEST_MONTH),
        });
    }
    Ok(rows)
}

/// Cumulative plan and actual by month, from whatever is kept: since-start figures where
/// there are any, else the running sum of months.
fn curve(snapshot: &Snapshot, lens: &Lens, project: i64) -> Vec<CurvePoint> {
    let mut points = std::collections::BTreeMap::<Period, CurvePoint>::new();
    let at = |points: &mut std::collections::BTreeMap<Period, CurvePoint>, period| {
        *points.entry(period).or_insert(CurvePoint { period, planned: None, done: None })
    };
    let figures = &snapshot.project_figures;
    for cell in figures.series(project, Measure::INVEST_SINCE_START, lens.basis) {
        let point = CurvePoint { done: Some(cell.number), ..at(&mut points, cell.period) };
        points.insert(cell.period, point);
    }
    if points.is_empty() {
        let mut sum = 0;
        for cell in figures.series(project, Measure::INVEST_MONTH, lens.basis) {
            sum += cell.number;
            let point = CurvePoint { done: Some(sum), ..at(&mut points, cell.period) };
            points.insert(cell.period, point);
        }
    }
    let mut sum = 0;
    let monthly =
        |cell: &tici_engine::snapshot::Cell| cell.period.kind() == tici_domain::period::Kind::Month;
    for cell in snapshot.plans_of(project).filter(monthly) {
        sum += cell.number;
        let point = CurvePoint { planned: Some(sum), ..at(&mut points, cell.period) };
        points.insert(cell.period, point);
    }
    points.into_values().collect()
}

fn claims(metas: &Metas, row: &LedgerRow) -> Result<Vec<ClaimView>, OpsError> {
    let view = |state: &ClaimState| {
        let kept = &metas.snapshot.attachments;
        let evidence = state.claim.evidence.iter().filter_map(|id| kept.get(id)).cloned();
        let judged = match state.verdict {
            Some((_, entry)) => metas.of(entry)?,
            None => None,
        };
        Ok(ClaimView {
            state: state.clone(),
            by: metas.of(state.entry)?,
            judged,
            evidence: evidence.collect(),
        })
    };
    row.entry.claims.iter().map(view).collect()
}

fn plans(
    metas: &Metas,
    lens: &Lens,
    project: i64,
) -> Result<Vec<(Plan, Option<EntryMeta>)>, OpsError> {
    let rows = metas.desk.store.plans_of(project)?;
    let annual = Period::year(lens.period.calendar_year());
    let known = rows.into_iter().filter(|dated| metas.desk.knows(dated.entry.seq));
    let mut of_year: Vec<_> = known.filter(|dated| dated.row.period == annual).collect();
    of_year.sort_by_key(|dated| -dated.row.version);
    Ok(of_year.into_iter().map(|dated| (dated.row, Some(metas.meta_of(dated.entry)))).collect())
}

fn packages(snapshot: &Snapshot, table: &FactsTable, project: i64) -> Vec<LedgerRow> {
    let of = table.rows.iter().filter(|facts| facts.parent == Some(project));
    of.map(|facts| ledger_row(snapshot, facts)).collect()
}
