//! Which rules a ledger goes by on a day: what it has adopted, what a setting names, or the
//! preset.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::Period;
use tici_engine::Snapshot;
use tici_engine::league::{self, LeagueRules};
use tici_engine::lights::{self, LightRules, Percents};

/// Name of a preset or text of a rule file, in a ledger that has adopted none.
const LIGHTS: &str = "rules.lights";
const LEAGUE: &str = "rules.league";

/// Thresholds as JSON, in ledgers that are older than rule files.
const LIGHT_PERCENTS: &str = "rule.lights";

/// The day whose rules judge a month: a month is reported and judged in the one after it,
/// so what was adopted later does not reach back to it.
pub fn rules_day(period: Period, today: Date) -> Date {
    let month_after = Period::month_of(period.last_day()).next();
    month_after.last_day().min(today)
}

/// The rules of the lights on a day.
pub fn light_rules(snapshot: &Snapshot, day: Date) -> Arc<LightRules> {
    let chosen = chosen(snapshot, "lights", LIGHTS, day);
    let rules = chosen.and_then(|text| lights::rules_or_preset(text).0);
    let rules = rules.or_else(|| {
        let percents = snapshot.setting(LIGHT_PERCENTS)?;
        serde_json::from_str::<Percents>(percents).ok().map(LightRules::from)
    });
    Arc::new(rules.unwrap_or_default())
}

/// The rules of the league on a day.
pub fn league_rules(snapshot: &Snapshot, day: Date) -> LeagueRules {
    let chosen = chosen(snapshot, "league", LEAGUE, day);
    let rules = chosen.and_then(|text| league::rules_or_preset(text).0);
    rules.or_else(|| league::preset(league::DEFAULT_PRESET)).expect("the presets are sound")
}

fn chosen<'a>(snapshot: &'a Snapshot, kind: &str, setting: &str, day: Date) -> Option<&'a str> {
    let adopted = snapshot.records.rule_set_on(kind, day).map(|row| row.text.as_str());
    adopted.or_else(|| snapshot.setting(setting))
}
