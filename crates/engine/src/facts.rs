//! One row of derived facts for each project: what the ledger page sorts, filters and
//! adds up. Made once for a snapshot and a lens, then shared.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;
use tici_domain::{
    Basis, Currency, Excuse, Light, ListTier, Measure, Period, Place, SideState, Stage,
};

use crate::counting::cohort::{CohortOn, ListReader, ListVersion, versions};
use crate::lights::{LightContext, LightRules, Lit, context_of, light_of};
use crate::ranks::Ranks;
use crate::rule::StageStatus;
use crate::snapshot::{ProjectEntry, Shelf, Snapshot};

/// How the ledger is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lens {
    /// Month up to which figures count, such as 2026-05.
    pub period: Period,
    /// Month up to which stocks, such as total investment, are read: a project registered
    /// this month has a total before its first return.
    pub stock_period: Period,
    pub basis: Basis,
    pub today: Date,
    pub stage_status: StageStatus,
    /// Which day's lists say who is listed.
    pub cohort: CohortOn,
    /// Day by which listed projects of the year must have started.
    pub start_deadline: Option<Date>,
    pub lights: Arc<LightRules>,
}

/// Derived facts of one project. Amounts in stored units of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub project: i64,
    pub parent: Option<i64>,
    pub has_packages: bool,
    pub place: Option<i64>,
    pub enterprise: Option<i64>,
    pub currency: Currency,
    pub state: SideState,
    pub tier: Option<ListTier>,
    /// Highest stage whose claim counts; `None` before the first.
    pub stage: Option<Stage>,
    pub stage_since: Option<Date>,
    /// Stages claimed and not yet verified.
    pub pending_claims: u8,
    pub total: Option<i64>,
    pub plan_year: Option<i64>,
    /// Done from January to the lens's month; `None` is not reported for that month.
    pub done_ytd: Option<i64>,
    /// Due from January to the lens's month.
    pub due_ytd: Option<i64>,
    pub done_since_start: Option<i64>,
    /// Hundredths of a percent.
    pub progress: Option<i64>,
    pub light: Light,
    /// The light with its rule and reason.
    pub lit: Lit,
    /// Next milestone not yet reached: its place in the project's list, and its day.
    pub next_milestone: Option<(u16, Option<Date>)>,
    /// The month of the latest reported figure.
    pub last_report: Option<Period>,
}

impl Facts {
    pub fn has_started(&self) -> bool {
        self.stage.is_some_and(Stage::has_started)
    }

    /// In the ledger and not withdrawn or terminated.
    pub fn is_live(&self) -> bool {
        matches!(self.state, SideState::Active | SideState::Suspended)
    }
}

/// Facts of all projects in the order of their ids, under one lens.
#[derive(Debug)]
pub struct FactsTable {
    pub lens: Lens,
    pub seq: i64,
    pub rows: Vec<Facts>,
    /// How the year's lists are read under the lens.
    pub lists: ListReader,
    versions: OnceLock<Vec<ListVersion>>,
    around: Around,
    chunks: Vec<ChunkMark>,
    ranks: Arc<Ranks>,
}

/// Everything that the facts of a project take from beyond its own chunk of projects,
/// figures and plans. Whoever lets a fact depend on more puts it here: where this differs,
/// all facts are made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Around {
    /// Every project with packages, and the list it stands on.
    parents: BTreeMap<i64, Option<ListTier>>,
    lists: ListReader,
    /// Shared between snapshots while nobody writes them, and then compared at no cost.
    settings: Arc<BTreeMap<String, String>>,
    places: Arc<BTreeMap<i64, Place>>,
    excuses: Shelf<(i64, String), Excuse>,
    lights: LightContext,
}

/// What a chunk of rows was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ChunkMark {
    /// See [`Snapshot::chunk_entries`].
    entries: (Option<i64>, Option<u32>, Option<u32>),
    rows: usize,
    /// The projects that projects of the chunk are packages of.
    parents: Vec<i64>,
}

impl FactsTable {
    pub fn new(snapshot: &Snapshot, lens: &Lens) -> FactsTable {
        FactsTable::made(snapshot, lens, None)
    }

    /// The table of another snapshot of the same journal under the same lens: only the
    /// facts of projects that were written in between are made.
    pub fn advance(&self, snapshot: &Snapshot) -> FactsTable {
        FactsTable::made(snapshot, &self.lens, Some(self))
    }

    fn made(snapshot: &Snapshot, lens: &Lens, earlier: Option<&FactsTable>) -> FactsTable {
        let parents = parents_by_chunk(snapshot, earlier);
        let around = Around::of(snapshot, lens, parents.iter().flatten().copied());
        let earlier = earlier.filter(|earlier| earlier.around == around);
        let old = earlier.map(FactsTable::chunk_rows).unwrap_or_default();
        let make = |(index, chunk): (usize, &Arc<Vec<Option<Arc<ProjectEntry>>>>)| {
            let entries = snapshot.chunk_entries(index);
            match old.get(index).filter(|(mark, _)| mark.entries == entries) {
                Some((_, rows)) => (entries, Cow::Borrowed(*rows)),
                None => {
                    let projects = chunk.iter().flatten();
                    let rows = projects.map(|entry| facts(snapshot, lens, entry, &around));
                    (entries, Cow::Owned(rows.collect()))
                }
            }
        };
        let made: Vec<(_, Cow<'_, [Facts]>)> =
            snapshot.projects.chunks().par_iter().enumerate().map(make).collect();
        let mark = |((entries, rows), parents): (&(_, Cow<'_, [Facts]>), Vec<i64>)| ChunkMark {
            entries: *entries,
            rows: rows.len(),
            parents,
        };
        let marks = made.iter().zip(parents).map(mark);
        FactsTable {
            chunks: marks.collect(),
            rows: made.iter().flat_map(|(_, rows)| rows.iter()).cloned().collect(),
            ranks: Ranks::of(snapshot, earlier.map(|earlier| &earlier.ranks)),
            lens: lens.clone(),
            seq: snapshot.seq,
            lists: around.lists.clone(),
            versions: OnceLock::new(),
            around,
        }
    }

    /// The rows of each chunk of projects, with what they were made from.
    fn chunk_rows(&self) -> Vec<(&ChunkMark, &[Facts])> {
        let mut rest = self.rows.as_slice();
        let mut chunks = Vec::with_capacity(self.chunks.len());
        for mark in &self.chunks {
            let (rows, behind) = rest.split_at(mark.rows);
            chunks.push((mark, rows));
            rest = behind;
        }
        chunks
    }

    /// The versions of the year's lists that the lens reads; found once.
    pub fn list_versions(&self, snapshot: &Snapshot) -> &[ListVersion] {
        let lens = &self.lens;
        let year = lens.period.calendar_year();
        self.versions.get_or_init(|| versions(snapshot, year, lens.today, lens.cohort))
    }

    pub fn get(&self, project: i64) -> Option<&Facts> {
        let index = self.rows.binary_search_by_key(&project, |row| row.project).ok()?;
        self.rows.get(index)
    }

    /// What the lights were told of all projects together.
    pub fn light_context(&self) -> &LightContext {
        &self.around.lights
    }

    /// The place of each row in the order of the projects' codes, which settles ties.
    pub fn code_ranks(&self, snapshot: &Snapshot) -> &[u32] {
        self.ranks.codes(snapshot)
    }

    /// The place of each row in the order of the projects' names, then codes.
    pub fn name_ranks(&self, snapshot: &Snapshot) -> &[u32] {
        self.ranks.names(snapshot)
    }
}

/// The projects that the projects of each chunk are packages of, looked up only where
/// projects have been written.
fn parents_by_chunk(snapshot: &Snapshot, earlier: Option<&FactsTable>) -> Vec<Vec<i64>> {
    let old = earlier.map(|earlier| earlier.chunks.as_slice()).unwrap_or_default();
    let chunks = snapshot.projects.chunks().par_iter().enumerate();
    let parents = chunks.map(|(index, chunk)| {
        let last = snapshot.projects.last_entry(index);
        match old.get(index).filter(|mark| mark.entries.0 == last) {
            Some(mark) => mark.parents.clone(),
            None => chunk.iter().flatten().filter_map(|entry| entry.project.parent).collect(),
        }
    });
    parents.collect()
}

impl Around {
    fn of(snapshot: &Snapshot, lens: &Lens, parents: impl Iterator<Item = i64>) -> Around {
        let year = lens.period.calendar_year();
        let lists = ListReader::new(snapshot, year, lens.today, lens.cohort);
        let tier = |parent| lists.tier(snapshot.projects.get(parent)?);
        Around {
            parents: parents.map(|parent| (parent, tier(parent))).collect(),
            lists,
            settings: snapshot.settings.clone(),
            places: snapshot.places.clone(),
            excuses: snapshot.records.excuses.clone(),
            lights: context_of(snapshot, lens),
        }
    }
}

fn facts(snapshot: &Snapshot, lens: &Lens, entry: &ProjectEntry, around: &Around) -> Facts {
    let id = entry.project.id;
    let year = lens.period.calendar_year();
    let figures = &snapshot.project_figures;
    let latest = |measure| figures.latest(id, measure, lens.basis, lens.period);
    let stock = |measure| figures.latest(id, measure, lens.basis, lens.stock_period);
    let (stage, stage_since) = stage(entry, lens);
    let plan_year = snapshot.plan(id, Period::year(year)).map(|cell| cell.number);
    let done_ytd = done_ytd(snapshot, lens.basis, lens.period, id);
    let due_ytd = due_ytd(snapshot, lens.period, id, plan_year);
    // A package stands on the lists of its project.
    let parent = entry.project.parent;
    let tier = around.lists.tier(entry).or_else(|| *around.parents.get(&parent?)?);
    let lit = Lit::no_rule();
    let mut facts = Facts {
        project: id,
        parent: entry.project.parent,
        has_packages: around.parents.contains_key(&id),
        place: entry.project.place,
        enterprise: entry.project.enterprise,
        currency: entry.project.currency,
        state: entry.project.state,
        tier,
        stage,
        stage_since,
        pending_claims: entry.claims.iter().filter(|c| c.verdict.is_none()).count() as u8,
        total: stock(Measure::TOTAL_INVESTMENT).map(|cell| cell.number),
        plan_year,
        done_ytd,
        due_ytd,
        done_since_start: latest(Measure::INVEST_SINCE_START).map(|cell| cell.number),
        progress: latest(Measure::PROGRESS_PERCENT).map(|cell| cell.number),
        light: lit.light,
        lit,
        next_milestone: next_milestone(entry, stage),
        last_report: latest(Measure::INVEST_YTD)
            .or_else(|| stock(Measure::TOTAL_INVESTMENT))
            .map(|cell| cell.period),
    };
    facts.lit = light_of(snapshot, lens, entry, &facts, &around.lights);
    facts.light = facts.lit.light;
    facts
}

/// The highest stage whose claim counts under the lens, with its day.
pub fn stage(entry: &ProjectEntry, lens: &Lens) -> (Option<Stage>, Option<Date>) {
    let counts = |state: &&crate::snapshot::ClaimState| match lens.stage_status {
        StageStatus::Claimed => state.stands(),
        StageStatus::Verified => state.is_verified(),
    };
    // Statistical entry is a state of its own: it may precede a start and is not a step.
    let steps =
        entry.claims.iter().filter(counts).filter(|state| {
            state.claim.stage != Stage::StatEntered && state.claim.on <= lens.today
        });
    match steps.max_by_key(|state| state.claim.stage) {
        Some(state) => (Some(state.claim.stage), Some(state.claim.on)),
        None => (None, None),
    }
}

/// The cumulative figure of exactly this month; where only monthly figures are kept,
/// their sum, provided that the month itself has been reported.
pub(crate) fn done_ytd(
    snapshot: &Snapshot,
    basis: Basis,
    period: Period,
    project: i64,
) -> Option<i64> {
    let figures = &snapshot.project_figures;
    if let Some(cell) = figures.get(project, Measure::INVEST_YTD, basis, period) {
        return Some(cell.number);
    }
    figures.get(project, Measure::INVEST_MONTH, basis, period)?;
    let months = figures.series(project, Measure::INVEST_MONTH, basis).filter(|cell| {
        cell.period.calendar_year() == period.calendar_year() && cell.period <= period
    });
    Some(months.map(|cell| cell.number).sum())
}

/// Due by the end of `period`: the monthly plans where there are any, else the annual plan
/// in proportion to the months passed (序时进度).
pub fn due_ytd(
    snapshot: &Snapshot,
    period: Period,
    project: i64,
    plan_year: Option<i64>,
) -> Option<i64> {
    let year = period.calendar_year();
    let monthly = snapshot.plans_of(project).filter(|cell| {
        cell.period.kind() == tici_domain::period::Kind::Month
            && cell.period.calendar_year() == year
    });
    let (mut count, mut sum) = (0, 0_i64);
    for cell in monthly {
        count += 1;
        if cell.period <= period {
            sum += cell.number;
        }
    }
    if count > 0 {
        return Some(sum);
    }
    let annual = i128::from(plan_year?) * i128::from(period.last_month());
    Some(tici_domain::money::round_div(annual, 12) as i64)
}

/// The first open milestone by its planned or expected day: one without an actual day. A
/// stage that was reached needs no milestone to say so.
fn next_milestone(entry: &ProjectEntry, reached: Option<Stage>) -> Option<(u16, Option<Date>)> {
    let is_open = |row: &tici_domain::change::Milestone| {
        let stage = Stage::parse(&row.key).filter(|stage| *stage != Stage::StatEntered);
        row.actual.is_none() && stage.is_none_or(|stage| Some(stage) > reached)
    };
    let open = entry.milestones.iter().enumerate().filter(|(_, (row, _))| is_open(row));
    open.map(|(index, (row, _))| (index as u16, row.planned.or(row.expected)))
        .min_by_key(|(index, on)| (on.is_none(), *on, *index))
}
