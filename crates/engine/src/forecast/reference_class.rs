//! Reference classes: what became of projects like this one, as a table of base rates.

use serde::{Deserialize, Serialize};

/// One finished project, or one observed long enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Kind, sector or category.
    pub class: String,
    /// Last date less first date, in days.
    pub slip_days: Option<f64>,
    /// Last cost over first cost.
    pub cost_ratio: Option<f64>,
}

/// Quantile levels a table is kept at.
pub const LEVELS: [f64; 8] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95];

/// Base rates of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Empty for all classes together.
    pub name: String,
    pub n: usize,
    /// Share with a slip of more than no days.
    pub share_slipped: f64,
    pub mean_slip_days: f64,
    /// At [`LEVELS`].
    pub slip_days: Vec<f64>,
    pub cost_ratio: Vec<f64>,
}

/// A table with where it comes from, so that a forecast can say what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BaseRates {
    pub source: String,
    /// All together first, then by name those with enough projects.
    pub classes: Vec<Class>,
}

/// A class of its own needs this many projects.
pub const CLASS_MIN: usize = 20;

impl BaseRates {
    /// The table of these outcomes.
    pub fn of(source: &str, outcomes: &[Outcome], class_min: usize) -> BaseRates {
        let all: Vec<&Outcome> = outcomes.iter().collect();
        let mut classes = Vec::new();
        if !all.is_empty() {
            classes.push(class("", &all));
        }
        let mut names: Vec<&str> = outcomes.iter().map(|one| one.class.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let of = outcomes.iter().filter(|one| one.class == name).collect::<Vec<_>>();
            if of.len() >= class_min {
                classes.push(class(name, &of));
            }
        }
        BaseRates { source: source.into(), classes }
    }

    /// The class of this name, or all together where it is too small to stand alone.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name).or(self.classes.first())
    }
}

impl Class {
    /// Probability of a slip of at most `days`, straight between the table's levels.
    pub fn holds(&self, days: f64) -> f64 {
        let points = || self.slip_days.iter().zip(LEVELS);
        let Some((low, below)) = points().rfind(|(slip, _)| **slip <= days) else {
            return 0.5 * LEVELS[0];
        };
        let Some((high, above)) = points().find(|(slip, _)| **slip > days) else {
            return 0.5 * (1.0 + below);
        };
        below + (above - below) * (days - low) / (high - low)
    }
}

fn class(name: &str, outcomes: &[&Outcome]) -> Class {
    let slips = sorted(outcomes.iter().filter_map(|one| one.slip_days));
    let ratios = sorted(outcomes.iter().filter_map(|one| one.cost_ratio));
    let slipped = slips.iter().filter(|slip| **slip > 0.0).count();
    let count = slips.len().max(1) as f64;
    Class {
        name: name.into(),
        n: outcomes.len(),
        share_slipped: slipped as f64 / count,
        mean_slip_days: slips.iter().sum::<f64>() / count,
        slip_days: at_levels(&slips),
        cost_ratio: at_levels(&ratios),
    }
}

fn at_levels(sorted: &[f64]) -> Vec<f64> {
    if sorted.is_empty() {
        return Vec::new();
    }
    LEVELS.iter().map(|level| quantile(sorted, *level)).collect()
}

/// The numbers among `values`, from the lowest to the highest.
pub fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The quantile of sorted values, straight between neighbours (Hyndman and Fan's type 7).
pub fn quantile(sorted: &[f64], level: f64) -> f64 {
    at_rank(sorted, level * (sorted.len() as f64 - 1.0))
}

/// The median-unbiased quantile (type 8), which reaches further out in small samples.
pub fn quantile_unbiased(sorted: &[f64], level: f64) -> f64 {
    at_rank(sorted, (sorted.len() as f64 + 1.0 / 3.0) * level + 1.0 / 3.0 - 1.0)
}

fn at_rank(sorted: &[f64], rank: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let rank = rank.clamp(0.0, last as f64);
    let low = rank.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (sorted[high] - sorted[low]) * (rank - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_class_falls_back_to_all_and_nobody_is_nothing() {
        let one = |class: &str, slip: f64| Outcome {
            class: class.into(),
            slip_days: Some(slip),
            cost_ratio: None,
        };
        let outcomes: Vec<Outcome> = (0..30).map(|at| one("road", f64::from(at * 10))).collect();
        let outcomes = [outcomes, vec![one("port", 5.0)]].concat();
        let rates = BaseRates::of("our ledger", &outcomes, CLASS_MIN);
        assert_eq!(rates.class("port").map(|class| class.n), Some(31));
        let road = rates.class("road").cloned();
        let held = road.map_or(0.0, |road| road.holds(145.0));
        assert!((held - 0.5).abs() < 1e-12);
        assert!(BaseRates::of("", &[], CLASS_MIN).class("road").is_none());
    }
}
