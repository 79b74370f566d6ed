//! The inputs of a run as they are frozen: every number exactly, with where it came from.
//! Scheme and frozen inputs give the same result for ever.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

use super::inputs::{Before, Column, EventIn, Inputs, Override, UnitIn};
use super::sensitivity::Asked;
use super::uncertain::uncertain;
use super::{Run, run};
use crate::assess::robustness::RankSpread;
use crate::assess::scheme::Scheme;
use crate::assess::score::Number;

/// What this program writes; another number is another way of writing.
pub const FORMAT: u32 = 1;

/// Where a figure came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trace {
    /// Of a delivered figure: its row in the ledger, and the sheet and cell of its file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cell: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub raw: String,
    /// The period it was delivered for, where that is not the run's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// Of a counted figure: codes of the projects that were counted, and of those without a
    /// report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreported: Vec<String>,
}

/// One figure of all units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenColumn {
    pub values: Vec<Option<String>>,
    pub traces: Vec<Trace>,
}

/// One unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenUnit {
    pub code: String,
    pub name: String,
    pub texts: BTreeMap<String, String>,
}

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenEvent {
    pub unit: String,
    pub item: String,
    pub matter: String,
    pub points: Option<String>,
    pub document: String,
    /// Its row in the ledger.
    pub series: i64,
}

/// A grade that somebody changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenOverride {
    pub unit: String,
    pub grade: String,
    pub reason: String,
}

/// The period before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenBefore {
    /// Its name.
    pub period: String,
    pub figures: BTreeMap<String, Vec<Option<String>>>,
    pub ranks: BTreeMap<String, String>,
    pub totals: BTreeMap<String, String>,
}

/// Everything a run was made from, but for the scheme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    pub format: u32,
    pub period: String,
    /// The month whose facts the ledger's figures were counted on.
    pub month: String,
    pub units: Vec<FrozenUnit>,
    pub figures: BTreeMap<String, FrozenColumn>,
    pub events: Vec<FrozenEvent>,
    pub overrides: Vec<FrozenOverride>,
    pub before: Option<FrozenBefore>,
    /// How the intervals of the ranks are drawn.
    pub noise: f64,
    pub replications: usize,
    pub seed: u64,
}

/// Makes a run from what was frozen. With an error among the problems there is none.
pub fn replay(scheme: &Scheme, frozen: &Frozen) -> (Option<Run>, Vec<Problem>) {
    run(scheme, &frozen.inputs())
}

/// How far each unit's rank moves, in the order of the units.
pub fn spreads(scheme: &Scheme, frozen: &Frozen, ran: &Run) -> Vec<RankSpread> {
    uncertain(scheme, &frozen.inputs(), ran, &frozen.asked()).0
}

impl Frozen {
    /// The inputs as the engine takes them.
    pub fn inputs(&self) -> Inputs {
        let unit = |unit: &FrozenUnit| UnitIn {
            code: unit.code.clone(),
            name: unit.name.clone(),
            texts: unit.texts.clone(),
            place: String::new(),
        };
        let column = |(key, column): (&String, &FrozenColumn)| {
            let sources = column.traces.iter().map(Trace::text).collect();
            (key.clone(), Column { values: read_all(&column.values), sources })
        };
        let event = |event: &FrozenEvent| EventIn {
            unit: event.unit.clone(),
            item: event.item.clone(),
            matter: event.matter.clone(),
            points: event.points.as_deref().and_then(Number::read_exact),
            document: event.document.clone(),
            file: String::new(),
            place: event.series.to_string(),
        };
        let change = |change: &FrozenOverride| Override {
            unit: change.unit.clone(),
            grade: change.grade.clone(),
            reason: change.reason.clone(),
            ..Override::default()
        };
        Inputs {
            file: String::new(),
            period: self.period.clone(),
            units: self.units.iter().map(unit).collect(),
            figures: self.figures.iter().map(column).collect(),
            events: self.events.iter().map(event).collect(),
            overrides: self.overrides.iter().map(change).collect(),
            before: self.before.as_ref().map(FrozenBefore::before),
        }
    }

    /// How the intervals are drawn.
    pub fn asked(&self) -> Asked {
        Asked {
            noise: self.noise,
            replications: self.replications,
            seed: self.seed,
            ..Asked::default()
        }
    }

    /// Where a figure of a unit came from.
    pub fn trace(&self, key: &str, unit: usize) -> Option<&Trace> {
        self.figures.get(key)?.traces.get(unit)
    }
}

impl FrozenBefore {
    /// As a run takes it.
    fn before(&self) -> Before {
        let read =
            |(code, text): (&String, &String)| Some((code.clone(), Number::read_exact(text)?));
        let column =
            |(key, values): (&String, &Vec<Option<String>>)| (key.clone(), read_all(values));
        Before {
            figures: self.figures.iter().map(column).collect(),
            ranks: self.ranks.iter().filter_map(read).collect(),
            totals: self.totals.iter().filter_map(read).collect(),
        }
    }

    /// Of a run: its ranks and totals.
    pub fn of_run(period: &str, run: &Run) -> FrozenBefore {
        let mut before = FrozenBefore { period: period.to_owned(), ..FrozenBefore::default() };
        for unit in &run.units {
            let code = || unit.code.clone();
            before.ranks.extend(unit.rank.as_ref().map(|rank| (code(), rank.exact())));
            before.totals.extend(unit.published.as_ref().map(|total| (code(), total.exact())));
        }
        before
    }
}

impl Trace {
    /// `指标!E9`, or empty.
    pub fn text(&self) -> String {
        match (self.sheet.as_str(), self.cell.as_str()) {
            ("", cell) => cell.to_owned(),
            (sheet, cell) => format!("{sheet}!{cell}"),
        }
    }
}

fn read_all(values: &[Option<String>]) -> Vec<Option<Number>> {
    values.iter().map(|text| text.as_deref().and_then(Number::read_exact)).collect()
}
