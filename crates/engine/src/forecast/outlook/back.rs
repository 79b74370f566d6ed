//! How well earlier forecasts did: what was forecast when only so much was known, and what
//! came of it since.

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::Stage;

use super::{INTERVAL, Outlook, climbed};
use crate::facts::{FactsTable, Lens};
use crate::forecast::scores::{Bin, brier, calibration_error, reliability};
use crate::snapshot::Snapshot;

/// Days ahead that every forecast is judged at.
pub const AHEAD_DAYS: i32 = 90;

/// One forecast made at an earlier moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    pub made: Date,
    pub project: i64,
    #[serde(serialize_with = "code")]
    pub stage: Stage,
    /// Probability that the stage comes within [`AHEAD_DAYS`].
    pub p: f64,
    /// Own day as promised then.
    pub own_day: Option<Date>,
    /// Ends of the interval of days.
    pub low: Option<Date>,
    pub high: Option<Date>,
}

fn code<S: serde::Serializer>(stage: &Stage, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(stage.code())
}

/// A forecast with what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedCase {
    pub case: Case,
    pub came: bool,
    /// Whether the own day was kept within the same days; none when it lay beyond, or when
    /// there was none.
    pub kept: Option<bool>,
    /// Whether the day lay in the interval; none when that cannot be said yet.
    pub in_interval: Option<bool>,
}

/// How well forecasts did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Track {
    pub cases: usize,
    pub moments: usize,
    pub came: usize,
    pub brier: f64,
    /// Brier score of the same share for all, known only afterwards.
    pub brier_base: f64,
    /// Brier score of the own day taken at its word.
    pub brier_word: f64,
    pub calibration_error: f64,
    pub bins: Vec<Bin>,
    /// Of those whose day is known, how many lay in the interval of [`INTERVAL`].
    pub in_interval: (usize, usize),
}

/// The forecasts of all live projects at the moment of an outlook.
pub fn cases(outlook: &Outlook<'_>) -> Vec<Case> {
    let rows: Vec<_> = outlook.table.rows.iter().filter(|facts| facts.is_live()).collect();
    let next = outlook.next(&rows);
    let case = |one: super::Next| Case {
        made: outlook.today(),
        project: one.project,
        stage: one.stage,
        p: one.p_ahead,
        own_day: one.own_day,
        low: one.low,
        high: one.high,
    };
    next.into_iter().filter(|one| !one.is_suspended).map(case).collect()
}

/// Judges forecasts by what a later snapshot knows. Those whose days are not over by its day
/// are left out.
pub fn judge(cases: Vec<Case>, snapshot: &Snapshot, table: &FactsTable) -> Vec<JudgedCase> {
    cases.into_iter().filter_map(|case| judged(case, snapshot, &table.lens)).collect()
}

fn judged(case: Case, snapshot: &Snapshot, lens: &Lens) -> Option<JudgedCase> {
    let until = case.made.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    if until > lens.today {
        return None;
    }
    let entry = snapshot.projects.get(case.project)?;
    let index = Stage::STAIRS.iter().position(|stage| *stage == case.stage)?;
    let on = climbed(entry, lens)[index];
    let by = |day: Date| on.is_some_and(|on| on <= day);
    let in_interval = match (on, case.low, case.high) {
        (Some(on), Some(low), Some(high)) => Some(low <= on && on <= high),
        (Some(on), Some(low), None) => Some(low <= on),
        // Not there yet: past the end it was missed, before it nothing can be said.
        (None, _, Some(high)) if high < lens.today => Some(false),
        _ => None,
    };
    Some(JudgedCase {
        came: by(until),
        kept: case.own_day.filter(|day| *day <= until).map(by),
        in_interval,
        case,
    })
}

/// Sums up; none without any case.
pub fn track(judged: &[JudgedCase]) -> Option<Track> {
    if judged.is_empty() {
        return None;
    }
    let p: Vec<f64> = judged.iter().map(|one| one.case.p).collect();
    let came: Vec<bool> = judged.iter().map(|one| one.came).collect();
    let count = came.iter().filter(|came| **came).count();
    let share = count as f64 / came.len() as f64;
    let until = |case: &Case| case.made.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    let word = |one: &JudgedCase| {
        f64::from(u8::from(one.case.own_day.is_some_and(|day| day <= until(&one.case))))
    };
    let word: Vec<f64> = judged.iter().map(word).collect();
    let bins = reliability(&p, &came, 5);
    let mut moments: Vec<Date> = judged.iter().map(|one| one.case.made).collect();
    moments.sort_unstable();
    moments.dedup();
    let known: Vec<bool> = judged.iter().filter_map(|one| one.in_interval).collect();
    Some(Track {
        cases: judged.len(),
        moments: moments.len(),
        came: count,
        brier: brier(&p, &came),
        brier_base: share * (1.0 - share),
        brier_word: brier(&word, &came),
        calibration_error: calibration_error(&bins),
        bins,
        in_interval: (known.iter().filter(|is_in| **is_in).count(), known.len()),
    })
}

// The interval that `in_interval` speaks of.
const _: () = assert!(INTERVAL > 0.0 && INTERVAL < 1.0);
