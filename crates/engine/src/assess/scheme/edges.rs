//! What rules leave open: each a word that the scheme must say.

use tici_domain::Problem;

use super::value;
use super::{Edges, Incomplete, Missing, RankOn, RankRule, Rounding};
use crate::assess::score::Number;
use crate::assess::score::efficacy::ZeroRange;
use crate::assess::score::growth::{GrowthRule, NegativeBase, ZeroBase};
use crate::assess::score::number::RoundMode;
use crate::assess::score::places::Ties;
use crate::rule_file::{Reader, Tab};

pub(super) const ZERO_RANGES: &[(&str, ZeroRange)] = &[
    ("full", ZeroRange::Full),
    ("mid", ZeroRange::Mid),
    ("base", ZeroRange::Base),
    ("missing", ZeroRange::Missing),
];

pub(super) const MISSINGS: &[(&str, Missing)] =
    &[("zero", Missing::Zero), ("reweigh", Missing::Reweigh), ("missing", Missing::Missing)];

const NEGATIVES: &[(&str, NegativeBase)] =
    &[("by_size", NegativeBase::BySize), ("missing", NegativeBase::Missing)];

const ZEROS: &[(&str, ZeroBase)] = &[("missing", ZeroBase::Missing), ("zero", ZeroBase::Zero)];

const MODES: &[(&str, RoundMode)] = &[
    ("half_up", RoundMode::HalfUp),
    ("half_even", RoundMode::HalfEven),
    ("down", RoundMode::Down),
];

pub(super) const TIES: &[(&str, Ties)] = &[
    ("min", Ties::Min),
    ("dense", Ties::Dense),
    ("average", Ties::Average),
    ("ordinal", Ties::Ordinal),
];

const INCOMPLETES: &[(&str, Incomplete)] = &[
    ("ranked", Incomplete::Ranked),
    ("last", Incomplete::Last),
    ("unranked", Incomplete::Unranked),
];

/// Most decimals that are published.
const DECIMALS_MAX: i64 = 12;

/// The shipped answers, for whoever has none of their own: section, key, and what to write.
pub const SHIPPED: &[(&str, &str, &str)] = &[
    ("edges", "zero_range", "\"full\""),
    ("edges", "alone", "\"full\""),
    ("edges", "missing", "\"zero\""),
    ("edges", "present_min", "0"),
    ("edges", "growth_negative", "\"by_size\""),
    ("edges", "growth_zero", "\"missing\""),
    ("rounding", "items", "\"none\""),
    ("rounding", "branches", "\"none\""),
    ("rounding", "total", "2"),
    ("rounding", "mode", "\"half_up\""),
    ("rank", "on", "\"rounded\""),
    ("rank", "ties", "\"min\""),
    ("rank", "then_by", "[]"),
    ("rank", "incomplete", "\"ranked\""),
    ("grading", "places", "\"floor\""),
    ("grading", "boundary", "\"all_out\""),
];

/// Passes on what was read. Where the key is not there, says what it decides nobody knows,
/// and what the shipped answer would be.
pub(super) fn stated<T>(
    reader: &mut Reader,
    tab: &Tab,
    (section, key): (&'static str, &'static str),
    read: Option<T>,
) -> Option<T> {
    if read.is_none() && !tab.has(key) {
        let shipped = SHIPPED.iter().find(|(of, known, _)| *of == section && *known == key);
        let shipped = shipped.map_or("", |(_, _, shipped)| shipped);
        let problem = Problem::error("assess-not-stated").arg("key", format!("{section}.{key}"));
        let problem = problem.arg("name", key).arg("shipped", shipped);
        reader.problem_of(tab, problem);
    }
    read
}

/// A section that must be there, with all its words.
fn section<'a>(reader: &mut Reader, tab: &mut Tab<'a>, key: &'static str) -> Option<Tab<'a>> {
    let table = reader.table(tab, key);
    if table.is_none() && !tab.has(key) {
        let shipped = SHIPPED.iter().filter(|(of, ..)| *of == key);
        let lines: Vec<String> =
            shipped.map(|(_, key, shipped)| format!("{key} = {shipped}")).collect();
        let problem = Problem::error("assess-section-missing").arg("key", key);
        reader.problem_of(tab, problem.arg("lines", lines.join("; ")));
    }
    table
}

pub(super) fn edges(reader: &mut Reader, tab: &mut Tab) -> Edges {
    let Some(mut table) = section(reader, tab, "edges") else { return Edges::default() };
    let tab = &mut table;
    let zero_range = reader.choice(tab, "zero_range", ZERO_RANGES);
    let zero_range = stated(reader, tab, ("edges", "zero_range"), zero_range);
    let alone = reader.choice(tab, "alone", ZERO_RANGES);
    let alone = stated(reader, tab, ("edges", "alone"), alone);
    let missing = reader.choice(tab, "missing", MISSINGS);
    let missing = stated(reader, tab, ("edges", "missing"), missing);
    let present_min = value::number(reader, tab, "present_min");
    let present_min = stated(reader, tab, ("edges", "present_min"), present_min);
    let negative = reader.choice(tab, "growth_negative", NEGATIVES);
    let negative = stated(reader, tab, ("edges", "growth_negative"), negative);
    let zero = reader.choice(tab, "growth_zero", ZEROS);
    let zero = stated(reader, tab, ("edges", "growth_zero"), zero);
    let (none, all) = (Number::zero(), Number::one());
    if let Some(share) = present_min.as_ref().filter(|share| **share < none || **share > all) {
        let problem = Problem::error("rules-range").arg("key", "present_min").arg("value", share);
        reader.problem_at_key(tab, "present_min", problem.arg("min", 0).arg("max", 1));
    }
    reader.end(tab);
    Edges {
        zero_range: zero_range.unwrap_or_default(),
        alone: alone.unwrap_or_default(),
        missing: missing.unwrap_or_default(),
        present_min: present_min.unwrap_or_else(Number::zero),
        growth: GrowthRule {
            negative: negative.unwrap_or_default(),
            zero: zero.unwrap_or_default(),
        },
    }
}

pub(super) fn rounding(reader: &mut Reader, tab: &mut Tab) -> Rounding {
    let Some(mut table) = section(reader, tab, "rounding") else { return Rounding::default() };
    let tab = &mut table;
    let items = decimals(reader, tab, "items");
    let branches = decimals(reader, tab, "branches");
    let total = decimals(reader, tab, "total");
    let mode = reader.choice(tab, "mode", MODES);
    let mode = stated(reader, tab, ("rounding", "mode"), mode).unwrap_or_default();
    reader.end(tab);
    Rounding { items, branches, total, mode }
}

/// A number of decimals, or `"none"`.
fn decimals(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<u32> {
    if tab.is_text(key) {
        reader.choice(tab, key, &[("none", ())]);
        return None;
    }
    let count = value::count(reader, tab, key, DECIMALS_MAX);
    stated(reader, tab, ("rounding", key), count)
}

pub(super) fn rank(reader: &mut Reader, tab: &mut Tab, nodes: &[&str]) -> RankRule {
    let Some(mut table) = section(reader, tab, "rank") else { return RankRule::default() };
    let tab = &mut table;
    let on = [("rounded", RankOn::Rounded), ("unrounded", RankOn::Unrounded)];
    let on = reader.choice(tab, "on", &on);
    let on = stated(reader, tab, ("rank", "on"), on);
    let ties = reader.choice(tab, "ties", TIES);
    let ties = stated(reader, tab, ("rank", "ties"), ties);
    let then_by = reader.texts(tab, "then_by");
    for (at, (name, offset)) in then_by.iter().enumerate() {
        let is_code = name == "code" && at + 1 == then_by.len();
        if !is_code && !nodes.contains(&name.as_str()) {
            reader.problem(*offset, Problem::error("assess-unknown-node").arg("name", name));
        }
    }
    let then_by: Vec<String> = then_by.into_iter().map(|(text, _)| text).collect();
    stated(reader, tab, ("rank", "then_by"), tab.has("then_by").then_some(()));
    let incomplete = reader.choice(tab, "incomplete", INCOMPLETES);
    let incomplete = stated(reader, tab, ("rank", "incomplete"), incomplete);
    reader.end(tab);
    let then_by_code = then_by.last().is_some_and(|last| last == "code");
    RankRule {
        on: on.unwrap_or_default(),
        ties: ties.unwrap_or_default(),
        then_by: then_by.into_iter().filter(|key| key != "code").collect(),
        then_by_code,
        incomplete: incomplete.unwrap_or_default(),
    }
}
