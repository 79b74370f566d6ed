//! Why a stage is likelier, or less likely, than is usual: the terms of the hazard that weigh
//! most, told by what is known of the project.

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Name, Stage};

use super::curve::Start;
use super::due::STEP_DAYS;
use super::learn::Learnt;
use super::{Outlook, climbed};
use crate::facts::Facts;

/// Reasons given.
const REASONS: usize = 3;

/// A firm's or place's record: the latest so many.
const RECORD: usize = 3;

/// Weights smaller than this on the scale of log odds are not worth a word.
const WEIGHT_MIN: f64 = 0.05;

/// One reason, with its weight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    pub why: Why,
    /// On the scale of log odds against the usual; negative means later.
    pub weight: f64,
}

/// What a reason speaks of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Why {
    /// The day its own people name; none when nobody has.
    OwnDay {
        day: Option<Date>,
    },
    /// How long it has waited for the stage.
    Waited {
        days: i32,
    },
    /// What stands in the way, and what of it is overdue.
    Blockers {
        titles: Vec<Name>,
        overdue: usize,
    },
    /// Nothing stands in the way.
    Clear,
    /// Investment behind what was due.
    Behind,
    /// Investment as due.
    OnPlan,
    Size,
    Stage,
    Chain,
    /// Of the latest of this place that reached a stage, how many came after their day.
    Place {
        late: usize,
        of: usize,
    },
    /// The same of the firm.
    Firm {
        late: usize,
        of: usize,
    },
}

pub(super) fn reasons(
    outlook: &Outlook<'_>,
    facts: &Facts,
    learnt: &Learnt,
    start: &Start,
) -> Vec<Reason> {
    let values = learnt.values(&start.seen, &start.traits);
    let levels = learnt.levels(&start.traits);
    let mut all: Vec<Reason> = learnt
        .fit
        .contributions(&values, &levels)
        .into_iter()
        .filter(|term| term.contribution.abs() >= WEIGHT_MIN)
        .filter_map(|term| {
            let why = why(outlook, facts, start, &term.covariate)?;
            Some(Reason { why, weight: term.contribution })
        })
        .collect();
    all.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    all.truncate(REASONS);
    all
}

fn why(outlook: &Outlook<'_>, facts: &Facts, start: &Start, covariate: &str) -> Option<Why> {
    let today = outlook.today();
    Some(match covariate {
        "due" => Why::OwnDay { day: start.own_day },
        "waited" => Why::Waited { days: start.seen.waited * STEP_DAYS },
        "blockers" if start.seen.blockers == 0 => Why::Clear,
        "blockers" => {
            let open = outlook.in_the_way(facts.project);
            let overdue = open.iter().filter(|task| task.due.is_some_and(|due| due < today));
            let overdue = overdue.count();
            Why::Blockers { titles: open.iter().map(|task| task.title.clone()).collect(), overdue }
        }
        "behind" if start.seen.is_behind => Why::Behind,
        "behind" => Why::OnPlan,
        "size" => Why::Size,
        "stage" => Why::Stage,
        "chain" => Why::Chain,
        "place" => {
            let (late, of) = record(outlook, |other| other.place == facts.place)?;
            Why::Place { late, of }
        }
        "firm" => {
            let is_other = |other: &Facts| {
                other.enterprise == facts.enterprise && other.project != facts.project
            };
            let (late, of) = record(outlook, is_other)?;
            Why::Firm { late, of }
        }
        _ => return None,
    })
}

/// Of the latest stages reached by projects that pass, how many came after the day promised
/// when they had begun to wait. None when nothing has been reached.
fn record(outlook: &Outlook<'_>, passes: impl Fn(&Facts) -> bool) -> Option<(usize, usize)> {
    let mut reached: Vec<(Date, bool)> = Vec::new();
    for facts in outlook.table.rows.iter().filter(|facts| passes(facts)) {
        let Some(entry) = outlook.snapshot.projects.get(facts.project) else { continue };
        let days = climbed(entry, &outlook.table.lens);
        for index in 1..days.len() {
            let (Some(from), Some(on)) = (days[index - 1], days[index]) else { continue };
            let stage: Stage = Stage::STAIRS[index];
            let promised = outlook.learned.promised.day(
                facts.project,
                stage,
                from.max(outlook.learned.promised.first(facts.project).unwrap_or(from)),
            );
            reached.extend(promised.map(|day| (on, on > day)));
        }
    }
    reached.sort_unstable_by(|a, b| b.cmp(a));
    reached.truncate(RECORD);
    let late = reached.iter().filter(|(_, is_late)| *is_late).count();
    (!reached.is_empty()).then_some((late, reached.len()))
}
