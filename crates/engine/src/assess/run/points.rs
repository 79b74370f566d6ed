//! From figures to points by rules, item by item, in exact numbers.

use std::collections::BTreeMap;

use super::how::{arg, how, scaled};
use super::inputs::Inputs;
use super::pool::Pool;
use super::units::Grouped;
use super::values::ItemValues;
use super::{BoundsRun, ItemRun, Run, tree};
use crate::assess::scheme::{
    Against, Bound, Gap, Item, Method, Missing, Polarity, Ref, Scale, Scheme, Source,
};
use crate::assess::score::efficacy::{Clip, Curve, Efficacy, ZeroRange, share};
use crate::assess::score::goalposts::goalposts;
use crate::assess::score::levels::levels;
use crate::assess::score::moderate::moderate;
use crate::assess::score::number::RoundMode;
use crate::assess::score::over_average::over_average;
use crate::assess::score::per::per;
use crate::assess::score::rank_points::rank_points;
use crate::assess::score::steps::{gap_of_rate, steps};
use crate::assess::score::target::{Target, target};
use crate::assess::score::tiers::tier;
use crate::assess::score::{Number, best};
use crate::statement::words::Words;

/// Scores every period for itself.
pub(super) fn score_all(scheme: &Scheme, periods: &[Inputs], groups: &[Vec<Grouped>]) -> Vec<Run> {
    periods.iter().zip(groups).map(|(inputs, groups)| score(scheme, inputs, groups)).collect()
}

/// Scores every item of every unit and puts the tree together.
fn score(scheme: &Scheme, inputs: &Inputs, groups: &[Grouped]) -> Run {
    let mut run = tree::blank(scheme, inputs, groups);
    let values = ItemValues::new(scheme, inputs);
    let all: Vec<usize> = (0..inputs.units.len()).collect();
    for (at, item) in scheme.items.iter().enumerate() {
        let whole =
            scheme.groups.bounds_of_all.then(|| Compared::new(inputs, &values, (at, item), &all));
        for group in groups {
            let own =
                whole.is_none().then(|| Compared::new(inputs, &values, (at, item), &group.units));
            let Some(compared) = whole.as_ref().or(own.as_ref()) else { continue };
            for &unit in &group.units {
                let judge = Judge { scheme, inputs, item, unit, compared };
                run.units[unit].items.push(judge.item_run(values.of(at, unit), &values));
            }
        }
    }
    tree::combine(scheme, &mut run);
    run
}

/// One item over those who are compared.
struct Compared {
    count: usize,
    ends: Option<(Number, Number)>,
    /// Codes of those at the lower and at the upper end.
    holders: (Vec<String>, Vec<String>),
    mean: Option<Number>,
    whole: Option<Number>,
    places: BTreeMap<usize, Number>,
}

impl Compared {
    fn new(
        inputs: &Inputs,
        values: &ItemValues,
        (at, item): (usize, &Item),
        units: &[usize],
    ) -> Compared {
        let pool = Pool::new(units, |unit| values.of(at, unit));
        let ends = pool.min().cloned().zip(pool.max().cloned());
        let codes = |of: &Number| -> Vec<String> {
            pool.holders(of).into_iter().map(|unit| inputs.units[unit].code.clone()).collect()
        };
        let holders = ends.as_ref().map(|(lo, hi)| (codes(lo), codes(hi))).unwrap_or_default();
        let places = match &item.method {
            Method::RankPoints { ties, .. } => pool.places(*ties, item.polarity == Polarity::Less),
            _ => Vec::new(),
        };
        let whole = match (&item.method, &item.source) {
            (Method::OverAverage { against: Against::Whole, .. }, Source::Formula(formula)) => {
                let parts = units.iter().filter_map(|unit| values.parts(formula, *unit));
                let (of, by) = parts.fold((Number::zero(), Number::zero()), |sum, part| {
                    (&sum.0 + &part.0, &sum.1 + &part.1)
                });
                of.over(&by)
            }
            _ => None,
        };
        let needs_mean = matches!(&item.method, Method::OverAverage { against: Against::Mean, .. });
        let mean = if needs_mean { pool.mean() } else { None };
        Compared {
            count: pool.count(),
            ends,
            holders,
            mean,
            whole,
            places: places.into_iter().collect(),
        }
    }
}

/// Points with the way they were made.
struct Scored {
    points: Option<Number>,
    how: Words,
    bounds: Option<BoundsRun>,
}

impl Scored {
    fn of(points: Option<Number>, how: Words) -> Scored {
        Scored { points, how, bounds: None }
    }

    fn none(key: &str) -> Scored {
        Scored::of(None, Words::new(key))
    }
}

/// One item of one unit.
struct Judge<'a> {
    scheme: &'a Scheme,
    inputs: &'a Inputs,
    item: &'a Item,
    unit: usize,
    compared: &'a Compared,
}

impl Judge<'_> {
    fn item_run(&self, value: Option<Number>, values: &ItemValues) -> ItemRun {
        let scored = match &value {
            Some(value) => self.scored(value),
            None => Scored::none("assess-how-no-value"),
        };
        let source = values.source(self.item, self.unit);
        let missing = self.item.missing.unwrap_or(self.scheme.edges.missing);
        let is_missing = scored.points.is_none();
        let (points, how) = match (scored.points, missing) {
            (Some(points), _) => (Some(self.rounded(points)), scored.how),
            (None, Missing::Zero) => (Some(Number::zero()), with(scored.how, "assess-how-zero")),
            (None, Missing::Reweigh) => (None, with(scored.how, "assess-how-reweigh")),
            (None, Missing::Missing) => (None, with(scored.how, "assess-how-missing")),
        };
        let bounds = scored.bounds;
        ItemRun { value, source, bounds, points, is_missing, how, ..ItemRun::default() }
    }

    fn rounded(&self, points: Number) -> Number {
        let decimals = self.item.decimals.or(self.scheme.rounding.items);
        let mode: RoundMode = self.scheme.rounding.mode;
        decimals.map_or(points.clone(), |decimals| points.rounded(decimals, mode))
    }

    fn scored(&self, x: &Number) -> Scored {
        match &self.item.method {
            Method::Points { min, max } => {
                let points = x.clone().clamped(min.as_ref(), max.as_ref());
                Scored::of(Some(points), how("assess-how-points", &[("value", x)]))
            }
            Method::Per { points, min, max } => {
                let words = how("assess-how-per", &[("value", x), ("points", points)]);
                Scored::of(Some(per(x, points, (min.as_ref(), max.as_ref()))), words)
            }
            Method::Efficacy { scale, lo, hi } => self.efficacy(x, scale, (lo, hi)),
            Method::Moderate { scale, best, lo, hi } => self.moderate(x, scale, best, (lo, hi)),
            Method::Levels { full, levels: table } => {
                let share = levels(x, table);
                let words = share.as_ref().map_or_else(Words::default, |share| {
                    how("assess-how-levels", &[("value", x), ("share", share), ("full", full)])
                });
                Scored::of(share.map(|share| full * &share), words)
            }
            Method::Target { full, target, floor, cap } => {
                self.target(x, target, (full, floor, cap.as_ref()))
            }
            Method::Steps { rule, gap, plan } => self.steps(x, rule, (*gap, plan)),
            Method::RankPoints { table, beyond, .. } => {
                let Some(place) = self.compared.places.get(&self.unit) else {
                    return Scored::none("assess-how-no-score");
                };
                let words = how("assess-how-rank", &[("value", x), ("place", place)]);
                Scored::of(rank_points(place, table, *beyond), words)
            }
            Method::Proportion { full } => self.proportion(x, full),
            Method::Tiers { tiers } => match tier(x, tiers) {
                Some(found) => {
                    let words = how("assess-how-tier", &[("value", x), ("points", &found.points)]);
                    Scored::of(Some(found.points.clone()), words)
                }
                None => Scored::of(None, how("assess-how-no-tier", &[("value", x)])),
            },
            Method::OverAverage { rule, against, in_percent } => {
                self.over_average(x, rule, (against, *in_percent))
            }
            Method::Survey { answers, full } => {
                let top = answers.iter().map(|(_, value)| value).max().cloned();
                self.mean_of(x, "assess-how-survey", full.as_ref().zip(top.as_ref()))
            }
            Method::Raters { full, .. } => {
                let hundred = Number::whole(100);
                self.mean_of(x, "assess-how-raters", full.as_ref().map(|full| (full, &hundred)))
            }
            Method::Goalposts(rule) => {
                let key =
                    if rule.log { "assess-how-goalposts-log" } else { "assess-how-goalposts" };
                let numbers =
                    [("value", x), ("lo", &rule.lo), ("hi", &rule.hi), ("full", &rule.full)];
                Scored::of(goalposts(x, rule), how(key, &numbers))
            }
            // Of an index only; the scheme's reader gives it to no other.
            Method::Normalise(_) => Scored::none("assess-how-no-score"),
        }
    }

    /// A number, or the unit's own figure.
    fn reference(&self, of: &Ref) -> Option<Number> {
        match of {
            Ref::Number(number) => Some(number.clone()),
            Ref::Figure(key) => self.inputs.figure(key, self.unit).cloned(),
        }
    }

    /// The two ends of a scale; `falling` swaps observed ones, so that the first is the worst.
    fn ends(&self, bounds: (&Bound, &Bound), falling: bool) -> Option<BoundsRun> {
        let (least, most) = self.compared.ends.clone()?;
        let (by_least, by_most) = self.compared.holders.clone();
        let ((worst, by_worst), (top, by_top)) = if falling {
            ((most, by_most), (least, by_least))
        } else {
            ((least, by_least), (most, by_most))
        };
        let end = |bound: &Bound, observed: Number, by: Vec<String>| match bound {
            Bound::Observed => Some((observed, by)),
            Bound::Of(of) => Some((self.reference(of)?, Vec::new())),
        };
        let (lo, lo_by) = end(bounds.0, worst, by_worst)?;
        let (hi, hi_by) = end(bounds.1, top, by_top)?;
        Some(BoundsRun { lo, hi, lo_by, hi_by })
    }

    /// What the scheme says where nothing can be compared; `None` where something can.
    fn edge(&self, bounds: (&Bound, &Bound), ends: &BoundsRun) -> Option<(ZeroRange, &str)> {
        let is_observed = *bounds.0 == Bound::Observed || *bounds.1 == Bound::Observed;
        let edges = &self.scheme.edges;
        if is_observed && self.compared.count == 1 {
            return Some((self.item.alone.unwrap_or(edges.alone), "assess-how-alone"));
        }
        let zero_range = self.item.zero_range.unwrap_or(edges.zero_range);
        (ends.lo == ends.hi).then_some((zero_range, "assess-how-zero-range"))
    }

    fn efficacy(&self, x: &Number, scale: &Scale, bounds: (&Bound, &Bound)) -> Scored {
        let Some(ends) = self.ends(bounds, self.item.polarity == Polarity::Less) else {
            return Scored::none("assess-how-no-bound");
        };
        let rule = rule(scale);
        let (points, words) = match self.edge(bounds, &ends) {
            Some(edge) => on_edge(edge, &rule, x),
            None => {
                let key = match scale.curve {
                    Curve::Linear => "assess-how-efficacy",
                    Curve::Exponential => "assess-how-efficacy-exponential",
                };
                let share = share(x, &ends.lo, &ends.hi).map(|share| scale.clip.apply(share));
                let numbers = [("value", x), ("lo", &ends.lo), ("hi", &ends.hi)];
                let words = on_scale(how(key, &numbers), scale);
                (share.and_then(|share| rule.points(&share)), words)
            }
        };
        to_full(points, words, scale, ends)
    }

    fn moderate(
        &self,
        x: &Number,
        scale: &Scale,
        best: &(Ref, Ref),
        bounds: (&Bound, &Bound),
    ) -> Scored {
        let refs = self.reference(&best.0).zip(self.reference(&best.1));
        let (Some((from, to)), Some(ends)) = (refs, self.ends(bounds, false)) else {
            return Scored::none("assess-how-no-bound");
        };
        let rule = rule(scale);
        let (points, words) = match self.edge(bounds, &ends) {
            Some(edge) => on_edge(edge, &rule, x),
            None => {
                let share = moderate(x, (&from, &to), (&ends.lo, &ends.hi));
                let share = share.map(|share| scale.clip.apply(share));
                let numbers = [("value", x), ("from", &from), ("to", &to)];
                let words = on_scale(how("assess-how-moderate", &numbers), scale);
                let words = words.with("lo", arg(&ends.lo)).with("hi", arg(&ends.hi));
                (share.and_then(|share| rule.points(&share)), words)
            }
        };
        to_full(points, words, scale, ends)
    }

    fn target(
        &self,
        x: &Number,
        aim: &Ref,
        (full, floor, cap): (&Number, &Number, Option<&Number>),
    ) -> Scored {
        let Some(aim) = self.reference(aim) else {
            return Scored::none("assess-how-no-target");
        };
        let less_is_better = self.item.polarity == Polarity::Less;
        let rule =
            Target { full: full.clone(), floor: floor.clone(), cap: cap.cloned(), less_is_better };
        let key = if less_is_better { "assess-how-target-less" } else { "assess-how-target" };
        let words = how(key, &[("value", x), ("target", &aim), ("full", full)]);
        let points = target(x, &aim, &rule);
        let capped = cap.is_some_and(|cap| points == Some(full * cap));
        let words = if capped { with(words, "assess-how-capped") } else { words };
        Scored::of(points, words)
    }

    fn steps(
        &self,
        x: &Number,
        rule: &crate::assess::score::steps::Steps,
        (gap, plan): (Gap, &Ref),
    ) -> Scored {
        let Some(plan) = self.reference(plan) else {
            return Scored::none("assess-how-no-target");
        };
        let less_is_better = self.item.polarity == Polarity::Less;
        let over = match gap {
            Gap::Rate => gap_of_rate(x, &plan),
            Gap::Shares => Some(&(x - &plan) * &Number::whole(100)),
            Gap::Percents => Some(x - &plan),
        };
        let Some(over) = over.map(|over| if less_is_better { -&over } else { over }) else {
            return Scored::none("assess-how-no-target");
        };
        let numbers = [("value", x), ("plan", &plan), ("gap", &over), ("full", &rule.full)];
        Scored::of(steps(&over, rule), how("assess-how-steps", &numbers))
    }

    fn proportion(&self, x: &Number, full: &Number) -> Scored {
        let less_is_better = self.item.polarity == Polarity::Less;
        let ends = self.compared.ends.as_ref();
        let Some((least, most)) = ends else { return Scored::none("assess-how-no-score") };
        let best = if less_is_better { least } else { most };
        let (least_by, most_by) = &self.compared.holders;
        let key =
            if less_is_better { "assess-how-proportion-less" } else { "assess-how-proportion" };
        let words = how(key, &[("value", x), ("best", best), ("full", full)]);
        let hi_by = if less_is_better { least_by } else { most_by };
        let bounds = BoundsRun {
            lo: Number::zero(),
            hi: best.clone(),
            lo_by: Vec::new(),
            hi_by: hi_by.clone(),
        };
        let points = best::in_proportion(x, best, full, less_is_better);
        Scored { points, how: words, bounds: Some(bounds) }
    }

    fn over_average(
        &self,
        x: &Number,
        rule: &crate::assess::score::over_average::OverAverage,
        (against, in_percent): (&Against, bool),
    ) -> Scored {
        let average = match against {
            Against::Mean => self.compared.mean.clone(),
            Against::Whole => self.compared.whole.clone(),
            Against::Of(of) => self.reference(of),
        };
        let Some(average) = average else { return Scored::none("assess-how-no-target") };
        let gap = x - &average;
        let gap = if in_percent { gap } else { &gap * &Number::whole(100) };
        let gap = if self.item.polarity == Polarity::Less { -&gap } else { gap };
        let numbers = [("value", x), ("average", &average), ("gap", &gap), ("base", &rule.base)];
        Scored::of(over_average(&gap, rule), how("assess-how-over-average", &numbers))
    }

    /// A mean that is the score, or is brought to other full points.
    fn mean_of(&self, x: &Number, key: &str, to: Option<(&Number, &Number)>) -> Scored {
        let words = how(key, &[("value", x)]);
        match to {
            Some((full, top)) => Scored::of((x * full).over(top), scaled(words, full, top)),
            None => Scored::of(Some(x.clone()), words),
        }
    }
}

/// What a unit gets where all are alike or it stands alone, and the words for it.
fn on_edge((edge, key): (ZeroRange, &str), rule: &Efficacy, x: &Number) -> (Option<Number>, Words) {
    let points = edge.share().and_then(|share| rule.points(&share));
    (points, how(key, &[("value", x)]))
}

/// The coefficient's own rule; what happens at zero range was decided before.
fn rule(scale: &Scale) -> Efficacy {
    Efficacy {
        base: scale.base.clone(),
        span: scale.span.clone(),
        curve: scale.curve,
        clip: Clip::None,
        zero_range: ZeroRange::Missing,
    }
}

fn on_scale(words: Words, scale: &Scale) -> Words {
    let top = &scale.base + &scale.span;
    words.with("base", arg(&scale.base)).with("span", arg(&scale.span)).with("top", arg(&top))
}

/// Points of the scale, brought to the item's full points where it has its own.
fn to_full(points: Option<Number>, words: Words, scale: &Scale, ends: BoundsRun) -> Scored {
    let Some(full) = &scale.full else {
        return Scored { points, how: words, bounds: Some(ends) };
    };
    let top = &scale.base + &scale.span;
    let points = points.and_then(|points| (&points * full).over(&top));
    Scored { points, how: scaled(words, full, &top), bounds: Some(ends) }
}

/// The same words, with what follows from them behind.
fn with(inner: Words, key: &str) -> Words {
    Words::new(key).with("of", crate::statement::words::Arg::Words(Box::new(inner)))
}
