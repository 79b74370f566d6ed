//! Runs: reckoned, reviewed by somebody else, published with a window for objections, final.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use tici_domain::change::Attachment;
use tici_domain::{Change, ObjectionState, Period, Problem, RunPurpose, RunState, ScoreRun, Table};
use tici_engine::Snapshot;
use tici_engine::assess::run::frozen::replay;
use tici_engine::assess::scheme::{Objection as Window, Scheme as Rules};
use tici_store::Hash;

use super::WORDS_CHARS_MAX;
use super::draw::draw_inputs;
use super::open_run::{history, input_bytes, opened, result_bytes, seen};
use super::schemes::whole;
use crate::import::Ids;
use crate::keep_tasks::words;
use crate::write::{Written, write, write_with_files};
use crate::{Action, Desk, OpsError, Session};

/// Days of objections where a scheme states none.
const WINDOW: Window = Window { days: 5, working_days: true };

/// A run as somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// Key of the scheme.
    pub scheme: String,
    pub period: Period,
    pub purpose: RunPurpose,
    /// The run it reckons again.
    pub again: Option<i64>,
    pub reason: String,
}

/// What was started.
#[derive(Debug)]
pub struct Started {
    pub written: Written,
    /// Series of the run.
    pub run: i64,
    /// What the engine warned of.
    pub warnings: Vec<Problem>,
}

/// Draws the inputs, reckons, and freezes scheme, inputs and result in one entry.
pub fn start_run(
    desk: &Desk,
    session: &Session,
    new: &NewRun,
    (now, today): (Timestamp, Date),
) -> Result<Started, OpsError> {
    whole(session, Action::RunAssessment)?;
    let snapshot = desk.snapshot()?;
    let mut problems = Vec::new();
    let reason = words(&new.reason, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    let drawn = draw_inputs(desk, &snapshot, (&new.scheme, new.period), today)?;
    let (ran, warnings) = replay(&drawn.rules, &drawn.frozen);
    let Some(ran) = ran else { return Err(OpsError::Problems(warnings)) };
    let scheme = drawn.row.text.clone().into_bytes();
    let (inputs, result) = (input_bytes(&drawn.frozen), result_bytes(&ran));
    let files: [&[u8]; 3] = [&scheme, &inputs, &result];
    let mut run = 0;
    let by = (session.actor.id, "run_assessment", now);
    let written = write_with_files(desk, by, &files, |at, ids| {
        let attached = attach(&drawn.rules, new.period, &files, ids);
        let id = ids.next(Table::ScoreRun);
        run = id;
        let file = |which: usize| attached[which].id;
        let row = ScoreRun {
            id,
            series: id,
            scheme: drawn.row.key.clone(),
            version: drawn.row.version.clone(),
            period: new.period,
            purpose: new.purpose,
            state: RunState::Draft,
            scheme_file: file(0),
            inputs_file: file(1),
            result_file: file(2),
            drawn_at: snapshot.seq,
            again: new.again.filter(|series| at.records.runs.contains_key(series)),
            reason,
            published: None,
            objections_until: None,
            replaces: None,
        };
        let attached = attached.into_iter().map(Change::Attachment);
        Ok(attached.chain([Change::ScoreRun(row)]).collect())
    })?;
    Ok(Started { written, run, warnings })
}

fn attach(rules: &Rules, period: Period, files: &[&[u8]; 3], ids: &mut Ids) -> Vec<Attachment> {
    let names = [
        (format!("{}-{}.toml", rules.key, rules.version), "application/toml", "assess_scheme"),
        (format!("{}-{period}-inputs.json", rules.key), "application/json", "assess_inputs"),
        (format!("{}-{period}-result.json", rules.key), "application/json", "assess_result"),
    ];
    let attach = |((file, media_type, kind), bytes): ((String, &str, &str), &&[u8])| Attachment {
        id: ids.next(Table::Attachment),
        sha256: Hash::of(bytes).to_string(),
        file,
        bytes: bytes.len() as i64,
        media_type: media_type.to_owned(),
        kind: kind.to_owned(),
        taken: None,
        location: None,
    };
    names.into_iter().zip(files).map(attach).collect()
}

/// What is done with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Review,
    Publish,
    Finish,
    Withdraw,
}

impl Step {
    pub fn parse(code: &str) -> Option<Step> {
        match code {
            "review" => Some(Step::Review),
            "publish" => Some(Step::Publish),
            "finish" => Some(Step::Finish),
            "withdraw" => Some(Step::Withdraw),
            _ => None,
        }
    }

    fn op(self) -> &'static str {
        match self {
            Step::Review => "review_run",
            Step::Publish => "publish_run",
            Step::Finish => "finish_run",
            Step::Withdraw => "withdraw_run",
        }
    }
}

/// Takes a run one step on. Publishing what reckons another run again takes that one back.
pub fn step_run(
    desk: &Desk,
    session: &Session,
    (run, step, reason): (i64, Step, &str),
    (now, today): (Timestamp, Date),
) -> Result<Written, OpsError> {
    whole(session, Action::RunAssessment)?;
    let snapshot = desk.snapshot()?;
    let row = snapshot.records.runs.get(&run).ok_or_else(|| OpsError::not_found("run", run))?;
    // Whoever reckoned it is known by the first entry.
    let maker = history(desk, &snapshot, run)?.first().map(|(_, entry)| entry.actor);
    let opened = opened(desk, &snapshot, &row.row)?;
    let window = opened.rules.objection.unwrap_or(WINDOW);
    write(desk, session.actor.id, step.op(), now, |snapshot, ids| {
        let kept = snapshot.records.runs.get(&run);
        let old = &kept.ok_or_else(|| OpsError::not_found("run", run))?.row;
        let is_own = step == Step::Review && maker == Some(session.actor.id);
        let mut problems = wrong(snapshot, old, (step, is_own), today);
        if step == Step::Publish && !opened.is_same {
            problems.push(Problem::error("assess-run-differs").arg("run", run));
        }
        let said = words(reason, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
        if step == Step::Withdraw && said.is_none() {
            problems.push(Problem::error("assess-needs-reason"));
        }
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        let mut rows = vec![stepped(old, (step, said), (window, today), ids)];
        if step == Step::Publish {
            rows.extend(replaced(snapshot, old, ids));
        }
        Ok(rows.into_iter().map(Change::ScoreRun).collect())
    })
}

/// Why a step cannot be taken.
fn wrong(
    snapshot: &Snapshot,
    old: &ScoreRun,
    (step, is_own): (Step, bool),
    today: Date,
) -> Vec<Problem> {
    let fits = match step {
        Step::Review => old.state == RunState::Draft,
        Step::Publish => old.state == RunState::Reviewed,
        Step::Finish => old.state == RunState::Published,
        Step::Withdraw => !matches!(old.state, RunState::Final | RunState::Withdrawn),
    };
    if !fits {
        return vec![Problem::error("assess-run-state").arg("state", old.state.code())];
    }
    if is_own {
        return vec![Problem::error("assess-review-own")];
    }
    let mut problems = Vec::new();
    if step == Step::Finish {
        let objections = snapshot.records.objections_to(old.series);
        let open = objections.filter(|kept| kept.row.state == ObjectionState::Open).count();
        if open > 0 {
            problems.push(Problem::error("assess-objections-open").arg("n", open));
        }
        if let Some(until) = old.objections_until.filter(|until| *until >= today) {
            problems.push(Problem::error("assess-window-open").arg("until", until));
        }
    }
    problems
}

fn stepped(
    old: &ScoreRun,
    (step, said): (Step, Option<String>),
    (window, today): (Window, Date),
    ids: &mut Ids,
) -> ScoreRun {
    let mut row = ScoreRun {
        id: ids.next(Table::ScoreRun),
        replaces: Some(old.id),
        reason: said.or_else(|| old.reason.clone()),
        ..old.clone()
    };
    row.state = match step {
        Step::Review => RunState::Reviewed,
        Step::Publish => RunState::Published,
        Step::Finish => RunState::Final,
        Step::Withdraw => RunState::Withdrawn,
    };
    if step == Step::Publish {
        row.published = Some(today);
        row.objections_until = Some(match window.working_days {
            true => working_days_after(today, window.days),
            false => today.checked_add(Span::new().days(window.days)).unwrap_or(today),
        });
    }
    row
}

/// The run that this one stands in the place of.
fn replaced(snapshot: &Snapshot, new: &ScoreRun, ids: &mut Ids) -> Option<ScoreRun> {
    let old = &snapshot.records.runs.get(&new.again?)?.row;
    let stands = matches!(old.state, RunState::Published | RunState::Final);
    stands.then(|| ScoreRun {
        id: ids.next(Table::ScoreRun),
        state: RunState::Withdrawn,
        reason: Some(format!("#{}", new.series)),
        replaces: Some(old.id),
        ..old.clone()
    })
}

/// The day so many working days later, Monday to Friday; holidays are not known.
pub fn working_days_after(day: Date, days: i64) -> Date {
    let mut left = days;
    let mut at = day;
    while left > 0 {
        let Ok(next) = at.tomorrow() else { return at };
        at = next;
        if !matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    at
}

/// One run in a list.
pub struct RunLine {
    pub row: ScoreRun,
    pub objections: usize,
    pub open_objections: usize,
}

/// Every run that the account may see, the later period first.
pub fn list_runs(desk: &Desk, session: &Session) -> Result<Vec<RunLine>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let line = |row: ScoreRun| {
        let all = || snapshot.records.objections_to(row.series);
        RunLine {
            objections: all().count(),
            open_objections: all().filter(|k| k.row.state == ObjectionState::Open).count(),
            row,
        }
    };
    Ok(seen(&snapshot, session).into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_do_not_count() {
        let cases = [
            (date(2026, 6, 18), 5, date(2026, 6, 25)),
            (date(2026, 6, 19), 1, date(2026, 6, 22)),
            (date(2026, 6, 20), 0, date(2026, 6, 20)),
        ];
        for (day, days, expected) in cases {
            assert_eq!(working_days_after(day, days), expected, "{day} {days}");
        }
    }
}
