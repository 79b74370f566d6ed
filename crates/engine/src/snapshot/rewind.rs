//! The ledger as it was known earlier, made from the newest snapshot instead of from the
//! beginning: what was written since is left out, and the rows it replaced are put back.
//! The store says which rows those are; there are few of them beside all that stayed.

use std::collections::BTreeSet;
use std::sync::Arc;

use tici_domain::{Change, Measure, Period, Table};

use super::{Keyed, Snapshot};

/// A row that the earlier moment does not have as it is now: written again since, or first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Of an account, place, firm, project or file.
    Row(Table, i64),
    Setting(String),
}

/// A snapshot on its way back: it lacks the rows that were replaced since.
#[derive(Clone, Debug)]
pub struct Rewinding {
    seq: i64,
    snapshot: Snapshot,
}

impl Snapshot {
    /// Leaves out what entry `seq` and those after it wrote.
    pub fn rewind(&self, seq: i64) -> Rewinding {
        let seq = seq.max(0);
        let mut then = Snapshot {
            seq,
            projects: self.projects.before(seq),
            records: self.records.before(seq),
            ..self.clone()
        };
        for keyed in Keyed::ALL {
            *then.keyed_mut(keyed) = self.keyed(keyed).before(seq);
        }
        let plans = &then.plans;
        let stands = |(project, ordinal): &(i64, i32)| {
            let period = Period::from_ordinal(*ordinal);
            let (measure, basis) = (super::PLAN_MEASURE, super::PLAN_BASIS);
            period.is_some_and(|period| plans.get(*project, measure, basis, period).is_some())
        };
        let versions = self.plan_versions.iter().filter(|(key, _)| stands(key));
        then.plan_versions = Arc::new(versions.map(|(key, version)| (*key, *version)).collect());
        then.months = Arc::new(then.months_told());
        Rewinding { seq, snapshot: then }
    }

    /// Claims written before `seq` of which a later entry has said something: what had been
    /// said of them before is to be put back.
    pub fn judged_since(&self, seq: i64) -> Vec<i64> {
        self.projects.judged_since(seq)
    }

    /// The months for which any project has reported money.
    fn months_told(&self) -> BTreeSet<i32> {
        let money = [Measure::INVEST_MONTH, Measure::INVEST_YTD];
        let mut months = BTreeSet::new();
        for keyed in [&self.project_figures, &self.enterprise_figures, &self.place_figures] {
            months.extend(keyed.periods_of(money));
        }
        let is_month = |ordinal: &i32| {
            let period = Period::from_ordinal(*ordinal);
            period.is_some_and(|period| period.kind() == tici_domain::period::Kind::Month)
        };
        months.retain(is_month);
        months
    }
}

impl Rewinding {
    /// Takes out the rows of registers that were written since, and puts back what stood in
    /// the place of everything that was replaced: rows with the entries that wrote them, in
    /// the order they were written.
    pub fn put_back<'a>(
        self,
        gone: &[Gone],
        rows: impl IntoIterator<Item = &'a (i64, Change)>,
    ) -> Snapshot {
        let Rewinding { seq, snapshot: mut then } = self;
        let mut unborn = BTreeSet::new();
        for row in gone {
            match row {
                Gone::Row(Table::Project, id) => {
                    unborn.insert(*id);
                }
                Gone::Row(table, id) => then.take_out(*table, *id),
                Gone::Setting(key) => {
                    Arc::make_mut(&mut then.settings).remove(key);
                }
            }
        }
        for (entry, change) in rows {
            if let Change::Project(row) = change {
                unborn.remove(&row.id);
            }
            then.apply(*entry, change);
        }
        unborn.into_iter().for_each(|id| then.projects.remove(id));
        then.finish(seq);
        then.projects.tighten();
        then
    }
}

impl Snapshot {
    fn take_out(&mut self, table: Table, id: i64) {
        match table {
            Table::Actor => drop(Arc::make_mut(&mut self.actors).remove(&id)),
            Table::Place => drop(Arc::make_mut(&mut self.places).remove(&id)),
            Table::Enterprise => drop(Arc::make_mut(&mut self.enterprises).remove(&id)),
            Table::Attachment => drop(Arc::make_mut(&mut self.attachments).remove(&id)),
            // All others carry the entry that wrote them.
            _ => {}
        }
    }
}
