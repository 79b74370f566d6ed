//! Excuses as they stand on a day, counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::Excuse;
use tici_engine::{Lens, Snapshot};

use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// How an excuse stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExcuseStanding {
    InForce,
    /// Holds from a later day on.
    Ahead,
    Ended,
    Withdrawn,
}

impl ExcuseStanding {
    /// Of an excuse on a day.
    pub fn of(excuse: &Excuse, today: Date) -> ExcuseStanding {
        match () {
            () if excuse.withdrawn => ExcuseStanding::Withdrawn,
            () if today < excuse.from => ExcuseStanding::Ahead,
            () if excuse.until < today => ExcuseStanding::Ended,
            () => ExcuseStanding::InForce,
        }
    }

    /// As the API and the messages name it.
    pub fn code(self) -> &'static str {
        match self {
            ExcuseStanding::InForce => "in-force",
            ExcuseStanding::Ahead => "ahead",
            ExcuseStanding::Ended => "ended",
            ExcuseStanding::Withdrawn => "withdrawn",
        }
    }
}

/// One excuse with its project.
#[derive(Clone, Debug)]
pub struct ExcuseLine {
    pub excuse: Excuse,
    pub standing: ExcuseStanding,
    pub row: LedgerRow,
    /// Who wrote it, when.
    pub meta: Option<EntryMeta>,
}

/// All excuses an account sees.
#[derive(Clone, Debug)]
pub struct ExcusesPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    /// In force first, the nearest end before the later.
    pub lines: Vec<ExcuseLine>,
    /// Projects with an excuse in force.
    pub projects: usize,
    /// Excuses in force by the rule they speak of.
    pub by_rule: BTreeMap<String, usize>,
    /// Excuses in force by the post that approved them.
    pub by_approver: BTreeMap<String, usize>,
}

/// Reads the excuses as they stand today.
pub fn view_excuses(desk: &Desk, session: &Session, today: Date) -> Result<ExcusesPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let metas = Metas { desk, snapshot: &snapshot };
    let mut lines = Vec::new();
    for kept in snapshot.records.excuses.values() {
        let facts = table.get(kept.row.project);
        let facts = facts.filter(|facts| session.covers(&snapshot, facts.place));
        let Some(facts) = facts else { continue };
        lines.push(ExcuseLine {
            standing: ExcuseStanding::of(&kept.row, today),
            row: ledger_row(&snapshot, facts),
            meta: metas.of(kept.entry)?,
            excuse: kept.row.clone(),
        });
    }
    lines.sort_by_key(|line| (line.standing, line.excuse.until, line.excuse.id));
    let in_force = || lines.iter().filter(|line| line.standing == ExcuseStanding::InForce);
    let (mut by_rule, mut by_approver) = (BTreeMap::new(), BTreeMap::new());
    for line in in_force() {
        *by_rule.entry(line.excuse.rule.clone()).or_default() += 1;
        *by_approver.entry(line.excuse.approver.clone()).or_default() += 1;
    }
    let mut projects: Vec<i64> = in_force().map(|line| line.excuse.project).collect();
    projects.sort_unstable();
    projects.dedup();
    let projects = projects.len();
    Ok(ExcusesPage { by_rule, by_approver, projects, lines, lens, snapshot: snapshot.clone() })
}
