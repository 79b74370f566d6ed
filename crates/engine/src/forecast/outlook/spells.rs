//! Cuts the ledger's past into steps of ten days: whether a stage came, and what was known
//! when the step began.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use rayon::prelude::*;
use tici_domain::{Measure, Period, SideState, Stage, Task, TaskKind};

use super::due::{Band, STEP_DAYS};
use super::known::Promised;
use crate::counting::starts::reached;
use crate::facts::{FactsTable, Lens};
use crate::snapshot::{ProjectEntry, Snapshot};

/// Invested under this share of what was due is behind.
const BEHIND_BELOW: f64 = 0.9;

/// More things in the way than these are not told apart.
pub(super) const BLOCKERS_MAX: usize = 4;

/// What is known of a project when a step begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    pub stage: Stage,
    /// Steps since the stage before was reached.
    pub waited: i32,
    /// `None` when nobody has promised a day.
    pub band: Option<Band>,
    pub blockers: usize,
    pub is_behind: bool,
}

/// A step and whether the stage came in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub project: i64,
    pub seen: Seen,
    pub came: bool,
}

/// Days by which a project had come at least to each step of the stairs, so far as it has.
pub(super) fn climbed(entry: &ProjectEntry, lens: &Lens) -> [Option<Date>; 7] {
    let own = Stage::STAIRS.map(|stage| reached(entry, lens, stage));
    let mut days = own;
    for index in 0..days.len() {
        days[index] = own[index..].iter().flatten().min().copied();
    }
    days
}

/// The stage a project waits for, with the day since which it does; `None` at the top.
pub(super) fn waits_for(days: &[Option<Date>; 7]) -> Option<(Stage, Option<Date>)> {
    let next = days.iter().position(Option::is_none)?;
    Some((Stage::STAIRS[next], next.checked_sub(1).and_then(|before| days[before])))
}

/// Steps of projects for stages of `stages`, from when the ledger knew of each: of all, or,
/// where these would be more than about `most`, of every so many.
pub(super) fn rows(
    snapshot: &Snapshot,
    table: &FactsTable,
    promised: &Promised,
    stages: &[Stage],
    most: usize,
) -> Vec<Row> {
    let each = one_in(snapshot.projects.len(), most);
    let blockers = Blockers::of(snapshot);
    let chunks = snapshot.projects.chunks();
    let of_chunk = |chunk: &std::sync::Arc<Vec<Option<std::sync::Arc<ProjectEntry>>>>| {
        let mut rows = Vec::new();
        for entry in chunk.iter().flatten().filter(|entry| entry.project.id % each == 0) {
            let life = Life { snapshot, table, promised, blockers: &blockers, entry };
            life.rows(stages, &mut rows);
        }
        rows
    };
    chunks.par_iter().map(of_chunk).collect::<Vec<_>>().concat()
}

/// Steps that a project is watched for, about: three quarters of two years.
const STEPS_USUAL: usize = 50;

/// One project in so many keeps the steps under `most`. Every number of projects of the
/// same ledger gives the same ones: nothing is drawn.
fn one_in(projects: usize, most: usize) -> i64 {
    let steps = projects.saturating_mul(STEPS_USUAL);
    i64::try_from(steps.div_ceil(most.max(1))).unwrap_or(i64::MAX).max(1)
}

struct Life<'a> {
    snapshot: &'a Snapshot,
    table: &'a FactsTable,
    promised: &'a Promised,
    blockers: &'a Blockers<'a>,
    entry: &'a ProjectEntry,
}

impl Life<'_> {
    fn rows(&self, stages: &[Stage], rows: &mut Vec<Row>) {
        let lens = &self.table.lens;
        let days = climbed(self.entry, lens);
        let project = self.entry.project.id;
        let Some(first) = self.promised.first(project) else { return };
        let end = self.gone().unwrap_or(lens.today).min(lens.today);
        let mut behind = Behind::new(self.snapshot, lens, project);
        for index in 1..Stage::STAIRS.len() {
            let stage = Stage::STAIRS[index];
            let Some(from) = days[index - 1].filter(|_| stages.contains(&stage)) else { continue };
            let until = days[index].unwrap_or(end).min(end);
            let mut at = next_step(from, first);
            while at < until {
                let seen = self.seen(stage, from, at, &mut behind);
                let next = add_steps(at, 1);
                let came = days[index].is_some_and(|day| day <= next && day <= end);
                if next > end && !came {
                    // A step that is not over yet tells nothing.
                    break;
                }
                rows.push(Row { project, seen, came });
                at = next;
            }
        }
    }

    fn seen(&self, stage: Stage, from: Date, at: Date, behind: &mut Behind<'_>) -> Seen {
        let project = self.entry.project.id;
        Seen {
            stage,
            waited: (at - from).get_days() / STEP_DAYS,
            band: self.promised.day(project, stage, at).map(|due| Band::of(at, due)),
            blockers: self.blockers.open(project, at).take(BLOCKERS_MAX).count(),
            is_behind: behind.on(at),
        }
    }

    /// The day it was withdrawn or terminated.
    fn gone(&self) -> Option<Date> {
        let project = &self.entry.project;
        if !matches!(project.state, SideState::Terminated | SideState::Withdrawn) {
            return None;
        }
        let changes = self.snapshot.records.side_changes_of(project.id);
        let ends = changes.filter(|kept| kept.row.state == project.state);
        Some(ends.map(|kept| kept.row.on).max().unwrap_or(Date::MIN))
    }
}

/// The first step that begins on or after `first`, counted from `from`.
fn next_step(from: Date, first: Date) -> Date {
    let days = (first - from).get_days().max(0);
    add_steps(from, (days + STEP_DAYS - 1) / STEP_DAYS)
}

pub(super) fn add_steps(at: Date, steps: i32) -> Date {
    at.checked_add(Span::new().days(steps * STEP_DAYS)).unwrap_or(Date::MAX)
}

/// Things in the way, by project.
pub(super) struct Blockers<'a> {
    of: BTreeMap<i64, Vec<&'a Task>>,
}

impl<'a> Blockers<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Blockers<'a> {
        let mut of: BTreeMap<i64, Vec<&Task>> = BTreeMap::new();
        let tasks = snapshot.records.tasks.values().map(|kept| &kept.row);
        for task in tasks.filter(|task| task.kind == TaskKind::Blocker) {
            if let Some(project) = task.project {
                of.entry(project).or_default().push(task);
            }
        }
        Blockers { of }
    }

    /// Those of a project that were open on a day.
    pub fn open(&self, project: i64, at: Date) -> impl Iterator<Item = &'a Task> {
        let all = self.of.get(&project).into_iter().flatten().copied();
        all.filter(move |task| task.opened <= at && task.closed_on.is_none_or(|on| on > at))
    }

    /// All of them, of all projects.
    pub fn all(&self) -> impl Iterator<Item = &'a Task> {
        self.of.values().flatten().copied()
    }
}

/// Whether a project's money is behind its plan, by month; months already asked for are kept.
pub(super) struct Behind<'a> {
    snapshot: &'a Snapshot,
    lens: &'a Lens,
    project: i64,
    known: BTreeMap<Period, bool>,
}

impl<'a> Behind<'a> {
    pub fn new(snapshot: &'a Snapshot, lens: &'a Lens, project: i64) -> Behind<'a> {
        Behind { snapshot, lens, project, known: BTreeMap::new() }
    }

    /// By the month before that of `at`, the last whose return may be in.
    pub fn on(&mut self, at: Date) -> bool {
        let month = Period::month_of(at).previous();
        let (snapshot, lens, project) = (self.snapshot, self.lens, self.project);
        *self.known.entry(month).or_insert_with(|| is_behind(snapshot, lens, project, month))
    }
}

fn is_behind(snapshot: &Snapshot, lens: &Lens, project: i64, month: Period) -> bool {
    let figures = &snapshot.project_figures;
    let Some(done) = figures.get(project, Measure::INVEST_YTD, lens.basis, month) else {
        return false;
    };
    let plans = snapshot.plans_of_year(project, month.calendar_year());
    let due: i64 = plans
        .filter(|cell| cell.period.kind() == tici_domain::period::Kind::Month)
        .filter(|cell| cell.period <= month)
        .map(|cell| cell.number)
        .sum();
    due > 0 && (done.number as f64) < BEHIND_BELOW * due as f64
}
