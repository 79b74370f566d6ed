//! One light with its reason, small enough to keep for every project.

use jiff::civil::Date;
use tici_domain::money::print_scaled;
use tici_domain::{Light, Period};

use super::LightRules;
use crate::statement::words::{Arg, Words};

/// Rule index of a light that no rule decided.
const NO_RULE: u8 = u8::MAX;

/// A light, the rule that decided it, and the figures of its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lit {
    pub light: Light,
    /// Index of the rule in its set; see [`Lit::rule_key`].
    pub rule: u8,
    /// Key of the reason in `locales/*/rules.ftl`.
    pub key: &'static str,
    /// Figures of the reason, in the order of [`arguments`].
    pub values: [i64; 3],
    /// Decimals of the figures that have any.
    pub decimals: u8,
    /// What the light would be without an approved excuse.
    pub excused: Option<Light>,
}

/// How a figure of a reason is printed.
#[derive(Clone, Copy)]
enum Kind {
    Count,
    /// In units of the light's last decimal.
    Scaled,
    /// `yyyymmdd`
    Day,
    /// A period's ordinal.
    Month,
}

/// Names and kinds of the figures of each reason.
fn arguments(key: &str) -> &'static [(&'static str, Kind)] {
    match key {
        "light-done-of-due" => &[("value", Kind::Scaled)],
        "light-start-late" | "light-start-in-time" => &[("value", Kind::Count)],
        "light-start-missed" => &[("month", Kind::Month), ("months", Kind::Count)],
        "light-start-ahead" => &[("month", Kind::Month)],
        "light-behind-time" | "light-behind-plan" | "light-with-time" | "light-with-plan" => {
            &[("done", Kind::Scaled), ("due", Kind::Scaled), ("points", Kind::Scaled)]
        }
        "light-entry-missing" => &[("day", Kind::Day), ("months", Kind::Count)],
        "light-funds" => &[("value", Kind::Scaled)],
        "light-growth" => {
            &[("growth", Kind::Scaled), ("plan", Kind::Scaled), ("average", Kind::Scaled)]
        }
        "light-growth-plan" => &[("growth", Kind::Scaled), ("plan", Kind::Scaled)],
        "light-growth-average" => &[("growth", Kind::Scaled), ("average", Kind::Scaled)],
        "light-growth-only" => &[("growth", Kind::Scaled)],
        "light-excused" => &[("day", Kind::Day)],
        _ => &[],
    }
}

impl Lit {
    pub(super) fn new(light: Light, key: &'static str, values: [i64; 3]) -> Lit {
        Lit { light, rule: NO_RULE, key, values, decimals: 1, excused: None }
    }

    /// The reason of a project about which no rule says anything.
    pub(crate) fn no_rule() -> Lit {
        Lit::new(Light::Green, "light-no-plan", [0; 3])
    }

    /// Key of the rule that decided, `start` or `progress`; `None` where none did.
    pub fn rule_key<'a>(&self, rules: &'a LightRules) -> Option<&'a str> {
        rules.rule(self.rule).map(|rule| rule.key.as_str())
    }

    /// The reason as a sentence: which rule, which figures.
    pub fn words(&self) -> Words {
        let mut words = Words::new(self.key);
        for ((name, kind), value) in arguments(self.key).iter().zip(self.values) {
            let arg = match kind {
                Kind::Count => Arg::Count(value.into()),
                Kind::Scaled => {
                    let decimals = self.decimals.into();
                    Arg::Number(print_scaled(value.into(), decimals, decimals))
                }
                Kind::Day => day_of(value).map_or(Arg::Count(value.into()), Arg::Day),
                Kind::Month => i32::try_from(value)
                    .ok()
                    .and_then(Period::from_ordinal)
                    .map_or(Arg::Count(value.into()), Arg::Period),
            };
            words = words.with(name, arg);
        }
        match self.excused {
            Some(light) => words.with("light", Arg::Code("lamp", light.code().to_owned())),
            None => words,
        }
    }
}

/// A day as `yyyymmdd`.
pub(super) fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn day_of(number: i64) -> Option<Date> {
    let year = i16::try_from(number / 10_000).ok()?;
    Date::new(year, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}
