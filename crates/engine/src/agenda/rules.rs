//! The rule file of the agenda: what brings a project to the meeting, and in which order.

use jiff::civil::Date;
use tici_domain::{Name, Problem};

use crate::rule_file::{self, Reader, Tab};
use crate::snapshot::Snapshot;

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset. A new one is one file and one line here.
pub const PRESETS: &[(&str, &str)] =
    &[("yanxi", include_str!("../../../../rules/agenda/yanxi.toml"))];

/// Items a meeting may have at most.
pub const ITEMS_MAX: i64 = 60;

/// Why a project comes to the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    RedLight,
    OverdueTask,
    BrokenPromise,
    Dwell,
    /// Somebody wants it there.
    Asked,
}

impl Why {
    pub const ALL: [Why; 5] =
        [Why::RedLight, Why::OverdueTask, Why::BrokenPromise, Why::Dwell, Why::Asked];

    /// As an agenda item keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Why::RedLight => "red_light",
            Why::OverdueTask => "overdue_task",
            Why::BrokenPromise => "broken_promise",
            Why::Dwell => "dwell",
            Why::Asked => "asked",
        }
    }

    pub fn parse(code: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// A number by which the agenda is ordered, largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    StartDaysLate,
    TaskDaysLate,
    Broken,
    DaysOverLimit,
    Total,
}

const WHYS: &[(&str, Why)] = &[
    ("red_light", Why::RedLight),
    ("overdue_task", Why::OverdueTask),
    ("broken_promise", Why::BrokenPromise),
    ("dwell", Why::Dwell),
];

const BYS: &[(&str, By)] = &[
    ("start_days_late", By::StartDaysLate),
    ("task_days_late", By::TaskDaysLate),
    ("broken", By::Broken),
    ("days_over_limit", By::DaysOverLimit),
    ("total", By::Total),
];

/// How an agenda is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgendaRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    pub items_max: usize,
    pub minutes_each: u32,
    /// An open task due within so many days is amber.
    pub soon_days: i32,
    /// A promise broken within so many days brings its project.
    pub broken_days: i32,
    pub bring: Vec<Why>,
    pub order: Vec<By>,
}

impl AgendaRules {
    /// Reads a rule file; every problem has its line and column.
    pub fn parse(text: &str, file: &str) -> (AgendaRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }

    /// The rules this ledger goes by on a day, else the preset.
    pub fn of(snapshot: &Snapshot, day: Date) -> AgendaRules {
        let own = snapshot.records.rule_set_on("agenda", day);
        let own = own.map(|row| AgendaRules::parse(&row.text, &row.name));
        match own {
            Some((rules, problems)) if !Problem::any_error(&problems) => rules,
            _ => AgendaRules::parse(PRESETS[0].1, DEFAULT_PRESET).0,
        }
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> AgendaRules {
    let key = reader.text(tab, "key");
    let title = reader.name(tab, "title");
    let small = |number: Option<i64>, or: i64, max: i64| number.unwrap_or(or).clamp(0, max);
    let items = small(reader.number(tab, "items_max", 0), 10, ITEMS_MAX).max(1);
    let minutes = small(reader.number(tab, "minutes_each", 0), 5, 120);
    let soon = small(reader.number(tab, "soon_days", 0), 3, 366);
    let broken = small(reader.number(tab, "broken_days", 0), 90, 3_660);
    let bring = reader.choices(tab, "bring", WHYS);
    if bring.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "bring"));
    }
    let order = reader.choices(tab, "order", BYS);
    let rules = AgendaRules {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        source: reader.text(tab, "source").unwrap_or_default(),
        items_max: items as usize,
        minutes_each: minutes as u32,
        soon_days: soon as i32,
        broken_days: broken as i32,
        bring,
        order,
    };
    reader.end(tab);
    rules
}
