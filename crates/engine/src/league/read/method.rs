//! The methods of an item: how a quantity becomes a score.

use tici_domain::Problem;

use super::{SCORE_DECIMALS, needed_score, score};
use crate::league::{Against, Amount, Bands, Efficacy, Method, OverUnder, Rung, Score, Step};
use crate::lights::{Bound, Side};
use crate::rule_file::{Reader, Tab};

const AMOUNTS: &[(&str, Amount)] = &[
    ("total", Amount::Total),
    ("plan_year", Amount::PlanYear),
    ("done_ytd", Amount::DoneYtd),
    ("due_ytd", Amount::DueYtd),
    ("done_month", Amount::DoneMonth),
];

/// What an item may name as its method.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Per,
    Steps,
    EachSteps,
    EachClass,
    OverUnder,
    Ladder,
    Bands,
    Efficacy,
}

pub(super) const METHODS: &[(&str, Kind)] = &[
    ("per", Kind::Per),
    ("steps", Kind::Steps),
    ("each_steps", Kind::EachSteps),
    ("each_class", Kind::EachClass),
    ("over_under", Kind::OverUnder),
    ("ladder", Kind::Ladder),
    ("bands", Kind::Bands),
    ("efficacy", Kind::Efficacy),
];

pub(super) fn method(reader: &mut Reader, tab: &mut Tab, kind: Kind) -> Option<Method> {
    match kind {
        Kind::Per => Some(Method::Per { points: needed_score(reader, tab, "points")? }),
        Kind::Steps => Some(Method::Steps { steps: steps(reader, tab) }),
        Kind::EachSteps => {
            let amount = reader.choice(tab, "amount", AMOUNTS);
            let amount = reader.needed(tab, "amount", amount);
            let steps = steps(reader, tab);
            Some(Method::EachSteps { amount: amount?, steps })
        }
        Kind::EachClass => {
            let table = reader.table(tab, "points");
            let table = reader.needed(tab, "points", table)?;
            let points = reader.numbers_by_key(&table, SCORE_DECIMALS);
            let points = points.into_iter().map(|(key, score)| (key, Score(score))).collect();
            Some(Method::EachClass { points })
        }
        Kind::OverUnder => over_under(reader, tab).map(Method::OverUnder),
        Kind::Ladder => Some(Method::Ladder { rungs: rungs(reader, tab) }),
        Kind::Bands => bands(reader, tab).map(Method::Bands),
        Kind::Efficacy => efficacy(reader, tab).map(Method::Efficacy),
    }
}

/// Thresholds from the highest down, each saying whether it is in.
fn steps(reader: &mut Reader, tab: &mut Tab) -> Vec<Step> {
    let mut steps = Vec::<Step>::new();
    for mut table in needed_tables(reader, tab, "steps") {
        let from = reader.number(&mut table, "from", 2).map(|at| Bound { at, side: Side::From });
        let above = reader.number(&mut table, "above", 2).map(|at| Bound { at, side: Side::Above });
        let points = needed_score(reader, &mut table, "points");
        reader.end(&table);
        if from.is_some() == above.is_some() {
            reader.problem_of(&table, Problem::error("rules-one-threshold").arg("key", "steps"));
        }
        let (Some(bound), Some(points)) = (from.or(above), points) else { continue };
        if steps.last().is_some_and(|last| last.bound.at < bound.at) {
            reader.problem_of(&table, Problem::error("league-step-order"));
        }
        steps.push(Step { bound, points });
    }
    steps
}

fn needed_tables<'a>(reader: &mut Reader, tab: &mut Tab<'a>, key: &'static str) -> Vec<Tab<'a>> {
    let tables = reader.tables(tab, key);
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", key));
    }
    tables
}

fn rungs(reader: &mut Reader, tab: &mut Tab) -> Vec<Rung> {
    let mut rungs = Vec::<Rung>::new();
    for mut table in needed_tables(reader, tab, "rungs") {
        let to = reader.number(&mut table, "to", 0);
        let to = reader.needed(&table, "to", to).and_then(|to| u32::try_from(to).ok());
        let points = needed_score(reader, &mut table, "points");
        reader.end(&table);
        let (Some(to), Some(points)) = (to, points) else { continue };
        if rungs.last().is_some_and(|last| last.to >= to) {
            reader.problem_of(&table, Problem::error("league-step-order"));
        }
        rungs.push(Rung { to, points });
    }
    rungs
}

fn over_under(reader: &mut Reader, tab: &mut Tab) -> Option<OverUnder> {
    let base = needed_score(reader, tab, "base");
    let mut targets = Vec::new();
    if let Some(target) = reader.number(tab, "target", 2) {
        targets.push((0, target));
    }
    for mut table in reader.tables(tab, "targets") {
        let count = reader.number(&mut table, "count", 0);
        let count = reader.needed(&table, "count", count);
        let target = reader.number(&mut table, "target", 2);
        let target = reader.needed(&table, "target", target);
        reader.end(&table);
        targets.extend(count.zip(target));
    }
    targets.sort_unstable();
    if targets.is_empty() && !tab.has("target") && !tab.has("targets") {
        reader.problem_of(tab, Problem::error("rules-missing-key").arg("key", "target"));
    }
    let step = reader.number(tab, "step", 2);
    let step = reader.needed(tab, "step", step);
    if step.is_some_and(|step| step <= 0) {
        let problem = Problem::error("rules-range").arg("key", "step").arg("value", 0);
        reader.problem_of(tab, problem.arg("min", "0.01").arg("max", 100));
    }
    let whole = reader.truth(tab, "whole_steps");
    let whole = reader.needed(tab, "whole_steps", whole);
    let below = needed_score(reader, tab, "below");
    let mut above = Vec::new();
    for mut table in needed_tables(reader, tab, "above") {
        let up_to = reader.number(&mut table, "up_to", 2);
        let each = needed_score(reader, &mut table, "each");
        reader.end(&table);
        above.extend(each.map(|each| (up_to, each)));
    }
    let cap = needed_score(reader, tab, "cap");
    let nothing = score(reader, tab, "nothing");
    let (base, step, whole, below, cap) = (base?, step?, whole?, below?, cap?);
    Some(OverUnder { base, targets, step, whole, below, above, cap, nothing })
}

fn bands(reader: &mut Reader, tab: &mut Tab) -> Option<Bands> {
    let base = needed_score(reader, tab, "base");
    let width = reader.number(tab, "width", 0);
    let width = reader.needed(tab, "width", width);
    let divisors = reader.numbers(tab, "divisors", 0);
    if divisors.is_empty() || divisors.iter().any(|divisor| *divisor <= 0) {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "divisors"));
    }
    let then = reader.number(tab, "then", 0);
    let then = reader.needed(tab, "then", then);
    let text = reader.text(tab, "against");
    let against = match reader.needed(tab, "against", text).as_deref() {
        Some("whole") => Some(Against::Whole),
        Some("mean") => Some(Against::Mean),
        Some("zero") => Some(Against::Zero),
        Some(other) => match other.strip_prefix("given.").filter(|key| !key.is_empty()) {
            Some(key) => Some(Against::Given(key.to_owned())),
            None => {
                let problem = Problem::error("rules-choice").arg("value", other);
                let problem = problem.arg("choices", "whole, mean, zero, given.…");
                reader.problem_of(tab, problem.arg("key", "against"));
                None
            }
        },
        None => None,
    };
    Some(Bands { base: base?, width: width?, divisors, then: then?, against: against? })
}

fn efficacy(reader: &mut Reader, tab: &mut Tab) -> Option<Efficacy> {
    let points = needed_score(reader, tab, "points");
    let (low, span) = (needed_score(reader, tab, "low"), needed_score(reader, tab, "span"));
    let reverse = reader.truth(tab, "reverse").unwrap_or(false);
    let (equal, alone) = (needed_score(reader, tab, "equal"), needed_score(reader, tab, "alone"));
    Some(Efficacy {
        points: points?,
        low: low?,
        span: span?,
        reverse,
        equal: equal?,
        alone: alone?,
    })
}
