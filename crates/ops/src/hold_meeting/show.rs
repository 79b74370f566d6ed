//! Reading meetings: the list with a proposed agenda, and one meeting with its projects.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{Meeting, Name, Task, TaskKind};
use tici_engine::agenda::{AgendaRules, Candidate, Standing, Why, candidates, standing};
use tici_engine::board::{BoardRules, start_days};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};

use crate::keep_tasks::{TaskView, task_view};
use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::{Action, Desk, OpsError, Session};

/// Proposed projects shown; an agenda holds fewer.
const CANDIDATES_MAX: usize = 60;

/// A meeting in the list.
#[derive(Clone, Debug)]
pub struct MeetingLine {
    pub series: i64,
    pub title: Name,
    pub on: Date,
    pub closed: bool,
    pub items: usize,
    pub spoken_of: usize,
    /// Decisions: all, kept, broken, open, and of those open late.
    pub decisions: usize,
    pub kept: usize,
    pub broken: usize,
    pub open: usize,
    pub late: usize,
}

/// A proposed project with its record.
#[derive(Clone, Debug)]
pub struct CandidateView {
    pub row: LedgerRow,
    pub candidate: Candidate,
    /// What was decided on it before: kept, broken, still open and late.
    pub past: Vec<TaskView>,
}

/// Meetings and what the next one should speak of.
#[derive(Clone, Debug)]
pub struct MeetingsPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rules: AgendaRules,
    /// Newest first.
    pub meetings: Vec<MeetingLine>,
    /// The most pressing first.
    pub candidates: Vec<CandidateView>,
    pub found: usize,
    pub may_run: bool,
}

/// One meeting.
#[derive(Clone, Debug)]
pub struct MeetingPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rules: AgendaRules,
    pub meeting: Meeting,
    /// Entry that wrote it last.
    pub entry: i64,
    pub items: Vec<ItemView>,
    /// Units that have had tasks, for typing.
    pub owners: Vec<Name>,
    /// Whether the account may take down decisions.
    pub may_run: bool,
}

/// One project on the agenda.
#[derive(Clone, Debug)]
pub struct ItemView {
    /// Place on the agenda, from 0; items the account may not see leave gaps.
    pub index: usize,
    pub row: LedgerRow,
    pub why: Option<Why>,
    pub done: bool,
    /// The day it is expected to start as its own people say, and the one on which it must;
    /// `None` when it has started.
    pub start: Option<(Option<Date>, Option<Date>)>,
    /// What has to be done: open first by day, then what was closed lately. Decisions of
    /// earlier meetings are among them; those of this one are not.
    pub tasks: Vec<TaskView>,
    /// Decided in this meeting.
    pub decisions: Vec<TaskView>,
}

/// Reads the list of meetings and proposes an agenda.
pub fn view_meetings(
    desk: &Desk,
    session: &Session,
    today: Date,
) -> Result<MeetingsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let rules = AgendaRules::of(&snapshot, today);
    let filter = Filter { scope: session.actor.place, ..Filter::default() };
    let board = BoardRules::of(&snapshot, today);
    let proposed = candidates(&snapshot, &table, &filter, (&rules, &board));
    let found = proposed.len();
    let view = |candidate: Candidate| {
        let facts = table.get(candidate.project)?;
        let past = past(&snapshot, &table, candidate.project, (&rules, today), None);
        Some(CandidateView { row: ledger_row(&snapshot, facts), candidate, past })
    };
    let shown = proposed.into_iter().take(CANDIDATES_MAX).filter_map(view).collect();
    let mut meetings: Vec<MeetingLine> = snapshot
        .records
        .meetings
        .values()
        .map(|kept| line(&snapshot, session, &kept.row, today))
        .collect();
    meetings.sort_by_key(|line| (std::cmp::Reverse(line.on), std::cmp::Reverse(line.series)));
    let may_run = session.need(Action::RunMeeting).is_ok();
    Ok(MeetingsPage { meetings, candidates: shown, found, rules, lens, may_run, snapshot })
}

/// Counts a meeting's items and decisions, as far as the account sees them.
fn line(snapshot: &Snapshot, session: &Session, meeting: &Meeting, today: Date) -> MeetingLine {
    let items = meeting.agenda.iter().filter(|item| sees(session, snapshot, item.project));
    let (mut count, mut spoken_of) = (0, 0);
    for item in items {
        count += 1;
        spoken_of += usize::from(item.done);
    }
    let mut line = MeetingLine {
        series: meeting.series,
        title: meeting.title.clone(),
        on: meeting.on,
        closed: meeting.closed,
        items: count,
        spoken_of,
        decisions: 0,
        kept: 0,
        broken: 0,
        open: 0,
        late: 0,
    };
    let tasks = snapshot.records.tasks.values().map(|kept| &kept.row);
    let decided = tasks.filter(|task| task.meeting == Some(meeting.series));
    for task in decided.filter(|task| crate::keep_tasks::sees(session, snapshot, task)) {
        let standing = standing(task, today);
        line.decisions += 1;
        line.kept += usize::from(matches!(standing, Standing::Kept { .. }));
        line.broken += usize::from(matches!(standing, Standing::Broken { .. }));
        line.open += usize::from(standing.is_open());
        line.late += usize::from(matches!(standing, Standing::Late { .. }));
    }
    line
}

/// Reads one meeting with everything its projects wait for.
pub fn view_meeting(
    desk: &Desk,
    session: &Session,
    series: i64,
    today: Date,
) -> Result<MeetingPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let kept = snapshot.records.meetings.get(&series);
    let kept = kept.ok_or_else(|| OpsError::not_found("meeting", series))?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let rules = AgendaRules::of(&snapshot, today);
    let agenda = kept.row.agenda.iter().enumerate();
    let items = agenda.filter(|(_, item)| sees(session, &snapshot, item.project));
    let items = items.filter_map(|(index, item)| {
        let facts = table.get(item.project)?;
        let decided = tasks_of(&snapshot, &table, item.project, (&rules, today));
        Some(ItemView {
            index,
            row: ledger_row(&snapshot, facts),
            why: Why::parse(&item.why),
            done: item.done,
            start: start_days(&snapshot, &lens, facts),
            tasks: past(&snapshot, &table, item.project, (&rules, today), Some(series)),
            decisions: decided.into_iter().filter(|v| v.task.meeting == Some(series)).collect(),
        })
    });
    let may_run = session.need(Action::RunMeeting).is_ok() && !kept.row.closed;
    Ok(MeetingPage {
        items: items.collect(),
        meeting: kept.row.clone(),
        entry: kept.entry,
        owners: owners(&snapshot),
        may_run,
        rules,
        lens,
        snapshot: snapshot.clone(),
    })
}

/// A project's tasks beside those of `meeting`: open ones by day, then what was closed
/// within the days that the agenda remembers. Without a meeting: earlier decisions only.
fn past(
    snapshot: &Snapshot,
    table: &FactsTable,
    project: i64,
    (rules, today): (&AgendaRules, Date),
    meeting: Option<i64>,
) -> Vec<TaskView> {
    let is_recent = |task: &Task| {
        let age = task.closed_on.map_or(0, |on| (today - on).get_days());
        age <= rules.broken_days
    };
    let mut views = tasks_of(snapshot, table, project, (rules, today));
    views.retain(|view| match meeting {
        Some(series) => view.task.meeting != Some(series),
        None => view.task.kind == TaskKind::Decision,
    });
    views.retain(|view| view.light.is_some() && is_recent(&view.task));
    views.sort_by_key(|view| {
        let day = view.task.due.or(view.task.closed_on);
        (!view.standing.is_open(), day.is_none(), day, view.task.series)
    });
    views
}

fn tasks_of(
    snapshot: &Snapshot,
    table: &FactsTable,
    project: i64,
    (rules, today): (&AgendaRules, Date),
) -> Vec<TaskView> {
    let kept = snapshot.records.tasks_of(project);
    let view = |kept: &tici_engine::snapshot::Kept<Task>| {
        task_view(snapshot, table, (&kept.row, kept.entry), (today, rules.soon_days))
    };
    kept.map(view).collect()
}

fn sees(session: &Session, snapshot: &Snapshot, project: i64) -> bool {
    let entry = snapshot.projects.get(project);
    entry.is_some_and(|entry| session.covers(snapshot, entry.project.place))
}

fn owners(snapshot: &Snapshot) -> Vec<Name> {
    let tasks = snapshot.records.tasks.values().filter_map(|kept| kept.row.owner.as_ref());
    let by_text: std::collections::BTreeMap<&str, &Name> =
        tasks.map(|name| (name.text.as_str(), name)).collect();
    by_text.into_values().take(200).cloned().collect()
}
