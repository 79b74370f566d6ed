//! Takes a place's return: its figures and its sheet in one entry, or nothing at all.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tici_domain::change::Attachment;
use tici_domain::{
    Change, FigureKey, Period, Problem, ReturnRound, ReturnSheet, RoundState, SheetState, Source,
    Table, Value,
};
use tici_engine::Snapshot;
use tici_engine::checks::CheckRules;
use tici_exchange::form::{self, FormRead};

use super::plan::Planning;
use super::{Filled, ReturnPlan, Side, need_place, next_sheet, round_of, sheet_of};
use crate::import::Ids;
use crate::import_projects::source_of;
use crate::write::{Draft, Origin, Written, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Returns written in one transaction at most.
const FILES_AT_ONCE: usize = 200;

/// How a handed-in workbook treats what it leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubmitOptions {
    /// Rows that are not the place's are left out rather than stopping the return.
    pub leave_out: bool,
    /// Whose value stays where two people changed one cell; undecided stops the return.
    pub conflicts: Option<Side>,
    /// Say what would be written, and write nothing.
    pub dry_run: bool,
}

/// What became of one workbook.
#[derive(Clone, Debug)]
pub struct FileOutcome {
    pub file: String,
    pub period: Option<Period>,
    pub place: Option<i64>,
    pub plan: ReturnPlan,
    /// Problems of reading and of checking; with an error nothing of the file was written.
    pub problems: Vec<Problem>,
    /// The entry written; `None` when nothing was, or nothing had changed.
    pub entry: Option<i64>,
}

impl FileOutcome {
    pub fn is_refused(&self) -> bool {
        Problem::any_error(&self.problems)
    }
}

/// Hands in a form that was filled in on the page. `file` is the workbook it was read from,
/// when there is one.
pub fn submit_return(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    filled: &Filled,
    file: Option<(&str, &[u8])>,
    now: Timestamp,
) -> Result<(Written, ReturnPlan), OpsError> {
    let snapshot = desk.snapshot()?;
    need_place(&snapshot, session, Action::SubmitReturn, place)?;
    let source = file.map(|(name, bytes)| source_of(name, bytes));
    let rules = CheckRules::monthly();
    let mut seen = None;
    let written = write_all(desk, session.actor.id, "submit_return", now, |snapshot, ids| {
        let round = round_of(snapshot, period)?;
        let mut plan = plan_of(desk, snapshot, &rules, (round, place), filled, ids)?;
        let name = file.map_or("", |(name, _)| name);
        plan.problems.iter_mut().for_each(|problem| problem.file = name.to_owned());
        if Problem::any_error(&plan.problems) {
            return Err(OpsError::Problems(plan.problems));
        }
        let origin = source.as_ref().zip(file);
        let origin = origin.map(|(source, (_, bytes))| Origin { source, bytes });
        let source = origin.map(|origin| origin.source);
        let changes = changes(snapshot, (round, place), (&plan, &filled.note), source, ids);
        seen = Some(plan);
        Ok(vec![Draft { origin, changes }])
    })?;
    Ok((written, seen.unwrap_or_default()))
}

/// Hands in workbooks as they came back, each whole or not at all. Those of different
/// places are written together; what is wrong with one does not hold up another.
pub fn submit_files(
    desk: &Desk,
    session: &Session,
    files: &[(String, Vec<u8>)],
    reads: Vec<(Option<FormRead>, Vec<Problem>)>,
    options: SubmitOptions,
    now: Timestamp,
) -> Result<Vec<FileOutcome>, OpsError> {
    session.need(Action::SubmitReturn)?;
    let rules = CheckRules::monthly();
    let mut outcomes = Vec::with_capacity(files.len());
    let mut waiting = files.iter().zip(reads).peekable();
    while waiting.peek().is_some() {
        // Two returns of one place must see each other, so the second waits for its turn.
        let mut places = BTreeSet::new();
        let mut group = Vec::new();
        while let Some((_, (read, _))) = waiting.peek() {
            let place = read.as_ref().map(|read| (read.head.place, read.head.period));
            let is_new = place.is_none_or(|place| places.insert(place));
            if group.len() == FILES_AT_ONCE || !is_new {
                break;
            }
            group.extend(waiting.next());
        }
        outcomes.extend(submit_group(desk, session, &rules, group, options, now)?);
    }
    Ok(outcomes)
}

type Waiting<'a> = (&'a (String, Vec<u8>), (Option<FormRead>, Vec<Problem>));

fn submit_group(
    desk: &Desk,
    session: &Session,
    rules: &CheckRules,
    group: Vec<Waiting<'_>>,
    options: SubmitOptions,
    now: Timestamp,
) -> Result<Vec<FileOutcome>, OpsError> {
    let sources: Vec<Source> =
        group.iter().map(|((name, bytes), _)| source_of(name, bytes)).collect();
    let mut outcomes = Vec::new();
    let written = write_all(desk, session.actor.id, "submit_return", now, |snapshot, ids| {
        let mut drafts = Vec::new();
        for (((name, bytes), (read, problems)), source) in group.into_iter().zip(&sources) {
            let (outcome, changes) =
                one_file(desk, session, (snapshot, rules, ids), read, problems, (source, options))?;
            let is_written = !changes.is_empty() && !options.dry_run;
            outcomes.push((FileOutcome { file: name.clone(), ..outcome }, is_written));
            if is_written {
                drafts.push(Draft { origin: Some(Origin { source, bytes }), changes });
            }
        }
        Ok(drafts)
    })?;
    let mut entries = written.entries.into_iter();
    let settle = |(mut outcome, is_written): (FileOutcome, bool)| {
        outcome.entry = is_written.then(|| entries.next()).flatten();
        outcome
    };
    Ok(outcomes.into_iter().map(settle).collect())
}

/// Plans one workbook; without changes it is refused, or says nothing new.
fn one_file(
    desk: &Desk,
    session: &Session,
    (snapshot, rules, ids): (&Snapshot, &CheckRules, &mut Ids),
    read: Option<FormRead>,
    mut problems: Vec<Problem>,
    (source, options): (&Source, SubmitOptions),
) -> Result<(FileOutcome, Vec<Change>), OpsError> {
    let mut outcome = FileOutcome {
        file: String::new(),
        period: read.as_ref().map(|read| read.head.period),
        place: read.as_ref().map(|read| read.head.place),
        plan: ReturnPlan::default(),
        problems: Vec::new(),
        entry: None,
    };
    let mut changed = Vec::new();
    if let Some(read) = read {
        let (period, place) = (read.head.period, read.head.place);
        problems.extend(check_head(snapshot, &read, None));
        problems.extend(not_its_own(snapshot, session, place));
        if !Problem::any_error(&problems) {
            let round = round_of(snapshot, period)?;
            let mut filled = Filled::of_read(&read);
            filled.leave_out = options.leave_out;
            if let Some(side) = options.conflicts {
                let cells = filled.rows.iter().flat_map(|row| {
                    let project = row.project.unwrap_or_default();
                    row.cells.keys().map(move |key| (super::cell_key(project, key), side))
                });
                filled.decided = cells.collect();
            }
            let plan = plan_of(desk, snapshot, rules, (round, place), &filled, ids)?;
            problems.extend(plan.problems.iter().cloned());
            if !Problem::any_error(&problems) {
                let said = (&plan, filled.note.as_str());
                changed = changes(snapshot, (round, place), said, Some(source), ids);
            }
            outcome.plan = plan;
        }
    }
    problems.iter_mut().for_each(|problem| problem.file = source.file.clone());
    outcome.problems = problems;
    Ok((outcome, changed))
}

/// A workbook of a place that is not the account's: said of that workbook, so that it does
/// not hold up those handed in beside it.
fn not_its_own(snapshot: &Snapshot, session: &Session, place: i64) -> Option<Problem> {
    let place = snapshot.places.get(&place)?;
    need_place(snapshot, session, Action::SubmitReturn, place.id).err()?;
    Some(Problem::error("return-not-yours").arg("place", &place.short.text))
}

/// Whether a workbook is for this ledger, a round of it and, where `wanted` says so, this
/// place and period.
pub(super) fn check_head(
    snapshot: &Snapshot,
    read: &FormRead,
    wanted: Option<(Period, i64)>,
) -> Vec<Problem> {
    let head = &read.head;
    let mut problems = Vec::new();
    let round = snapshot.records.round_of(&head.form, head.period).map(|kept| &kept.row);
    let is_same_round = round.is_some_and(|round| round.series == head.round);
    let place = snapshot.places.get(&head.place);
    let is_same_place = place.is_some_and(|place| place.code.code == head.place_code);
    if let Some((period, _)) = wanted.filter(|(period, _)| *period != head.period) {
        let problem = Problem::error("form-other-period").arg("found", head.period);
        problems.push(problem.arg("wanted", period));
    } else if round.is_none() {
        problems.push(Problem::error("form-no-round").arg("found", head.period));
    } else if !is_same_round || head.base > snapshot.seq || !is_same_place {
        problems.push(Problem::error("form-other-ledger").arg("base", head.base));
    }
    if let Some((_, wanted)) = wanted.filter(|(_, place)| *place != head.place) {
        let name = |id| {
            let place = snapshot.places.get(&id);
            place.map_or_else(|| head.place_code.clone(), |place| place.short.text.clone())
        };
        let problem = Problem::error("form-other-place").arg("found", name(head.place));
        problems.push(problem.arg("wanted", name(wanted)));
    }
    problems
}

/// What a filled form would write, with everything that stands in its way.
pub(super) fn plan_of(
    desk: &Desk,
    snapshot: &Snapshot,
    rules: &CheckRules,
    (round, place): (&ReturnRound, i64),
    filled: &Filled,
    ids: &mut Ids,
) -> Result<ReturnPlan, OpsError> {
    let mut plan = look_of(desk, snapshot, rules, (round, place), filled, ids)?;
    let sheet = sheet_of(snapshot, round, place).map(|kept| &kept.row);
    plan.problems.extend(note_too_long(filled));
    plan.problems.extend(may_submit(round, sheet));
    Ok(plan)
}

/// The same of a form that is only looked at: whether it may be handed in now is not asked.
pub(super) fn look_of(
    desk: &Desk,
    snapshot: &Snapshot,
    rules: &CheckRules,
    (round, place): (&ReturnRound, i64),
    filled: &Filled,
    ids: &mut Ids,
) -> Result<ReturnPlan, OpsError> {
    let sheet = sheet_of(snapshot, round, place).map(|kept| &kept.row);
    let closed = match sheet {
        Some(sheet) => super::versions::closed_by(desk, sheet)?,
        None => None,
    };
    // A store that cannot be read gives no earlier value: the cell is then shown as one
    // that two people changed, which loses nothing.
    let value_then = |key: &FigureKey, base: i64| -> Option<Value> {
        let history = desk.store.figure_history(key).ok()?;
        history.into_iter().find(|(_, meta)| meta.seq < base).map(|(figure, _)| figure.value)
    };
    // The rules of the month that is reported, not of the day it is handed in.
    let adopted = CheckRules::adopted(snapshot, round.period.last_day());
    let planning = Planning {
        snapshot,
        rules: adopted.as_ref().unwrap_or(rules),
        period: round.period,
        place,
        closed,
        value_then: &value_then,
    };
    Ok(planning.plan(filled, ids))
}

/// Characters of what a reporter says with a return.
const NOTE_CHARS_MAX: usize = 400;

fn note_too_long(filled: &Filled) -> Option<Problem> {
    let chars = filled.note.chars().count();
    let problem = Problem::error("return-note-long").arg("n", chars).arg("limit", NOTE_CHARS_MAX);
    (chars > NOTE_CHARS_MAX).then_some(problem)
}

/// Whether the place's sheet still takes a return.
fn may_submit(round: &ReturnRound, sheet: Option<&ReturnSheet>) -> Option<Problem> {
    let problem = |key: &str| Some(Problem::error(key).arg("period", round.period));
    match sheet.map(|sheet| sheet.state) {
        Some(SheetState::Accepted) => problem("return-accepted-already"),
        Some(SheetState::Locked) => problem("return-locked"),
        // Sent back is sent back, also after the round was locked.
        Some(SheetState::Returned) => None,
        _ if round.state == RoundState::Locked => problem("round-locked"),
        _ => None,
    }
}

/// Figures, the file's record and the sheet; nothing where all of it has been said before.
fn changes(
    snapshot: &Snapshot,
    (round, place): (&ReturnRound, i64),
    (plan, note): (&ReturnPlan, &str),
    source: Option<&Source>,
    ids: &mut Ids,
) -> Vec<Change> {
    let before = sheet_of(snapshot, round, place).map(|kept| &kept.row);
    let known = source.and_then(|source| {
        snapshot.attachments.values().find(|row| row.sha256 == source.sha256).map(|row| row.id)
    });
    let is_said = before.is_some_and(|sheet| {
        let same_file = source.is_none() || (known.is_some() && sheet.file == known);
        let same_note = note.is_empty() || sheet.reason.as_deref() == Some(note);
        sheet.state == SheetState::Submitted && same_file && same_note
    });
    if plan.figures.is_empty() && is_said {
        return Vec::new();
    }
    let mut changes: Vec<Change> = plan.figures.iter().cloned().map(Change::Figure).collect();
    let file = match (source, known) {
        (None, _) => None,
        (Some(_), Some(known)) => Some(known),
        (Some(source), None) => {
            let attachment = attachment(source, ids.next(Table::Attachment));
            let id = attachment.id;
            changes.push(Change::Attachment(attachment));
            Some(id)
        }
    };
    let mut sheet = next_sheet(ids, (round, place), before, SheetState::Submitted);
    sheet.rows = plan.rows;
    sheet.file = file;
    sheet.reason = (!note.is_empty()).then(|| note.to_owned());
    changes.push(Change::ReturnSheet(sheet));
    changes
}

fn attachment(source: &Source, id: i64) -> Attachment {
    Attachment {
        id,
        sha256: source.sha256.clone(),
        file: source.file.clone(),
        bytes: source.bytes as i64,
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        kind: "workbook".into(),
        taken: None,
        location: None,
    }
}

/// Reads a workbook as it came back, without the ledger.
pub fn read_form(name: &str, bytes: &[u8]) -> (Option<FormRead>, Vec<Problem>) {
    form::read(name, bytes)
}

/// Reads workbooks on all cores, in their order.
pub fn read_forms(files: &[(String, Vec<u8>)]) -> Vec<(Option<FormRead>, Vec<Problem>)> {
    super::fill::on_all_cores(files, |(name, bytes)| form::read(name, bytes))
}
