//! Figures of a group to scores, each with its formula and the numbers in it.

use tici_domain::Percent;

use super::count::{Census, Counted};
use super::{
    Against, Amount, Bands, Efficacy, Item, Method, Missing, OverUnder, Quantity, Ratio, Rung,
    Score, Step,
};
use crate::lights::{decimal, yuan};
use crate::statement::printed::Digits;
use crate::statement::words::{Arg, Words};

/// The score of one place for one item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scored {
    pub counted: Counted,
    /// `None` is missing.
    pub score: Option<Score>,
    pub formula: Words,
}

/// A score before the item's own ends and rounding.
type Raw = (Option<Score>, Words);

/// Percentage points in units of 10^-9 of a whole.
const POINT_NANO: i128 = 10_000_000;

/// Bands after which the last one goes on.
const BANDS_MAX: usize = 100;

/// Scores an item for every place of a group, in the order of the places.
pub(super) fn score(census: &Census, item: &Item, places: &[i64]) -> Vec<Scored> {
    let mut counted: Vec<Counted> = places.iter().map(|place| census.count(item, *place)).collect();
    let raws: Vec<Raw> = match &item.method {
        Method::Per { points } => counted.iter().map(|c| per(item, c, *points)).collect(),
        Method::Steps { steps } => counted.iter().map(|c| by_steps(item, c, steps)).collect(),
        Method::EachSteps { amount, steps } => places
            .iter()
            .zip(&mut counted)
            .map(|(place, counted)| each_steps(census, (item, *place), counted, (*amount, steps)))
            .collect(),
        Method::EachClass { points } => places
            .iter()
            .zip(&mut counted)
            .map(|(place, counted)| each_class(census, (item, *place), counted, points))
            .collect(),
        Method::OverUnder(rule) => counted.iter().map(|c| over_under(item, c, rule)).collect(),
        Method::Ladder { rungs } => ladder(item, &counted, rungs),
        Method::Bands(rule) => {
            let against = against(census, rule, &counted, places);
            counted.iter().map(|c| bands(c, rule, against)).collect()
        }
        Method::Efficacy(rule) => efficacy(item, &counted, rule),
    };
    let finish = |(counted, (raw, formula)): (Counted, Raw)| {
        let (score, formula) = match (raw, item.missing) {
            (Some(raw), _) => (Some(finished(item, raw)), formula),
            (None, Missing::Score(score)) => {
                (Some(score), Words::new("league-cell-missing-score").with("score", points(score)))
            }
            (None, Missing::Missing) => (None, Words::new("league-cell-missing")),
        };
        Scored { counted, score, formula }
    };
    counted.into_iter().zip(raws).map(finish).collect()
}

/// Between the item's ends, and rounded where it says so.
fn finished(item: &Item, raw: Score) -> Score {
    let score = item.max.map_or(raw, |max| raw.min(max));
    let score = item.min.map_or(score, |min| score.max(min));
    item.decimals.map_or(score, |decimals| score.rounded(decimals))
}

fn missing() -> Raw {
    (None, Words::new("league-cell-missing"))
}

fn per(item: &Item, counted: &Counted, each: Score) -> Raw {
    let Some(value) = counted.value else { return missing() };
    let words = match counted.parts {
        Some((part, base)) => Words::new("league-cell-share")
            .with("part", quantity(&item.of, part))
            .with("base", quantity(item.by.as_ref().unwrap_or(&item.of), base)),
        None => Words::new("league-cell-per").with("value", quantity(&item.of, value)),
    };
    (Some(value.times(each)), words.with("points", points(each)))
}

/// The first step whose threshold the figure reaches; none is no points.
fn step_of(steps: &[Step], value: Ratio) -> Score {
    let reached = |step: &&Step| step.bound.lights(value.num, value.den);
    steps.iter().find(reached).map_or(Score::ZERO, |step| step.points)
}

fn by_steps(item: &Item, counted: &Counted, steps: &[Step]) -> Raw {
    let Some(value) = counted.value else { return missing() };
    // Steps of a share are in percent.
    let scaled = match item.by {
        Some(_) => Ratio { num: value.num * 100, den: value.den },
        None => value,
    };
    let score = step_of(steps, scaled);
    let words = Words::new("league-cell-steps").with("value", figure(item, value));
    (Some(score), words.with("points", points(score)))
}

fn each_steps(
    census: &Census,
    (item, place): (&Item, i64),
    counted: &mut Counted,
    (amount, steps): (Amount, &[Step]),
) -> Raw {
    let picked = std::mem::take(&mut counted.rows);
    let (mut total, mut rows) = (Score::ZERO, Vec::new());
    for counting in census.projects(&item.only, place) {
        let known =
            counting.amount(amount).filter(|_| picked.binary_search(&counting.index).is_ok());
        let Some(known) = known else { continue };
        total = total.plus(step_of(steps, Ratio::whole(known.into())));
        rows.push(counting.index);
    }
    counted.rows = rows;
    (Some(total), each_words(counted.rows.len(), total))
}

fn each_class(
    census: &Census,
    (item, place): (&Item, i64),
    counted: &mut Counted,
    by_class: &[(String, Score)],
) -> Raw {
    let picked = std::mem::take(&mut counted.rows);
    let (mut total, mut rows) = (Score::ZERO, Vec::new());
    for counting in census.projects(&item.only, place) {
        let class =
            census.class(counting).filter(|_| picked.binary_search(&counting.index).is_ok());
        let points = by_class.iter().find(|(key, _)| Some(key.as_str()) == class);
        let Some((_, points)) = points else { continue };
        total = total.plus(*points);
        rows.push(counting.index);
    }
    counted.rows = rows;
    (Some(total), each_words(counted.rows.len(), total))
}

fn each_words(projects: usize, total: Score) -> Words {
    let words = Words::new("league-cell-each").with("n", Arg::Count(projects as i128));
    words.with("points", points(total))
}

fn over_under(item: &Item, counted: &Counted, rule: &OverUnder) -> Raw {
    let is_idle = counted.base_count == Some(0);
    if let Some(nothing) = rule.nothing.filter(|_| is_idle) {
        return (Some(nothing), Words::new("league-cell-nothing").with("points", points(nothing)));
    }
    let Some(share) = counted.value else { return missing() };
    let count = counted.base_count.unwrap_or(i64::MAX);
    let reached = rule.targets.iter().rfind(|(from, _)| count >= *from);
    let target = reached.or(rule.targets.first()).map_or(10_000, |(_, target)| *target);
    let change = match over(share, target) {
        under if under < 0 => {
            let taken = steps((-under, share.den), rule).times(rule.below);
            Score(-taken.min(rule.cap).0)
        }
        _ => above(share, target, rule).min(rule.cap),
    };
    let words = Words::new("league-cell-over-under").with("base", points(rule.base));
    let words = words.with("share", figure(item, share));
    let words = words.with("target", decimal(target.into(), 2)).with("change", signed(change));
    (Some(rule.base.plus(change)), words)
}

/// Hundredths of a percentage point over a target, times the share's base.
fn over(share: Ratio, target: i64) -> i128 {
    share.num * 10_000 - i128::from(target) * share.den
}

/// How many steps a width of hundredths (over a base) is.
fn steps((width, den): (i128, i128), rule: &OverUnder) -> Ratio {
    let step = i128::from(rule.step.max(1)) * den;
    if rule.whole { Ratio::whole(width / step) } else { Ratio { num: width, den: step } }
}

fn above(share: Ratio, target: i64, rule: &OverUnder) -> Score {
    let (mut lower, mut total) = (target, Score::ZERO);
    for (up_to, each) in &rule.above {
        let rest = over(share, lower);
        if rest <= 0 {
            break;
        }
        let width = match up_to {
            Some(up_to) => rest.min(i128::from((up_to - lower).max(0)) * share.den),
            None => rest,
        };
        total = total.plus(steps((width, share.den), rule).times(*each));
        lower = up_to.unwrap_or(lower).max(lower);
    }
    total
}

fn ladder(item: &Item, counted: &[Counted], rungs: &[Rung]) -> Vec<Raw> {
    let values: Vec<Ratio> = counted.iter().filter_map(|counted| counted.value).collect();
    let raw = |counted: &Counted| {
        let Some(value) = counted.value else { return missing() };
        let rank = 1 + values.iter().filter(|other| **other > value).count() as u32;
        let rung = rungs.iter().find(|rung| rank <= rung.to);
        let score = rung.map_or(Score::ZERO, |rung| rung.points);
        let words = Words::new("league-cell-ladder").with("value", figure(item, value));
        let words = words.with("rank", Arg::Count(rank.into()));
        (Some(score), words.with("points", points(score)))
    };
    counted.iter().map(raw).collect()
}

/// The share that the group's places are held against, in 10^-9.
fn against(census: &Census, rule: &Bands, counted: &[Counted], places: &[i64]) -> Option<i128> {
    match &rule.against {
        Against::Zero => Some(0),
        Against::Given(key) => {
            let found = places.iter().find_map(|place| census.given(key, *place).value);
            // Given in percent, as bulletins print it.
            found.map(|share| share.nano() / 100)
        }
        Against::Mean => {
            let known: Vec<i128> =
                counted.iter().filter_map(|c| c.value).map(Ratio::nano).collect();
            let sum: i128 = known.iter().sum();
            (!known.is_empty()).then(|| tici_domain::money::round_div(sum, known.len() as i128))
        }
        Against::Whole => {
            let parts = counted.iter().filter(|c| c.value.is_some()).filter_map(|c| c.parts);
            let (part, base) =
                parts.fold((0, 0), |(part, base), (of, by)| (part + of.nano(), base + by.nano()));
            Ratio::of(part, base).map(Ratio::nano)
        }
    }
}

fn bands(counted: &Counted, rule: &Bands, against: Option<i128>) -> Raw {
    let (Some(share), Some(against)) = (counted.value, against) else { return missing() };
    let difference = share.nano() - against;
    let width = i128::from(rule.width.max(1)) * POINT_NANO;
    let (mut rest, mut total) = (difference.abs(), 0_i128);
    for band in 0..BANDS_MAX {
        let part = if band + 1 == BANDS_MAX { rest } else { rest.min(width) };
        total += divided(rule, part, band);
        rest -= part;
        if rest == 0 {
            break;
        }
    }
    let change = Score::clamped(total * difference.signum());
    let words = Words::new("league-cell-bands").with("base", points(rule.base));
    let words = words.with("share", percent(share));
    let words = words.with("against", percent(Ratio { num: against, den: 1_000_000_000 }));
    (Some(rule.base.plus(change)), words.with("change", signed(change)))
}

/// `part` percentage points (in 10^-9) times the base, over the band's divisor.
fn divided(rule: &Bands, part: i128, band: usize) -> i128 {
    let last = rule.divisors.len().saturating_sub(1);
    let listed = rule.divisors.get(band.min(last)).copied().unwrap_or(1);
    let beyond = band.saturating_sub(last) as i64 * rule.then;
    let divisor = i128::from((listed + beyond).max(1));
    let product = i128::from(rule.base.0).saturating_mul(part);
    tici_domain::money::round_div(product, POINT_NANO * divisor)
}

fn efficacy(item: &Item, counted: &[Counted], rule: &Efficacy) -> Vec<Raw> {
    let known: Vec<Ratio> = counted.iter().filter_map(|counted| counted.value).collect();
    let (Some(low), Some(high)) = (known.iter().min(), known.iter().max()) else {
        return counted.iter().map(|_| missing()).collect();
    };
    let raw = |counted: &Counted| {
        let Some(value) = counted.value else { return missing() };
        let flat = if known.len() == 1 { Some(rule.alone) } else { None };
        let flat = flat.or((low == high).then_some(rule.equal));
        let of_hundred = flat.unwrap_or_else(|| spread(rule, value, (*low, *high)));
        let score = weighted(rule.points, of_hundred);
        let key = match (known.len() == 1, low == high) {
            (true, _) => "league-cell-efficacy-alone",
            (false, true) => "league-cell-efficacy-equal",
            (false, false) if rule.reverse => "league-cell-efficacy-reverse",
            (false, false) => "league-cell-efficacy",
        };
        let words = Words::new(key).with("points", points(rule.points));
        let words = match flat {
            Some(flat) => words.with("flat", points(flat)),
            None => words
                .with("low", points(rule.low))
                .with("span", points(rule.span))
                .with("value", figure(item, value))
                .with("min", figure(item, *low))
                .with("max", figure(item, *high)),
        };
        (Some(score), words)
    };
    counted.iter().map(raw).collect()
}

/// `low + span·(x − min)/(max − min)`, of a hundred.
fn spread(rule: &Efficacy, value: Ratio, (low, high): (Ratio, Ratio)) -> Score {
    let (value, low, high) = (value.nano(), low.nano(), high.nano());
    let part = if rule.reverse { high - value } else { value - low };
    let Some(share) = Ratio::of(part, high - low) else { return rule.equal };
    rule.low.plus(share.times(rule.span))
}

/// Points of a hundred, weighted.
fn weighted(points: Score, of_hundred: Score) -> Score {
    let product = i128::from(points.0) * i128::from(of_hundred.0);
    Score::clamped(tici_domain::money::round_div(product, 100_000_000))
}

fn points(score: Score) -> Arg {
    decimal(score.0.into(), 6)
}

fn signed(score: Score) -> Arg {
    match decimal(score.0.into(), 6) {
        Arg::Number(text) if score.0 > 0 => Arg::Number(format!("+{text}")),
        other => other,
    }
}

/// A figure as its item prints it: a share in percent, money in 亿, a count, a number.
pub(super) fn figure(item: &Item, value: Ratio) -> Arg {
    if item.by.is_some() { percent(value) } else { quantity(&item.of, value) }
}

fn percent(value: Ratio) -> Arg {
    let share = Percent { part: value.num, base: value.den };
    Arg::Rate { share, digits: Digits { decimals: 1, ..Digits::default() } }
}

fn quantity(quantity: &Quantity, value: Ratio) -> Arg {
    match quantity {
        Quantity::Money(_) if value.den == 1 => yuan(value.num),
        Quantity::Projects(_) | Quantity::StartEvents | Quantity::Percent if value.den == 1 => {
            Arg::Count(value.num)
        }
        _ => decimal(
            tici_domain::money::round_div(value.num.saturating_mul(1_000_000), value.den),
            6,
        ),
    }
}
