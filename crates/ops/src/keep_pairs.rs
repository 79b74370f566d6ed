//! Projects that may be one: proposes them with reasons, and keeps what somebody decided.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, PairDecision, PairVerdict, Problem, SideState, Table};
use tici_engine::pairs::{CountedTwice, Pair, PairRules, counted_twice, pairs};
use tici_engine::snapshot::ProjectEntry;
use tici_engine::{Lens, Snapshot};

use crate::change_state::{NewState, stopping};
use crate::keep_tasks::words;
use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason, in characters.
pub const PAIR_REASON_CHARS_MAX: usize = 400;

/// A pair with its projects.
#[derive(Clone, Debug)]
pub struct PairLine {
    pub pair: Pair,
    pub first: LedgerRow,
    pub second: LedgerRow,
}

/// What was decided on a pair.
#[derive(Clone, Debug)]
pub struct DecidedLine {
    pub decision: PairDecision,
    pub first: LedgerRow,
    pub second: LedgerRow,
    /// Who decided, when.
    pub meta: Option<EntryMeta>,
}

/// A start that would count in two years.
#[derive(Clone, Debug)]
pub struct TwiceLine {
    pub twice: CountedTwice,
    pub row: LedgerRow,
    /// Name of the ceremony.
    pub event: tici_domain::Name,
}

/// All look-alikes of which the account sees both.
#[derive(Clone, Debug)]
pub struct PairsPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rules: PairRules,
    /// To be decided, most points first.
    pub lines: Vec<PairLine>,
    pub twice: Vec<TwiceLine>,
    /// The latest first.
    pub decided: Vec<DecidedLine>,
}

/// A decision as somebody makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    /// The two projects, in any order.
    pub first: i64,
    pub second: i64,
    /// `Same` withdraws the one with the higher id: what was entered twice.
    pub verdict: PairVerdict,
    pub reason: String,
}

/// Reads the look-alikes.
pub fn view_pairs(desk: &Desk, session: &Session, today: Date) -> Result<PairsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let rules = PairRules::of(&snapshot, today);
    let row = |id: i64| {
        let facts = table.get(id).filter(|facts| session.covers(&snapshot, facts.place))?;
        Some(ledger_row(&snapshot, facts))
    };
    let found = pairs(&snapshot, &table, &rules).into_iter();
    let lines = found
        .filter_map(|pair| {
            Some(PairLine { first: row(pair.first)?, second: row(pair.second)?, pair })
        })
        .collect();
    let twice = counted_twice(&snapshot).into_iter();
    let twice = twice
        .filter_map(|twice| {
            let event = snapshot.records.events.get(&twice.event)?.row.name.clone();
            Some(TwiceLine { row: row(twice.project)?, event, twice })
        })
        .collect();
    let metas = Metas { desk, snapshot: &snapshot };
    let mut decided = Vec::new();
    for kept in snapshot.records.pairs.values() {
        let (Some(first), Some(second)) = (row(kept.row.first), row(kept.row.second)) else {
            continue;
        };
        let meta = metas.of(kept.entry)?;
        decided.push(DecidedLine { decision: kept.row.clone(), first, second, meta });
    }
    decided.sort_by_key(|line| std::cmp::Reverse(line.decision.id));
    Ok(PairsPage { rules, lines, twice, decided, lens, snapshot: snapshot.clone() })
}

/// Keeps a decision; one made before is replaced, and stays in the journal. Two that are the
/// same end as one: the later is withdrawn, with its packages and open re-checks.
pub fn judge_pair(
    desk: &Desk,
    session: &Session,
    new: &NewDecision,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::JudgePair)?;
    write(desk, session.actor.id, "judge_pair", now, |snapshot, ids| {
        let (first, second) = (new.first.min(new.second), new.first.max(new.second));
        let one = seen(snapshot, session, first)?;
        let two = seen(snapshot, session, second)?;
        let mut problems = Vec::new();
        let reason = words(&new.reason, PAIR_REASON_CHARS_MAX, "pair-reason-long", &mut problems);
        if reason.is_none() {
            problems.push(Problem::error("pair-needs-reason"));
        }
        if first == second {
            problems.push(Problem::error("pair-of-one").arg("project", &one.project.code));
        }
        let old = snapshot.records.pairs.get(&(first, second)).map(|kept| &kept.row);
        match old.map(|old| old.verdict) {
            Some(verdict) if verdict == new.verdict => {
                problems.push(Problem::error("pair-decided").arg("project", &two.project.code));
            }
            // Whoever was withdrawn is taken up again on its own page, with a reason.
            Some(PairVerdict::Same) if two.project.state == SideState::Withdrawn => {
                problems.push(Problem::error("pair-withdrawn").arg("project", &two.project.code));
            }
            _ => {}
        }
        let (Some(reason), true) = (reason, problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        let mut changes = vec![Change::PairDecision(PairDecision {
            id: ids.next(Table::PairDecision),
            first,
            second,
            verdict: new.verdict,
            reason: reason.clone(),
            replaces: old.map(|old| old.id),
        })];
        let withdraws =
            new.verdict == PairVerdict::Same && two.project.state != SideState::Withdrawn;
        if withdraws {
            session.need_at(Action::StopProject, snapshot, two.project.place)?;
            let (state, evidence) = (SideState::Withdrawn, Vec::new());
            let stop =
                NewState { project: second, state, on: today, reason: reason.clone(), evidence };
            changes.extend(stopping(snapshot, ids, two, (&stop, &reason, &[]), today));
        }
        Ok(changes)
    })
}

fn seen<'a>(
    snapshot: &'a Snapshot,
    session: &Session,
    project: i64,
) -> Result<&'a ProjectEntry, OpsError> {
    let entry = snapshot.projects.get(project);
    let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
    Ok(entry.ok_or_else(|| OpsError::not_found("project", project))?)
}
