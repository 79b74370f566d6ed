//! The rules themselves in words.

use super::{Against, Applies, Bound, Kind, LightRule, LightRules, Side, Unreported};
use crate::statement::printed::{Digits, Zeros};
use crate::statement::words::{Arg, Words};
use tici_domain::Currency;
use tici_domain::money::print_scaled;

impl LightRules {
    /// The whole set in sentences: each rule, then how they add up.
    pub fn words(&self) -> Vec<Words> {
        let mut words: Vec<Words> = self.rules.iter().map(rule_words).collect();
        words.push(Words::new("lights-rule-worst"));
        words.push(Words::new(match self.unreported {
            Unreported::Worst => "lights-rule-unreported-worst",
            Unreported::BeforeGreen => "lights-rule-unreported-before-green",
            Unreported::Last => "lights-rule-unreported-last",
        }));
        if self.jan_feb_together {
            words.push(Words::new("lights-rule-jan-feb"));
        }
        let by_progress =
            |rule: &LightRule| matches!(rule.kind, Kind::Behind(_) | Kind::ShareOfDue);
        if self.rules.iter().any(by_progress) {
            words.push(Words::new("lights-rule-finished"));
        }
        words.push(Words::new("lights-rule-excuse"));
        words
    }
}

/// `Progress (started projects): points of the annual plan behind the share of the year
/// gone; amber from 10, red above 30`.
fn rule_words(rule: &LightRule) -> Words {
    let thresholds = thresholds(rule);
    let key = if thresholds.is_empty() { "lights-rule-plain" } else { "lights-rule" };
    let words = Words::new(key)
        .with("name", Arg::Name(rule.name.clone()))
        .with("who", Arg::Words(Box::new(who(rule))))
        .with("what", Arg::Words(Box::new(what(rule.kind))));
    match thresholds.is_empty() {
        true => words,
        false => words.with("thresholds", Arg::List(thresholds)),
    }
}

fn who(rule: &LightRule) -> Words {
    Words::new(match (rule.applies, rule.listed) {
        (Applies::Started, false) => "lights-who-started",
        (Applies::NotStarted, false) => "lights-who-not-started",
        (Applies::All, false) => "lights-who-all",
        (Applies::Started, true) => "lights-who-started-listed",
        (Applies::NotStarted, true) => "lights-who-not-started-listed",
        (Applies::All, true) => "lights-who-all-listed",
    })
}

fn what(kind: Kind) -> Words {
    match kind {
        Kind::StartExpected => Words::new("lights-what-start-expected"),
        Kind::StartMonths => Words::new("lights-what-start-months"),
        Kind::Behind(Against::Time) => Words::new("lights-what-behind-time"),
        Kind::Behind(Against::Plan) => Words::new("lights-what-behind-plan"),
        Kind::Behind(Against::PlanElseTime) => Words::new("lights-what-behind-plan-else-time"),
        Kind::ShareOfDue => Words::new("lights-what-share-of-due"),
        Kind::Report => Words::new("lights-what-report"),
        Kind::Entry { total_min: 0 } => Words::new("lights-what-entry"),
        Kind::Entry { total_min } => {
            Words::new("lights-what-entry-from").with("amount", yuan(total_min.into()))
        }
        Kind::Funds => Words::new("lights-what-funds"),
        Kind::Growth => Words::new("lights-what-growth"),
    }
}

fn thresholds(rule: &LightRule) -> Vec<Arg> {
    let amber = rule.amber.map(|bound| threshold("lights-threshold-amber", bound));
    let red = rule.red.map(|bound| threshold("lights-threshold-red", bound));
    amber.into_iter().chain(red).map(|words| Arg::Words(Box::new(words))).collect()
}

fn threshold(key: &'static str, bound: Bound) -> Words {
    Words::new(key).with("at", Arg::Words(Box::new(side_words(bound))))
}

fn side_words(bound: Bound) -> Words {
    let key = match bound.side {
        Side::From => "bound-from",
        Side::Above => "bound-above",
        Side::UpTo => "bound-up-to",
        Side::Below => "bound-below",
    };
    Words::new(key).with("value", decimal(bound.at.into(), 2))
}

/// A number in 10^-`power`, without zeros at its end.
pub(crate) fn decimal(number: i128, power: u32) -> Arg {
    let text = print_scaled(number, power, power);
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    Arg::Number(text)
}

/// Whole yuan, printed in 亿.
pub(crate) fn yuan(amount: i128) -> Arg {
    let digits = Digits { decimals: 4, zeros: Zeros::Drop, ..Digits::default() };
    Arg::Amount { amount, currency: Currency::CNY, digits }
}
