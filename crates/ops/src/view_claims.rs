//! The claims that wait for somebody's word, those that had it, and the starts that are to
//! be looked at again.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::change::{Attachment, StageVerdict, Verdict};
use tici_domain::{Finding, Problem, Stage, Task, TaskKind, TaskState};
use tici_engine::agenda::AgendaRules;
use tici_engine::evidence::{EvidenceRules, Uses};
use tici_engine::snapshot::{ClaimState, Kept, ProjectEntry};
use tici_engine::{FactsTable, Snapshot};

use crate::claim_stage::doubts;
use crate::keep_tasks::{TaskView, task_view};
use crate::lens::{LensQuery, lens};
use crate::permission::role_has;
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// Claims on one page.
const PAGE_ROWS: usize = 20;
/// Re-checks shown beside them; the rest are on the page of tasks.
const RECHECKS_SHOWN: usize = 30;

/// Which claims, by what was said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClaimsWhich {
    #[default]
    Waiting,
    Verified,
    Rejected,
    Reversed,
    All,
}

impl ClaimsWhich {
    pub const ALL: [ClaimsWhich; 5] = [
        ClaimsWhich::Waiting,
        ClaimsWhich::Verified,
        ClaimsWhich::Rejected,
        ClaimsWhich::Reversed,
        ClaimsWhich::All,
    ];

    pub fn code(self) -> &'static str {
        match self {
            ClaimsWhich::Waiting => "waiting",
            ClaimsWhich::Verified => "verified",
            ClaimsWhich::Rejected => "rejected",
            ClaimsWhich::Reversed => "reversed",
            ClaimsWhich::All => "all",
        }
    }

    pub fn parse(code: &str) -> Option<ClaimsWhich> {
        ClaimsWhich::ALL.into_iter().find(|which| which.code() == code)
    }

    fn takes(self, state: &ClaimState) -> bool {
        let said = state.verdict.map(|(verdict, _)| verdict);
        match self {
            ClaimsWhich::Waiting => said.is_none(),
            ClaimsWhich::Verified => said == Some(Verdict::Verified),
            ClaimsWhich::Rejected => said == Some(Verdict::Rejected),
            ClaimsWhich::Reversed => said == Some(Verdict::Reversed),
            ClaimsWhich::All => true,
        }
    }
}

/// What is asked of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsQuery {
    pub which: ClaimsWhich,
    pub stage: Option<Stage>,
    /// Subtree of a place.
    pub place: Option<i64>,
    pub project: Option<i64>,
    /// From 0.
    pub page: usize,
}

/// What somebody said of a claim, and why.
#[derive(Clone, Debug)]
pub struct Judged {
    pub verdict: Verdict,
    pub reason: Option<String>,
    pub by: EntryMeta,
}

/// One current claim with everything that somebody needs to judge it.
#[derive(Clone, Debug)]
pub struct ClaimRow {
    pub row: LedgerRow,
    pub state: ClaimState,
    pub by: Option<EntryMeta>,
    pub judged: Option<Judged>,
    pub evidence: Vec<Attachment>,
    /// What the rules have to say; empty for a claim that has been judged.
    pub doubts: Vec<Problem>,
    /// The account may verify or reject it.
    pub may_judge: bool,
    pub may_reverse: bool,
}

/// A start that is to be looked at again, or was and is found to have stopped.
#[derive(Clone, Debug)]
pub struct RecheckRow {
    pub view: TaskView,
    /// The claim it is about, when it still is the project's current one.
    pub claim: Option<ClaimState>,
    pub evidence: Vec<Attachment>,
    /// The account may say what it found, or reverse the claim.
    pub may_judge: bool,
}

/// One page of the queue.
#[derive(Clone, Debug)]
pub struct ClaimsPage {
    pub snapshot: Arc<Snapshot>,
    pub today: Date,
    pub rows: Vec<ClaimRow>,
    /// Of the query without its `which`, in the order of [`ClaimsWhich::ALL`].
    pub counts: [usize; 5],
    pub found: usize,
    pub page: usize,
    pub pages: usize,
    /// Open re-checks, the longest overdue first, and how many there are.
    pub rechecks: Vec<RecheckRow>,
    pub rechecks_open: usize,
    /// Starts found stopped whose claim nobody has reversed.
    pub stopped: Vec<RecheckRow>,
    pub rules: EvidenceRules,
}

/// Reads the queue: waiting claims by the time they have waited, others newest first.
pub fn view_claims(
    desk: &Desk,
    session: &Session,
    query: &ClaimsQuery,
    today: Date,
) -> Result<ClaimsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let rules = EvidenceRules::of(&snapshot, today);
    let seen = |entry: &ProjectEntry| {
        session.covers(&snapshot, entry.project.place) && query.takes_project(&snapshot, entry)
    };
    let entries: Vec<_> = snapshot.projects.iter().filter(|entry| seen(entry)).collect();
    let of_stage = |state: &&ClaimState| query.stage.is_none_or(|s| state.claim.stage == s);
    let mut counts = [0; 5];
    let mut asked: Vec<(&ProjectEntry, &ClaimState)> = Vec::new();
    for entry in &entries {
        for state in entry.claims.iter().filter(of_stage) {
            for (count, which) in counts.iter_mut().zip(ClaimsWhich::ALL) {
                *count += usize::from(which.takes(state));
            }
            if query.which.takes(state) {
                asked.push((entry, state));
            }
        }
    }
    asked.sort_by_key(|(_, state)| match state.verdict {
        None => (false, state.entry, state.claim.id),
        Some((_, entry)) => (true, -entry, -state.claim.id),
    });
    let (found, pages) = (asked.len(), asked.len().div_ceil(PAGE_ROWS).max(1));
    let page = query.page.min(pages - 1);
    let shown: Vec<_> = asked.into_iter().skip(page * PAGE_ROWS).take(PAGE_ROWS).collect();
    let reader = Reader { desk, session, snapshot: &snapshot, table: &table, rules: &rules };
    let rows = reader.rows(&shown)?;
    let ids: BTreeSet<i64> = entries.iter().map(|entry| entry.project.id).collect();
    let (rechecks, stopped) = reader.rechecks(&ids, today)?;
    Ok(ClaimsPage {
        rows,
        counts,
        found,
        page,
        pages,
        rechecks_open: rechecks.len(),
        rechecks: rechecks.into_iter().take(RECHECKS_SHOWN).collect(),
        stopped: stopped.into_iter().take(RECHECKS_SHOWN).collect(),
        today,
        rules,
        snapshot: snapshot.clone(),
    })
}

impl ClaimsQuery {
    fn takes_project(&self, snapshot: &Snapshot, entry: &ProjectEntry) -> bool {
        let place = entry.project.place;
        self.project.is_none_or(|project| entry.project.id == project)
            && self.place.is_none_or(|root| place.is_some_and(|p| snapshot.place_within(p, root)))
    }
}

struct Reader<'a> {
    desk: &'a Desk,
    session: &'a Session,
    snapshot: &'a Snapshot,
    table: &'a FactsTable,
    rules: &'a EvidenceRules,
}

impl Reader<'_> {
    fn metas(&self) -> Metas<'_> {
        Metas { desk: self.desk, snapshot: self.snapshot }
    }

    fn evidence(&self, ids: &[i64]) -> Vec<Attachment> {
        ids.iter().filter_map(|id| self.snapshot.attachments.get(id)).cloned().collect()
    }

    fn rows(&self, shown: &[(&ProjectEntry, &ClaimState)]) -> Result<Vec<ClaimRow>, OpsError> {
        let waiting = shown.iter().filter(|(_, state)| state.verdict.is_none());
        let files = waiting.flat_map(|(_, state)| &state.claim.evidence);
        let kept = files.filter_map(|id| self.snapshot.attachments.get(id));
        let uses = Uses::of(self.snapshot, &kept.map(|row| row.sha256.as_str()).collect());
        shown.iter().map(|(entry, state)| self.row(entry, state, &uses)).collect()
    }

    fn row(
        &self,
        entry: &ProjectEntry,
        state: &ClaimState,
        uses: &Uses,
    ) -> Result<ClaimRow, OpsError> {
        let by = self.metas().of(state.entry)?;
        let is_own = by.as_ref().is_some_and(|by| by.actor == self.session.actor.id);
        let judges = self.session.actor.active
            && role_has(self.session.actor.role, Action::JudgeClaim)
            && !is_own;
        let judged = match state.verdict {
            Some(_) => {
                let said = verdicts(&self.metas(), entry.project.id)?;
                said.into_iter().find(|(row, _)| row.claim == state.claim.id)
            }
            None => None,
        };
        let facts = self.table.get(entry.project.id).expect("facts of every project");
        let doubts = match state.verdict {
            None => doubts(self.snapshot, self.rules, entry, state, uses),
            Some(_) => Vec::new(),
        };
        Ok(ClaimRow {
            row: ledger_row(self.snapshot, facts),
            state: state.clone(),
            judged: judged.map(|(row, by)| Judged { verdict: row.verdict, reason: row.reason, by }),
            evidence: self.evidence(&state.claim.evidence),
            doubts,
            may_judge: judges && state.verdict.is_none(),
            may_reverse: judges && state.is_verified(),
            by,
        })
    }

    /// Open re-checks, and closed ones that found a stop nobody has answered.
    fn rechecks(
        &self,
        projects: &BTreeSet<i64>,
        today: Date,
    ) -> Result<(Vec<RecheckRow>, Vec<RecheckRow>), OpsError> {
        let tasks = self.snapshot.records.tasks.values();
        let mut tasks: Vec<&Kept<Task>> = tasks
            .filter(|kept| kept.row.kind == TaskKind::Recheck)
            .filter(|kept| kept.row.project.is_some_and(|id| projects.contains(&id)))
            .collect();
        tasks.sort_by_key(|kept| (kept.row.due, kept.row.series));
        let (mut open, mut stopped) = (Vec::new(), Vec::new());
        for kept in tasks {
            let claim = self.claim_of(&kept.row);
            let stands = claim.is_some_and(ClaimState::is_verified);
            if kept.row.state == TaskState::Open {
                open.push(self.recheck(kept, claim, today)?);
            } else if kept.row.finding == Some(Finding::Stopped) && stands {
                stopped.push(self.recheck(kept, claim, today)?);
            }
        }
        Ok((open, stopped))
    }

    fn claim_of(&self, task: &Task) -> Option<&ClaimState> {
        let entry = self.snapshot.projects.get(task.project?)?;
        entry.claims.iter().find(|state| Some(state.claim.id) == task.claim)
    }

    fn recheck(
        &self,
        kept: &Kept<Task>,
        claim: Option<&ClaimState>,
        today: Date,
    ) -> Result<RecheckRow, OpsError> {
        let soon = AgendaRules::of(self.snapshot, today).soon_days;
        let view = task_view(self.snapshot, self.table, (&kept.row, kept.entry), (today, soon));
        let claimed_by = match claim {
            Some(state) => self.metas().of(state.entry)?.map(|by| by.actor),
            None => None,
        };
        let may_judge = self.session.actor.active
            && role_has(self.session.actor.role, Action::JudgeClaim)
            && claimed_by != Some(self.session.actor.id);
        let evidence = self.evidence(&kept.row.evidence);
        Ok(RecheckRow { view, claim: claim.cloned(), evidence, may_judge })
    }
}

/// Everything that was said of a project's claims, newest first.
pub(crate) fn verdicts(
    metas: &Metas,
    project: i64,
) -> Result<Vec<(StageVerdict, EntryMeta)>, OpsError> {
    let mut said = metas.desk.store.verdicts_of(project)?;
    said.sort_by_key(|dated| std::cmp::Reverse(dated.row.id));
    Ok(said.into_iter().map(|dated| (dated.row, metas.meta_of(dated.entry))).collect())
}
