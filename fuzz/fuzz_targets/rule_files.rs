//! Any text as every kind of rule file: rules or problems, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_engine::agenda::AgendaRules;
use tici_engine::assess::scheme::Scheme;
use tici_engine::board::BoardRules;
use tici_engine::checks::CheckRules;
use tici_engine::evidence::EvidenceRules;
use tici_engine::league::LeagueRules;
use tici_engine::lights::LightRules;
use tici_engine::pairs::PairRules;

fuzz_target!(|text: &str| {
    let _ = LightRules::parse(text, "a.toml");
    let _ = LeagueRules::parse(text, "a.toml");
    let _ = PairRules::parse(text, "a.toml");
    let _ = BoardRules::parse(text, "a.toml");
    let _ = EvidenceRules::parse(text, "a.toml");
    let _ = CheckRules::parse(text, "a.toml");
    let _ = AgendaRules::parse(text, "a.toml");
    let _ = Scheme::parse(text, "a.toml");
});
