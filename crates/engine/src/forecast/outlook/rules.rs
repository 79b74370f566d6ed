//! The rule file of the ledger's forecast: base rates with their source, and judgements.

use jiff::civil::Date;
use tici_domain::{Name, Problem, Stage};

use super::due::{BANDS, Band};
use crate::rule_file::{self, Reader, Tab};
use crate::snapshot::Snapshot;

/// Kind under which a ledger keeps its own version.
pub const KIND: &str = "forecast";

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "base";

/// Name and text of every preset. A new one is one file and one line here.
pub const PRESETS: &[(&str, &str)] =
    &[("base", include_str!("../../../../../rules/forecast/base.toml"))];

/// Steps looked ahead at most: six years.
const HORIZON_MAX: i64 = 220;

/// How the ledger forecasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForecastRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    /// Correlation of starts, 0 to below 1.
    pub rho: f64,
    /// Steps of ten days looked ahead.
    pub horizon: usize,
    /// Project-steps learnt from, about: of a larger ledger every so many projects.
    pub train_steps: usize,
    pub groups: Vec<Group>,
    pub judged: Judged,
    pub clearing: Clearing,
    pub blockers: Vec<BlockerKind>,
}

/// Stages that are learnt together, with their base rates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub stages: Vec<Stage>,
    /// Project-steps for which the rates count.
    pub weight: f64,
    /// Project-steps and events of the reference class in each band of [`BANDS`].
    pub rates: Vec<(f64, f64)>,
}

/// Effects that no public record tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Judged {
    pub weight: f64,
    pub blocker_odds: f64,
    pub behind_odds: f64,
}

/// How soon what stands in the way is cleared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clearing {
    pub weight: f64,
    /// Chance in a step before its day has passed, and after.
    pub in_time: f64,
    pub overdue: f64,
}

/// A kind of thing that stands in the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockerKind {
    pub key: String,
    pub title: Name,
    pub words: Vec<String>,
}

impl ForecastRules {
    /// Reads a rule file; every problem has its line and column.
    pub fn parse(text: &str, file: &str) -> (ForecastRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }

    /// The rules this ledger goes by on a day, else the preset.
    pub fn of(snapshot: &Snapshot, day: Date) -> ForecastRules {
        let own = snapshot.records.rule_set_on(KIND, day);
        let own = own.map(|row| ForecastRules::parse(&row.text, &row.name));
        match own {
            Some((rules, problems)) if !Problem::any_error(&problems) => rules,
            _ => ForecastRules::parse(PRESETS[0].1, DEFAULT_PRESET).0,
        }
    }

    /// The kind of a thing in the way, by the words of its title; its place in `blockers`.
    pub fn blocker_kind(&self, title: &Name) -> Option<usize> {
        let texts = [Some(&title.text), title.en.as_ref()];
        let texts: Vec<String> =
            texts.into_iter().flatten().map(|text| text.to_lowercase()).collect();
        let fits = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
        self.blockers.iter().position(|kind| kind.words.iter().any(fits))
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> ForecastRules {
    let key = reader.text(tab, "key");
    let title = reader.name(tab, "title");
    let mut rules = ForecastRules {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        source: reader.text(tab, "source").unwrap_or_default(),
        rho: share(reader, tab, "rho").unwrap_or(0.07),
        horizon: reader.number(tab, "horizon", 0).unwrap_or(72).clamp(1, HORIZON_MAX) as usize,
        train_steps: reader.number(tab, "train_steps", 0).unwrap_or(100_000).max(0) as usize,
        ..ForecastRules::default()
    };
    let steps = reader.table(tab, "steps");
    if let Some(mut steps) = reader.needed(tab, "steps", steps) {
        for name in ["early", "late"] {
            let group = reader.table(&mut steps, name);
            if let Some(mut group) = reader.needed(&steps, name, group) {
                rules.groups.push(read_group(reader, &mut group));
                reader.end(&group);
            }
        }
        reader.end(&steps);
    }
    if let Some(mut judged) = reader.table(tab, "judged") {
        rules.judged = Judged {
            weight: decimal(reader, &mut judged, "weight").unwrap_or(0.0),
            blocker_odds: decimal(reader, &mut judged, "blocker_odds").unwrap_or(1.0),
            behind_odds: decimal(reader, &mut judged, "behind_odds").unwrap_or(1.0),
        };
        reader.end(&judged);
    }
    if let Some(mut clearing) = reader.table(tab, "clearing") {
        rules.clearing = Clearing {
            weight: decimal(reader, &mut clearing, "weight").unwrap_or(1.0),
            in_time: share(reader, &mut clearing, "in_time").unwrap_or(0.1),
            overdue: share(reader, &mut clearing, "overdue").unwrap_or(0.1),
        };
        reader.end(&clearing);
    }
    for mut kind in reader.tables(tab, "blocker") {
        rules.blockers.push(read_kind(reader, &mut kind));
        reader.end(&kind);
    }
    reader.end(tab);
    rules
}

fn read_group(reader: &mut Reader, tab: &mut Tab) -> Group {
    let mut group =
        Group { weight: decimal(reader, tab, "weight").unwrap_or(0.0), ..Group::default() };
    for (code, at) in reader.texts(tab, "stages") {
        match Stage::parse(&code).filter(|stage| Stage::STAIRS.contains(stage)) {
            Some(stage) => group.stages.push(stage),
            None => reader.problem(at, Problem::error("board-limit-stage").arg("stage", code)),
        }
    }
    for band in BANDS {
        group.rates.push(read_rate(reader, tab, band));
    }
    group
}

/// Steps seen and events that came in one band; a band that is not there tells nothing.
fn read_rate(reader: &mut Reader, tab: &mut Tab, band: Band) -> (f64, f64) {
    let Some(mut rate) = reader.table(tab, band.key()) else { return (0.0, 0.0) };
    let seen = decimal(reader, &mut rate, "seen").unwrap_or(0.0);
    let came = decimal(reader, &mut rate, "came").unwrap_or(0.0);
    if came > seen || seen <= 0.0 {
        let problem = Problem::error("forecast-rules-rate").arg("band", band.key());
        reader.problem_of(&rate, problem.arg("seen", seen).arg("came", came));
    }
    reader.end(&rate);
    (seen, came.min(seen))
}

fn read_kind(reader: &mut Reader, tab: &mut Tab) -> BlockerKind {
    let (key, title) = (reader.text(tab, "key"), reader.name(tab, "title"));
    BlockerKind {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        words: reader
            .texts(tab, "words")
            .into_iter()
            .map(|(word, _)| word.to_lowercase())
            .collect(),
    }
}

fn decimal(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<f64> {
    let value = reader.decimal(tab, key)?.scaled(6)? as f64 / 1e6;
    if value < 0.0 {
        let problem = Problem::error("forecast-rules-negative").arg("key", key);
        reader.problem_at_key(tab, key, problem.arg("value", value));
    }
    Some(value.max(0.0))
}

/// A number from 0 to below 1.
fn share(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<f64> {
    let value = decimal(reader, tab, key)?;
    if value >= 1.0 {
        let problem = Problem::error("forecast-rules-share").arg("key", key);
        reader.problem_at_key(tab, key, problem.arg("value", value));
    }
    Some(value.min(0.99))
}
