//! Places from scores: what is equal, and what place the equal get.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::panel::{MISSING, is_present};

/// How places are given; 1 is the highest score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RankRule {
    pub ties: Ties,
    pub on: RankOn,
}

/// The places of units whose scores are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Min,
    /// 1, 2, 2, 3.
    Dense,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// By unit code: 1, 2, 3, 4.
    Ordinal,
}

/// Which number is compared: what is published, or what was computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankOn {
    #[default]
    Unrounded,
    /// The score as [`round`] gives it.
    Rounded { decimals: u32 },
}

impl RankOn {
    /// The number that is compared.
    pub fn of(self, score: f64) -> f64 {
        match self {
            RankOn::Unrounded => score,
            RankOn::Rounded { decimals } => round(score, decimals),
        }
    }
}

/// The places of `scores`; a missing score has no place. `codes` are looked at for ordinal
/// places only and may be empty otherwise.
pub fn ranks<S: AsRef<str>>(scores: &[f64], codes: &[S], rule: &RankRule) -> Vec<f64> {
    let mut places = vec![MISSING; scores.len()];
    let mut order: Vec<(f64, u32)> = (0_u32..)
        .zip(scores)
        .filter(|(_, score)| is_present(**score))
        // −0 and 0 are equal to a reader, and to this.
        .map(|(unit, score)| (rule.on.of(*score) + 0.0, unit))
        .collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let (mut before, mut steps) = (0, 0);
    for tied in order.chunk_by_mut(|a, b| a.0 == b.0) {
        if rule.ties == Ties::Ordinal {
            let code = |unit: u32| codes.get(unit as usize).map(AsRef::as_ref);
            tied.sort_unstable_by(|a, b| code(a.1).cmp(&code(b.1)).then(a.1.cmp(&b.1)));
        }
        for (at, (_, unit)) in tied.iter().enumerate() {
            places[*unit as usize] = match rule.ties {
                Ties::Min => (before + 1) as f64,
                Ties::Dense => (steps + 1) as f64,
                Ties::Average => before as f64 + (tied.len() + 1) as f64 / 2.0,
                Ties::Ordinal => (before + at + 1) as f64,
            };
        }
        before += tied.len();
        steps += 1;
    }
    places
}

/// Places inside each group; a unit in no group has none.
pub fn ranks_within<S: AsRef<str>>(
    scores: &[f64],
    groups: &[Option<usize>],
    codes: &[S],
    rule: &RankRule,
) -> Vec<f64> {
    let mut places = vec![MISSING; scores.len()];
    let last = groups.iter().flatten().max().map_or(0, |last| last + 1);
    for group in 0..last {
        let members: Vec<usize> =
            (0..scores.len()).filter(|unit| groups[*unit] == Some(group)).collect();
        let own: Vec<f64> = members.iter().map(|unit| scores[*unit]).collect();
        let named: Vec<&str> =
            members.iter().filter_map(|unit| codes.get(*unit)).map(AsRef::as_ref).collect();
        for (unit, place) in members.iter().zip(ranks(&own, &named, rule)) {
            places[*unit] = place;
        }
    }
    places
}

/// Rounds half away from zero, as the number reads when printed in full: 1.005 to two
/// decimals is 1.01, although it is stored a little below.
pub fn round(value: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(decimals.min(15) as i32);
    let scaled = value * scale;
    if !value.is_finite() || scaled.abs() >= 1e15 {
        return value;
    }
    let distance = (scaled.abs().fract() - 0.5).abs();
    if distance > 1e-6 {
        return scaled.round() / scale;
    }
    // On or about a half: decided by the shortest digits that tell this number.
    let up = match printed_fraction_order(value, decimals) {
        Ordering::Less => scaled.abs().floor(),
        _ => scaled.abs().floor() + 1.0,
    };
    up.copysign(value) / scale
}

/// Whether the printed digits behind `decimals` are below, at or above one half.
fn printed_fraction_order(value: f64, decimals: u32) -> Ordering {
    let printed = value.abs().to_string();
    let fraction = printed.split_once('.').map_or("", |(_, fraction)| fraction);
    let rest = fraction.get(decimals as usize..).unwrap_or("");
    rest.trim_end_matches('0').cmp("5")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties() {
        let check = |ties, expected: [f64; 5]| {
            let rule = RankRule { ties, on: RankOn::Unrounded };
            let found = ranks(&[7.0, 9.0, 7.0, MISSING, 5.0], &["b", "x", "a", "m", "z"], &rule);
            assert_eq!(found.map_missing(), expected.to_vec().map_missing(), "{ties:?}");
        };
        check(Ties::Min, [2.0, 1.0, 2.0, MISSING, 4.0]);
        check(Ties::Dense, [2.0, 1.0, 2.0, MISSING, 3.0]);
        check(Ties::Average, [2.5, 1.0, 2.5, MISSING, 4.0]);
        check(Ties::Ordinal, [3.0, 1.0, 2.0, MISSING, 4.0]);
    }

    #[test]
    fn rounding() {
        for (value, decimals, expected) in [
            (1.005, 2, 1.01),
            (-1.005, 2, -1.01),
            (2.675, 2, 2.68),
            (0.5, 0, 1.0),
            (0.49999999999999994, 0, 0.0),
            (1.0049999999, 2, 1.0),
            (33.333333333333336, 9, 33.333333333),
            (1e300, 3, 1e300),
            (12.0, 0, 12.0),
        ] {
            assert_eq!(round(value, decimals), expected, "{value} to {decimals}");
        }
    }

    #[test]
    fn rounded_scores_tie() {
        let rule = RankRule { ties: Ties::Min, on: RankOn::Rounded { decimals: 6 } };
        let scores = [33.333_333_333_333_33, 33.333_333_333_333_336, 20.0];
        assert_eq!(ranks::<&str>(&scores, &[], &rule), [1.0, 1.0, 3.0]);
    }

    #[test]
    fn groups_have_their_own_places() {
        let groups = [Some(0), Some(1), Some(0), None];
        let found = ranks_within::<&str>(&[1.0, 9.0, 3.0, 5.0], &groups, &[], &RankRule::default());
        assert_eq!(found.map_missing(), [Some(2.0), Some(1.0), Some(1.0), None]);
    }

    trait MapMissing {
        fn map_missing(self) -> Vec<Option<f64>>;
    }

    impl MapMissing for Vec<f64> {
        fn map_missing(self) -> Vec<Option<f64>> {
            self.into_iter().map(crate::assess::panel::present).collect()
        }
    }
}
