//! The counting function: packages, currencies, thresholds, missing figures.

use tici_domain::{Currency, ListTier, SideState, Stage};
use tici_engine::rule::{Packages, Threshold};
use tici_engine::totals::{Totals, totals};
use tici_engine::{FactsTable, Filter};

use crate::ledger::{changes, lens, snapshot};

const LEDGER: &str = "
    id | parent | place | tier     | stage       | state      | currency | total | plan | ytd
    1  |        | 2     | province | started     |            |          | 500   | 100  | 40
    2  |        | 4     | city     | signed      |            |          | 300   | 60   |
    3  |        | 3     |          | in_progress | suspended  |          | 200   |      |
    4  |        | 3     |          | started     | terminated |          | 999   | 99   | 99
    5  |        | 3     | city     | started     |            |          |       |      |
    6  | 5      | 3     |          | started     |            |          | 70    | 30   | 10
    7  | 5      | 3     |          |             |            |          | 80    | 20   | 5
    8  |        |       |          |             |            | USD      | 1000  |      |
    9  | 5      | 3     |          |             | withdrawn  |          | 400   |      |
";

fn count(filter: &Filter) -> Totals {
    let snapshot = snapshot(&changes(LEDGER));
    totals(&snapshot, &FactsTable::new(&snapshot, &lens()), filter)
}

/// Projects, started, and yuan total, plan, done.
fn check(filter: Filter, expected: (usize, usize, i128, i128, i128)) {
    let totals = count(&filter);
    let yuan = totals.sums.get(&Currency::CNY).copied().unwrap_or_default();
    let found = (totals.projects, totals.started, yuan.total, yuan.plan_year, yuan.done_ytd);
    assert_eq!(found, expected, "{filter:?}");
}

#[test]
fn each_filter_counts_what_it_says() {
    let some = Filter::default;
    check(some(), (5, 3, 1150, 210, 55));
    check(Filter { packages: Packages::Split, ..some() }, (6, 3, 1150, 210, 55));
    check(Filter { places: vec![2], ..some() }, (2, 1, 800, 160, 40));
    check(Filter { places: vec![4, 3], ..some() }, (3, 2, 650, 110, 15));
    check(Filter { places: vec![2], scope: Some(3), ..some() }, (0, 0, 0, 0, 0));
    check(Filter { tiers: vec![ListTier::City], ..some() }, (2, 1, 450, 110, 15));
    check(Filter { listed: true, ..some() }, (3, 2, 950, 210, 55));
    check(Filter { stages: vec![Stage::Signed], ..some() }, (1, 0, 300, 60, 0));
    check(Filter { without_stage: true, ..some() }, (1, 0, 0, 0, 0));
    check(Filter { not_started: true, ..some() }, (2, 0, 300, 60, 0));
    check(Filter { text: "p2".into(), ..some() }, (1, 0, 300, 60, 0));
    check(Filter { text: "p2 nothing".into(), ..some() }, (0, 0, 0, 0, 0));
    check(Filter { projects: Some([1, 4].into()), ..some() }, (1, 1, 500, 100, 40));
    check(Filter { states: vec![SideState::Terminated], ..some() }, (1, 1, 999, 99, 99));
    check(Filter { states: vec![SideState::Suspended], ..some() }, (1, 1, 200, 0, 0));
    check(Filter { states: SideState::ALL.to_vec(), ..some() }, (6, 4, 2149, 309, 154));
}

#[test]
fn a_threshold_says_whether_it_includes_its_end() {
    let at = |inclusive| Filter {
        threshold: Some(Threshold { amount: 300, inclusive }),
        ..Filter::default()
    };
    // 500 and 300 yuan, and the 1000 of another currency; a parent without a total of its
    // own has none to compare.
    assert_eq!(count(&at(true)).projects, 3);
    assert_eq!(count(&at(false)).projects, 2);
}

#[test]
fn currencies_are_never_added() {
    let totals = count(&Filter::default());
    let usd = Currency::parse("USD").expect("a currency");
    assert_eq!(totals.sums.len(), 2);
    assert_eq!(totals.sums[&usd].total, 1000);
}

#[test]
fn what_is_not_reported_is_named_and_not_zero() {
    let totals = count(&Filter::default());
    assert_eq!(totals.unreported, [2]);
    let yuan = totals.sums[&Currency::CNY];
    // Five twelfths of each plan, rounded project by project; the parent's packages count.
    assert_eq!(yuan.due_ytd, 42 + 25 + (13 + 8));
    assert_eq!(yuan.due_ytd_reported, 42 + (13 + 8));
    assert_eq!(yuan.done_of_plan().map(|share| share.tenths()), Some(262));
}

#[test]
fn a_total_carries_its_rule() {
    let filter = Filter { listed: true, tiers: vec![ListTier::City], ..Filter::default() };
    let rule = count(&filter).rule;
    let cohort: Vec<(&str, &str)> =
        rule.cohort.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    assert_eq!(cohort, [("listed", ""), ("tier", "city")]);
    assert_eq!(rule.period.to_string(), "2026-05");
    assert_eq!(rule.as_of, 1);
}
