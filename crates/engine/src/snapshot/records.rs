//! The small records of the month: rule files, rounds and returns, promises, ceremonies,
//! meetings, tasks. Only the current row of each is held, with the entry that wrote it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{
    Change, Commitment, Event, Excuse, Meeting, PackageChange, PairDecision, Period, ReturnRound,
    ReturnSheet, RuleSet, SideChange, Task,
};

/// A current row and the entry that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    pub row: T,
    pub entry: i64,
}

/// Current rows by what identifies them.
pub type Shelf<K, T> = Arc<BTreeMap<K, Kept<T>>>;

/// All small records of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// By kind, such as `lights`, and first day.
    pub rule_sets: Shelf<(String, Date), RuleSet>,
    /// By form and period.
    pub rounds: Shelf<(String, Period), ReturnRound>,
    /// By series of the round and place.
    pub sheets: Shelf<(i64, i64), ReturnSheet>,
    /// By project and id: the whole history, oldest first.
    pub side_changes: Shelf<(i64, i64), SideChange>,
    /// By project and id: the whole history, oldest first.
    pub package_changes: Shelf<(i64, i64), PackageChange>,
    /// By the two projects, the lower id first.
    pub pairs: Shelf<(i64, i64), PairDecision>,
    /// By project and rule.
    pub excuses: Shelf<(i64, String), Excuse>,
    /// By series.
    pub commitments: Shelf<i64, Commitment>,
    pub events: Shelf<i64, Event>,
    pub meetings: Shelf<i64, Meeting>,
    pub tasks: Shelf<i64, Task>,
}

impl Records {
    /// Takes a change that belongs here; says whether it did.
    pub(super) fn apply(&mut self, entry: i64, change: &Change) -> bool {
        match change {
            Change::RuleSet(row) => {
                put(&mut self.rule_sets, (row.kind.clone(), row.from), row, entry);
            }
            Change::ReturnRound(row) => {
                put(&mut self.rounds, (row.form.clone(), row.period), row, entry);
            }
            Change::ReturnSheet(row) => put(&mut self.sheets, (row.round, row.place), row, entry),
            Change::SideChange(row) => {
                put(&mut self.side_changes, (row.project, row.id), row, entry);
            }
            Change::PackageChange(row) => {
                put(&mut self.package_changes, (row.project, row.id), row, entry);
            }
            Change::PairDecision(row) => put(&mut self.pairs, (row.first, row.second), row, entry),
            Change::Excuse(row) => {
                put(&mut self.excuses, (row.project, row.rule.clone()), row, entry);
            }
            Change::Commitment(row) => put(&mut self.commitments, row.series, row, entry),
            Change::Event(row) => put(&mut self.events, row.series, row, entry),
            Change::Meeting(row) => put(&mut self.meetings, row.series, row, entry),
            Change::Task(row) => put(&mut self.tasks, row.series, row, entry),
            _ => return false,
        }
        true
    }

    /// The rows that entries before `seq` wrote.
    pub(super) fn before(&self, seq: i64) -> Records {
        Records {
            rule_sets: before(&self.rule_sets, seq),
            rounds: before(&self.rounds, seq),
            sheets: before(&self.sheets, seq),
            side_changes: before(&self.side_changes, seq),
            package_changes: before(&self.package_changes, seq),
            pairs: before(&self.pairs, seq),
            excuses: before(&self.excuses, seq),
            commitments: before(&self.commitments, seq),
            events: before(&self.events, seq),
            meetings: before(&self.meetings, seq),
            tasks: before(&self.tasks, seq),
        }
    }

    /// Versions of the rules of a kind, by their first days.
    pub fn rule_sets_of(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Kept<RuleSet>> {
        let all = (kind.to_owned(), Date::MIN)..=(kind.to_owned(), Date::MAX);
        self.rule_sets.range(all).map(|(_, kept)| kept)
    }

    /// The version of a kind's rules that goes on a day.
    pub fn rule_set_on(&self, kind: &str, day: Date) -> Option<&RuleSet> {
        let until_then = (kind.to_owned(), Date::MIN)..=(kind.to_owned(), day);
        self.rule_sets.range(until_then).next_back().map(|(_, kept)| &kept.row)
    }

    /// The round of a form and period.
    pub fn round_of(&self, form: &str, period: Period) -> Option<&Kept<ReturnRound>> {
        self.rounds.get(&(form.to_owned(), period))
    }

    /// The return of a place in a round.
    pub fn sheet_of(&self, round: &ReturnRound, place: i64) -> Option<&Kept<ReturnSheet>> {
        self.sheets.get(&(round.series, place))
    }

    /// Excuses of a project, withdrawn ones left out.
    pub fn excuses_of(&self, project: i64) -> impl Iterator<Item = &Excuse> {
        let of_project = self.excuses.range((project, String::new())..(project + 1, String::new()));
        of_project.map(|(_, kept)| &kept.row).filter(|row| !row.withdrawn)
    }

    /// Tasks of a project, in the order they were opened.
    pub fn tasks_of(&self, project: i64) -> impl Iterator<Item = &Kept<Task>> {
        self.tasks.values().filter(move |kept| kept.row.project == Some(project))
    }

    /// How a project became a package and ceased to be one, oldest first.
    pub fn package_changes_of(
        &self,
        project: i64,
    ) -> impl DoubleEndedIterator<Item = &Kept<PackageChange>> {
        let all = (project, i64::MIN)..=(project, i64::MAX);
        self.package_changes.range(all).map(|(_, kept)| kept)
    }

    /// What stopped a project and set it going again, oldest first.
    pub fn side_changes_of(&self, project: i64) -> impl Iterator<Item = &Kept<SideChange>> {
        self.side_changes.range((project, i64::MIN)..=(project, i64::MAX)).map(|(_, kept)| kept)
    }
}

fn put<K: Ord + Clone, T: Clone>(shelf: &mut Shelf<K, T>, key: K, row: &T, entry: i64) {
    Arc::make_mut(shelf).insert(key, Kept { row: row.clone(), entry });
}

fn before<K: Ord + Clone, T: Clone>(shelf: &Shelf<K, T>, seq: i64) -> Shelf<K, T> {
    if shelf.values().all(|kept| kept.entry < seq) {
        return shelf.clone();
    }
    let kept = shelf.iter().filter(|(_, kept)| kept.entry < seq);
    Arc::new(kept.map(|(key, kept)| (key.clone(), kept.clone())).collect())
}
