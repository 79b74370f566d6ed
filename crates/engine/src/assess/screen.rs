//! Leaving out units that have too little data.

use serde::{Deserialize, Serialize};

use super::panel::is_present;

/// What a unit must have to be assessed; both are shares of the indicators, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Screen {
    /// The least share of indicators that must be present after imputation.
    pub present_share_min: Option<f64>,
    /// The least share of the present indicators that must not be zero.
    pub non_zero_share_min: Option<f64>,
}

/// What one unit has in one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Available {
    pub indicators: usize,
    pub missing: usize,
    pub zero: usize,
    /// Whether the unit is assessed.
    pub included: bool,
}

impl Available {
    pub fn present_share(&self) -> f64 {
        1.0 - self.missing as f64 / self.indicators as f64
    }

    /// Share of the present indicators that are not zero; 0 if none is present.
    pub fn non_zero_share(&self) -> f64 {
        let present = self.indicators - self.missing;
        if present == 0 { 0.0 } else { (present - self.zero) as f64 / present as f64 }
    }
}

/// Counts what each of `units` units has in `columns`, and judges it.
pub fn screen(columns: &[&[f64]], units: usize, rule: &Screen) -> Vec<Available> {
    let none = Available { indicators: columns.len(), missing: 0, zero: 0, included: true };
    let mut found = vec![none; units];
    for column in columns {
        for (unit, cell) in found.iter_mut().zip(*column) {
            unit.missing += usize::from(!is_present(*cell));
            unit.zero += usize::from(*cell == 0.0);
        }
    }
    for unit in &mut found {
        let enough = rule.present_share_min.is_none_or(|least| unit.present_share() >= least);
        let non_zero = rule.non_zero_share_min.is_none_or(|least| unit.non_zero_share() >= least);
        unit.included = enough && non_zero;
    }
    found
}
