//! Checks of what a place reports for a month, against the ledger and against itself.
//!
//! Each check is one file; a rule file says which are used and how severe they are. A check
//! never stops anything by itself: it gives a [`Finding`] with the measure it is about, and
//! the caller knows in which cell that measure stands.

mod amount_missing;
mod completed_progress;
mod done_over_plan;
mod done_over_total;
mod looked;
mod month_adds;
mod month_negative;
mod not_started;
mod parts_total;
mod plan_over_total;
mod progress_falls;
mod progress_over;
mod read;
mod since_start_adds;
mod since_start_falls;
mod stage_ahead;
mod ytd_falls;

use std::collections::BTreeMap;

pub use looked::{Looked, wan};

use jiff::civil::Date;
use tici_domain::{Basis, Measure, Name, Period, Problem, Severity, Stage};

use crate::Snapshot;

/// The rule file that a ledger has before it chooses.
pub const MONTHLY: &str = include_str!("../../../../rules/checks/monthly.toml");

/// The four parts of investment, in the order of the form.
pub const PARTS: [Measure; 4] = [
    Measure::INVEST_YTD_BUILDING,
    Measure::INVEST_YTD_INSTALLATION,
    Measure::INVEST_YTD_EQUIPMENT,
    Measure::INVEST_YTD_OTHER,
];

/// One check: its name in rule files, and what it finds.
pub struct Check {
    pub code: &'static str,
    run: fn(&Looked, &CheckRule) -> Option<Finding>,
}

/// Every check.
pub const CHECKS: &[Check] = &[
    month_adds::CHECK,
    parts_total::CHECK,
    ytd_falls::CHECK,
    since_start_falls::CHECK,
    since_start_adds::CHECK,
    month_negative::CHECK,
    not_started::CHECK,
    stage_ahead::CHECK,
    completed_progress::CHECK,
    plan_over_total::CHECK,
    done_over_total::CHECK,
    done_over_plan::CHECK,
    progress_over::CHECK,
    progress_falls::CHECK,
    amount_missing::CHECK,
];

/// The checks of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    pub checks: Vec<CheckRule>,
}

/// One check as a rule file sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRule {
    /// Index in [`CHECKS`].
    pub check: usize,
    /// `None` is off.
    pub severity: Option<Severity>,
    /// Where the row gives a reason.
    pub with_reason: Option<Severity>,
    /// Difference that does not matter, in stored units of yuan.
    pub tolerance: i64,
    /// Hundredths of a percent.
    pub percent: i64,
}

/// What a return says of one project, as it would stand once written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSaid {
    pub project: i64,
    /// Numbers of the period: those said now, else those the ledger has.
    pub numbers: BTreeMap<Measure, i64>,
    /// Stage that the row says the project is at.
    pub stage: Option<Stage>,
    pub has_reason: bool,
}

/// One thing a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Message key in `locales/*/returns.ftl`.
    pub key: &'static str,
    /// The cell it is about.
    pub at: Measure,
    pub args: Vec<(&'static str, String)>,
}

impl CheckRules {
    /// The rules that come with the program.
    pub fn monthly() -> CheckRules {
        CheckRules::parse(MONTHLY, "monthly.toml").0
    }

    /// The rules this ledger has adopted for a day; `None` where the program's own go.
    pub fn adopted(snapshot: &Snapshot, day: Date) -> Option<CheckRules> {
        let own = snapshot.records.rule_set_on("checks", day)?;
        let (rules, problems) = CheckRules::parse(&own.text, &own.name);
        (!Problem::any_error(&problems)).then_some(rules)
    }

    /// Runs every check on one row. `cell_of` says where a measure stands.
    pub fn check(
        &self,
        snapshot: &Snapshot,
        (period, basis): (Period, Basis),
        row: &RowSaid,
        cell_of: impl Fn(Measure) -> String,
    ) -> Vec<Problem> {
        let Some(looked) = Looked::new(snapshot, period, basis, row) else { return Vec::new() };
        let mut problems = Vec::new();
        for rule in &self.checks {
            let severity = if row.has_reason { rule.with_reason } else { rule.severity };
            let Some(severity) = severity else { continue };
            let Some(found) = (CHECKS[rule.check].run)(&looked, rule) else { continue };
            problems.push(found.problem(severity, looked.name(), cell_of(found.at)));
        }
        problems
    }
}

impl Finding {
    fn new(key: &'static str, at: Measure) -> Finding {
        Finding { key, at, args: Vec::new() }
    }

    fn arg(mut self, name: &'static str, value: impl ToString) -> Finding {
        self.args.push((name, value.to_string()));
        self
    }

    fn problem(&self, severity: Severity, project: &str, cell: String) -> Problem {
        let problem = match severity {
            Severity::Error => Problem::error(self.key),
            Severity::Warning => Problem::warning(self.key),
        };
        let problem = problem.arg("project", project).at("", "", &cell);
        self.args.iter().fold(problem, |problem, (name, value)| problem.arg(name, value))
    }
}
