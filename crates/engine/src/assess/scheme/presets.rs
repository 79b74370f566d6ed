//! The schemes that come with the program. A new one is one file and one line here.

use super::Scheme;

/// Name and text of every preset.
pub const PRESETS: &[(&str, &str)] = &[
    ("gaoan", include_str!("../../../../../rules/assess/gaoan.toml")),
    ("yanan", include_str!("../../../../../rules/assess/yanan.toml")),
    ("chuzhou", include_str!("../../../../../rules/assess/chuzhou.toml")),
    ("province-r5", include_str!("../../../../../rules/assess/province-r5.toml")),
    ("per-mu-huaian", include_str!("../../../../../rules/assess/per-mu-huaian.toml")),
    ("per-mu-wujin", include_str!("../../../../../rules/assess/per-mu-wujin.toml")),
    ("asem", include_str!("../../../../../rules/assess/asem.toml")),
    ("hdi", include_str!("../../../../../rules/assess/hdi.toml")),
];

/// The preset of a name.
pub fn preset(name: &str) -> Option<Scheme> {
    let (name, text) = PRESETS.iter().find(|(known, _)| *known == name)?;
    Some(Scheme::parse(text, name).0)
}
