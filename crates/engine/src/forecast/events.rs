//! What every survival method reads: spans under watch and how they ended.

use std::borrow::Cow;

use tici_domain::Problem;

/// Cause of a span that ended without anything happening.
pub const CENSORED: u32 = 0;

/// Covariates of every row, row after row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Covariates {
    names: Vec<String>,
    values: Vec<f64>,
}

impl Covariates {
    /// Covariates from columns of equal length.
    ///
    /// # Panics
    /// When the columns differ in length.
    pub fn from_columns(columns: Vec<(String, Vec<f64>)>) -> Covariates {
        let rows = columns.first().map_or(0, |column| column.1.len());
        assert!(columns.iter().all(|column| column.1.len() == rows), "columns of one length");
        let mut values = Vec::with_capacity(rows * columns.len());
        for row in 0..rows {
            values.extend(columns.iter().map(|column| column.1[row]));
        }
        Covariates { names: columns.into_iter().map(|column| column.0).collect(), values }
    }

    /// Covariates already laid out row after row.
    ///
    /// # Panics
    /// When the values do not fill whole rows.
    pub fn from_rows(names: Vec<String>, values: Vec<f64>) -> Covariates {
        let fits = if names.is_empty() {
            values.is_empty()
        } else {
            values.len().is_multiple_of(names.len())
        };
        assert!(fits, "whole rows");
        Covariates { names, values }
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn width(&self) -> usize {
        self.names.len()
    }

    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width()..(row + 1) * self.width()]
    }

    pub fn values(&self) -> &[f64] {
        &self.values
    }

    fn keep(&mut self, kept: &[bool]) {
        if self.names.is_empty() {
            return;
        }
        let rows = self.values.chunks_exact(self.names.len()).zip(kept);
        self.values = rows.filter(|row| *row.1).flat_map(|row| row.0.to_vec()).collect();
    }
}

/// Spans under watch: project `i` was watched after `entry[i]` until `exit[i]`, when
/// `cause[i]` happened to it, or nothing yet ([`CENSORED`]).
///
/// `entry`, `stratum` and `weight` may be empty: watched from the start, one stratum, weight
/// one. Times are in any one unit, months as a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    pub entry: Vec<f64>,
    pub exit: Vec<f64>,
    pub cause: Vec<u32>,
    pub stratum: Vec<u32>,
    pub weight: Vec<f64>,
    pub covariates: Covariates,
}

impl Events {
    /// Spans from the start, with a flag for whether the event came.
    pub fn right_censored(exit: Vec<f64>, happened: &[bool]) -> Events {
        let cause = happened.iter().map(|flag| u32::from(*flag)).collect();
        Events { exit, cause, ..Events::default() }
    }

    pub fn len(&self) -> usize {
        self.exit.len()
    }

    pub fn is_empty(&self) -> bool {
        self.exit.is_empty()
    }

    /// When row `row` came under watch; before everything where no entry is given.
    pub fn entry(&self, row: usize) -> f64 {
        self.entry.get(row).copied().unwrap_or(f64::NEG_INFINITY)
    }

    pub fn weight(&self, row: usize) -> f64 {
        self.weight.get(row).copied().unwrap_or(1.0)
    }

    pub fn stratum(&self, row: usize) -> u32 {
        self.stratum.get(row).copied().unwrap_or(0)
    }

    /// Whether the event of interest came: `cause`, or any where it is `None`.
    pub fn happened(&self, row: usize, cause: Option<u32>) -> bool {
        match cause {
            Some(cause) => self.cause[row] == cause,
            None => self.cause[row] != CENSORED,
        }
    }

    /// The rows that can be counted, and what was wrong with the others.
    ///
    /// Left out: a time, weight or covariate that is not a number; an exit that is not after
    /// the entry; a weight that is not positive. One problem for each kind, with the first
    /// row (from 1) and how many.
    pub fn checked(&self) -> (Cow<'_, Events>, Vec<Problem>) {
        if self.columns_differ() {
            let problem = Problem::error("forecast-columns-differ");
            return (Cow::Owned(Events::default()), vec![problem]);
        }
        let mut problems = Vec::new();
        let mut checked = Cow::Borrowed(self);
        let wrong: Vec<Option<&str>> = (0..self.len()).map(|row| self.wrong(row)).collect();
        for key in KEYS {
            let mut rows = wrong.iter().enumerate().filter(|row| *row.1 == Some(key));
            let Some((first, _)) = rows.next() else { continue };
            let count = 1 + rows.count();
            problems.push(Problem::warning(key).arg("row", first + 1).arg("count", count));
        }
        if wrong.iter().any(Option::is_some) {
            let kept: Vec<bool> = wrong.iter().map(Option::is_none).collect();
            checked.to_mut().keep(&kept);
        }
        if checked.is_empty() {
            problems.push(Problem::error("forecast-no-rows"));
        }
        (checked, problems)
    }

    /// Columns of another length than the times say nothing about which row is whose.
    fn columns_differ(&self) -> bool {
        let rows = self.exit.len();
        let short = |len: usize| len != 0 && len != rows;
        let width = self.covariates.width();
        self.cause.len() != rows
            || short(self.entry.len())
            || short(self.stratum.len())
            || short(self.weight.len())
            || (width > 0 && self.covariates.values.len() != rows * width)
    }

    fn wrong(&self, row: usize) -> Option<&'static str> {
        let entry = self.entry(row);
        let is_number = self.exit[row].is_finite()
            && (entry.is_finite() || entry == f64::NEG_INFINITY)
            && self.weight(row).is_finite()
            && self.covariates.row(row).iter().all(|value| value.is_finite());
        match is_number {
            false => Some(KEYS[0]),
            true if self.exit[row] <= entry => Some(KEYS[1]),
            true if self.exit[row] < 0.0 => Some(KEYS[2]),
            true if self.weight(row) <= 0.0 => Some(KEYS[3]),
            true => None,
        }
    }

    fn keep(&mut self, kept: &[bool]) {
        fn those<T: Copy>(column: &mut Vec<T>, kept: &[bool]) {
            let pairs = column.iter().zip(kept).filter(|pair| *pair.1);
            *column = pairs.map(|pair| *pair.0).collect();
        }
        those(&mut self.entry, kept);
        those(&mut self.exit, kept);
        those(&mut self.cause, kept);
        those(&mut self.stratum, kept);
        those(&mut self.weight, kept);
        self.covariates.keep(kept);
    }
}

const KEYS: [&str; 4] = [
    "forecast-not-a-number",
    "forecast-exit-not-after-entry",
    "forecast-time-negative",
    "forecast-weight-not-positive",
];
