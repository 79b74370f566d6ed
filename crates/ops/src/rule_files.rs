//! Which rules a ledger goes by: what it has adopted, what a setting names, or the preset.

use std::sync::Arc;

use tici_engine::Snapshot;
use tici_engine::league::{self, LeagueRules};
use tici_engine::lights::{self, LightRules, Percents};

/// Name of a preset or text of a rule file, in a ledger that has adopted none.
const LIGHTS: &str = "rules.lights";
const LEAGUE: &str = "rules.league";

/// Thresholds as JSON, in ledgers that are older than rule files.
const LIGHT_PERCENTS: &str = "rule.lights";

/// The rules of the lights.
pub fn light_rules(snapshot: &Snapshot) -> Arc<LightRules> {
    let chosen = chosen(snapshot, "lights", LIGHTS);
    let rules = chosen.and_then(|text| lights::rules_or_preset(text).0);
    let rules = rules.or_else(|| {
        let percents = snapshot.setting(LIGHT_PERCENTS)?;
        serde_json::from_str::<Percents>(percents).ok().map(LightRules::from)
    });
    Arc::new(rules.unwrap_or_default())
}

/// The rules of the league.
pub fn league_rules(snapshot: &Snapshot) -> LeagueRules {
    let rules = chosen(snapshot, "league", LEAGUE).and_then(|text| league::rules_or_preset(text).0);
    rules.or_else(|| league::preset(league::DEFAULT_PRESET)).expect("the presets are sound")
}

fn chosen<'a>(snapshot: &'a Snapshot, kind: &str, setting: &str) -> Option<&'a str> {
    let adopted = snapshot.records.rule_sets.get(kind).map(|kept| kept.row.text.as_str());
    adopted.or_else(|| snapshot.setting(setting))
}
