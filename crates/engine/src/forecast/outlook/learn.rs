//! Learns the chance that a stage comes within a step, from the base rates and the ledger's
//! own past together.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::problem::Severity;
use tici_domain::{Problem, Stage, TaskState};

use super::due::{BANDS, Band, STEP_DAYS};
use super::known::Promised;
use super::rules::{Clearing, ForecastRules, Group};
use super::spells::{Blockers, Row, Seen, rows};
use crate::facts::FactsTable;
use crate::forecast::events::Covariates;
use crate::forecast::hazard::{Factor, HazardFit, HazardOptions, HazardRows, fit};
use crate::snapshot::Snapshot;

/// First steps of the bands of waiting; the first band begins with step 0.
const WAITS: [i32; 4] = [4, 10, 19, 37];

/// Names of the covariates, the bands of due days and of waiting before them.
const PLAIN: [&str; 3] = ["blockers", "behind", "size"];

/// Levels of a factor told apart; rarer ones count as average. The fit's cost grows with
/// their cube.
const LEVELS_MAX: usize = 300;

/// A level that no row has.
const UNSEEN: u32 = u32::MAX;

/// The fitted hazards of a ledger.
#[derive(Debug)]
pub struct Model {
    groups: Vec<(Vec<Stage>, Learnt)>,
    /// Chance that a thing in the way is cleared in a step: before its day, and after.
    pub clearing: (f64, f64),
}

/// One group's hazard, with what it was learnt from.
#[derive(Debug)]
pub struct Learnt {
    pub fit: HazardFit,
    /// Steps and events of the ledger's own past.
    pub steps: usize,
    pub events: usize,
    levels: [BTreeMap<String, u32>; 4],
}

/// A project as a row of the model sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    pub size: f64,
    /// Stage waited for, chain, place, firm.
    pub names: [String; 4],
}

impl Model {
    pub fn learn(
        snapshot: &Snapshot,
        table: &FactsTable,
        promised: &Promised,
        rules: &ForecastRules,
    ) -> (Model, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut groups = Vec::new();
        for group in &rules.groups {
            let own = rows(snapshot, table, promised, &group.stages, rules.train_steps);
            let (learnt, said) = Learnt::of(snapshot, table, &own, rules, group);
            problems.extend(said);
            groups.extend(learnt.map(|learnt| (group.stages.clone(), learnt)));
        }
        let clearing = clearing(&Blockers::of(snapshot), table.lens.today, rules.clearing);
        (Model { groups, clearing }, problems)
    }

    /// The hazard of a stage.
    pub fn of(&self, stage: Stage) -> Option<&Learnt> {
        self.groups.iter().find(|(stages, _)| stages.contains(&stage)).map(|(_, learnt)| learnt)
    }

    /// Steps and events of the ledger's own past, of all groups.
    pub fn learnt_from(&self) -> (usize, usize) {
        let sums = self.groups.iter().map(|(_, learnt)| (learnt.steps, learnt.events));
        sums.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

impl Learnt {
    fn of(
        snapshot: &Snapshot,
        table: &FactsTable,
        own: &[Row],
        rules: &ForecastRules,
        group: &Group,
    ) -> (Option<Learnt>, Vec<Problem>) {
        let mut values = Vec::with_capacity((own.len() + 64) * width());
        let (mut happened, mut trials) = (Vec::new(), Vec::new());
        let traits = traits_of(snapshot, table, own);
        for row in own {
            let size = traits.get(&row.project).map_or(0.0, |traits| traits.size);
            push_values(&row.seen, size, &mut values);
            happened.push(f64::from(u8::from(row.came)));
            trials.push(1.0);
        }
        push_base(rules, group, &mut values, &mut happened, &mut trials);
        let (factors, levels) = factors(own, &traits, trials.len());
        let covariates = Covariates::from_rows(names(), values);
        let events = own.iter().filter(|row| row.came).count();
        let (fit, problems) =
            fit(&HazardRows { covariates, factors, happened, trials }, &HazardOptions::default());
        // A covariate that nobody differs in, or a group that decides alone, is usual in a
        // young ledger: the penalty holds it, and nobody has to be told.
        let problems =
            problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
        (fit.map(|fit| Learnt { fit, steps: own.len(), events, levels }), problems)
    }

    /// The row of a project in a step.
    pub(super) fn values(&self, seen: &Seen, traits: &Traits) -> Vec<f64> {
        let mut values = Vec::with_capacity(width());
        push_values(seen, traits.size, &mut values);
        values
    }

    pub(super) fn levels(&self, traits: &Traits) -> [u32; 4] {
        let mut found = [UNSEEN; 4];
        for (index, name) in traits.names.iter().enumerate() {
            found[index] = self.levels[index].get(name).copied().unwrap_or(UNSEEN);
        }
        found
    }
}

fn width() -> usize {
    BANDS.len() + WAITS.len() + PLAIN.len()
}

/// `due=before_60` and so on, `due=none`, `waited=4`, … The first band of each is left out.
fn names() -> Vec<String> {
    let due = BANDS[1..].iter().map(|band| format!("due={}", band.key()));
    let due = due.chain(["due=none".to_owned()]);
    let waited = WAITS.iter().map(|first| format!("waited={first}"));
    due.chain(waited).chain(PLAIN.map(str::to_owned)).collect()
}

fn push_values(seen: &Seen, size: f64, values: &mut Vec<f64>) {
    let at = |is: bool| f64::from(u8::from(is));
    values.extend(BANDS[1..].iter().map(|band| at(seen.band == Some(*band))));
    values.push(at(seen.band.is_none()));
    let wait = WAITS.partition_point(|first| *first <= seen.waited);
    values.extend((1..=WAITS.len()).map(|index| at(index == wait)));
    values.extend([seen.blockers as f64, at(seen.is_behind), size]);
}

/// The reference class as rows: so many steps seen in each band, and what came of them; then
/// the same with one thing in the way, and with money behind, as judged.
fn push_base(
    rules: &ForecastRules,
    group: &Group,
    values: &mut Vec<f64>,
    happened: &mut Vec<f64>,
    trials: &mut Vec<f64>,
) {
    let seen_all: f64 = group.rates.iter().map(|rate| rate.0).sum();
    let came_all: f64 = group.rates.iter().map(|rate| rate.1).sum();
    if seen_all <= 0.0 {
        return;
    }
    let stage = group.stages.first().copied().unwrap_or(Stage::Started);
    let rate = |band: Option<Band>| band.map_or((seen_all, came_all), |b| group.rates[b.index()]);
    let bands = BANDS.into_iter().map(Some).chain([None]);
    // Every band counts alike: the far one would else be all there is.
    let share = 1.0 / (BANDS.len() + 1) as f64;
    for band in bands.filter(|band| rate(*band).0 > 0.0) {
        let (seen, came) = rate(band);
        let p = came / seen;
        let plain = Seen { stage, waited: 0, band, blockers: 0, is_behind: false };
        let judged = rules.judged;
        let all = [
            (plain, group.weight, 1.0),
            (Seen { blockers: 1, ..plain }, judged.weight, judged.blocker_odds),
            (Seen { blockers: 2, ..plain }, judged.weight, judged.blocker_odds.powi(2)),
            (Seen { is_behind: true, ..plain }, judged.weight, judged.behind_odds),
        ];
        for (seen, weight, odds) in all.into_iter().filter(|(_, weight, _)| *weight > 0.0) {
            push_values(&seen, 0.0, values);
            let p = shifted(p, odds);
            trials.push(weight * share);
            happened.push(weight * share * p);
        }
    }
}

/// A probability whose odds are multiplied.
fn shifted(p: f64, odds: f64) -> f64 {
    let shifted = p * odds;
    shifted / (1.0 - p + shifted)
}

fn factors(
    own: &[Row],
    traits: &BTreeMap<i64, Traits>,
    rows: usize,
) -> (Vec<Factor>, [BTreeMap<String, u32>; 4]) {
    let mut levels: [BTreeMap<String, u32>; 4] = Default::default();
    let names = ["stage", "chain", "place", "firm"];
    let mut factors = names.map(|name| Factor { name: name.to_owned(), ..Factor::default() });
    for (index, factor) in factors.iter_mut().enumerate() {
        let word = |row: &Row| match index {
            0 => Some(row.seen.stage.code()),
            _ => traits.get(&row.project).map(|traits| traits.names[index].as_str()),
        };
        factor.levels = commonest(own.iter().filter_map(word).filter(|word| !word.is_empty()));
        levels[index] = factor.levels.iter().cloned().zip(0..).collect();
        let of = |row| word(row).and_then(|word| levels[index].get(word)).copied();
        factor.of_row = own.iter().map(|row| of(row).unwrap_or(UNSEEN)).collect();
        factor.of_row.resize(rows, UNSEEN);
    }
    (factors.into(), levels)
}

/// The words that occur most, as many as are told apart, in alphabetical order.
fn commonest<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let mut words: Vec<(&str, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    words.truncate(LEVELS_MAX);
    let mut levels: Vec<String> = words.into_iter().map(|(word, _)| word.to_owned()).collect();
    levels.sort_unstable();
    levels
}

fn traits_of(snapshot: &Snapshot, table: &FactsTable, own: &[Row]) -> BTreeMap<i64, Traits> {
    let mut found = BTreeMap::new();
    for row in own {
        let of = || traits(snapshot, table, row.project, row.seen.stage);
        found.entry(row.project).or_insert_with(of);
    }
    found
}

/// Size, chain, place and firm of a project that waits for a stage.
pub(super) fn traits(
    snapshot: &Snapshot,
    table: &FactsTable,
    project: i64,
    stage: Stage,
) -> Traits {
    let facts = table.get(project);
    let entry = snapshot.projects.get(project);
    let id = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    let total = facts.and_then(|facts| facts.total).filter(|total| *total > 0);
    Traits {
        // Tenfold steps from a hundred million, of stored units.
        size: total.map_or(0.0, |total| (total as f64 / 1e8).log10().clamp(-2.0, 3.0)),
        names: [
            stage.code().to_owned(),
            entry.and_then(|entry| entry.project.chain.clone()).unwrap_or_default(),
            id(facts.and_then(|facts| facts.place)),
            id(facts.and_then(|facts| facts.enterprise)),
        ],
    }
}

/// Chances of clearing in a step, before a thing's day and after, drawn to the rules' by
/// their weight.
fn clearing(blockers: &Blockers<'_>, today: Date, rules: Clearing) -> (f64, f64) {
    let (mut early, mut late) = ((0.0, 0.0), (0.0, 0.0));
    for task in blockers.all() {
        let end = task.closed_on.unwrap_or(today);
        let steps =
            |from: Date, to: Date| f64::from((to - from).get_days().max(0)) / f64::from(STEP_DAYS);
        let turn = task.due.unwrap_or(Date::MAX).min(end).max(task.opened);
        early.0 += steps(task.opened, turn);
        late.0 += steps(turn, end);
        let is_done = matches!(task.state, TaskState::Kept | TaskState::Broken);
        if is_done && task.closed_on.is_some() {
            let side = if turn < end { &mut late } else { &mut early };
            side.1 += 1.0;
        }
    }
    let drawn = |(steps, cleared): (f64, f64), rate: f64| {
        ((cleared + rules.weight * rate) / (steps + rules.weight).max(1e-9)).clamp(0.0, 0.95)
    };
    (drawn(early, rules.in_time), drawn(late, rules.overdue))
}
