//! How a figure becomes points: the words of `method`, and what each asks for.

use tici_domain::Problem;

use super::edges::{TIES, ZERO_RANGES};
use super::item::Polarity;
use super::value::{self, Bound, Ref};
use crate::assess::normalise::Normalise;
use crate::assess::score::Number;
use crate::assess::score::efficacy::{Clip, Curve};
use crate::assess::score::goalposts::Goalposts;
use crate::assess::score::levels::Level;
use crate::assess::score::over_average::OverAverage;
use crate::assess::score::places::Ties;
use crate::assess::score::rank_points::Beyond;
use crate::assess::score::steps::{Band, Steps};
use crate::assess::score::tiers::Tier;
use crate::rule_file::{Reader, Tab};

/// How a figure becomes points.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// The figure is the points.
    Points {
        min: Option<Number>,
        max: Option<Number>,
    },
    Per {
        points: Number,
        min: Option<Number>,
        max: Option<Number>,
    },
    Efficacy {
        scale: Scale,
        lo: Bound,
        hi: Bound,
    },
    /// Best between `from` and `to`.
    Moderate {
        scale: Scale,
        best: (Ref, Ref),
        lo: Bound,
        hi: Bound,
    },
    Levels {
        full: Number,
        levels: Vec<Level>,
    },
    Target {
        full: Number,
        target: Ref,
        floor: Number,
        cap: Option<Number>,
    },
    Steps {
        rule: Steps,
        gap: Gap,
        plan: Ref,
    },
    RankPoints {
        table: Vec<Number>,
        beyond: Beyond,
        ties: Ties,
    },
    Proportion {
        full: Number,
    },
    Tiers {
        tiers: Vec<Tier>,
    },
    OverAverage {
        rule: OverAverage,
        against: Against,
        in_percent: bool,
    },
    /// Figures that count answers, and the value of each answer.
    Survey {
        answers: Vec<(String, Number)>,
        full: Option<Number>,
    },
    /// Figures that raters gave.
    Raters {
        columns: Vec<String>,
        drop_from: u32,
        full: Option<Number>,
    },
    Goalposts(Goalposts),
    /// Of an index; the index's own way where nothing is said.
    Normalise(Option<Normalise>),
}

/// The scale of an efficacy coefficient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    pub base: Number,
    pub span: Number,
    /// What the top of the scale is worth, where not itself: 15 of 100.
    pub full: Option<Number>,
    pub curve: Curve,
    pub clip: Clip,
}

/// How far a figure is from its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// figure ÷ plan, over 100 %.
    Rate,
    /// figure − plan; both shares.
    Shares,
    /// figure − plan; both in percent.
    Percents,
}

/// What a figure is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// The mean of those compared.
    Mean,
    /// The share of all together, of an item that divides.
    Whole,
    Of(Ref),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Points,
    Per,
    Efficacy,
    Moderate,
    Levels,
    Target,
    Steps,
    RankPoints,
    Proportion,
    Tiers,
    OverAverage,
    Survey,
    Raters,
    Goalposts,
}

pub(super) const WORDS: &[(&str, Word)] = &[
    ("points", Word::Points),
    ("per", Word::Per),
    ("efficacy", Word::Efficacy),
    ("moderate", Word::Moderate),
    ("levels", Word::Levels),
    ("target", Word::Target),
    ("steps", Word::Steps),
    ("rank_points", Word::RankPoints),
    ("proportion", Word::Proportion),
    ("tiers", Word::Tiers),
    ("over_average", Word::OverAverage),
    ("survey", Word::Survey),
    ("raters", Word::Raters),
    ("goalposts", Word::Goalposts),
];

/// The method of an item that is scored by rules.
pub(super) fn read(reader: &mut Reader, tab: &mut Tab, polarity: Polarity) -> Option<Method> {
    let word = reader.choice(tab, "method", WORDS);
    let word = reader.needed(tab, "method", word)?;
    match word {
        Word::Points => Some(Method::Points { min: min(reader, tab), max: max(reader, tab) }),
        Word::Per => {
            let points = value::needed(reader, tab, "points");
            let (min, max) = (min(reader, tab), max(reader, tab));
            Some(Method::Per { points: points?, min, max })
        }
        Word::Efficacy => efficacy(reader, tab, polarity),
        Word::Moderate => moderate(reader, tab),
        Word::Levels => levels(reader, tab),
        Word::Target => target(reader, tab),
        Word::Steps => steps(reader, tab),
        Word::RankPoints => rank_points(reader, tab),
        Word::Proportion => {
            Some(Method::Proportion { full: value::positive(reader, tab, "full")? })
        }
        Word::Tiers => tiers(reader, tab),
        Word::OverAverage => over_average(reader, tab),
        Word::Survey => survey(reader, tab),
        Word::Raters => raters(reader, tab),
        Word::Goalposts => goalposts(reader, tab).map(Method::Goalposts),
    }
}

fn min(reader: &mut Reader, tab: &mut Tab) -> Option<Number> {
    value::number(reader, tab, "min")
}

fn max(reader: &mut Reader, tab: &mut Tab) -> Option<Number> {
    value::number(reader, tab, "max")
}

fn scale(reader: &mut Reader, tab: &mut Tab) -> Option<Scale> {
    let base = value::needed(reader, tab, "base");
    let span = value::positive(reader, tab, "span");
    let full = value::number(reader, tab, "full");
    let curves = [("linear", Curve::Linear), ("exponential", Curve::Exponential)];
    let curve = reader.choice(tab, "curve", &curves).unwrap_or_default();
    let clips =
        [("none", Clip::None), ("low", Clip::Low), ("high", Clip::High), ("both", Clip::Both)];
    let clip = reader.choice(tab, "clip", &clips);
    let clip = reader.needed(tab, "clip", clip);
    let (base, span, clip) = (base?, span?, clip?);
    if curve == Curve::Exponential && !base.is_positive() {
        let problem = Problem::error("assess-not-positive").arg("key", "base");
        reader.problem_at_key(tab, "base", problem.arg("value", &base));
    }
    Some(Scale { base, span, full, curve, clip })
}

fn ends(reader: &mut Reader, tab: &mut Tab) -> (Option<Bound>, Option<Bound>) {
    let lo = value::bound(reader, tab, "lo");
    let lo = reader.needed(tab, "lo", lo);
    let hi = value::bound(reader, tab, "hi");
    (lo, reader.needed(tab, "hi", hi))
}

fn efficacy(reader: &mut Reader, tab: &mut Tab, polarity: Polarity) -> Option<Method> {
    let scale = scale(reader, tab);
    let (lo, hi) = ends(reader, tab);
    let (lo, hi) = (lo?, hi?);
    if let (Bound::Of(Ref::Number(low)), Bound::Of(Ref::Number(high))) = (&lo, &hi) {
        let is_wrong = if polarity == Polarity::Less { low <= high } else { low >= high };
        if is_wrong {
            let problem = Problem::error("assess-bounds-order").arg("lo", low).arg("hi", high);
            reader.problem_at_key(tab, "lo", problem);
        }
    }
    if polarity == Polarity::Middle {
        let problem = Problem::error("assess-polarity-method").arg("method", "moderate");
        reader.problem_at_key(tab, "method", problem);
    }
    Some(Method::Efficacy { scale: scale?, lo, hi })
}

fn moderate(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let scale = scale(reader, tab);
    let (lo, hi) = ends(reader, tab);
    let from = value::reference(reader, tab, "best_from");
    let from = reader.needed(tab, "best_from", from);
    let to = value::reference(reader, tab, "best_to").or_else(|| from.clone());
    let (from, to) = (from?, to?);
    if let (Ref::Number(low), Ref::Number(high)) = (&from, &to)
        && low > high
    {
        let problem = Problem::error("assess-bounds-order").arg("lo", low).arg("hi", high);
        reader.problem_at_key(tab, "best_from", problem);
    }
    Some(Method::Moderate { scale: scale?, best: (from, to), lo: lo?, hi: hi? })
}

fn levels(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let full = value::positive(reader, tab, "full");
    let mut levels = Vec::<Level>::new();
    let tables = needed_tables(reader, tab, "levels");
    for mut table in tables {
        let value = value::needed(reader, &mut table, "value");
        let share = value::needed(reader, &mut table, "share");
        reader.end(&table);
        levels.extend(value.zip(share).map(|(value, share)| Level { value, share }));
    }
    let falls = levels.windows(2).all(|pair| pair[0].value > pair[1].value);
    let rises = levels.windows(2).all(|pair| pair[0].value < pair[1].value);
    let shares_fall = levels.windows(2).all(|pair| pair[0].share > pair[1].share);
    if !((falls || rises) && shares_fall) {
        reader.problem_at_key(tab, "levels", Problem::error("assess-level-order"));
    }
    Some(Method::Levels { full: full?, levels })
}

fn target(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let full = value::positive(reader, tab, "full");
    let target = value::reference(reader, tab, "target");
    let target = reader.needed(tab, "target", target);
    if let Some(Ref::Number(number)) = &target
        && !number.is_positive()
    {
        let problem = Problem::error("assess-not-positive").arg("key", "target");
        reader.problem_at_key(tab, "target", problem.arg("value", number));
    }
    let floor = value::needed(reader, tab, "floor");
    let cap = optional_or_none(reader, tab, "cap");
    Some(Method::Target { full: full?, target: target?, floor: floor?, cap })
}

/// A number that must be stated, or `"none"`.
fn optional_or_none(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Number> {
    if tab.is_text(key) {
        reader.choice(tab, key, &[("none", ())]);
        return None;
    }
    value::needed(reader, tab, key)
}

fn steps(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let full = value::needed(reader, tab, "full");
    let plan = value::reference(reader, tab, "plan");
    let plan = reader.needed(tab, "plan", plan);
    let gaps = [("rate", Gap::Rate), ("shares", Gap::Shares), ("percents", Gap::Percents)];
    let gap = reader.choice(tab, "gap", &gaps);
    let gap = reader.needed(tab, "gap", gap);
    let step = value::positive(reader, tab, "step");
    let whole = reader.truth(tab, "whole_steps");
    let whole = reader.needed(tab, "whole_steps", whole);
    let under = value::needed(reader, tab, "under");
    let over = bands(reader, tab);
    let limit = optional_or_none(reader, tab, "limit");
    let floor = optional_or_none(reader, tab, "floor");
    let (full, step, whole, under) = (full?, step?, whole?, under?);
    let rule = Steps { full, step, whole, under, over, limit, floor };
    Some(Method::Steps { rule, gap: gap?, plan: plan? })
}

/// `over = [{ up_to = 30, each = 0.2 }, { each = 0.1 }]`, in points over the plan.
fn bands(reader: &mut Reader, tab: &mut Tab) -> Vec<Band> {
    let mut bands = Vec::<Band>::new();
    let mut from = Some(Number::zero());
    for mut table in reader.tables(tab, "over") {
        let to = value::number(reader, &mut table, "up_to");
        let each = value::needed(reader, &mut table, "each");
        reader.end(&table);
        let is_behind = from.as_ref().is_none_or(|from| to.as_ref().is_some_and(|to| to <= from));
        if is_behind {
            reader.problem_of(&table, Problem::error("assess-band-order"));
        }
        if let (Some(from), Some(each)) = (from, each) {
            bands.push(Band { from, to: to.clone(), each });
        }
        from = to;
    }
    bands
}

fn rank_points(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let table = value::numbers(reader, tab, "table");
    if table.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "table"));
    }
    let beyond = [("zero", Beyond::Zero), ("last", Beyond::Last), ("missing", Beyond::Missing)];
    let beyond = reader.choice(tab, "beyond", &beyond);
    let beyond = reader.needed(tab, "beyond", beyond);
    let ties = reader.choice(tab, "ties", &TIES[..3]);
    let ties = reader.needed(tab, "ties", ties);
    Some(Method::RankPoints { table, beyond: beyond?, ties: ties? })
}

fn tiers(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let mut tiers = Vec::<Tier>::new();
    for mut table in needed_tables(reader, tab, "tiers") {
        let from = value::number(reader, &mut table, "from");
        let to = value::number(reader, &mut table, "to");
        let points = value::needed(reader, &mut table, "points");
        reader.end(&table);
        let is_empty = from.as_ref().zip(to.as_ref()).is_some_and(|(from, to)| from >= to);
        let overlaps = |tier: &Tier| {
            let starts = tier.to.as_ref().zip(from.as_ref()).is_none_or(|(to, from)| from < to);
            let ends = tier.from.as_ref().zip(to.as_ref()).is_none_or(|(from, to)| from < to);
            starts && ends
        };
        if is_empty || tiers.iter().any(overlaps) {
            reader.problem_of(&table, Problem::error("assess-tier-overlap"));
        }
        tiers.extend(points.map(|points| Tier { from, to, points }));
    }
    Some(Method::Tiers { tiers })
}

fn over_average(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let base = value::needed(reader, tab, "base");
    let width = value::positive(reader, tab, "width");
    let divisors = value::numbers(reader, tab, "divisors");
    if divisors.is_empty() || divisors.iter().any(|divisor| !divisor.is_positive()) {
        reader.problem_at_key(tab, "divisors", Problem::error("assess-divisors"));
    }
    let then = value::needed(reader, tab, "then");
    let floor = optional_or_none(reader, tab, "floor");
    let cap = optional_or_none(reader, tab, "cap");
    let against = match value::reference(reader, tab, "against") {
        Some(Ref::Figure(word)) if word == "mean" => Some(Against::Mean),
        Some(Ref::Figure(word)) if word == "whole" => Some(Against::Whole),
        other => other.map(Against::Of),
    };
    let against = reader.needed(tab, "against", against);
    let in_percent = reader.choice(tab, "value_in", &[("share", false), ("percent", true)]);
    let in_percent = reader.needed(tab, "value_in", in_percent);
    let (base, width, then) = (base?, width?, then?);
    let rule = OverAverage { base, width, divisors, then, floor, cap };
    Some(Method::OverAverage { rule, against: against?, in_percent: in_percent? })
}

fn survey(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let full = value::number(reader, tab, "full");
    let mut answers = Vec::new();
    for mut table in needed_tables(reader, tab, "answers") {
        let figure = reader.text(&mut table, "figure");
        let figure = reader.needed(&table, "figure", figure);
        let value = value::needed(reader, &mut table, "value");
        reader.end(&table);
        answers.extend(figure.zip(value));
    }
    Some(Method::Survey { answers, full })
}

fn raters(reader: &mut Reader, tab: &mut Tab) -> Option<Method> {
    let full = value::number(reader, tab, "full");
    let columns: Vec<String> =
        reader.texts(tab, "figures").into_iter().map(|(text, _)| text).collect();
    if columns.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "figures"));
    }
    let drop_from = value::count(reader, tab, "drop_from", 1000);
    let drop_from = reader.needed(tab, "drop_from", drop_from)?;
    Some(Method::Raters { columns, drop_from, full })
}

pub(super) fn goalposts(reader: &mut Reader, tab: &mut Tab) -> Option<Goalposts> {
    let lo = value::needed(reader, tab, "lo");
    let hi = value::needed(reader, tab, "hi");
    let full = value::positive(reader, tab, "full");
    let log = reader.truth(tab, "log").unwrap_or(false);
    let (lo, hi, full) = (lo?, hi?, full?);
    if lo == hi || (log && !(lo.is_positive() && hi.is_positive())) {
        let problem = Problem::error("assess-bounds-order").arg("lo", &lo).arg("hi", &hi);
        reader.problem_at_key(tab, "lo", problem);
    }
    Some(Goalposts { lo, hi, full, log })
}

fn needed_tables<'a>(reader: &mut Reader, tab: &mut Tab<'a>, key: &'static str) -> Vec<Tab<'a>> {
    let tables = reader.tables(tab, key);
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", key));
    }
    tables
}

impl Method {
    /// Figures it reads beside the item's own.
    pub fn figures(&self) -> Vec<&str> {
        match self {
            Method::Efficacy { lo, hi, .. } => [lo, hi].iter().filter_map(|b| b.figure()).collect(),
            Method::Moderate { best, lo, hi, .. } => {
                let best = [&best.0, &best.1].into_iter().filter_map(Ref::figure);
                best.chain([lo, hi].into_iter().filter_map(Bound::figure)).collect()
            }
            Method::Target { target, .. } => target.figure().into_iter().collect(),
            Method::Steps { plan, .. } => plan.figure().into_iter().collect(),
            Method::OverAverage { against: Against::Of(of), .. } => {
                of.figure().into_iter().collect()
            }
            Method::Survey { answers, .. } => answers.iter().map(|(key, _)| key.as_str()).collect(),
            Method::Raters { columns, .. } => columns.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it has no figure of its own, only those of [`Method::figures`].
    pub fn is_of_several(&self) -> bool {
        matches!(self, Method::Survey { .. } | Method::Raters { .. })
    }

    /// Its full points, where they are stated.
    pub fn full(&self) -> Option<Number> {
        match self {
            Method::Points { max, .. } | Method::Per { max, .. } => max.clone(),
            Method::Efficacy { scale, .. } | Method::Moderate { scale, .. } => {
                Some(scale.full.clone().unwrap_or_else(|| &scale.base + &scale.span))
            }
            Method::Levels { full, .. }
            | Method::Target { full, .. }
            | Method::Proportion { full } => Some(full.clone()),
            Method::Steps { rule, .. } => Some(rule.full.clone()),
            Method::RankPoints { table, .. } => table.iter().max().cloned(),
            Method::Tiers { tiers } => tiers.iter().map(|tier| &tier.points).max().cloned(),
            Method::OverAverage { rule, .. } => Some(rule.base.clone()),
            Method::Survey { full, answers } => {
                full.clone().or_else(|| answers.iter().map(|(_, value)| value).max().cloned())
            }
            Method::Raters { full, .. } => full.clone(),
            Method::Goalposts(rule) => Some(rule.full.clone()),
            Method::Normalise(_) => None,
        }
    }
}

/// An item's own word for all figures being the same, and for a group of one.
pub(super) fn zero_range(
    reader: &mut Reader,
    tab: &mut Tab,
    key: &'static str,
) -> Option<crate::assess::score::efficacy::ZeroRange> {
    reader.choice(tab, key, ZERO_RANGES)
}
