//! Rows for projects and months.

use super::Factor;
use crate::forecast::events::{Covariates, Events};

/// One row for each project and month under watch.
#[derive(Clone, Debug, Default)]
pub struct HazardRows {
    pub covariates: Covariates,
    pub factors: Vec<Factor>,
    /// How many of the trials had the event; with no `trials`, 0 or 1.
    pub happened: Vec<f64>,
    /// Trials behind each row; one each where empty.
    pub trials: Vec<f64>,
}

impl HazardRows {
    pub fn len(&self) -> usize {
        self.happened.len()
    }

    pub fn is_empty(&self) -> bool {
        self.happened.is_empty()
    }

    pub(super) fn trials(&self, row: usize) -> f64 {
        self.trials.get(row).copied().unwrap_or(1.0)
    }
}

/// Cuts spans into months. A project watched after `entry` until `exit` has a row for every
/// month `entry + 1 ..= exit` (whole months; a part counts as one), the event in the last.
///
/// `waits` are the first months of the bands in which the hazard may differ; the first band
/// begins with month 1. The rows' covariates are those of the spans behind the bands'
/// indicators `waited=K`. Also returned: the span and month of each row, to which the caller
/// adds what changes over time.
pub fn person_months(
    events: &Events,
    cause: Option<u32>,
    waits: &[u32],
) -> (HazardRows, Vec<(u32, u32)>) {
    let bands: Vec<u32> = waits.iter().copied().filter(|first| *first > 1).collect();
    let mut names: Vec<String> = bands.iter().map(|first| format!("waited={first}")).collect();
    names.extend(events.covariates.names().iter().cloned());
    let (mut values, mut happened, mut of) = (Vec::new(), Vec::new(), Vec::new());
    let mut weights = Vec::new();
    for span in 0..events.len() {
        let first = events.entry(span).max(0.0).floor() as u32 + 1;
        let last = (events.exit[span].ceil() as u32).max(first);
        for month in first..=last {
            let band = bands.partition_point(|first| *first <= month);
            values.extend((1..=bands.len()).map(|index| f64::from(u8::from(index == band))));
            values.extend_from_slice(events.covariates.row(span));
            let comes = month == last && events.happened(span, cause);
            let weight = events.weight(span);
            happened.push(if comes { weight } else { 0.0 });
            weights.push(weight);
            of.push((span as u32, month));
        }
    }
    let trials = if events.weight.is_empty() { Vec::new() } else { weights };
    let covariates = Covariates::from_rows(names, values);
    (HazardRows { covariates, factors: Vec::new(), happened, trials }, of)
}
