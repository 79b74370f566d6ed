//! Words on what the ledger knows already without a period of its own: the day of a stage,
//! the amount of a plan. Of several rows the last has the last word, and only that is
//! written, in the place of what the ledger has; otherwise the same list of several months
//! would go back to its first month and forth again each time it is read.

use std::collections::HashMap;

use tici_domain::intake::ProjectRow;
use tici_domain::{Change, Period, Stage};

use super::plan::Planner;
use super::settle::Said;
use super::{CellChange, RowFate};

/// What a late word is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LateKey {
    Claim(i64, Stage),
    Plan(i64, Period),
}

/// The last word so far.
pub(super) struct Late {
    pub change: Change,
    /// What it changes of the ledger, for the person.
    pub cell: Option<CellChange>,
    /// Whether the ledger says otherwise.
    pub differs: bool,
}

/// Late words by what they are about, each with where it was said last.
#[derive(Default)]
pub(super) struct LateWords {
    words: HashMap<LateKey, (Said, usize, Late)>,
    /// How many were said, so that they keep their order.
    said: usize,
}

impl Planner<'_> {
    /// The id that was set aside for a late word said before.
    pub(super) fn late_id(&self, key: &LateKey) -> Option<i64> {
        self.seen.late.words.get(key).and_then(|(_, _, late)| late.change.id())
    }

    pub(super) fn put_late(&mut self, key: LateKey, row: &ProjectRow, late: Late) {
        let said = Said {
            row: self.plan.rows.len(),
            file: row.file,
            at: self.plan.changes.len(),
            name_cell: String::new(),
        };
        let words = &mut self.seen.late;
        words.said += 1;
        words.words.insert(key, (said, words.said, late));
    }

    /// Puts the last words that differ from the ledger in their places among the changes.
    pub(super) fn settle_late(&mut self) {
        let words = std::mem::take(&mut self.seen.late.words);
        let mut words: Vec<_> = words.into_values().filter(|(_, _, late)| late.differs).collect();
        words.retain(|(said, ..)| self.plan.rows[said.row].fate != RowFate::LeftOut);
        if words.is_empty() {
            return;
        }
        words.sort_by_key(|(_, order, _)| *order);
        let rows: Vec<usize> = words.iter().map(|(said, ..)| said.row).collect();
        let places: Vec<usize> = words.iter().map(|(said, ..)| said.at).collect();
        let mut placed = Vec::with_capacity(words.len());
        for (said, _, late) in words {
            self.mark(&said, late.cell.into_iter().collect());
            placed.push((said.at, said.file, late.change));
        }
        self.plan.put_in_place(placed);
        // What was noted by its place among the changes has moved behind them.
        let before_row = |row: usize| rows.partition_point(|late| *late <= row);
        self.seen.projects.values_mut().for_each(|said| said.at += before_row(said.row));
        let milestones = self.seen.milestones.values_mut();
        milestones.for_each(|last| last.said.at += before_row(last.said.row));
        let before_place = |place: usize| places.partition_point(|late| *late <= place);
        self.seen.made.values_mut().for_each(|place| *place += before_place(*place));
    }
}
