//! Lights over the months, and what changed between two tables of lights.

use tici_domain::{Light, Period};

use super::{LightRules, Lit};
use crate::facts::{FactsTable, Lens};
use crate::promise::start_deadline;
use crate::snapshot::Snapshot;

/// The light of every project at the end of each month, in the order of ids, with what the
/// ledger knows now. Months after the lens's day are looked at on that day.
pub fn lights_over(
    snapshot: &Snapshot,
    lens: &Lens,
    months: impl IntoIterator<Item = Period>,
) -> Vec<(Period, Vec<(i64, Lit)>)> {
    let lights = |month: Period| {
        let today = month.last_day().min(lens.today);
        let start_deadline = start_deadline(snapshot, month.calendar_year()).map(|day| day.due);
        let lens =
            Lens { period: month, stock_period: month, today, start_deadline, ..lens.clone() };
        let table = FactsTable::new(snapshot, &lens);
        (month, table.rows.iter().map(|row| (row.project, row.lit)).collect())
    };
    months.into_iter().map(lights).collect()
}

/// A light that is not what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightChange {
    pub project: i64,
    /// `None` for a project that was not there before.
    pub from: Option<Lit>,
    /// `None` for a project that is no longer there.
    pub to: Option<Lit>,
}

impl LightChange {
    pub fn is_worse(&self) -> bool {
        let grade = |lit: Option<Lit>| {
            lit.map_or(3, |lit| match lit.light {
                Light::Red => 0,
                Light::Amber => 1,
                Light::Unreported | Light::Excused => 2,
                Light::Green => 3,
            })
        };
        grade(self.to) < grade(self.from)
    }
}

/// What changed: another light, or another rule behind the same light. Both tables are in
/// the order of project ids. Changed figures under the same rule are no change of a light.
pub fn changes(
    before: (&LightRules, &[(i64, Lit)]),
    after: (&LightRules, &[(i64, Lit)]),
) -> Vec<LightChange> {
    let ((rules_before, before), (rules_after, after)) = (before, after);
    let differs = |from: &Lit, to: &Lit| {
        from.light != to.light
            || from.light != Light::Green && from.rule_key(rules_before) != to.rule_key(rules_after)
    };
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < after.len() {
        let (old, new) = (before.get(i).copied(), after.get(j).copied());
        let project = old.iter().chain(&new).map(|(id, _)| *id).min().unwrap_or_default();
        let from = old.filter(|(id, _)| *id == project).map(|(_, lit)| lit);
        let to = new.filter(|(id, _)| *id == project).map(|(_, lit)| lit);
        i += usize::from(from.is_some());
        j += usize::from(to.is_some());
        let is_change = match (&from, &to) {
            (Some(from), Some(to)) => differs(from, to),
            _ => true,
        };
        if is_change {
            out.push(LightChange { project, from, to });
        }
    }
    out
}
