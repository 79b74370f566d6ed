//! What the ledger forecasts: when each project reaches its stages, how many of a promise
//! will make it, and what clearing the way would bring.
//!
//! The chance of a stage within ten days is a discrete-time hazard ([`super::hazard`]). It
//! sees where the day lies against the day then promised, how long the project has waited,
//! what stands in the way, whether its money is behind, its size, and, drawn towards each
//! other, stage, chain, place and firm. It is learnt from base rates with their source and
//! the ledger's own past together: a young ledger goes by the former, an old one by itself.
//!
//! A forecast uses what the journal knew at that moment and nothing else: rows of the
//! snapshot, and earlier promised days from entries before it ([`Known`]).

mod back;
mod count;
mod curve;
mod decide;
mod due;
mod known;
mod learn;
mod money;
mod reasons;
mod rules;
mod spells;

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use rayon::prelude::*;
use tici_domain::{Problem, SideState, Stage};

pub use back::{AHEAD_DAYS, Case, JudgedCase, Track, cases, judge, track};
pub use count::{Aim, AimForecast, Chance, Worth, aim_forecast, promise_forecast};
pub use curve::{Curve, InTheWay};
pub use decide::cleared_by;
pub use due::STEP_DAYS;
pub use known::{Known, Promised};
pub use learn::Model;
pub use money::{YearFan, year_fan};
pub use reasons::{Reason, Why};
pub use rules::{
    BlockerKind, Clearing, DEFAULT_PRESET, ForecastRules, Group, Judged, KIND, PRESETS,
};

use crate::facts::{Facts, FactsTable};
use crate::snapshot::Snapshot;
use curve::{Start, curve};
use learn::traits;
use spells::{BLOCKERS_MAX, Behind, Blockers, Seen, climbed, waits_for};

/// Probability that an interval of days holds the day.
pub const INTERVAL: f64 = 0.8;

/// What has been learnt of a ledger: good for a day, as little changes in one.
#[derive(Debug)]
pub struct Learned {
    pub rules: ForecastRules,
    pub model: Model,
    promised: Promised,
}

impl Learned {
    /// Learns from a ledger as it stands in `snapshot` under the lens of `table`.
    pub fn new(snapshot: &Snapshot, table: &FactsTable, known: &Known) -> (Learned, Vec<Problem>) {
        let rules = ForecastRules::of(snapshot, table.lens.today);
        let promised = Promised::new(snapshot, known);
        let (model, problems) = Model::learn(snapshot, table, &promised, &rules);
        (Learned { rules, model, promised }, problems)
    }
}

/// Everything that is needed to forecast any project of a ledger as it stands.
pub struct Outlook<'a> {
    snapshot: &'a Snapshot,
    table: &'a FactsTable,
    blockers: Blockers<'a>,
    pub learned: &'a Learned,
}

/// When one stage of a project may come.
#[derive(Clone, Debug, PartialEq)]
pub struct StageForecast {
    pub project: i64,
    pub stage: Stage,
    /// As its own people expect or plan it.
    pub own_day: Option<Date>,
    /// Ends of the interval of [`INTERVAL`], and the middle; none beyond the horizon.
    pub low: Option<Date>,
    pub mid: Option<Date>,
    pub high: Option<Date>,
    /// Probability of the project's own day.
    pub by_own_day: Option<f64>,
    /// Suspended projects are not forecast: their stage does not come while they stand still.
    pub is_suspended: bool,
    pub curve: Curve,
}

/// The next stage of a project, without the days between.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    pub project: i64,
    pub stage: Stage,
    pub own_day: Option<Date>,
    pub low: Option<Date>,
    pub mid: Option<Date>,
    pub high: Option<Date>,
    pub by_own_day: Option<f64>,
    /// Probability that it comes within [`AHEAD_DAYS`].
    pub p_ahead: f64,
    pub is_suspended: bool,
}

impl StageForecast {
    fn next(self, ahead: Date) -> Next {
        Next {
            p_ahead: self.curve.by(ahead),
            project: self.project,
            stage: self.stage,
            own_day: self.own_day,
            low: self.low,
            mid: self.mid,
            high: self.high,
            by_own_day: self.by_own_day,
            is_suspended: self.is_suspended,
        }
    }
}

impl<'a> Outlook<'a> {
    /// `learned` from an earlier moment of the same ledger, or this one.
    pub fn new(snapshot: &'a Snapshot, table: &'a FactsTable, learned: &'a Learned) -> Outlook<'a> {
        Outlook { snapshot, table, blockers: Blockers::of(snapshot), learned }
    }

    pub fn today(&self) -> Date {
        self.table.lens.today
    }

    /// The next stage of every live project of `rows`, in their order.
    pub fn next(&self, rows: &[&Facts]) -> Vec<Next> {
        let ahead = self.today().saturating_add(Span::new().days(AHEAD_DAYS));
        let next = |facts: &&Facts| Some(self.next_of(facts)?.next(ahead));
        rows.par_iter().filter_map(next).collect()
    }

    /// The next stage of a project that has a day of its own, or else the next.
    pub fn next_of(&self, facts: &Facts) -> Option<StageForecast> {
        let entry = self.snapshot.projects.get(facts.project)?;
        let days = climbed(entry, &self.table.lens);
        let (next, _) = waits_for(&days)?;
        let ahead = Stage::STAIRS.into_iter().filter(|stage| *stage >= next);
        let has_day = |stage: &Stage| self.own_day(facts.project, *stage).is_some();
        let stage = ahead.clone().find(has_day).unwrap_or(next);
        self.stage(facts, stage, &[])
    }

    /// A stage ahead of a project; `cleared` says of things in the way, by series, on which
    /// day they are taken as cleared. None for a stage it has reached, and for one it will
    /// not: withdrawn, terminated, unknown.
    pub fn stage(
        &self,
        facts: &Facts,
        stage: Stage,
        cleared: &[(i64, Date)],
    ) -> Option<StageForecast> {
        self.stage_over(facts, stage, cleared, self.learned.rules.horizon)
    }

    /// The same over so many steps.
    pub fn stage_over(
        &self,
        facts: &Facts,
        stage: Stage,
        cleared: &[(i64, Date)],
        steps: usize,
    ) -> Option<StageForecast> {
        if !facts.is_live() {
            return None;
        }
        let start = self.start(facts, stage, cleared)?;
        let learnt = self.learned.model.of(stage)?;
        let is_suspended = facts.state == SideState::Suspended;
        let curve = match is_suspended {
            true => Curve::never(self.today()),
            false => curve(learnt, &start, self.learned.model.clearing, self.today(), steps),
        };
        let tail = (1.0 - INTERVAL) / 2.0;
        Some(StageForecast {
            project: facts.project,
            stage,
            own_day: start.own_day,
            low: curve.day_at(tail),
            mid: curve.day_at(0.5),
            high: curve.day_at(1.0 - tail),
            by_own_day: start.own_day.map(|day| curve.by(day)),
            is_suspended,
            curve,
        })
    }

    /// All stages ahead, over six years; a later one never before an earlier one.
    pub fn path(&self, facts: &Facts) -> Vec<StageForecast> {
        let Some(entry) = self.snapshot.projects.get(facts.project) else { return Vec::new() };
        let days = climbed(entry, &self.table.lens);
        let Some((next, _)) = waits_for(&days) else { return Vec::new() };
        let ahead = Stage::STAIRS.into_iter().filter(|stage| *stage >= next);
        let mut path: Vec<StageForecast> =
            ahead.filter_map(|stage| self.stage_over(facts, stage, &[], PATH_STEPS)).collect();
        for index in 1..path.len() {
            let (before, after) = path.split_at_mut(index);
            let (before, after) = (&before[index - 1], &mut after[0]);
            after.low = later(after.low, before.low);
            after.mid = later(after.mid, before.mid);
            after.high = later(after.high, before.high);
        }
        path
    }

    /// The three things that weigh most on a stage.
    pub fn reasons(&self, facts: &Facts, stage: Stage) -> Vec<Reason> {
        let Some(start) = self.start(facts, stage, &[]) else { return Vec::new() };
        let Some(learnt) = self.learned.model.of(stage) else { return Vec::new() };
        reasons::reasons(self, facts, learnt, &start)
    }

    /// What stands in the way of a project today, by series.
    pub fn in_the_way(&self, project: i64) -> Vec<&'a tici_domain::Task> {
        self.blockers.open(project, self.today()).take(BLOCKERS_MAX).collect()
    }

    fn own_day(&self, project: i64, stage: Stage) -> Option<Date> {
        let row = self.snapshot.projects.get(project)?.milestone(stage.code())?;
        row.expected.or(row.planned)
    }

    fn start(&self, facts: &Facts, stage: Stage, cleared: &[(i64, Date)]) -> Option<Start> {
        let (project, today) = (facts.project, self.today());
        let entry = self.snapshot.projects.get(project)?;
        let days = climbed(entry, &self.table.lens);
        let index = Stage::STAIRS.iter().position(|step| *step == stage)?;
        if days[index].is_some() {
            return None;
        }
        let since =
            days[..index].iter().flatten().max().copied().or(self.learned.promised.first(project));
        let own_day = self.own_day(project, stage);
        let cleared_on =
            |series: i64| cleared.iter().find(|(of, _)| *of == series).map(|(_, day)| *day);
        let in_the_way = self.in_the_way(project);
        let seen = Seen {
            stage,
            waited: since.map_or(0, |since| (today - since).get_days() / STEP_DAYS),
            band: own_day.map(|due| due::Band::of(today, due)),
            blockers: in_the_way.len(),
            is_behind: Behind::new(self.snapshot, &self.table.lens, project).on(today),
        };
        let thing = |task: &&tici_domain::Task| InTheWay {
            due: task.due,
            cleared_on: cleared_on(task.series),
        };
        Some(Start {
            seen,
            own_day,
            in_the_way: in_the_way.iter().map(thing).collect(),
            traits: traits(self.snapshot, self.table, project, stage),
        })
    }

    /// Open things in the way of live projects, by kind of the rules; the last is the rest.
    pub fn blocker_kinds(&self, projects: &[i64]) -> BTreeMap<usize, Vec<i64>> {
        let mut found: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for project in projects {
            for task in self.in_the_way(*project) {
                let kind = self.learned.rules.blocker_kind(&task.title);
                let of =
                    found.entry(kind.unwrap_or(self.learned.rules.blockers.len())).or_default();
                if of.last() != Some(project) {
                    of.push(*project);
                }
            }
        }
        found
    }
}

/// Steps over which a whole path is looked at: six years.
const PATH_STEPS: usize = 220;

/// The later of two days; none where either lies beyond the horizon.
fn later(day: Option<Date>, other: Option<Date>) -> Option<Date> {
    Some(day?.max(other?))
}
