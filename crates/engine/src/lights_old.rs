//! Lights as a rule over figures. The thresholds are data; the rule is stated in words.

use serde::{Deserialize, Serialize};
use tici_domain::{Light, Percent};

/// Thresholds of the lights, in the ledger's settings. Percent is of what is due by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LightRule {
    /// Started: done over due-by-now below this is red.
    pub red_below_percent: u8,
    /// Started: below this is amber.
    pub amber_below_percent: u8,
    /// Not started: expected start more than this many days after the deadline is red.
    pub red_over_days: i32,
    /// Not started: more than this many days after the deadline is amber.
    pub amber_over_days: i32,
}

impl Default for LightRule {
    fn default() -> Self {
        LightRule {
            red_below_percent: 80,
            amber_below_percent: 95,
            red_over_days: 14,
            amber_over_days: 0,
        }
    }
}

/// What a light is decided from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LightInput {
    pub has_started: bool,
    pub is_finished: bool,
    /// Done from January to the period's end, in stored units; `None` is not reported.
    pub done: Option<i64>,
    /// Due by the period's end; `None` when there is no plan.
    pub due: Option<i64>,
    /// Days from the start's deadline to its expected day; positive is late.
    pub start_days_late: Option<i32>,
}

/// The light and the reason for it, as a message key with arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lit {
    pub light: Light,
    pub key: &'static str,
    /// Tenths of a percent done of what is due, or days late.
    pub value: i64,
}

/// Lights one project.
///
/// A project that should have reported and did not is unreported. One with neither plan
/// nor expected date cannot be late against anything: green, and the reason says so.
pub fn light(rule: &LightRule, input: &LightInput) -> Lit {
    if input.has_started {
        return started(rule, input);
    }
    match input.start_days_late {
        Some(days) if days > rule.red_over_days => lit(Light::Red, "light-start-late", days),
        Some(days) if days > rule.amber_over_days => lit(Light::Amber, "light-start-late", days),
        Some(days) => lit(Light::Green, "light-start-in-time", -days),
        None if input.done.is_none() && input.due.is_some() => {
            lit(Light::Unreported, "light-unreported", 0)
        }
        None => lit(Light::Green, "light-no-plan", 0),
    }
}

fn started(rule: &LightRule, input: &LightInput) -> Lit {
    let Some(due) = input.due.filter(|due| *due > 0) else {
        return lit(Light::Green, "light-no-plan", 0);
    };
    let Some(done) = input.done else {
        return lit(Light::Unreported, "light-unreported", 0);
    };
    // Compared as whole numbers, so that no rounding moves a project over a threshold.
    let below = |percent: u8| i128::from(done) * 100 < i128::from(due) * i128::from(percent);
    let tenths = Percent::of(done.into(), due.into()).map_or(0, Percent::tenths);
    let light = match () {
        () if input.is_finished => Light::Green,
        () if below(rule.red_below_percent) => Light::Red,
        () if below(rule.amber_below_percent) => Light::Amber,
        () => Light::Green,
    };
    Lit { light, key: "light-done-of-due", value: tenths }
}

fn lit(light: Light, key: &'static str, value: i32) -> Lit {
    Lit { light, key, value: value.into() }
}
