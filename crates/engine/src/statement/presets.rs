//! The wordings that come with the program.

use tici_domain::Problem;

use super::{Wording, Wordings};

const SHIPPED: &str = include_str!("../../../../rules/wording.toml");

/// The house's own wording.
pub const HOUSE: &str = "progress";

/// Every wording shipped, by name.
pub fn shipped() -> Wordings {
    read("wording.toml", SHIPPED).expect("the shipped file is read by a test")
}

/// A shipped wording by its name.
pub fn wording(name: &str) -> Option<Wording> {
    shipped().remove(name)
}

/// Reads a wording file of the office's own.
pub fn read(file: &str, text: &str) -> Result<Wordings, Box<Problem>> {
    let broken = |error: toml::de::Error| {
        let before = &text[..error.span().map_or(0, |span| span.start.min(text.len()))];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
        let problem = Problem::error("wording-broken").arg("detail", error.message());
        Box::new(problem.at(file, "", &format!("{line}:{column}")))
    };
    toml::from_str(text).map_err(broken)
}
