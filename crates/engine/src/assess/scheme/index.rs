//! What an index does with its columns before they are put together.

use tici_domain::Problem;

use super::method;
use super::value;
use crate::assess::impute::Impute;
use crate::assess::normalise::{Normalise, Reversed};
use crate::assess::options::Bounds;
use crate::assess::treat::{Transform, Treat};
use crate::rule_file::{Reader, Tab};

/// The preparation of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexOptions {
    pub impute: Impute,
    pub screen_present_min: Option<f64>,
    pub screen_non_zero_min: Option<f64>,
    pub treat: Treat,
    pub bounds: Bounds,
    /// The way items are normalised that say nothing.
    pub normalise: Normalise,
}

#[derive(Clone, Copy)]
enum Fill {
    None,
    Mean,
    Median,
    GroupMean,
    GroupMedian,
    RowMean,
    LastValue,
    Linear,
}

const FILLS: &[(&str, Fill)] = &[
    ("none", Fill::None),
    ("mean", Fill::Mean),
    ("median", Fill::Median),
    ("group_mean", Fill::GroupMean),
    ("group_median", Fill::GroupMedian),
    ("row_mean", Fill::RowMean),
    ("last_value", Fill::LastValue),
    ("linear", Fill::Linear),
];

const TRANSFORMS: &[(&str, Transform)] = &[
    ("none", Transform::None),
    ("log", Transform::Log),
    ("log_signed", Transform::LogSigned),
    ("log_one", Transform::LogOne),
    ("box_cox", Transform::BoxCox { lambda: 0.0 }),
];

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    MinMax,
    ZScore,
    Rank,
    Borda,
    PercentileRank,
    ToMax,
    ToTarget,
    ToReference,
    OfMax,
    Goalposts,
    Fixed,
    Moderate,
    Interval,
    None,
}

pub(super) const WAYS: &[(&str, Way)] = &[
    ("min_max", Way::MinMax),
    ("z_score", Way::ZScore),
    ("rank", Way::Rank),
    ("borda", Way::Borda),
    ("percentile_rank", Way::PercentileRank),
    ("distance_to_max", Way::ToMax),
    ("distance_to_target", Way::ToTarget),
    ("distance_to_reference", Way::ToReference),
    ("fraction_of_max", Way::OfMax),
    ("goalposts", Way::Goalposts),
    ("fixed_scale", Way::Fixed),
    ("moderate", Way::Moderate),
    ("interval", Way::Interval),
    ("none", Way::None),
];

/// `[index]`.
pub(super) fn read(reader: &mut Reader, tab: &mut Tab) -> Option<IndexOptions> {
    let table = reader.table(tab, "index");
    let mut table = reader.needed(tab, "index", table)?;
    let tab = &mut table;
    let impute = impute(reader, tab);
    let share = |number: Option<crate::assess::score::Number>| number.map(|n| n.to_f64());
    let screen_present_min = share(value::number(reader, tab, "screen_present_min"));
    let screen_non_zero_min = share(value::number(reader, tab, "screen_non_zero_min"));
    let treat = treat(reader, tab);
    let bounds = bounds(reader, tab);
    let normalise = method(reader, tab);
    let normalise = reader.needed(tab, "method", normalise).unwrap_or_default();
    reader.end(tab);
    let (screen_present_min, screen_non_zero_min) = (screen_present_min, screen_non_zero_min);
    Some(IndexOptions {
        impute: impute?,
        screen_present_min,
        screen_non_zero_min,
        treat,
        bounds,
        normalise,
    })
}

fn impute(reader: &mut Reader, tab: &mut Tab) -> Option<Impute> {
    let fill = reader.choice(tab, "impute", FILLS);
    let fill = reader.needed(tab, "impute", fill);
    let grouping = reader.text(tab, "impute_by");
    let periods = value::count(reader, tab, "impute_periods", 1000);
    let fill = fill?;
    if matches!(fill, Fill::GroupMean | Fill::GroupMedian) {
        reader.needed(tab, "impute_by", grouping.as_ref());
    }
    let grouping = grouping.unwrap_or_default();
    Some(match fill {
        Fill::None => Impute::None,
        Fill::Mean => Impute::Mean,
        Fill::Median => Impute::Median,
        Fill::GroupMean => Impute::GroupMean { grouping },
        Fill::GroupMedian => Impute::GroupMedian { grouping },
        Fill::RowMean => Impute::RowMean,
        Fill::LastValue => {
            let periods = reader.needed(tab, "impute_periods", periods)?;
            Impute::LastValue { periods_back_max: periods as usize }
        }
        Fill::Linear => Impute::Linear,
    })
}

fn treat(reader: &mut Reader, tab: &mut Tab) -> Treat {
    let Some(mut table) = reader.table(tab, "treat") else { return Treat::none() };
    let number = |number: Option<crate::assess::score::Number>, or: f64| {
        number.map_or(or, |number| number.to_f64())
    };
    let or = Treat::default();
    let skew = value::needed(reader, &mut table, "skew_max");
    let kurtosis = value::needed(reader, &mut table, "kurtosis_max");
    let points = value::count(reader, &mut table, "points_max", 10_000);
    let points = reader.needed(&table, "points_max", points);
    let transform = reader.choice(&mut table, "then", TRANSFORMS);
    let transform = reader.needed(&table, "then", transform).unwrap_or_default();
    let lambda = value::number(reader, &mut table, "lambda");
    let transform = match transform {
        Transform::BoxCox { .. } => {
            let lambda = reader.needed(&table, "lambda", lambda);
            Transform::BoxCox { lambda: number(lambda, 0.0) }
        }
        other => other,
    };
    reader.end(&table);
    Treat {
        skew_abs_max: number(skew, or.skew_abs_max),
        kurtosis_max: number(kurtosis, or.kurtosis_max),
        points_max: points.unwrap_or(0) as usize,
        transform,
    }
}

/// `bounds = "each_period"`, `"all_periods"`, or the name of a period.
fn bounds(reader: &mut Reader, tab: &mut Tab) -> Bounds {
    match reader.text(tab, "bounds").as_deref() {
        None | Some("each_period") => Bounds::EachPeriod,
        Some("all_periods") => Bounds::AllPeriods,
        Some(period) => Bounds::OnePeriod(period.to_owned()),
    }
}

/// A way to normalise; `None` where nothing is said.
pub(super) fn method(reader: &mut Reader, tab: &mut Tab) -> Option<Normalise> {
    let way = reader.choice(tab, "method", WAYS)?;
    let needed = |reader: &mut Reader, tab: &mut Tab, key| {
        value::needed(reader, tab, key).map(|number| number.to_f64())
    };
    Some(match way {
        Way::MinMax => {
            let lower = needed(reader, tab, "lower");
            let upper = needed(reader, tab, "upper");
            Normalise::MinMax { lower: lower?, upper: upper? }
        }
        Way::ZScore => {
            let mean = needed(reader, tab, "mean");
            let sd = needed(reader, tab, "sd");
            Normalise::ZScore { mean: mean?, sd: sd? }
        }
        Way::Rank => Normalise::Rank,
        Way::Borda => Normalise::Borda,
        Way::PercentileRank => Normalise::PercentileRank,
        Way::ToMax => Normalise::DistanceToMax,
        Way::ToTarget => Normalise::DistanceToTarget { cap: capped(reader, tab)? },
        Way::ToReference => {
            let unit = reader.text(tab, "unit");
            let unit = reader.needed(tab, "unit", unit);
            let cap = capped(reader, tab);
            Normalise::DistanceToReference { unit: unit?, cap: cap? }
        }
        Way::OfMax => Normalise::FractionOfMax { reversed: Reversed::default() },
        Way::Goalposts => {
            let posts = method::goalposts(reader, tab)?;
            let (lo, hi, scale) = (posts.lo.to_f64(), posts.hi.to_f64(), posts.full.to_f64());
            if lo > hi {
                let problem = Problem::error("assess-bounds-order").arg("lo", &posts.lo);
                reader.problem_at_key(tab, "lo", problem.arg("hi", &posts.hi));
            }
            Normalise::Goalposts { lo, hi, scale, log: posts.log, clip: true }
        }
        Way::Fixed => {
            let a = needed(reader, tab, "a");
            let b = needed(reader, tab, "b");
            let k = needed(reader, tab, "k");
            Normalise::FixedScale { a: a?, b: b?, k: k? }
        }
        Way::Moderate => Normalise::Moderate { best: needed(reader, tab, "best_from")? },
        Way::Interval => {
            let from = needed(reader, tab, "best_from");
            let to = needed(reader, tab, "best_to");
            Normalise::Interval { from: from?, to: to? }
        }
        Way::None => Normalise::None,
    })
}

fn capped(reader: &mut Reader, tab: &mut Tab) -> Option<bool> {
    let cap = reader.truth(tab, "cap");
    reader.needed(tab, "cap", cap)
}
