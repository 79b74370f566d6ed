//! How many of a promise will make it, who is likeliest to miss, and what clearing the way
//! would bring.

use jiff::civil::Date;
use rayon::prelude::*;
use tici_domain::{Commitment, Stage};

use super::{INTERVAL, Outlook, StageForecast};
use crate::forecast::counts::{Counts, independent, with_shock};
use crate::promise::Standing;

/// A project that has still to make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    pub project: i64,
    /// Probability of the promised day.
    pub p: f64,
    /// The same if everything in its way were cleared today.
    pub p_clear: f64,
    pub forecast: Option<StageForecast>,
}

/// What clearing things of one kind today would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// Place in the rules' list of kinds; past its end for all other things.
    pub kind: usize,
    /// Projects that have such a thing in the way.
    pub projects: usize,
    /// How many more would make it, on average.
    pub more: f64,
}

/// How many reach an aim, and who is likeliest not to.
#[derive(Clone, Debug, PartialEq)]
pub struct AimForecast {
    pub due: Date,
    pub cohort: usize,
    pub done_in_time: usize,
    /// How many of the cohort make it, those that have included.
    pub counts: Counts,
    /// The same if all missed or made it by themselves.
    pub independent: Counts,
    /// Ends of the interval of [`INTERVAL`].
    pub low: usize,
    pub high: usize,
    /// Likeliest to miss first.
    pub chances: Vec<Chance>,
    /// The kinds whose clearing brings most first.
    pub worth: Vec<Worth>,
}

impl AimForecast {
    pub fn mean(&self) -> f64 {
        self.done_in_time as f64 + self.counts.mean
    }

    /// Probability that all make it.
    pub fn all(&self) -> f64 {
        let open = self.counts.n;
        match self.cohort - self.done_in_time == open {
            true => self.counts.exactly(open),
            // Some have made it too late: all cannot.
            false => 0.0,
        }
    }
}

/// Who of a cohort is to reach a stage by a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim<'a> {
    pub stage: Stage,
    pub due: Date,
    pub cohort: usize,
    pub done_in_time: usize,
    /// Projects that have not reached it.
    pub open: &'a [i64],
}

/// Forecasts a promise of a stage; none for a promise of a milestone that is no stage.
pub fn promise_forecast(
    outlook: &Outlook<'_>,
    promise: &Commitment,
    standing: &Standing,
) -> Option<AimForecast> {
    let stage = promise.stage.filter(|stage| Stage::STAIRS.contains(stage))?;
    let open: Vec<i64> = standing.pending.iter().map(|row| row.project).collect();
    let done_in_time = standing.done.iter().filter(|row| row.in_time).count();
    let (due, cohort) = (promise.due, standing.cohort);
    Some(aim_forecast(outlook, &Aim { stage, due, cohort, done_in_time, open: &open }))
}

/// Forecasts how many reach an aim.
pub fn aim_forecast(outlook: &Outlook<'_>, aim: &Aim<'_>) -> AimForecast {
    let Aim { stage, due, cohort, done_in_time, open } = *aim;
    let mut chances: Vec<Chance> =
        open.par_iter().map(|project| chance(outlook, *project, stage, due)).collect();
    let p: Vec<f64> = chances.iter().map(|chance| chance.p).collect();
    let (counts, _) = with_shock(&p, outlook.learned.rules.rho);
    let (independent, _) = independent(&p);
    let (low, high) = counts.interval(INTERVAL);
    let worth = worth(outlook, aim, &chances);
    chances.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.project.cmp(&b.project)));
    AimForecast {
        due,
        cohort,
        done_in_time,
        low: done_in_time + low,
        high: done_in_time + high,
        counts,
        independent,
        chances,
        worth,
    }
}

fn chance(outlook: &Outlook<'_>, project: i64, stage: Stage, due: Date) -> Chance {
    let none = Chance { project, p: 0.0, p_clear: 0.0, forecast: None };
    let Some(facts) = outlook.table.get(project) else { return none };
    let Some(forecast) = outlook.stage(facts, stage, &[]) else { return none };
    let things = outlook.in_the_way(project);
    let p = forecast.curve.by(due);
    let cleared: Vec<(i64, Date)> =
        things.iter().map(|task| (task.series, outlook.today())).collect();
    let p_clear = match cleared.is_empty() {
        true => p,
        false => {
            let clear = outlook.stage(facts, stage, &cleared);
            clear.map_or(p, |clear| clear.curve.by(due))
        }
    };
    Chance { project, p, p_clear, forecast: Some(forecast) }
}

/// What clearing all things of each kind brings, by how much.
fn worth(outlook: &Outlook<'_>, aim: &Aim<'_>, chances: &[Chance]) -> Vec<Worth> {
    let kinds = outlook.blocker_kinds(aim.open);
    let p_of = |project: i64| chances.iter().find(|c| c.project == project).map_or(0.0, |c| c.p);
    let gain = |kind: usize, project: i64| {
        let things = outlook.in_the_way(project).into_iter();
        let of_kind = things.filter(|task| {
            outlook
                .learned
                .rules
                .blocker_kind(&task.title)
                .unwrap_or(outlook.learned.rules.blockers.len())
                == kind
        });
        let cleared: Vec<(i64, Date)> =
            of_kind.map(|task| (task.series, outlook.today())).collect();
        let facts = outlook.table.get(project)?;
        let then = outlook.stage(facts, aim.stage, &cleared)?;
        Some(then.curve.by(aim.due) - p_of(project))
    };
    let mut worth: Vec<Worth> = kinds
        .into_iter()
        .map(|(kind, projects)| Worth {
            kind,
            more: projects.iter().filter_map(|project| gain(kind, *project)).sum(),
            projects: projects.len(),
        })
        .collect();
    worth.sort_by(|a, b| b.more.total_cmp(&a.more).then(a.kind.cmp(&b.kind)));
    worth
}
