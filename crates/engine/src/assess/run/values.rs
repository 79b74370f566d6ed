//! The figure of every item: read, or reckoned by its formula.

use std::cell::RefCell;

use super::inputs::Inputs;
use crate::assess::scheme::Method;
use crate::assess::scheme::{Formula, Item, Scheme, Source};
use crate::assess::score::Number;
use crate::assess::score::survey::{Answer, survey, trimmed};

/// Values of items by unit, reckoned once each.
pub(super) struct ItemValues<'a> {
    scheme: &'a Scheme,
    inputs: &'a Inputs,
    /// For each item and unit, whether it is known yet, and what.
    known: RefCell<Vec<Vec<Option<Option<Number>>>>>,
}

impl<'a> ItemValues<'a> {
    pub fn new(scheme: &'a Scheme, inputs: &'a Inputs) -> ItemValues<'a> {
        let known = vec![vec![None; inputs.units.len()]; scheme.items.len()];
        ItemValues { scheme, inputs, known: RefCell::new(known) }
    }

    /// The value of an item for a unit. Formulas have no circles: the scheme was checked.
    pub fn of(&self, item: usize, unit: usize) -> Option<Number> {
        if let Some(known) = &self.known.borrow()[item][unit] {
            return known.clone();
        }
        let value = self.reckoned(&self.scheme.items[item], unit);
        self.known.borrow_mut()[item][unit] = Some(value.clone());
        value
    }

    fn reckoned(&self, item: &Item, unit: usize) -> Option<Number> {
        match (&item.method, &item.source) {
            (Method::Survey { answers, .. }, _) => {
                let count = |key: &str| self.inputs.figure(key, unit).cloned();
                let given = answers.iter().filter_map(|(key, value)| {
                    Some(Answer { count: count(key)?, value: Some(value.clone()) })
                });
                survey(&given.collect::<Vec<_>>())
            }
            (Method::Raters { columns, drop_from, .. }, _) => {
                let ratings: Vec<Number> = columns
                    .iter()
                    .filter_map(|key| self.inputs.figure(key, unit).cloned())
                    .collect();
                trimmed(&ratings, *drop_from as usize)
            }
            (_, Source::Figure(key)) => self.inputs.figure(key, unit).cloned(),
            (_, Source::Formula(formula)) => {
                formula.value(&At { values: self, unit }, self.scheme.edges.growth)
            }
        }
    }

    /// Dividend and divisor of an item whose formula divides at the last step.
    pub fn parts(&self, formula: &Formula, unit: usize) -> Option<(Number, Number)> {
        formula.parts(&At { values: self, unit }, self.scheme.edges.growth)
    }

    /// Where the value stands: the cell, or the formula.
    pub fn source(&self, item: &Item, unit: usize) -> String {
        match &item.source {
            Source::Formula(formula) => formula.text.clone(),
            Source::Figure(key) => self.inputs.source(key, unit),
        }
    }
}

/// The values that a formula of one unit sees.
struct At<'v, 'a> {
    values: &'v ItemValues<'a>,
    unit: usize,
}

impl crate::assess::scheme::formula::Values for At<'_, '_> {
    fn now(&self, name: &str) -> Option<Number> {
        match self.values.scheme.item_named(name) {
            Some(item) => self.values.of(item, self.unit),
            None => self.values.inputs.figure(name, self.unit).cloned(),
        }
    }

    fn last(&self, name: &str) -> Option<Number> {
        let before = self.values.inputs.before.as_ref()?;
        before.figures.get(name)?.get(self.unit)?.clone()
    }
}
