//! How a promise stands: who of its frozen cohort has made it, who is still to, at what pace
//! the rest would have to follow, and how the cohort differs from today's list.
//!
//! A project is done only by what the counting rule counts (a claim that stands, or is
//! verified, by the lens's day; a milestone with an actual day). One that has not reported
//! is not done, and is named as silent; one that left the ledger stays in the cohort and is
//! named as gone, so that the denominator never moves by itself.

mod start_deadline;

pub use start_deadline::{SETTING as START_DEADLINE_SETTING, StartDeadline, start_deadline};

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Commitment, Percent, Stage};

use crate::counting::starts::reached;
use crate::facts::{Facts, FactsTable};
use crate::snapshot::{ProjectEntry, Snapshot};

/// Days over which the present pace is measured.
const PACE_DAYS: i32 = 30;

/// A project of the cohort that has made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    pub project: i64,
    pub on: Date,
    /// By the day as promised now.
    pub in_time: bool,
    /// By the day as promised first.
    pub in_first_time: bool,
}

/// One that has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub project: i64,
    /// As its own people expect it now, or else as planned.
    pub expected: Option<Date>,
    /// Days from the promised day to the expected one; positive is late.
    pub days_late: Option<i32>,
    /// Claimed and waiting for a verdict that the rule asks for.
    pub is_claimed: bool,
    /// Has not reported for the lens's period.
    pub is_silent: bool,
    /// Withdrawn or terminated since.
    pub is_gone: bool,
}

/// How fast it goes and how fast it would have to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// Days until the promised day, that day included; negative when it has passed.
    pub days_left: i32,
    /// Projects a week that would have to make it, in tenths and rounded up; none when
    /// nothing is left to do or no day is left.
    pub needed_week_tenths: Option<i64>,
    /// Projects a week over the last 30 days, in tenths, rounded to the nearest.
    pub lately_week_tenths: i64,
}

/// A promise as it stands on the lens's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub cohort: usize,
    pub done: Vec<Done>,
    /// Latest expected first; those with no day before the silent, the gone last.
    pub pending: Vec<Pending>,
    pub silent: usize,
    pub gone: usize,
    pub pace: Pace,
    /// Of the promise's list today, and not of the cohort.
    pub joined: Vec<i64>,
    /// Of the cohort, and no longer of the list.
    pub left: Vec<i64>,
    /// Every project of the cohort made it by the promised day.
    pub is_kept: bool,
    /// The day has passed and some have not.
    pub is_broken: bool,
}

impl Standing {
    /// Done of the cohort, exact.
    pub fn rate(&self) -> Option<Percent> {
        Percent::of(self.done.len() as i128, self.cohort as i128)
    }

    /// Projects that its own people expect in time, and not silent or gone.
    pub fn expected_in_time(&self) -> usize {
        let hopeful = |row: &&Pending| {
            !row.is_silent && !row.is_gone && row.days_late.is_some_and(|days| days <= 0)
        };
        self.done.iter().filter(|row| row.in_time).count()
            + self.pending.iter().filter(hopeful).count()
    }
}

/// Looks at a promise. `today` is what its list (the query it was frozen from) lets through
/// now, in any order; `None` when the cohort was named project by project.
pub fn standing(
    snapshot: &Snapshot,
    table: &FactsTable,
    promise: &Commitment,
    today: Option<&[i64]>,
) -> Standing {
    let (mut done, mut pending) = (Vec::new(), Vec::new());
    for id in &promise.projects {
        let Some(entry) = snapshot.projects.get(*id) else {
            pending.push(unknown(*id));
            continue;
        };
        match made(entry, table, promise) {
            Some(on) => done.push(Done {
                project: *id,
                on,
                in_time: on <= promise.due,
                in_first_time: on <= promise.due_original,
            }),
            None => pending.push(still(entry, table.get(*id), promise)),
        }
    }
    done.sort_by_key(|row| (row.on, row.project));
    pending.sort_by_key(|row| {
        let late = row.expected.map(std::cmp::Reverse);
        (row.is_gone, row.is_silent, late.is_none(), late, row.project)
    });
    let (joined, left) = moved(promise, today);
    let open = pending.len();
    Standing {
        cohort: promise.projects.len(),
        silent: pending.iter().filter(|row| row.is_silent).count(),
        gone: pending.iter().filter(|row| row.is_gone).count(),
        pace: pace(&done, open, promise.due, table.lens.today),
        is_kept: open == 0 && done.iter().all(|row| row.in_time),
        is_broken: open > 0 && table.lens.today > promise.due,
        done,
        pending,
        joined,
        left,
    }
}

/// The day a project made what was promised.
fn made(entry: &ProjectEntry, table: &FactsTable, promise: &Commitment) -> Option<Date> {
    let lens = &table.lens;
    match (&promise.stage, &promise.milestone) {
        (Some(stage), _) => by_stage(entry, table, *stage),
        (None, Some(key)) => {
            entry.milestone(key).and_then(|row| row.actual).filter(|on| *on <= lens.today)
        }
        (None, None) => None,
    }
}

/// A later stage includes the earlier ones: a project in production has started, on the
/// first day that any stage from there on was reached. Statistical entry is a state of its
/// own and says nothing of the others.
fn by_stage(entry: &ProjectEntry, table: &FactsTable, stage: Stage) -> Option<Date> {
    let own = reached(entry, &table.lens, stage);
    if own.is_some() || stage == Stage::StatEntered {
        return own;
    }
    let later = Stage::STAIRS.into_iter().filter(|later| *later > stage);
    later.filter_map(|later| reached(entry, &table.lens, later)).min()
}

fn still(entry: &ProjectEntry, facts: Option<&Facts>, promise: &Commitment) -> Pending {
    let key = promise.stage.map_or(promise.milestone.as_deref(), |stage| Some(stage.code()));
    let row = key.and_then(|key| entry.milestone(key));
    let expected = row.and_then(|row| row.expected.or(row.planned));
    let claim = promise.stage.and_then(|stage| entry.claim(stage));
    Pending {
        project: entry.project.id,
        expected,
        days_late: expected.map(|on| (on - promise.due).get_days()),
        is_claimed: claim.is_some_and(|state| state.verdict.is_none()),
        is_silent: facts.is_some_and(|facts| facts.plan_year.is_some() && facts.done_ytd.is_none()),
        is_gone: facts.is_some_and(|facts| !facts.is_live()),
    }
}

/// Of the cohort, and unknown to this snapshot: an earlier moment than the project's own.
fn unknown(project: i64) -> Pending {
    Pending {
        project,
        expected: None,
        days_late: None,
        is_claimed: false,
        is_silent: true,
        is_gone: false,
    }
}

fn moved(promise: &Commitment, today: Option<&[i64]>) -> (Vec<i64>, Vec<i64>) {
    let Some(today) = today else { return (Vec::new(), Vec::new()) };
    let now: BTreeSet<i64> = today.iter().copied().collect();
    let then: BTreeSet<i64> = promise.projects.iter().copied().collect();
    (now.difference(&then).copied().collect(), then.difference(&now).copied().collect())
}

fn pace(done: &[Done], open: usize, due: Date, today: Date) -> Pace {
    let days_left = (due - today).get_days();
    let lately = done.iter().filter(|row| (today - row.on).get_days() < PACE_DAYS).count() as i64;
    // The promised day itself still counts.
    let days = i64::from(days_left) + 1;
    let needed = (open > 0 && days > 0).then(|| (open as i64 * 70 + days - 1) / days);
    Pace {
        days_left,
        needed_week_tenths: needed,
        lately_week_tenths: tici_domain::money::round_div(
            i128::from(lately) * 70,
            i128::from(PACE_DAYS),
        ) as i64,
    }
}
