//! What a run is made from.

use std::collections::BTreeMap;

use crate::assess::score::Number;

/// Units, their figures, and what happened to them.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Name of the file or table, for the messages.
    pub file: String,
    /// Name of the period; empty where there is one.
    pub period: String,
    pub units: Vec<UnitIn>,
    /// By the scheme's key of the figure.
    pub figures: BTreeMap<String, Column>,
    pub events: Vec<EventIn>,
    pub overrides: Vec<Override>,
    pub before: Option<Before>,
}

/// One unit.
#[derive(Clone, Debug, Default)]
pub struct UnitIn {
    /// Unique.
    pub code: String,
    pub name: String,
    /// Columns of text, by name: classes and groups.
    pub texts: BTreeMap<String, String>,
    /// `line:column`, for the messages.
    pub place: String,
}

/// One figure of all units, in their order.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub values: Vec<Option<Number>>,
    /// Where each value stands; empty where nobody can say.
    pub sources: Vec<String>,
}

/// An event that adds points, takes them, or is a veto.
#[derive(Clone, Debug, Default)]
pub struct EventIn {
    /// Code of the unit.
    pub unit: String,
    /// Key of the bonus, deduction or veto.
    pub item: String,
    pub matter: String,
    /// Not below zero; of a veto none.
    pub points: Option<Number>,
    pub document: String,
    pub file: String,
    pub place: String,
}

/// A grade that somebody changed, with the reason.
#[derive(Clone, Debug, Default)]
pub struct Override {
    pub unit: String,
    /// Key of the grade; empty for none.
    pub grade: String,
    pub reason: String,
    pub file: String,
    pub place: String,
}

/// The period before: figures in the order of this run's units, and how they came out.
#[derive(Clone, Debug, Default)]
pub struct Before {
    pub figures: BTreeMap<String, Vec<Option<Number>>>,
    /// By code: rank within the group, and the published total.
    pub ranks: BTreeMap<String, Number>,
    pub totals: BTreeMap<String, Number>,
}

impl Before {
    /// Ranks and totals of the run before, where nothing else was said.
    pub(super) fn take_ranks(&mut self, run: &super::Run) {
        if !self.ranks.is_empty() || !self.totals.is_empty() {
            return;
        }
        for unit in &run.units {
            let code = || unit.code.clone();
            self.ranks.extend(unit.rank.clone().map(|rank| (code(), rank)));
            self.totals.extend(unit.published.clone().map(|total| (code(), total)));
        }
    }
}

impl Inputs {
    /// The figures of the period before, in the order of this one's units.
    pub(super) fn figures_before(&self, before: &Inputs) -> Before {
        let at: Vec<Option<usize>> =
            self.units.iter().map(|unit| before.unit(&unit.code)).collect();
        let column = |(key, column): (&String, &Column)| {
            let value = |at: &Option<usize>| column.values.get((*at)?)?.clone();
            (key.clone(), at.iter().map(value).collect())
        };
        Before { figures: before.figures.iter().map(column).collect(), ..Before::default() }
    }

    /// A figure of a unit.
    pub fn figure(&self, key: &str, unit: usize) -> Option<&Number> {
        self.figures.get(key)?.values.get(unit)?.as_ref()
    }

    /// Where a figure of a unit stands.
    pub fn source(&self, key: &str, unit: usize) -> String {
        let column = self.figures.get(key);
        column.and_then(|column| column.sources.get(unit)).cloned().unwrap_or_default()
    }

    /// Index of a unit by its code.
    pub fn unit(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.code == code)
    }
}
