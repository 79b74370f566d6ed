//! What the figures of those who are compared have in common: ends, mean, places.

use crate::assess::score::Number;
use crate::assess::score::places::{Ties, places_of};

/// The figures of one item over the units that are compared.
pub(super) struct Pool {
    /// Units and their figures; those without one are left out.
    values: Vec<(usize, Number)>,
}

impl Pool {
    pub fn new(units: &[usize], value: impl Fn(usize) -> Option<Number>) -> Pool {
        Pool { values: units.iter().filter_map(|unit| Some((*unit, value(*unit)?))).collect() }
    }

    /// How many have a figure.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    pub fn min(&self) -> Option<&Number> {
        self.values.iter().map(|(_, value)| value).min()
    }

    pub fn max(&self) -> Option<&Number> {
        self.values.iter().map(|(_, value)| value).max()
    }

    /// Units whose figure is this.
    pub fn holders(&self, of: &Number) -> Vec<usize> {
        let held = self.values.iter().filter(|(_, value)| value == of);
        held.map(|(unit, _)| *unit).collect()
    }

    pub fn mean(&self) -> Option<Number> {
        let values: Vec<&Number> = self.values.iter().map(|(_, value)| value).collect();
        Number::mean(&values)
    }

    /// Places of the units, 1 for the most, or for the least.
    pub fn places(&self, ties: Ties, less_is_better: bool) -> Vec<(usize, Number)> {
        let keyed = |(_, value): &(usize, Number)| {
            Some(if less_is_better { -value } else { value.clone() })
        };
        let keys: Vec<Option<Number>> = self.values.iter().map(keyed).collect();
        let units = self.values.iter().map(|(unit, _)| *unit);
        units.zip(places_of(&keys, ties)).filter_map(|(unit, place)| Some((unit, place?))).collect()
    }
}
