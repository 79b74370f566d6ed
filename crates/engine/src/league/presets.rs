//! The league files that come with the program. A new one is one file and one line here.

use tici_domain::Problem;

use super::LeagueRules;

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset.
pub const PRESETS: &[(&str, &str)] = &[
    ("yanxi", include_str!("../../../../rules/league/yanxi.toml")),
    ("yanan", include_str!("../../../../rules/league/yanan.toml")),
    ("gaoan", include_str!("../../../../rules/league/gaoan.toml")),
    ("city-r4", include_str!("../../../../rules/league/city-r4.toml")),
    ("province-r5", include_str!("../../../../rules/league/province-r5.toml")),
];

/// The preset of a name.
pub fn preset(name: &str) -> Option<LeagueRules> {
    let (name, text) = PRESETS.iter().find(|(known, _)| *known == name)?;
    Some(LeagueRules::parse(text, name).0)
}

/// Reads a setting: the name of a preset, or a rule file's text. A text with problems gives
/// none; whoever wrote the setting was told them then.
pub fn rules_or_preset(setting: &str) -> (Option<LeagueRules>, Vec<Problem>) {
    if let Some(rules) = preset(setting.trim()) {
        return (Some(rules), Vec::new());
    }
    let (rules, problems) = LeagueRules::parse(setting, "");
    let is_sound = !Problem::any_error(&problems);
    (is_sound.then_some(rules), problems)
}
