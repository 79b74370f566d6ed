//! The rule file of look-alikes: what two projects must share to be shown as one.

use jiff::civil::Date;
use tici_domain::{Name, Problem};

use crate::rule_file::{self, Reader, Tab};
use crate::snapshot::Snapshot;

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset. A new one is one file and one line here.
pub const PRESETS: &[(&str, &str)] =
    &[("yanxi", include_str!("../../../../rules/pairs/yanxi.toml"))];

/// What each likeness counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    pub national_code: i64,
    /// Times the similarity of the names.
    pub name: i64,
    pub firm: i64,
    pub site: i64,
    pub place: i64,
    pub amount: i64,
    pub industry: i64,
    /// Only one name marks a phase, or each another; negative.
    pub phase: i64,
    /// Both names have numbers, and others; negative.
    pub numbers: i64,
}

/// How look-alikes are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    /// Points from which a pair is shown.
    pub ask_from: i64,
    /// Percent of shared character pairs from which two names are alike.
    pub name_floor: i64,
    pub site_meters: i64,
    pub amount_percent: i64,
    /// Years between two starts that may be one.
    pub years: i64,
    pub phase_marks: Vec<String>,
    pub points: Points,
}

impl PairRules {
    /// Reads a rule file; every problem has its line and column.
    pub fn parse(text: &str, file: &str) -> (PairRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }

    /// The rules this ledger goes by on a day, else the preset.
    pub fn of(snapshot: &Snapshot, day: Date) -> PairRules {
        let own = snapshot.records.rule_set_on("pairs", day);
        let own = own.map(|row| PairRules::parse(&row.text, &row.name));
        match own {
            Some((rules, problems)) if !Problem::any_error(&problems) => rules,
            _ => PairRules::parse(PRESETS[0].1, DEFAULT_PRESET).0,
        }
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> PairRules {
    let key = reader.text(tab, "key");
    let title = reader.name(tab, "title");
    let ask_from = reader.number(tab, "ask_from", 0);
    let clamped = |number: Option<i64>, or: i64, max: i64| number.unwrap_or(or).clamp(0, max);
    let name_floor = clamped(reader.number(tab, "name_floor", 0), 55, 100).max(1);
    let site_meters = clamped(reader.number(tab, "site_meters", 0), 300, 10_000);
    let amount_percent = clamped(reader.number(tab, "amount_percent", 0), 5, 100);
    let years = clamped(reader.number(tab, "years", 0), 3, 20);
    let marks = reader.texts(tab, "phase_marks");
    let points = reader.table(tab, "points").map(|mut tab| points(reader, &mut tab));
    let rules = PairRules {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        source: reader.text(tab, "source").unwrap_or_default(),
        ask_from: reader.needed(tab, "ask_from", ask_from).unwrap_or(60).max(1),
        name_floor,
        site_meters,
        amount_percent,
        years,
        phase_marks: marks.into_iter().map(|(mark, _)| mark).collect(),
        points: reader.needed(tab, "points", points).unwrap_or_default(),
    };
    reader.end(tab);
    rules
}

fn points(reader: &mut Reader, tab: &mut Tab) -> Points {
    let mut number = |key| reader.number(tab, key, 0).unwrap_or(0).clamp(-1_000, 1_000);
    let points = Points {
        national_code: number("national_code"),
        name: number("name"),
        firm: number("firm"),
        site: number("site"),
        place: number("place"),
        amount: number("amount"),
        industry: number("industry"),
        phase: number("phase"),
        numbers: number("numbers"),
    };
    reader.end(tab);
    points
}
