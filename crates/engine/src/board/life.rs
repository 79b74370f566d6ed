//! The dates of each project that the estimate needs: when it was signed, landed, started.

use jiff::civil::Date;
use tici_domain::{Currency, Stage};

use super::moves::reached;
use crate::facts::{Facts, FactsTable};
use crate::snapshot::Snapshot;

/// One project's way to its start.
#[derive(Clone, Debug)]
pub(super) struct Life<'a> {
    pub facts: &'a Facts,
    pub chain: Option<&'a str>,
    /// The first day on which it had come at least so far.
    pub signed: Option<Date>,
    pub landed: Option<Date>,
    pub started: Option<Date>,
}

impl Life<'_> {
    /// Signed, not started, and neither withdrawn nor terminated.
    pub fn waits(&self) -> bool {
        self.facts.is_live() && self.signed.is_some() && self.started.is_none()
    }

    /// Days from one day to another, when both are known and in order.
    pub fn days(from: Option<Date>, to: Option<Date>) -> Option<i32> {
        let days = (to? - from?).get_days();
        (days >= 0).then_some(days)
    }

    pub fn total_in(&self, currency: Currency) -> Option<i64> {
        self.facts.total.filter(|_| self.facts.currency == currency)
    }
}

pub(super) fn lives<'a>(
    snapshot: &'a Snapshot,
    table: &FactsTable,
    all: impl Iterator<Item = &'a Facts>,
) -> Vec<Life<'a>> {
    let life = |facts: &'a Facts| {
        let entry = snapshot.projects.get(facts.project)?;
        let on = |stage| reached(entry, &table.lens, stage);
        let chain = entry.project.chain.as_deref();
        let (signed, landed) = (on(Stage::Signed), on(Stage::Landed));
        Some(Life { facts, chain, signed, landed, started: on(Stage::Started) })
    };
    all.filter_map(life).collect()
}
