//! What a project's page tells of scrutiny beside its current claims: earlier claims, every
//! verdict, statistical entry with its lag, stops and restarts, re-checks.

use jiff::civil::Date;
use tici_domain::change::{Attachment, StageClaim};
use tici_domain::scrutiny::SideChange;
use tici_domain::{Problem, Stage, Task, TaskKind};
use tici_engine::evidence::{EvidenceRules, Uses};
use tici_engine::snapshot::{ClaimState, ProjectEntry};

use crate::OpsError;
use crate::claim_stage::doubts;
use crate::view_claims::{Judged, verdicts};
use crate::view_project::{EntryMeta, Metas};

/// Everything about claims and stops that is not the current claim itself.
#[derive(Clone, Debug)]
pub struct Scrutiny {
    /// Every verdict on every claim, by claim, newest first.
    pub judged: Vec<(i64, Judged)>,
    /// Claims that a later one of the same stage has replaced, newest first.
    pub earlier: Vec<(StageClaim, EntryMeta)>,
    /// What the rules have to say of waiting claims, by claim.
    pub doubts: Vec<(i64, Vec<Problem>)>,
    pub entered: StatEntry,
    /// Suspensions, restarts and ends, newest first.
    pub stops: Vec<Stop>,
    /// Re-checks of its starts, newest first.
    pub rechecks: Vec<Task>,
}

/// Statistical entry: a state of its own, claimed and verified like a stage, which may come
/// before the start or after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatEntry {
    /// The current claim of it, whatever was said.
    pub claim: Option<ClaimState>,
    /// The day of the start, as claimed and not turned down.
    pub started: Option<Date>,
    /// Days from the start to the entry; negative when it came before. Up to today while
    /// there is no entry.
    pub lag_days: Option<i32>,
}

/// One suspension, restart or end.
#[derive(Clone, Debug)]
pub struct Stop {
    pub change: SideChange,
    pub by: Option<EntryMeta>,
    pub evidence: Vec<Attachment>,
}

pub(crate) fn scrutiny(
    metas: &Metas,
    entry: &ProjectEntry,
    today: Date,
) -> Result<Scrutiny, OpsError> {
    let id = entry.project.id;
    let judged = verdicts(metas, id)?
        .into_iter()
        .map(|(row, by)| (row.claim, Judged { verdict: row.verdict, reason: row.reason, by }));
    let claims = metas.desk.store.claims_of(id)?;
    let known = claims.into_iter().filter(|dated| metas.desk.knows(dated.entry.seq));
    let earlier = known.filter(|dated| dated.superseded_by.is_some());
    let tasks = metas.snapshot.records.tasks_of(id).map(|kept| &kept.row);
    let mut rechecks: Vec<Task> =
        tasks.filter(|task| task.kind == TaskKind::Recheck).cloned().collect();
    rechecks.sort_by_key(|task| std::cmp::Reverse((task.due, task.series)));
    Ok(Scrutiny {
        judged: judged.collect(),
        earlier: earlier.map(|dated| (dated.row, metas.meta_of(dated.entry))).collect(),
        doubts: doubts_of(metas, entry, today),
        entered: stat_entry(entry, today),
        stops: stops(metas, id)?,
        rechecks,
    })
}

fn doubts_of(metas: &Metas, entry: &ProjectEntry, today: Date) -> Vec<(i64, Vec<Problem>)> {
    let snapshot = metas.snapshot;
    let waiting = || entry.claims.iter().filter(|state| state.verdict.is_none());
    let kept = waiting().flat_map(|state| &state.claim.evidence);
    let kept = kept.filter_map(|id| snapshot.attachments.get(id));
    let uses = Uses::of(snapshot, &kept.map(|row| row.sha256.as_str()).collect());
    let rules = EvidenceRules::of(snapshot, today);
    let of = |state: &ClaimState| (state.claim.id, doubts(snapshot, &rules, entry, state, &uses));
    waiting().map(of).collect()
}

/// Statistical entry of a project, seen from a day.
pub fn stat_entry(entry: &ProjectEntry, today: Date) -> StatEntry {
    let claim = entry.claim(Stage::StatEntered);
    let started = entry.claims.iter().filter(|state| {
        state.stands() && state.claim.stage.has_started() && state.claim.stage != Stage::StatEntered
    });
    let started = started.map(|state| state.claim.on).min();
    let entered = claim.filter(|state| state.stands()).map(|state| state.claim.on);
    let lag_days = started.map(|start| (entered.unwrap_or(today) - start).get_days());
    StatEntry { claim: claim.cloned(), started, lag_days }
}

fn stops(metas: &Metas, project: i64) -> Result<Vec<Stop>, OpsError> {
    let kept: Vec<_> = metas.snapshot.records.side_changes_of(project).collect();
    let stop = |kept: &tici_engine::snapshot::Kept<SideChange>| {
        let files = kept.row.evidence.iter();
        let files = files.filter_map(|id| metas.snapshot.attachments.get(id));
        Ok(Stop {
            change: kept.row.clone(),
            by: metas.of(kept.entry)?,
            evidence: files.cloned().collect(),
        })
    };
    kept.into_iter().rev().map(stop).collect()
}
