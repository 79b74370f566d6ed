//! The kinds of rules. A new one is one line here.

use tici_domain::{Name, Problem};
use tici_engine::agenda::{self, AgendaRules};
use tici_engine::board::{self, BoardRules};
use tici_engine::checks::{self, CheckRules};
use tici_engine::evidence::{self, EvidenceRules};
use tici_engine::league::{self, LeagueRules};
use tici_engine::lights::{self, LightRules};
use tici_engine::pairs::{self, PairRules};
use tici_engine::statement::words::Words;

/// One kind of rules.
pub struct RuleKind {
    /// `lights`, `league`, …
    pub key: &'static str,
    /// Name and text of every preset.
    pub presets: &'static [(&'static str, &'static str)],
    /// The preset a ledger goes by before it chooses.
    pub default_preset: &'static str,
    /// Setting by which an older ledger names its rules; blank where there is none.
    pub setting: &'static str,
    read: fn(&str, &str) -> (Read, Vec<Problem>),
}

/// What a reader of one kind says of a file.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The title in the file; blank where the kind has none.
    pub title: Name,
    /// The rules in words; empty where the kind has none.
    pub words: Vec<Words>,
}

/// Every kind, in the order in which they are listed.
pub const KINDS: &[RuleKind] = &[
    RuleKind {
        key: "lights",
        presets: lights::PRESETS,
        default_preset: lights::DEFAULT_PRESET,
        setting: "rules.lights",
        read: |text, file| {
            let (rules, problems) = LightRules::parse(text, file);
            (Read { words: rules.words(), title: rules.title }, problems)
        },
    },
    RuleKind {
        key: "league",
        presets: league::PRESETS,
        default_preset: league::DEFAULT_PRESET,
        setting: "rules.league",
        read: |text, file| {
            let (rules, problems) = LeagueRules::parse(text, file);
            (Read { words: rules.words(), title: rules.title }, problems)
        },
    },
    RuleKind {
        key: "evidence",
        presets: evidence::PRESETS,
        default_preset: evidence::DEFAULT_PRESET,
        setting: "rules.evidence",
        read: |text, file| {
            let (rules, problems) = EvidenceRules::parse(text, file);
            let title = rules.map(|rules| rules.title).unwrap_or_default();
            (Read { title, words: Vec::new() }, problems)
        },
    },
    RuleKind {
        key: "checks",
        presets: &[("monthly", checks::MONTHLY)],
        default_preset: "monthly",
        setting: "",
        read: |text, file| (Read::default(), CheckRules::parse(text, file).1),
    },
    RuleKind {
        key: "board",
        presets: board::PRESETS,
        default_preset: board::DEFAULT_PRESET,
        setting: "",
        read: |text, file| {
            let (rules, problems) = BoardRules::parse(text, file);
            (Read { title: rules.title, words: Vec::new() }, problems)
        },
    },
    RuleKind {
        key: "agenda",
        presets: agenda::PRESETS,
        default_preset: agenda::DEFAULT_PRESET,
        setting: "",
        read: |text, file| {
            let (rules, problems) = AgendaRules::parse(text, file);
            (Read { title: rules.title, words: Vec::new() }, problems)
        },
    },
    RuleKind {
        key: "pairs",
        presets: pairs::rules::PRESETS,
        default_preset: pairs::rules::DEFAULT_PRESET,
        setting: "",
        read: |text, file| {
            let (rules, problems) = PairRules::parse(text, file);
            (Read { title: rules.title, words: Vec::new() }, problems)
        },
    },
];

/// The kind of a key.
pub fn rule_kind(key: &str) -> Option<&'static RuleKind> {
    KINDS.iter().find(|kind| kind.key == key)
}

impl RuleKind {
    /// Reads a file; every problem has its line and column.
    pub fn read(&self, text: &str, file: &str) -> (Read, Vec<Problem>) {
        (self.read)(text, file)
    }

    /// The text of a preset.
    pub fn preset(&self, name: &str) -> Option<&'static str> {
        self.presets.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_of_every_kind_is_sound() {
        for kind in KINDS {
            assert!(kind.preset(kind.default_preset).is_some(), "{}", kind.key);
            for (name, text) in kind.presets {
                let (_, problems) = kind.read(text, name);
                assert_eq!(problems, [], "{} {name}", kind.key);
                let (_, problems) = kind.read(&format!("{text}\nnobody_reads_this = 1\n"), name);
                assert!(Problem::any_error(&problems), "{} {name}", kind.key);
            }
        }
    }
}
