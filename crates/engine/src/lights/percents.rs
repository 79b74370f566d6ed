//! Thresholds as ledgers kept them before there were rule files.

use serde::Deserialize;

use super::{Bound, DEFAULT_PRESET, Kind, LightRules, Side, preset};

/// Four numbers; every rule else is that of the sample county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Percents {
    /// Started: done over due-by-now below this is red.
    pub red_below_percent: u8,
    /// Started: below this is amber.
    pub amber_below_percent: u8,
    /// Not started: expected more than this many days after the deadline is red.
    pub red_over_days: i32,
    /// Not started: more than this many days after the deadline is amber.
    pub amber_over_days: i32,
}

impl Default for Percents {
    fn default() -> Self {
        Percents {
            red_below_percent: 80,
            amber_below_percent: 95,
            red_over_days: 14,
            amber_over_days: 0,
        }
    }
}

impl From<Percents> for LightRules {
    fn from(percents: Percents) -> LightRules {
        let mut rules = preset(DEFAULT_PRESET).unwrap_or_else(LightRules::none);
        let bound = |at: i64, side| Some(Bound { at: at * 100, side });
        for rule in &mut rules.rules {
            match rule.kind {
                Kind::StartExpected => {
                    rule.amber = bound(percents.amber_over_days.into(), Side::Above);
                    rule.red = bound(percents.red_over_days.into(), Side::Above);
                }
                Kind::ShareOfDue => {
                    rule.amber = bound(percents.amber_below_percent.into(), Side::Below);
                    rule.red = bound(percents.red_below_percent.into(), Side::Below);
                }
                _ => {}
            }
        }
        rules
    }
}
