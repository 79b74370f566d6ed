//! How far results depend on choices, and whether the indicators hang together.

pub mod chance;
pub mod correlation;
pub mod describe;
pub mod influence;
pub mod leave_one_out;
pub mod noise;
pub mod profile;
pub mod redundancy;
pub mod reliability;
pub mod replay;
pub mod scenarios;
pub mod sobol;
pub mod spread;

pub use noise::WeightNoise;
pub use replay::Replay;
pub use spread::{RankSpread, RankTally};

use super::panel::is_present;

/// Mean of |a − b| over the units that both have a place in; none if there is no such unit.
pub fn mean_rank_shift(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = a.iter().zip(b).filter(|(a, b)| is_present(**a) && is_present(**b));
    let (sum, count) = both.fold((0.0, 0), |(sum, n), (a, b)| (sum + (a - b).abs(), n + 1));
    (count > 0).then(|| sum / f64::from(count))
}
