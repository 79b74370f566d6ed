//! Why a printed rate or total is not what its printed numbers give: rounding of amounts,
//! digits cut off, another base, or nothing that can be seen. Interval arithmetic on whole
//! numbers, so that an answer is a proof either way.

use serde::Serialize;

use super::printed::{Printed, Range, Rounding};
use super::words::{Arg, Words};

/// Steps in one printed unit: yuan in one 亿元.
pub const UNIT: i128 = 100_000_000;

/// Steps in 1, for rates: fine enough that no two amounts fall between two of them.
const ONE: i128 = 1_000_000_000_000_000;

/// A rate as a source states it, with what it states of part and base.
#[derive(Clone, Copy, Debug)]
pub struct RateStated<'a> {
    /// In percent.
    pub rate: Printed,
    pub part: Option<Printed>,
    pub base: Option<Printed>,
    /// Counts are exact; amounts may have been rounded before they were printed.
    pub counts: bool,
    /// Percentage points ahead of a share of time `(months, 12)`, stated beside the rate.
    pub ahead: Option<(Printed, (i128, i128))>,
    /// Other bases that the source states, by name: another plan, the total, what is due.
    pub others: &'a [(&'a str, Printed)],
}

/// What explains a stated rate, plainest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum How {
    /// The printed numbers give it.
    Exact,
    /// Printed as a whole percent; rounding gives it, and cutting off may give the same.
    Whole { cut_is_same: bool },
    /// Unrounded amounts that print as stated give it.
    Amounts,
    /// Digits were cut off, not rounded.
    Cut,
    /// Digits were cut off from unrounded amounts.
    CutAmounts,
    /// Another base the source states gives it.
    OtherBase { base: String },
    /// Part or base is not stated: nothing contradicts it.
    NotStated,
    /// Nothing of these.
    Nothing,
}

/// An explanation with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    #[serde(flatten)]
    pub how: How,
    pub rate: Printed,
    pub part: Option<Printed>,
    pub base: Option<Printed>,
    /// The rate of the printed numbers, ten-thousandths of a percent.
    pub plain: Option<i128>,
    /// Lowest and highest rate that unrounded amounts allow, ten-thousandths of a percent.
    pub allowed: Option<Range>,
    /// Unrounded part and base, in steps of [`UNIT`], that print as stated and give the rate.
    pub witness: Option<(i128, i128)>,
}

/// Says what explains a stated rate.
pub fn explain_rate(stated: &RateStated) -> Explained {
    let found = |how: How, witness| Explained {
        how,
        rate: stated.rate,
        part: stated.part,
        base: stated.base,
        plain: plain(stated),
        allowed: allowed(stated),
        witness,
    };
    if stated.part.is_none() || stated.base.is_none() {
        let witness = search(stated, stated.base, Rounding::Half, false);
        let how = if witness.is_some() { How::NotStated } else { How::Nothing };
        return found(how, witness);
    }
    let tries = [(Rounding::Half, true), (Rounding::Half, false), (Rounding::Cut, true)];
    let tries = tries.into_iter().chain([(Rounding::Cut, false)]);
    for (rounding, exact) in tries {
        if !exact && stated.counts {
            continue;
        }
        if let Some(witness) = search(stated, stated.base, rounding, exact) {
            return found(how(stated, rounding, exact), Some(witness));
        }
    }
    for (name, other) in stated.others {
        if let Some(witness) = search(stated, Some(*other), Rounding::Half, stated.counts) {
            return found(How::OtherBase { base: (*name).to_owned() }, Some(witness));
        }
    }
    found(How::Nothing, None)
}

fn how(stated: &RateStated, rounding: Rounding, exact: bool) -> How {
    match (rounding, exact) {
        (Rounding::Half, true) if stated.rate.decimals == 0 && !is_whole(stated) => {
            let cut_is_same = search(stated, stated.base, Rounding::Cut, true).is_some();
            How::Whole { cut_is_same }
        }
        (Rounding::Half, true) => How::Exact,
        (Rounding::Half, false) => How::Amounts,
        (Rounding::Cut, true) => How::Cut,
        (Rounding::Cut, false) => How::CutAmounts,
    }
}

fn is_whole(stated: &RateStated) -> bool {
    plain(stated).is_some_and(|plain| plain % 10_000 == 0)
}

/// Rate of the printed numbers, ten-thousandths of a percent.
fn plain(stated: &RateStated) -> Option<i128> {
    let (part, base) = (stated.part?.times(UNIT), stated.base?.times(UNIT));
    (base > 0).then(|| tici_domain::money::round_div(part * 1_000_000, base))
}

/// Lowest and highest rate of amounts that print as stated.
fn allowed(stated: &RateStated) -> Option<Range> {
    let side = |printed: Printed| amounts(printed, stated.counts);
    let (part, base) = (side(stated.part?), side(stated.base?));
    (base.low > 0).then(|| Range {
        low: part.low * 1_000_000 / base.high,
        high: part.high * 1_000_000 / base.low,
    })
}

fn amounts(printed: Printed, exact: bool) -> Range {
    if exact { printed.point(UNIT) } else { printed.range(UNIT, Rounding::Half) }
}

/// Part and base that print as stated and give the rate; `None` when there are none.
fn search(
    stated: &RateStated,
    base: Option<Printed>,
    rounding: Rounding,
    exact: bool,
) -> Option<(i128, i128)> {
    let rates = rates(stated, rounding);
    let exact = exact || stated.counts;
    let part = stated.part.map(|part| amounts(part, exact));
    let base = base.map(|base| amounts(base, exact)).filter(|base| base.low > 0);
    let rates = match (part, base) {
        // The ends of a stated rate are whole steps: rounding a ratio down changes no side.
        (Some(part), Some(base)) if exact => {
            let ratio = part.low * ONE / base.low;
            rates.and(Range { low: ratio, high: ratio })
        }
        (Some(part), Some(base)) => {
            let low = div_up(part.low * ONE, base.high);
            rates.and(Range { low, high: part.high * ONE / base.low })
        }
        _ => rates,
    };
    if rates.is_empty() || rates.high <= 0 {
        return None;
    }
    let at = if exact && part.is_some() && base.is_some() { None } else { Some(rates.middle()) };
    let witness = match (part, base) {
        (Some(part), Some(base)) => pair(part, base, at),
        (Some(part), None) => {
            let base = part.middle() * ONE / at?.max(1);
            // Only whole ones can have been counted.
            let step = if stated.counts { UNIT } else { 1 };
            (part.middle(), tici_domain::money::round_div(base, step).max(1) * step)
        }
        (None, Some(base)) if stated.counts => {
            let count = div_up(rates.low * base.low, ONE * UNIT) * UNIT;
            (count, base.low)
        }
        (None, Some(base)) => (base.middle() * at? / ONE, base.middle()),
        (None, None) => return None,
    };
    rates.contains(witness.0 * ONE / witness.1).then_some(witness)
}

/// A part and a base in their ranges with the ratio `at`, as near the middles as it allows.
fn pair(part: Range, base: Range, at: Option<i128>) -> (i128, i128) {
    let Some(at) = at else { return (part.low, base.low) };
    let of_part = Range { low: div_up(part.low * ONE, at), high: part.high * ONE / at };
    let base = base.and(of_part).middle();
    let wanted = tici_domain::money::round_div(base * at, ONE);
    (wanted.clamp(part.low, part.high), base)
}

/// Rates, in steps of [`ONE`], that print as stated and lie as far ahead as stated.
fn rates(stated: &RateStated, rounding: Rounding) -> Range {
    let rate = stated.rate.range(ONE, rounding);
    let percent = |range: Range| Range { low: div_up(range.low, 100), high: range.high / 100 };
    let rate = percent(rate);
    match stated.ahead {
        None => rate,
        Some((points, (months, year))) => {
            let points = percent(points.range(ONE, rounding));
            let time = months * ONE / year;
            rate.and(Range { low: time + points.low, high: time + points.high })
        }
    }
}

fn div_up(value: i128, by: i128) -> i128 {
    -((-value).div_euclid(by))
}

impl Explained {
    /// The explanation as a message with its figures.
    pub fn words(&self) -> Words {
        let percent = |value: i128| {
            let digits = super::printed::Digits { decimals: 2, ..Default::default() };
            Arg::Number(digits.print(value, 10_000))
        };
        let key = match &self.how {
            How::Exact => "explain-exact",
            How::Whole { cut_is_same: true } => "explain-whole-either",
            How::Whole { cut_is_same: false } => "explain-whole",
            How::Amounts => "explain-amounts",
            How::Cut => "explain-cut",
            How::CutAmounts => "explain-cut-amounts",
            How::OtherBase { .. } => "explain-other-base",
            How::NotStated => "explain-not-stated",
            How::Nothing => "explain-nothing",
        };
        let mut words = Words::new(key).with("rate", Arg::Number(self.rate.to_string()));
        let sides = [("part", self.part), ("base", self.base)];
        for (name, side) in sides.iter().filter_map(|(name, side)| Some((name, (*side)?))) {
            words = words.with(name, Arg::Number(side.to_string()));
        }
        if let Some(plain) = self.plain {
            words = words.with("plain", percent(plain));
        }
        if let Some(allowed) = self.allowed {
            words = words.with("low", percent(allowed.low)).with("high", percent(allowed.high));
        }
        if let How::OtherBase { base } = &self.how {
            words = words.with("other", Arg::Text(base.clone()));
        }
        words
    }
}

/// What is to be said of a stated total and its stated parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SumHow {
    /// The parts add up to it.
    Adds,
    /// Each part was rounded for print, and the total by itself: neither is wrong.
    PartsRounded,
    /// Rounding of that many parts cannot make so large a difference.
    Nothing,
}

/// A stated total against its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SumExplained {
    pub how: SumHow,
    pub total: Printed,
    pub sum: Printed,
    /// Total less sum of the parts.
    pub difference: Printed,
    /// The most that rounding can make of it, either way.
    pub rounding_max: Printed,
    pub parts: usize,
}

/// Says why parts do not add up to a stated total. Nothing is added up in its place.
/// Counts (`counts`) are exact; amounts have been rounded, each by itself.
pub fn explain_sum(total: Printed, parts: &[Printed], counts: bool) -> SumExplained {
    let decimals = parts.iter().map(|part| part.decimals).chain([total.decimals]).max();
    let decimals = decimals.unwrap_or(0);
    let unit = 10_i128.pow(decimals);
    let sum: i128 = parts.iter().map(|part| part.times(unit)).sum();
    let difference = total.times(unit) - sum;
    // Half a last digit of each number, in tenths of the finest digit.
    let half = |printed: &Printed| 5 * 10_i128.pow(decimals - printed.decimals);
    let tenths: i128 = parts.iter().map(half).sum::<i128>() + half(&total);
    let how = match difference {
        0 => SumHow::Adds,
        // The far end of an interval is not in it: all parts would have to lie on a half.
        _ if !counts && difference.abs() * 10 < tenths => SumHow::PartsRounded,
        _ => SumHow::Nothing,
    };
    let printed = |digits| Printed { digits, decimals };
    SumExplained {
        how,
        total,
        sum: printed(sum),
        difference: printed(difference),
        rounding_max: Printed { digits: tenths, decimals: decimals + 1 },
        parts: parts.len(),
    }
}

impl SumExplained {
    /// The explanation as a message with its figures.
    pub fn words(&self) -> Words {
        let key = match self.how {
            SumHow::Adds => "explain-sum-adds",
            SumHow::PartsRounded => "explain-sum-rounded",
            SumHow::Nothing => "explain-sum-nothing",
        };
        Words::new(key)
            .with("total", Arg::Number(self.total.to_string()))
            .with("sum", Arg::Number(self.sum.to_string()))
            .with("difference", Arg::Number(self.difference.to_string()))
            .with("max", Arg::Number(self.rounding_max.to_string()))
            .with("parts", Arg::Count(self.parts as i128))
    }
}
