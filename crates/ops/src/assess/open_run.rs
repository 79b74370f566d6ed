//! Opening a run: it is made again from what was frozen, and compared with the frozen result
//! byte by byte.

use std::sync::{Arc, OnceLock};

use tici_domain::{Problem, RunState, ScoreRun};
use tici_engine::Snapshot;
use tici_engine::assess::robustness::RankSpread;
use tici_engine::assess::run::Run;
use tici_engine::assess::run::frozen::{Frozen, replay, spreads};
use tici_engine::assess::scheme::Scheme as Rules;

use super::draw::run_before;
use crate::versions::versions;
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// A run as its frozen files give it.
#[derive(Debug)]
pub struct OpenedRun {
    pub rules: Rules,
    pub scheme_text: String,
    pub frozen: Frozen,
    pub run: Run,
    /// The result made again is the frozen one, byte for byte.
    pub is_same: bool,
    /// SHA-256 of the frozen result.
    pub result_sha256: String,
    spreads: OnceLock<Vec<RankSpread>>,
}

impl OpenedRun {
    /// How far each unit's rank moves, in the order of the units; drawn when first asked for.
    pub fn spreads(&self) -> &[RankSpread] {
        self.spreads.get_or_init(|| spreads(&self.rules, &self.frozen, &self.run))
    }
}

/// Which run is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunQuery {
    /// Its series; the newest one that may be seen where not said.
    pub run: Option<i64>,
}

/// A run with all that belongs to it.
pub struct RunPage {
    pub snapshot: Arc<Snapshot>,
    pub row: ScoreRun,
    pub opened: Arc<OpenedRun>,
    /// The run of the period before, where one stands.
    pub before: Option<(ScoreRun, Arc<OpenedRun>)>,
    /// States with who wrote each, the first first.
    pub history: Vec<(ScoreRun, EntryMeta)>,
    /// Runs that reckon this one again.
    pub again: Vec<i64>,
    /// Every run that may be seen, the newest first.
    pub runs: Vec<ScoreRun>,
    pub open_objections: usize,
    pub objections: usize,
    pub may_run: bool,
}

/// One of a run's frozen files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunFile {
    Scheme,
    Inputs,
    Result,
}

impl RunFile {
    /// `scheme`, `inputs` or `result`.
    pub fn parse(code: &str) -> Option<RunFile> {
        match code {
            "scheme" => Some(RunFile::Scheme),
            "inputs" => Some(RunFile::Inputs),
            "result" => Some(RunFile::Result),
            _ => None,
        }
    }
}

/// Opens a run. What is not public is seen by those who reckon it.
pub fn open_run(desk: &Desk, session: &Session, query: &RunQuery) -> Result<RunPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let runs = seen(&snapshot, session);
    let row = match query.run {
        Some(series) => runs.iter().find(|run| run.series == series),
        None => runs.iter().find(|run| run.state != RunState::Withdrawn),
    };
    let missing =
        || OpsError::not_found("run", query.run.map_or(String::new(), |id| id.to_string()));
    let row = row.ok_or_else(missing)?.clone();
    let opened_run = opened(desk, &snapshot, &row)?;
    let before = match run_before(&snapshot, &row.scheme, row.period) {
        Some(before) => Some((before.clone(), opened(desk, &snapshot, before)?)),
        None => None,
    };
    let again = runs.iter().filter(|run| run.again == Some(row.series)).map(|run| run.series);
    let objections: Vec<_> = snapshot.records.objections_to(row.series).collect();
    let is_open = |kept: &&&tici_engine::snapshot::Kept<tici_domain::Objection>| {
        kept.row.state == tici_domain::ObjectionState::Open
    };
    Ok(RunPage {
        history: history(desk, &snapshot, row.series)?,
        again: again.collect(),
        open_objections: objections.iter().filter(is_open).count(),
        objections: objections.len(),
        may_run: may_run(session),
        opened: opened_run,
        before,
        runs,
        row,
        snapshot,
    })
}

pub(super) fn may_run(session: &Session) -> bool {
    session.need(Action::RunAssessment).is_ok() && session.actor.place.is_none()
}

/// Runs that the account may see: the later period first, then what stands before what was
/// taken back, then the newer.
pub(super) fn seen(snapshot: &Snapshot, session: &Session) -> Vec<ScoreRun> {
    let may_run = may_run(session);
    let runs = snapshot.records.runs.values().map(|kept| &kept.row);
    let public = |run: &&ScoreRun| may_run || run.published.is_some();
    let mut runs: Vec<ScoreRun> = runs.filter(public).cloned().collect();
    let order =
        |run: &ScoreRun| (run.period.last_day(), run.state != RunState::Withdrawn, run.series);
    runs.sort_by_key(|run| std::cmp::Reverse(order(run)));
    runs
}

pub(super) fn history(
    desk: &Desk,
    snapshot: &Snapshot,
    series: i64,
) -> Result<Vec<(ScoreRun, EntryMeta)>, OpsError> {
    let metas = Metas { desk, snapshot };
    let current = snapshot.records.runs.get(&series).map(|kept| kept.row.id);
    let mut rows = Vec::new();
    for version in current.into_iter().flat_map(|id| versions::<ScoreRun>(&desk.store, id)) {
        let (row, header) = version?;
        rows.push((row, metas.meta_of(header)));
    }
    rows.reverse();
    Ok(rows)
}

/// A run made again from its frozen files, once for each pair of them.
pub(super) fn opened(
    desk: &Desk,
    snapshot: &Snapshot,
    row: &ScoreRun,
) -> Result<Arc<OpenedRun>, OpsError> {
    let key = (hash_of(snapshot, row.scheme_file)?, hash_of(snapshot, row.inputs_file)?);
    let result = hash_of(snapshot, row.result_file)?;
    desk.opened_runs.get_or_make(key.clone(), || {
        let scheme_text = String::from_utf8(blob(desk, &key.0)?).map_err(|_| damaged("scheme"))?;
        let inputs = blob(desk, &key.1)?;
        let (rules, problems) = Rules::parse(&scheme_text, &row.version);
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        let frozen: Frozen = serde_json::from_slice(&inputs).map_err(|_| damaged("inputs"))?;
        let (run, problems) = replay(&rules, &frozen);
        let run = run.ok_or(OpsError::Problems(problems))?;
        let bytes = result_bytes(&run);
        let is_same = tici_store::Hash::of(&bytes).to_string() == result;
        Ok(OpenedRun {
            rules,
            scheme_text,
            frozen,
            run,
            is_same,
            result_sha256: result.clone(),
            spreads: OnceLock::new(),
        })
    })
}

/// The bytes of a result as they are frozen.
pub(super) fn result_bytes(run: &Run) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(run).expect("a result is always JSON");
    bytes.push(b'\n');
    bytes
}

/// The bytes of inputs as they are frozen.
pub(super) fn input_bytes(frozen: &Frozen) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(frozen).expect("inputs are always JSON");
    bytes.push(b'\n');
    bytes
}

fn hash_of(snapshot: &Snapshot, file: i64) -> Result<String, OpsError> {
    let attachment = snapshot.attachments.get(&file);
    let attachment = attachment.ok_or_else(|| OpsError::not_found("attachment", file))?;
    Ok(attachment.sha256.clone())
}

fn blob(desk: &Desk, sha256: &str) -> Result<Vec<u8>, OpsError> {
    desk.store.blob(sha256)?.ok_or_else(|| OpsError::not_found("attachment", sha256))
}

fn damaged(what: &str) -> OpsError {
    OpsError::Problems(vec![Problem::error("assess-frozen-damaged").arg("what", what)])
}

/// The bytes of a frozen file, with a name.
pub fn open_run_file(
    desk: &Desk,
    session: &Session,
    (run, which): (i64, RunFile),
) -> Result<(String, Vec<u8>), OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let runs = seen(&snapshot, session);
    let row = runs.into_iter().find(|row| row.series == run);
    let row = row.ok_or_else(|| OpsError::not_found("run", run))?;
    let id = match which {
        RunFile::Scheme => row.scheme_file,
        RunFile::Inputs => row.inputs_file,
        RunFile::Result => row.result_file,
    };
    let name = snapshot.attachments.get(&id).map(|file| file.file.clone()).unwrap_or_default();
    Ok((name, blob(desk, &hash_of(&snapshot, id)?)?))
}

/// Makes a run again, away from anything that was kept; says whether it is the same.
pub fn replay_run(desk: &Desk, session: &Session, run: i64) -> Result<bool, OpsError> {
    let read = |which| open_run_file(desk, session, (run, which)).map(|(_, bytes)| bytes);
    let (scheme, inputs, result) =
        (read(RunFile::Scheme)?, read(RunFile::Inputs)?, read(RunFile::Result)?);
    let text = String::from_utf8(scheme).map_err(|_| damaged("scheme"))?;
    let (rules, problems) = Rules::parse(&text, "scheme.toml");
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    let frozen: Frozen = serde_json::from_slice(&inputs).map_err(|_| damaged("inputs"))?;
    let (run, problems) = replay(&rules, &frozen);
    let run = run.ok_or(OpsError::Problems(problems))?;
    Ok(result_bytes(&run) == result)
}
