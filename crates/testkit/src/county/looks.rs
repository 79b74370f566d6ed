//! Starts that are looked at again after 30, 60 and 90 days, and what was found there.

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use tici_domain::{Change, Finding, Stage, Table, Task, TaskKind, TaskState};

use super::journal::moment;
use super::opening;
use super::people::REVIEWER;
use super::words::name3;
use super::world::World;

/// The office has looked at starts again since this day.
const SINCE: Date = date(2026, 5, 18);

/// Its looks after a start that was verified at a moment; none for other stages, and none
/// for starts of before the rule.
pub(crate) fn of_start(
    world: &mut World,
    claim: (usize, i64),
    (stage, on): (Stage, Date),
    verified: Timestamp,
) -> Vec<Task> {
    if stage != Stage::Started || on < SINCE {
        return Vec::new();
    }
    let day = jiff::tz::Offset::constant(8).to_datetime(verified).date();
    opened(world, claim, on, day)
}

/// The three looks, as the verdict's entry opens them.
pub(crate) fn opened(
    world: &mut World,
    (plot, claim): (usize, i64),
    on: Date,
    verified: Date,
) -> Vec<Task> {
    let project = opening::project(world, plot);
    let look = |days: i64| {
        let id = world.journal.id(Table::Task);
        let due = on + Span::new().days(days);
        let text = format!("开工后 {days} 天复核");
        Task {
            id,
            series: id,
            kind: TaskKind::Recheck,
            project: Some(project.id),
            meeting: None,
            commitment: None,
            claim: Some(claim),
            title: name3(&text, &format!("Look again {days} days after the start")),
            owner: project.lead_unit.clone(),
            opened: verified,
            due: Some(due),
            due_original: Some(due),
            state: TaskState::Open,
            closed_on: None,
            note: None,
            finding: None,
            evidence: Vec::new(),
            replaces: None,
        }
    };
    [30, 60, 90].map(look).to_vec()
}

/// Looks whose day has come found works going on, the day before.
pub(crate) fn seen(world: &mut World, looks: &[Task]) {
    for look in looks {
        let Some(due) = look.due.filter(|due| *due < world.today + Span::new().days(5)) else {
            continue;
        };
        let on = (due - Span::new().days(1)).min(world.today - Span::new().days(1));
        found(world, look, Finding::Building, (on, "现场有人施工"));
    }
}

pub(crate) fn found(world: &mut World, look: &Task, finding: Finding, (on, seen): (Date, &str)) {
    let closed = Task {
        id: world.journal.id(Table::Task),
        state: TaskState::Kept,
        closed_on: Some(on),
        note: Some(seen.to_owned()),
        finding: Some(finding),
        replaces: Some(look.id),
        ..look.clone()
    };
    world.journal.push(moment(on, 16, 20), REVIEWER, "record_finding", vec![Change::Task(closed)]);
}

pub(crate) fn dropped(world: &mut World, look: &Task, on: Date, reason: &str) -> Change {
    Change::Task(Task {
        id: world.journal.id(Table::Task),
        state: TaskState::Dropped,
        closed_on: Some(on),
        note: Some(reason.to_owned()),
        replaces: Some(look.id),
        ..look.clone()
    })
}
