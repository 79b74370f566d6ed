//! What would lift a unit one grade: the smallest set of open things that does it. The search
//! is exact: every set of one thing is tried, then every set of two, and so on, and it stops
//! at the first size at which some set reaches the grade. Everybody else's figures stay.

use super::inputs::Inputs;
use super::{Run, run};
use crate::assess::scheme::Scheme;
use crate::assess::score::Number;

/// Things that are tried together; of more, those that bring the most by themselves.
pub const THINGS_MAX: usize = 12;
/// The largest set.
pub const SET_MAX: usize = 4;

/// What a thing does to a figure of the unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    Add(Number),
    /// A figure that was missing.
    Put(Number),
}

/// An open thing: a project to start, a report to bring, matters to close.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// By the key of the figure.
    pub does: Vec<(String, Does)>,
    /// Whole percent, where a forecast gives one.
    pub chance: Option<i64>,
}

/// What a set of things comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// Indices into the things, ascending.
    pub things: Vec<usize>,
    pub total: Number,
    pub rank: Option<Number>,
    pub grade: Option<usize>,
    /// Of all of it, taken as independent; none where one has none.
    pub chance: Option<i64>,
}

/// The answer for one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lift {
    /// What each thing adds to the total by itself.
    pub alone: Vec<Number>,
    /// The smallest sets that reach a better grade, the likeliest first, then the highest.
    pub sets: Vec<Reached>,
    /// All things together, where no set of [`SET_MAX`] is enough.
    pub all: Option<Reached>,
    /// How many sets were tried.
    pub tried: usize,
}

/// Looks for the smallest sets. `None` for a unit without a total, or in the best grade.
pub fn lift(
    scheme: &Scheme,
    inputs: &Inputs,
    ran: &Run,
    (unit, things): (usize, &[Thing]),
) -> Option<Lift> {
    let now = &ran.units[unit];
    let (total, grade) = (now.published.clone()?, now.grade?);
    if grade == 0 {
        return None;
    }
    let search = Search { scheme, inputs, unit, things };
    let one = |at: usize| search.reached(&[at]);
    let singles: Vec<Option<Reached>> = (0..things.len()).map(one).collect();
    let gain = |reached: &Option<Reached>| {
        reached.as_ref().map_or_else(Number::zero, |reached| &reached.total - &total)
    };
    let alone: Vec<Number> = singles.iter().map(gain).collect();
    let mut best: Vec<usize> = (0..things.len()).filter(|at| alone[*at].is_positive()).collect();
    best.sort_by(|a, b| alone[*b].cmp(&alone[*a]).then(a.cmp(b)));
    best.truncate(THINGS_MAX);
    best.sort_unstable();
    let mut found = Lift { tried: things.len(), alone, ..Lift::default() };
    let lifts = |reached: &Reached| reached.grade.is_some_and(|now| now < grade);
    for size in 1..=SET_MAX.min(best.len()) {
        let sets = sets_of(&best, size);
        found.tried += if size == 1 { 0 } else { sets.len() };
        let reached = sets.iter().filter_map(|set| match set.as_slice() {
            [one] => singles[*one].clone(),
            _ => search.reached(set),
        });
        found.sets = reached.filter(lifts).collect();
        if !found.sets.is_empty() {
            break;
        }
    }
    found.sets.sort_by(|a, b| b.chance.cmp(&a.chance).then_with(|| b.total.cmp(&a.total)));
    if found.sets.is_empty() && !best.is_empty() {
        found.all = search.reached(&best);
    }
    Some(found)
}

/// What a chosen set of things comes to.
pub fn reach(
    scheme: &Scheme,
    inputs: &Inputs,
    (unit, things): (usize, &[Thing]),
    set: &[usize],
) -> Option<Reached> {
    let known: Vec<usize> = set.iter().copied().filter(|at| *at < things.len()).collect();
    Search { scheme, inputs, unit, things }.reached(&known)
}

struct Search<'a> {
    scheme: &'a Scheme,
    inputs: &'a Inputs,
    unit: usize,
    things: &'a [Thing],
}

impl Search<'_> {
    fn reached(&self, set: &[usize]) -> Option<Reached> {
        let mut inputs = self.inputs.clone();
        for (key, does) in set.iter().flat_map(|at| &self.things[*at].does) {
            let Some(cell) = inputs.figures.get_mut(key).and_then(|c| c.values.get_mut(self.unit))
            else {
                continue;
            };
            *cell = Some(match (does, cell.as_ref()) {
                (Does::Add(more), Some(now)) => now + more,
                (Does::Add(more), None) => more.clone(),
                (Does::Put(value), _) => value.clone(),
            });
        }
        let (ran, _) = run(self.scheme, &inputs);
        let unit = ran?.units.swap_remove(self.unit);
        let chances = set.iter().map(|at| self.things[*at].chance);
        let chance: Option<f64> = chances.map(|chance| Some(chance? as f64 / 100.0)).product();
        Some(Reached {
            things: set.to_vec(),
            total: unit.published?,
            rank: unit.rank,
            grade: unit.grade,
            chance: chance.map(|chance| (chance * 100.0).round() as i64),
        })
    }
}

/// Every set of `size` of the things, in order.
fn sets_of(things: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut sets = Vec::new();
    for (at, first) in things.iter().enumerate() {
        for rest in sets_of(&things[at + 1..], size - 1) {
            sets.push(std::iter::once(*first).chain(rest).collect());
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_once() {
        assert_eq!(sets_of(&[3, 5, 8], 2), [vec![3, 5], vec![3, 8], vec![5, 8]]);
        assert_eq!(sets_of(&(0..12).collect::<Vec<_>>(), 4).len(), 495);
    }
}
