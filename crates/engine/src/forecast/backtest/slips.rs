//! A forecast of how far a promised day will move: values with weights.

use crate::forecast::scores;

/// Days of slip with their probabilities, from the earliest to the latest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slips {
    values: Vec<(f64, f64)>,
}

impl Slips {
    /// One certain value.
    pub fn point(days: f64) -> Slips {
        Slips { values: vec![(days, 1.0)] }
    }

    /// Values with weights of any sum; equal values are put together.
    pub fn of(mut values: Vec<(f64, f64)>) -> Slips {
        values.retain(|(_, weight)| *weight > 0.0);
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        values.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
        values.iter_mut().for_each(|(_, weight)| *weight /= sum);
        Slips { values }
    }

    /// A pool of two forecasts: this one with weight `share`, the other with the rest.
    pub fn pooled(&self, share: f64, other: &Slips) -> Slips {
        let part = |of: &Slips, by: f64| -> Vec<(f64, f64)> {
            of.values.iter().map(|(days, weight)| (*days, weight * by)).collect()
        };
        Slips::of([part(self, share), part(other, 1.0 - share)].concat())
    }

    /// Probability of a slip of at most `days`.
    pub fn at_most(&self, days: f64) -> f64 {
        let under = self.values.iter().take_while(|(value, _)| *value <= days);
        under.map(|(_, weight)| weight).sum::<f64>().min(1.0)
    }

    /// The slip not exceeded with probability `level`.
    pub fn quantile(&self, level: f64) -> f64 {
        let mut sum = 0.0;
        for (value, weight) in &self.values {
            sum += weight;
            if sum >= level - 1e-12 {
                return *value;
            }
        }
        self.values.last().map_or(0.0, |(value, _)| *value)
    }

    /// Continuous ranked probability score against what happened, in days.
    pub fn crps(&self, days: f64) -> f64 {
        scores::crps_weighted(&self.values, days)
    }
}
