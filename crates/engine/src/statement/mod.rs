//! Figures put into a sentence as bulletins print them. The sentence is data: figures by
//! name, and phrases that choose among them. Which phrases, and how digits are printed, is
//! the wording, which is a file (`rules/wording.toml`); the words are messages of locales.

pub mod explain;
pub mod figures;
pub mod presets;
pub mod printed;
pub mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tici_domain::{Name, Points};

use crate::counting::Count;
use figures::{Figures, figures, of_group};
use printed::Digits;
use words::{Arg, Words};

/// How the three kinds of figures are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Style {
    /// In 亿 of the currency.
    pub amounts: Digits,
    pub rates: Digits,
    /// Rates of starts, where a source prints them otherwise.
    pub start_rates: Option<Digits>,
    pub points: Digits,
}

/// When a phrase is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    #[default]
    Always,
    /// Ahead of time elapsed, behind it, or level as printed.
    Ahead,
    Behind,
    Level,
    /// All, or not all, of those planned to start have started.
    AllStarted,
    NotAllStarted,
    /// Any are planned to start.
    Planned,
    /// There is a total; a plan; a report; or both of the last, and so a rate.
    HasTotal,
    HasPlan,
    HasDone,
    HasRate,
    /// The plan is done to just below a ten: 近60%.
    Near,
    /// Total and plan are both more than a year before; or both known and not so.
    Grown,
    Changed,
}

/// One phrase of a wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Key of its message.
    pub say: String,
    #[serde(default)]
    pub when: When,
    /// Said once for each group of the count, with the group's figures.
    #[serde(default)]
    pub each: bool,
    /// Message between one group and the next.
    #[serde(default)]
    pub between: Option<String>,
    /// Groups from the highest start rate down, as leagues have them.
    #[serde(default)]
    pub by_rate: bool,
}

/// What is said of a count, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    #[serde(default)]
    pub style: Style,
    pub phrases: Vec<Phrase>,
}

/// A wording file: wordings by name.
pub type Wordings = BTreeMap<String, Wording>;

/// What a sentence is about, in the words of whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Subject {
    /// 全市, 我市, 仪征
    pub region: Name,
    /// 重点, 列省重大: stands before 项目.
    pub cohort: Name,
    /// Figures of the asker's own, such as a target or the name of a quarter.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Arg>,
    /// Names of groups by key, where the ledger's own do not serve.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, Name>,
    /// Something said within a group, in brackets behind it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub within: BTreeMap<String, Words>,
}

/// One phrase, chosen: its message, and the figures it has of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    pub key: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: Figures,
}

/// A sentence as data: figures that all phrases share, and the phrases in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sentence {
    pub figures: Figures,
    pub said: Vec<Said>,
}

/// Puts a count into a sentence.
pub fn sentence(wording: &Wording, subject: &Subject, count: &Count) -> Sentence {
    let shared = figures(count, subject, &wording.style);
    let mut said = Vec::new();
    for phrase in wording.phrases.iter().filter(|phrase| applies(phrase.when, count, wording)) {
        if !phrase.each {
            said.push(Said { key: phrase.say.clone(), figures: Figures::new() });
            continue;
        }
        let mut groups: Vec<_> = count.groups.iter().collect();
        if phrase.by_rate {
            // Stable: equal rates keep the order of the ledger.
            groups.sort_by(|a, b| figures::by_rate(&b.tally, &a.tally));
        }
        for (index, group) in groups.iter().enumerate() {
            if let Some(between) = phrase.between.as_ref().filter(|_| index > 0) {
                said.push(Said { key: between.clone(), figures: Figures::new() });
            }
            let figures = of_group(group, count, subject, &wording.style);
            said.push(Said { key: phrase.say.clone(), figures });
        }
    }
    Sentence { figures: shared, said }
}

fn applies(when: When, count: &Count, wording: &Wording) -> bool {
    let starts = &count.all.starts;
    let points = figures::ahead(&count.all.totals).map(|Points(points)| {
        // As printed: what prints as nothing is neither ahead nor behind.
        let text = figures::print_points(points, wording.style.points);
        if text.chars().all(|c| !('1'..='9').contains(&c)) { 0.0 } else { points }
    });
    match when {
        When::Always => true,
        When::Ahead => points.is_some_and(|points| points > 0.0),
        When::Behind => points.is_some_and(|points| points < 0.0),
        When::Level => points == Some(0.0),
        When::AllStarted => starts.planned > 0 && starts.planned == starts.planned_started,
        When::NotAllStarted => starts.planned > starts.planned_started,
        When::Planned => starts.planned > 0,
        When::HasTotal => figures::sums(&count.all.totals).total > 0,
        When::HasPlan => figures::sums(&count.all.totals).plan_year > 0,
        When::HasDone => figures::has_reports(&count.all.totals),
        When::HasRate => points.is_some(),
        When::Near => figures::is_near(&count.all.totals),
        When::Grown => figures::has_grown(count) == Some(true),
        When::Changed => figures::has_grown(count) == Some(false),
    }
}
