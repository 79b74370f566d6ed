//! Reading the checks of a form from TOML.

use tici_domain::{Problem, Severity};

use super::{CHECKS, CheckRule, CheckRules};
use crate::rule_file::{self, Reader, Tab};

const SEVERITIES: &[(&str, Option<Severity>)] =
    &[("error", Some(Severity::Error)), ("warning", Some(Severity::Warning)), ("off", None)];

impl CheckRules {
    /// Reads a rule file. `file` is its name, for the messages. What could be read comes
    /// back beside the problems; with an error among them it must not be used.
    pub fn parse(text: &str, file: &str) -> (CheckRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> CheckRules {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key).unwrap_or_default();
    let title = reader.name(tab, "title");
    let title = reader.needed(tab, "title", title).unwrap_or_default();
    let source = reader.text(tab, "source").unwrap_or_default();
    let tables = reader.tables(tab, "check");
    let checks = tables.into_iter().filter_map(|mut check| one(reader, &mut check)).collect();
    reader.end(tab);
    CheckRules { key, title, source, checks }
}

fn one(reader: &mut Reader, tab: &mut Tab) -> Option<CheckRule> {
    let known: Vec<(&'static str, usize)> =
        CHECKS.iter().enumerate().map(|(index, check)| (check.code, index)).collect();
    let check = reader.choice(tab, "kind", &known);
    let check = reader.needed(tab, "kind", check);
    let severity = reader.choice(tab, "severity", SEVERITIES);
    let severity = reader.needed(tab, "severity", severity).flatten();
    let with_reason = reader.choice(tab, "with_reason", SEVERITIES).unwrap_or(severity);
    let tolerance = reader.number(tab, "tolerance", 4).unwrap_or(0);
    let percent = reader.number(tab, "percent", 2).unwrap_or(10_000);
    reader.end(tab);
    Some(CheckRule { check: check?, severity, with_reason, tolerance, percent })
}
