//! Putting the tree together in exact numbers, and what each item contributes.

use super::inputs::Inputs;
use super::units::Grouped;
use super::{BranchRun, GroupRun, Run, UnitRun};
use crate::assess::math;
use crate::assess::scheme::{Branch, Combine, Missing, Scheme};
use crate::assess::score::Number;
use crate::assess::weigh::Weigh;

/// Units and groups without scores.
pub(super) fn blank(scheme: &Scheme, inputs: &Inputs, groups: &[Grouped]) -> Run {
    let unit = |unit: &super::UnitIn| UnitRun {
        code: unit.code.clone(),
        name: unit.name.clone(),
        branches: vec![BranchRun::default(); scheme.branches.len()],
        ..UnitRun::default()
    };
    let mut units: Vec<UnitRun> = inputs.units.iter().map(unit).collect();
    let group = |(at, group): (usize, &Grouped)| {
        group.units.iter().for_each(|unit| units[*unit].group = at);
        GroupRun { key: group.key.clone(), name: group.name.clone(), units: group.units.clone() }
    };
    let groups = groups.iter().enumerate().map(group).collect();
    Run { units, groups, ..Run::default() }
}

/// One child of a branch, for one unit.
struct Child {
    is_item: bool,
    at: usize,
    points: Option<Number>,
    weight: Number,
    /// It is missing, and the scheme says that what it is part of is missing too.
    blocks: bool,
}

/// Combines the points of all units, and says what each item contributes.
pub(super) fn combine(scheme: &Scheme, run: &mut Run) {
    let order = scheme.bottom_up();
    let children: Vec<Vec<(bool, usize)>> =
        (0..scheme.branches.len()).map(|branch| scheme.children(branch)).collect();
    for unit in &mut run.units {
        let mut blocked = vec![false; scheme.branches.len()];
        for &at in &order {
            let below = below(scheme, unit, &children[at], &blocked);
            let branch = &scheme.branches[at];
            blocked[at] = below.iter().any(|child| child.blocks);
            let points = if blocked[at] { None } else { combined(scheme, branch, &below) };
            let rounding = &scheme.rounding;
            unit.branches[at].points = points.map(|points| match rounding.branches {
                Some(decimals) => points.rounded(decimals, rounding.mode),
                None => points,
            });
        }
        contribute(scheme, unit, &order, &children);
        unit.is_incomplete = unit.items.iter().any(|item| item.is_missing);
        unit.scored = unit.branches[scheme.root()].points.clone();
    }
}

fn below(
    scheme: &Scheme,
    unit: &UnitRun,
    children: &[(bool, usize)],
    blocked: &[bool],
) -> Vec<Child> {
    let weight = |weight: &Option<Number>| weight.clone().unwrap_or_else(Number::one);
    let child = |&(is_item, at): &(bool, usize)| {
        if is_item {
            let item = &scheme.items[at];
            let points = unit.items[at].points.clone();
            let missing = item.missing.unwrap_or(scheme.edges.missing);
            let blocks = points.is_none() && missing == Missing::Missing;
            return Child { is_item, at, points, weight: weight(&item.weight), blocks };
        }
        let points = unit.branches[at].points.clone();
        let zero = points.is_none() && !blocked[at] && scheme.edges.missing == Missing::Zero;
        let points = if zero { Some(Number::zero()) } else { points };
        let stays = points.is_none() && scheme.edges.missing == Missing::Missing;
        let weight = weight(&scheme.branches[at].weight);
        Child { is_item, at, points, weight, blocks: blocked[at] || stays }
    };
    children.iter().map(child).collect()
}

/// Points of a branch from those of its children that are present.
fn combined(scheme: &Scheme, branch: &Branch, children: &[Child]) -> Option<Number> {
    let present: Vec<(&Number, Number)> = children
        .iter()
        .filter_map(|child| Some((child.points.as_ref()?, weight_in(branch, child))))
        .collect();
    let all = children.iter().map(|child| weight_in(branch, child));
    let all = all.fold(Number::zero(), |sum, weight| &sum + &weight);
    let here = present.iter().fold(Number::zero(), |sum, (_, weight)| &sum + weight);
    let share = here.over(&all)?;
    if present.is_empty() || share < scheme.edges.present_min {
        return None;
    }
    let points: Vec<&Number> = present.iter().map(|(points, _)| *points).collect();
    match branch.combine {
        Combine::Sum => Some(Number::sum(points)),
        Combine::Mean => {
            let sum = present.iter().fold(Number::zero(), |sum, (x, w)| &sum + &(*x * w));
            sum.over(&here)
        }
        Combine::Geometric => geometric(&present, &here),
        Combine::Harmonic => harmonic(&present, &here),
        Combine::Median => median(points),
        Combine::Min => points.into_iter().min().cloned(),
        Combine::Olympic => crate::assess::score::survey::trimmed(
            &points.into_iter().cloned().collect::<Vec<_>>(),
            3,
        ),
        // Of an index only; the scheme's reader refuses them here.
        Combine::Power(_) | Combine::Owa(_) | Combine::Topsis(_) | Combine::Copeland => None,
    }
}

/// A child's weight in its parent: one where all weigh the same.
fn weight_in(branch: &Branch, child: &Child) -> Number {
    if branch.combine.weighs() && branch.weigh == Weigh::Given {
        child.weight.clone()
    } else {
        Number::one()
    }
}

/// exp(Σw ln x/Σw); zero where one is zero, none where one is below.
fn geometric(present: &[(&Number, Number)], sum: &Number) -> Option<Number> {
    if present.iter().any(|(x, _)| x.is_negative()) {
        return None;
    }
    if present.iter().any(|(x, weight)| x.is_zero() && weight.is_positive()) {
        return Some(Number::zero());
    }
    let weighed = present.iter().filter(|(_, weight)| weight.is_positive());
    let logs: f64 = weighed.map(|(x, weight)| math::ln(x.to_f64()) * weight.to_f64()).sum();
    Number::float(math::exp(logs / sum.to_f64()))
}

/// Σw/Σ(w/x); zero where one is zero, none where one is below.
fn harmonic(present: &[(&Number, Number)], sum: &Number) -> Option<Number> {
    if present.iter().any(|(x, _)| x.is_negative()) {
        return None;
    }
    let parts: Option<Vec<Number>> = present.iter().map(|(x, weight)| weight.over(x)).collect();
    match parts {
        Some(parts) => sum.over(&Number::sum(&parts)),
        None => Some(Number::zero()),
    }
}

fn median(mut points: Vec<&Number>) -> Option<Number> {
    points.sort();
    let middle = points.len() / 2;
    if points.len() % 2 == 1 {
        return points.get(middle).map(|number| (*number).clone());
    }
    Number::mean(&[*points.get(middle.checked_sub(1)?)?, *points.get(middle)?])
}

/// What each item adds to the total, and its weight there, where every branch above it adds
/// or takes a mean.
fn contribute(
    scheme: &Scheme,
    unit: &mut UnitRun,
    order: &[usize],
    children: &[Vec<(bool, usize)>],
) {
    let blocked = vec![false; scheme.branches.len()];
    let mut factors: Vec<Option<Number>> = vec![None; scheme.branches.len()];
    factors[scheme.root()] = Some(Number::one());
    for &at in order.iter().rev() {
        let Some(factor) = factors[at].clone() else { continue };
        let branch = &scheme.branches[at];
        let below = below(scheme, unit, &children[at], &blocked);
        let present = below.iter().filter(|child| child.points.is_some());
        let sum = present.fold(Number::zero(), |sum, child| &sum + &weight_in(branch, child));
        for child in &below {
            let own = match branch.combine {
                Combine::Sum => Some(factor.clone()),
                Combine::Mean => (&factor * &weight_in(branch, child)).over(&sum),
                _ => None,
            };
            let own = own.filter(|_| child.points.is_some());
            if child.is_item {
                let item = &mut unit.items[child.at];
                item.contribution =
                    own.as_ref().zip(item.points.as_ref()).map(|(own, points)| own * points);
                item.weight = own.filter(|_| branch.combine == Combine::Mean);
            } else {
                factors[child.at] = own;
            }
        }
    }
}
