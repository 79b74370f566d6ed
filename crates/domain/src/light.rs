//! The four lights, and the one that an approved excuse leaves. What switches them on is
//! data, not code.

use serde::{Deserialize, Serialize};

/// 滞后, 预警, 正常, 未报, 缓亮: worst first, as pages list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    Red,
    Amber,
    Green,
    Unreported,
    /// Amber, red or silent for a reason that was approved, until its day.
    Excused,
}

impl Light {
    pub const ALL: [Light; 5] =
        [Light::Red, Light::Amber, Light::Green, Light::Unreported, Light::Excused];

    /// The stored and printed code.
    pub fn code(self) -> &'static str {
        match self {
            Light::Red => "red",
            Light::Amber => "amber",
            Light::Green => "green",
            Light::Unreported => "unreported",
            Light::Excused => "excused",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Light> {
        Light::ALL.into_iter().find(|light| light.code() == code)
    }
}
