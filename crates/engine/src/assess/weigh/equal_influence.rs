//! Weights under which every child has its due influence on the parent.

use super::Siblings;
use crate::assess::aggregate::Items;
use crate::assess::panel::MISSING;
use crate::assess::stats;

/// Rounds of the first approach, which corrects each weight by what its influence lacks.
const ROUNDS: usize = 400;
/// Halvings of the step in the second, which tries each weight up and down.
const HALVINGS: usize = 40;

/// Weights as shares that make Σ(ρ_j/Σρ − t_j)² least, none negative, where ρ_j is the
/// correlation of child j with the parent and t_j the share of its written weight.
pub fn weights(siblings: &Siblings) -> Vec<f64> {
    let sum: f64 = siblings.given.iter().sum();
    let n = siblings.given.len() as f64;
    let due = |weight: &f64| if sum > 0.0 { weight / sum } else { 1.0 / n };
    let targets: Vec<f64> = siblings.given.iter().map(due).collect();
    let mut best = targets.clone();
    let mut least = miss(siblings, &best, &targets);
    let mut weights = best.clone();
    for _ in 0..ROUNDS {
        let shares = influences(siblings, &weights);
        for ((weight, share), target) in weights.iter_mut().zip(shares).zip(&targets) {
            // What pulls the other way, or not at all, is helped by no more than half again.
            let lack = if share > 0.0 { (target / share).sqrt() } else { 1.5 };
            *weight *= lack.clamp(0.5, 1.5);
        }
        weights = super::to_shares(weights);
        let found = miss(siblings, &weights, &targets);
        if found < least {
            least = found;
            best.clone_from(&weights);
        }
        if least < 1e-24 {
            return best;
        }
    }
    polish(siblings, best, least, &targets)
}

/// Each child's share of influence with these weights; zeros if the parent has no spread.
pub fn influences(siblings: &Siblings, weights: &[f64]) -> Vec<f64> {
    let units = siblings.columns.first().map_or(0, |column| column.len());
    let mut parent = vec![MISSING; units];
    siblings.aggregate.combine(&Items::new(siblings.columns, weights), &mut parent);
    let correlation = |column: &&[f64]| stats::pearson(column, &parent).unwrap_or(0.0);
    super::to_shares(siblings.columns.iter().map(correlation).collect())
}

fn miss(siblings: &Siblings, weights: &[f64], targets: &[f64]) -> f64 {
    let shares = influences(siblings, weights);
    shares.iter().zip(targets).map(|(share, target)| (share - target) * (share - target)).sum()
}

/// Tries each weight a step up and down, and halves the step when nothing helps.
fn polish(siblings: &Siblings, mut best: Vec<f64>, mut least: f64, targets: &[f64]) -> Vec<f64> {
    let mut step = 0.1 / best.len() as f64;
    for _ in 0..HALVINGS {
        let mut helped = false;
        for at in 0..best.len() {
            for move_by in [step, -step] {
                let mut tried = best.clone();
                tried[at] = (tried[at] + move_by).max(0.0);
                let tried = super::to_shares(tried);
                let found = miss(siblings, &tried, targets);
                if found < least {
                    (best, least, helped) = (tried, found, true);
                }
            }
        }
        if !helped {
            step /= 2.0;
        }
    }
    best
}
