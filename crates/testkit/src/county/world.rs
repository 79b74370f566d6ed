//! What the parts of the generator share while they write the journal.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use tici_domain::{Basis, Change, Figure, Measure, Period, Subject, Table, Value};

use super::journal::Journal;
use super::money::{self, Flow};
use super::plot::{self, Plot};

/// First day of the ledger: what came before was brought in then.
pub(crate) const OPENED: Date = date(2024, 7, 1);

/// Yuan in 万元.
pub(crate) const WAN: i64 = 10_000;

pub(crate) struct World {
    pub seed: u64,
    pub today: Date,
    pub plots: Vec<Plot>,
    pub flows: Vec<Flow>,
    pub journal: Journal,
    /// Provisional project id of each plot.
    pub projects: Vec<i64>,
    /// Provisional enterprise id by short name.
    pub enterprises: BTreeMap<String, i64>,
    /// Current row of each milestone, by plot and key.
    pub milestones: BTreeMap<(usize, String), tici_domain::change::Milestone>,
}

impl World {
    pub(crate) fn new(seed: u64, today: Date) -> World {
        let plots = plot::roster(seed, today);
        let flows = money::flows(seed, &plots);
        let mut journal = Journal::default();
        let projects = plots.iter().map(|_| journal.id(Table::Project)).collect();
        World {
            seed,
            today,
            plots,
            flows,
            journal,
            projects,
            enterprises: BTreeMap::new(),
            milestones: BTreeMap::new(),
        }
    }

    /// Index of the plot with `code`.
    pub(crate) fn index(&self, code: &str) -> usize {
        let found = self.plots.iter().position(|plot| plot.code == code);
        found.expect("the generator names codes of its own roster")
    }

    /// A figure of a project with a provisional id, without a source.
    pub(crate) fn figure(
        &mut self,
        plot: usize,
        measure: Measure,
        period: Period,
        value: Value,
    ) -> Figure {
        Figure {
            id: self.journal.id(Table::Figure),
            subject: Subject::Project(self.projects[plot]),
            measure,
            period,
            basis: Basis::Reported,
            value,
            raw: None,
            sheet: None,
            cell: None,
            replaces: None,
            reason: None,
        }
    }
}

/// The month of a reporting year, known to exist.
pub(crate) fn month(year: i16, month: i8) -> Period {
    Period::month(year, month as u8).expect("months count from 1 to 12")
}

/// Figures as changes.
pub(crate) fn changes(figures: Vec<Figure>) -> Vec<Change> {
    figures.into_iter().map(Change::Figure).collect()
}
