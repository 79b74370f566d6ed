//! The rule file of the board: how long a project may stand at a stage, and how the
//! estimate is made.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::{Name, Problem, Stage};

use crate::rule_file::{self, Reader, Tab};
use crate::snapshot::Snapshot;

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset. A new one is one file and one line here.
pub const PRESETS: &[(&str, &str)] =
    &[("yanxi", include_str!("../../../../rules/board/yanxi.toml"))];

/// Cards a column may show at most.
const CARDS_MAX: i64 = 100;

/// How the board counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    /// Cards shown in a column before "more".
    pub cards: usize,
    /// Days a project may stand at a stage; none for a stage that is not here.
    pub limits: BTreeMap<Stage, i32>,
    /// Starts in twelve months below which nothing is estimated.
    pub starts_min: usize,
    /// Width of the interval, in percent.
    pub interval: u32,
}

impl BoardRules {
    /// Reads a rule file; every problem has its line and column.
    pub fn parse(text: &str, file: &str) -> (BoardRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }

    /// The rules this ledger goes by on a day, else the preset.
    pub fn of(snapshot: &Snapshot, day: Date) -> BoardRules {
        let own = snapshot.records.rule_set_on("board", day);
        let own = own.map(|row| BoardRules::parse(&row.text, &row.name));
        match own {
            Some((rules, problems)) if !Problem::any_error(&problems) => rules,
            _ => BoardRules::parse(PRESETS[0].1, DEFAULT_PRESET).0,
        }
    }

    pub fn limit(&self, stage: Stage) -> Option<i32> {
        self.limits.get(&stage).copied()
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> BoardRules {
    let key = reader.text(tab, "key");
    let title = reader.name(tab, "title");
    let cards = reader.number(tab, "cards", 0).unwrap_or(6);
    let mut rules = BoardRules {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        source: reader.text(tab, "source").unwrap_or_default(),
        cards: cards.clamp(1, CARDS_MAX) as usize,
        starts_min: 6,
        interval: 80,
        ..BoardRules::default()
    };
    let limits = reader.table(tab, "limit");
    if let Some(limits) = reader.needed(tab, "limit", limits) {
        read_limits(reader, &limits, &mut rules);
    }
    if let Some(mut pipeline) = reader.table(tab, "pipeline") {
        let starts = reader.number(&mut pipeline, "starts_min", 0).unwrap_or(6);
        let interval = reader.number(&mut pipeline, "interval", 0).unwrap_or(80);
        if !(1..=99).contains(&interval) {
            let problem = Problem::error("board-interval-outside").arg("value", interval);
            reader.problem_of(&pipeline, problem);
        }
        rules.starts_min = starts.max(1) as usize;
        rules.interval = interval.clamp(1, 99) as u32;
        reader.end(&pipeline);
    }
    reader.end(tab);
    rules
}

fn read_limits(reader: &mut Reader, tab: &Tab, rules: &mut BoardRules) {
    for (name, days) in reader.numbers_by_key(tab, 0) {
        let stage = Stage::parse(&name).filter(|stage| Stage::STAIRS.contains(stage));
        match (stage, i32::try_from(days).ok().filter(|days| *days > 0)) {
            (Some(stage), Some(days)) => {
                rules.limits.insert(stage, days);
            }
            (None, _) => {
                let problem = Problem::error("board-limit-stage").arg("stage", name);
                reader.problem_of(tab, problem);
            }
            (_, None) => {
                let problem = Problem::error("board-limit-days").arg("stage", name);
                reader.problem_of(tab, problem.arg("days", days));
            }
        }
    }
}
