//! The projects of the county before they become rows: what each is, where it stands on
//! the county's day, and when it got there. Amounts in 万元 (ten thousand yuan).

use jiff::Span;
use jiff::civil::Date;
use tici_domain::{ListTier, Name, Stage};

use super::dice::Dice;
use super::others;
use super::words::name3;

/// A project as the generator knows it.
#[derive(Clone, Debug)]
pub(crate) struct Plot {
    pub code: String,
    /// 1..=13, as the office lists towns and parks.
    pub town: usize,
    /// Tier on the 2026 list; `None` is outside it.
    pub tier: Option<ListTier>,
    pub chain: Option<&'static str>,
    pub stage: Stage,
    /// Days in `stage` on the county's day; filled by [`dwell`].
    pub days: Option<i64>,
    pub total: i64,
    /// Planned for 2026.
    pub plan: i64,
    /// Of that, due from January to May.
    pub due: i64,
    /// Done from January to May.
    pub done: i64,
    /// On the drawing of `shapes.tsv`.
    pub at: (i64, i64),
    pub firm: Name,
    pub name: Name,
    /// Next node of works: its key and planned day.
    pub next: Option<(&'static str, Date)>,
    /// Day on which its own people expect it to start.
    pub expected: Option<Date>,
    pub blocker: Option<Name>,
    /// Days on which stages were reached, ascending; filled by [`live`].
    pub reached: Vec<(Stage, Date)>,
}

impl Plot {
    pub(crate) fn on(&self, stage: Stage) -> Option<Date> {
        self.reached.iter().find(|(reached, _)| *reached == stage).map(|(_, on)| *on)
    }

    pub(crate) fn has_started(&self) -> bool {
        self.stage.has_started()
    }
}

/// The 148 projects in the order of their codes.
pub(crate) fn roster(seed: u64, today: Date) -> Vec<Plot> {
    let mut plots = listed();
    let more = others::others(seed, &plots);
    plots.extend(more);
    super::dwell::fill(seed, &mut plots);
    for plot in &mut plots {
        live(seed, plot, today);
    }
    plots
}

/// The 62 of the lists, from `listed.tsv`.
fn listed() -> Vec<Plot> {
    rows(include_str!("../../data/listed.tsv")).map(|cells| listed_row(&cells)).collect()
}

/// Lines of a table file, comments left out, split at tabs.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').collect())
}

/// `None` for `-`.
pub(crate) fn given(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

pub(crate) fn number(cell: &str) -> i64 {
    cell.parse().expect("the table files hold whole numbers in these columns")
}

fn day(cell: &str) -> Date {
    cell.parse().expect("the table files hold days in these columns")
}

fn listed_row(cells: &[&'static str]) -> Plot {
    let [code, town, tier, chain, stage, days, total, plan, due, done, _, x, y, rest @ ..] = cells
    else {
        panic!("listed.tsv: too few columns");
    };
    let [firm, firm_en, name, name_en, next, next_on, expected, blocker, blocker_en] = rest else {
        panic!("listed.tsv: too few columns");
    };
    Plot {
        code: (*code).to_owned(),
        town: number(town) as usize,
        tier: ListTier::parse(tier),
        chain: given(chain),
        stage: Stage::parse(stage).expect("listed.tsv names stages by code"),
        days: given(days).map(number),
        total: number(total),
        plan: number(plan),
        due: number(due),
        done: number(done),
        at: (number(x), number(y)),
        firm: name3(firm, firm_en),
        name: name3(name, name_en),
        next: given(next).map(|key| (key, day(next_on))),
        expected: given(expected).map(day),
        blocker: given(blocker).map(|text| name3(text, blocker_en)),
        reached: Vec::new(),
    }
}

/// Usual days from each step to the one after, and how far they vary.
const STEPS: [(Stage, i64, i64); 6] = [
    (Stage::Signed, 74, 18),
    (Stage::Landed, 106, 30),
    (Stage::Started, 52, 14),
    (Stage::InProgress, 390, 60),
    (Stage::Completed, 74, 14),
    (Stage::InProduction, 230, 40),
];

/// Works back from the stage of today to the days on which each stage was reached.
fn live(seed: u64, plot: &mut Plot, today: Date) {
    let mut dice = Dice::new(seed, &format!("life {}", plot.code));
    let mut on = today - Span::new().days(plot.days.unwrap_or(0));
    let mut reached = vec![(plot.stage, on)];
    for (step, usual, vary) in STEPS.into_iter().rev().filter(|(step, ..)| *step < plot.stage) {
        on = weekday(on - Span::new().days(usual + dice.between(-vary, vary)));
        reached.push((step, on));
    }
    reached.reverse();
    if plot.code == "YX26-001" {
        let known = ["2025-01-16", "2025-04-22", "2025-09-19"].map(day);
        for (step, on) in reached.iter_mut().zip(known) {
            step.1 = on;
        }
    }
    plot.reached = reached;
}

/// `day`, or the Friday before it when it falls on a weekend.
pub(crate) fn weekday(day: Date) -> Date {
    match day.weekday().to_monday_one_offset() {
        6 => day - Span::new().days(1),
        7 => day - Span::new().days(2),
        _ => day,
    }
}
