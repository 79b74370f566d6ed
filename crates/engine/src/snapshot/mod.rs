//! An immutable, columnar image of the ledger at one journal sequence.
//!
//! Everything that counts, ranks, lights or forecasts runs on a snapshot. A newer one is
//! made by applying the changes of the entries that came since; parts that did not change
//! are shared. Only current rows are held: what they replaced is a question to the store.

mod bytes;
pub mod image;
mod keyed;
mod project_bytes;
mod projects;
mod records;
mod rewind;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use keyed::{Cell, KeyedSet};
pub use projects::{ClaimState, ProjectEntry, Projects};
pub use records::{Kept, Records, Shelf};
pub use rewind::{Gone, Rewinding};
use tici_domain::change::{Attachment, Enterprise, Setting};
use tici_domain::period::Kind;
use tici_domain::{Actor, Basis, Change, FigureKey, Measure, Period, Place, Subject, Value};

/// The ledger as it stood after `seq` entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// How many entries of the journal are in it.
    pub seq: i64,
    pub places: Arc<BTreeMap<i64, Place>>,
    pub enterprises: Arc<BTreeMap<i64, Enterprise>>,
    pub actors: Arc<BTreeMap<i64, Actor>>,
    pub settings: Arc<BTreeMap<String, String>>,
    pub attachments: Arc<BTreeMap<i64, Attachment>>,
    pub projects: Projects,
    /// Returns, promises, ceremonies, meetings and tasks.
    pub records: Records,
    pub project_figures: KeyedSet,
    pub enterprise_figures: KeyedSet,
    pub place_figures: KeyedSet,
    /// Planned amounts; measure and basis are fixed, see [`Snapshot::plan`].
    plans: KeyedSet,
    /// Versions of plans after the first, by project and ordinal of the period.
    plan_versions: Arc<BTreeMap<(i64, i32), i64>>,
    /// Months for which any project has reported money, by ordinal.
    months: Arc<BTreeSet<i32>>,
}

/// The sets of values a snapshot holds, in the order of its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keyed {
    ProjectFigures,
    EnterpriseFigures,
    PlaceFigures,
    Plans,
}

impl Keyed {
    const ALL: [Keyed; 4] =
        [Keyed::ProjectFigures, Keyed::EnterpriseFigures, Keyed::PlaceFigures, Keyed::Plans];

    fn of(subject: Subject) -> Keyed {
        match subject {
            Subject::Project(_) => Keyed::ProjectFigures,
            Subject::Enterprise(_) => Keyed::EnterpriseFigures,
            Subject::Place(_) => Keyed::PlaceFigures,
        }
    }
}

/// Plans reuse the keyed columns under one measure and basis.
const PLAN_MEASURE: Measure = Measure::INVEST_MONTH;
const PLAN_BASIS: Basis = Basis::Reported;

impl Snapshot {
    /// The snapshot after `changes` (each with its entry), in journal order, up to `seq`.
    pub fn advance<'a>(
        &self,
        changes: impl IntoIterator<Item = (i64, &'a Change)>,
        seq: i64,
    ) -> Snapshot {
        let mut next = self.clone();
        for (entry, change) in changes {
            next.apply(entry, change);
        }
        next.finish(seq);
        next
    }

    /// Applies one change. Call [`Snapshot::finish`] before reading.
    pub fn apply(&mut self, entry: i64, change: &Change) {
        match change {
            Change::Actor(row) => {
                Arc::make_mut(&mut self.actors).insert(row.id, row.clone());
            }
            Change::Place(row) => {
                Arc::make_mut(&mut self.places).insert(row.id, row.clone());
            }
            Change::Enterprise(row) => {
                Arc::make_mut(&mut self.enterprises).insert(row.id, row.clone());
            }
            Change::Setting(Setting { key, value }) => {
                Arc::make_mut(&mut self.settings).insert(key.clone(), value.clone());
            }
            Change::Project(row) => self.projects.put(entry, row),
            Change::ListMembership(row) => self.projects.list(entry, row),
            Change::StageClaim(row) => self.projects.claim(entry, row),
            Change::StageVerdict(row) => self.projects.verdict(entry, row),
            Change::Milestone(row) => self.projects.milestone(entry, row),
            Change::Figure(row) => self.put_figure((row.id, entry), row.key(), &row.value),
            Change::Plan(row) => {
                let of = (row.project, row.period);
                self.put_plan((row.id, entry), of, row.amount, row.version);
            }
            Change::Attachment(row) => {
                Arc::make_mut(&mut self.attachments).insert(row.id, row.clone());
            }
            other => {
                self.records.apply(entry, other);
            }
        }
    }

    /// Makes everything applied readable, as of `seq`.
    pub fn finish(&mut self, seq: i64) {
        self.seq = seq;
        self.projects.settle();
        self.project_figures.settle();
        self.enterprise_figures.settle();
        self.place_figures.settle();
        self.plans.settle();
    }

    /// Takes a figure, with its row id and entry. Call [`Snapshot::finish`] before reading.
    pub fn put_figure(&mut self, (id, entry): (i64, i64), key: FigureKey, value: &Value) {
        self.note_month(&key);
        self.keyed_mut(Keyed::of(key.subject)).push(key, value, id, entry);
    }

    /// Takes a version of a project's plan for a period, with its row id and entry.
    pub fn put_plan(
        &mut self,
        (id, entry): (i64, i64),
        (project, period): (i64, Period),
        amount: i64,
        version: i64,
    ) {
        let subject = Subject::Project(project);
        let key = FigureKey { subject, measure: PLAN_MEASURE, period, basis: PLAN_BASIS };
        self.note_plan_version((project, period), version);
        self.plans.push(key, &Value::Int(amount), id, entry);
    }

    /// Takes figures and plans that another snapshot has been given, and has not finished.
    pub fn absorb(&mut self, mut other: Snapshot) {
        for keyed in Keyed::ALL {
            let values = std::mem::take(other.keyed_mut(keyed));
            self.keyed_mut(keyed).absorb(values);
        }
        Arc::make_mut(&mut self.months).extend(other.months.iter());
        let versions = other.plan_versions.iter().map(|(key, version)| (*key, *version));
        Arc::make_mut(&mut self.plan_versions).extend(versions);
    }

    fn note_month(&mut self, key: &FigureKey) {
        let is_money = matches!(key.measure, Measure::INVEST_MONTH | Measure::INVEST_YTD);
        if !is_money || key.period.kind() != Kind::Month {
            return;
        }
        let month = key.period.ordinal();
        if !self.months.contains(&month) {
            Arc::make_mut(&mut self.months).insert(month);
        }
    }

    /// Most plans stay as first set: only later versions are kept apart.
    fn note_plan_version(&mut self, (project, period): (i64, Period), version: i64) {
        let key = (project, period.ordinal());
        if version > 1 {
            Arc::make_mut(&mut self.plan_versions).insert(key, version);
        } else if self.plan_versions.contains_key(&key) {
            Arc::make_mut(&mut self.plan_versions).remove(&key);
        }
    }

    /// The version of the plan of exactly this period: 1 as first set.
    pub fn plan_version(&self, project: i64, period: tici_domain::Period) -> i64 {
        self.plan_versions.get(&(project, period.ordinal())).copied().unwrap_or(1)
    }

    /// The last month, no later than `until`, for which any project has reported money.
    pub fn last_reported_month(&self, until: Period) -> Option<Period> {
        let month = self.months.range(..=until.ordinal()).next_back()?;
        Period::from_ordinal(*month)
    }

    fn keyed(&self, keyed: Keyed) -> &KeyedSet {
        match keyed {
            Keyed::ProjectFigures => &self.project_figures,
            Keyed::EnterpriseFigures => &self.enterprise_figures,
            Keyed::PlaceFigures => &self.place_figures,
            Keyed::Plans => &self.plans,
        }
    }

    fn keyed_mut(&mut self, keyed: Keyed) -> &mut KeyedSet {
        match keyed {
            Keyed::ProjectFigures => &mut self.project_figures,
            Keyed::EnterpriseFigures => &mut self.enterprise_figures,
            Keyed::PlaceFigures => &mut self.place_figures,
            Keyed::Plans => &mut self.plans,
        }
    }

    /// The figures of one kind of subject.
    pub fn figures(&self, subject: Subject) -> &KeyedSet {
        self.keyed(Keyed::of(subject))
    }

    /// The current value of a key, with its row id and entry.
    pub fn figure(&self, key: &FigureKey) -> Option<Cell<'_>> {
        self.figures(key.subject).get(key.subject.id(), key.measure, key.basis, key.period)
    }

    /// Planned amount of a project in exactly this period.
    pub fn plan(&self, project: i64, period: tici_domain::Period) -> Option<Cell<'_>> {
        self.plans.get(project, PLAN_MEASURE, PLAN_BASIS, period)
    }

    /// All plans of a project, by period.
    pub fn plans_of(&self, project: i64) -> impl Iterator<Item = Cell<'_>> {
        self.plans.series(project, PLAN_MEASURE, PLAN_BASIS)
    }

    /// Plans of a project for periods of a calendar year, by period.
    pub fn plans_of_year(&self, project: i64, year: i16) -> impl Iterator<Item = Cell<'_>> {
        self.plans.of_year(project, PLAN_MEASURE, PLAN_BASIS, year)
    }

    /// The last entries that wrote the projects, figures and plans of a chunk of projects.
    /// Two snapshots of one journal that agree in them have the same projects there, with
    /// the same figures and plans.
    pub fn chunk_entries(&self, index: usize) -> (Option<i64>, Option<u32>, Option<u32>) {
        (
            self.projects.last_entry(index),
            self.project_figures.last_entry(index),
            self.plans.last_entry(index),
        )
    }

    /// A setting of the ledger, such as `ledger.name`.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(String::as_str)
    }

    /// Whether `place` lies in the subtree under `root` (or is it).
    pub fn place_within(&self, place: i64, root: i64) -> bool {
        let mut at = Some(place);
        // Depth is bounded: a cycle of parents cannot be written, but costs nothing to stop.
        for _ in 0..32 {
            match at {
                Some(id) if id == root => return true,
                Some(id) => at = self.places.get(&id).and_then(|place| place.parent),
                None => return false,
            }
        }
        false
    }
}
