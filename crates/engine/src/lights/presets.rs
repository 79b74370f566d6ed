//! The rule files that come with the program. A new one is one file and one line here.

use tici_domain::Problem;

use super::LightRules;

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset.
pub const PRESETS: &[(&str, &str)] = &[
    ("yanxi", include_str!("../../../../rules/lights/yanxi.toml")),
    ("yinchuan", include_str!("../../../../rules/lights/yinchuan.toml")),
    ("tianjin", include_str!("../../../../rules/lights/tianjin.toml")),
];

/// The preset of a name.
pub fn preset(name: &str) -> Option<LightRules> {
    let (name, text) = PRESETS.iter().find(|(known, _)| *known == name)?;
    Some(LightRules::parse(text, name).0)
}

/// Reads a setting: the name of a preset, or a rule file's text. A text with problems gives
/// none; whoever wrote the setting was told them then.
pub fn rules_or_preset(setting: &str) -> (Option<LightRules>, Vec<Problem>) {
    if let Some(rules) = preset(setting.trim()) {
        return (Some(rules), Vec::new());
    }
    let (rules, problems) = LightRules::parse(setting, "");
    let is_sound = !Problem::any_error(&problems);
    (is_sound.then_some(rules), problems)
}
