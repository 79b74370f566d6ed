//! Rates, sums and counts that seem not to fit, with what the program says of each.

use tici_domain::{Change, Lang};
use tici_engine::counting::compare::compare;
use tici_engine::rule::Packages;
use tici_engine::statement::explain::{RateStated, explain_rate, explain_sum};
use tici_engine::statement::printed::Printed;
use tici_engine::{FactsTable, Filter};
use tici_testkit::bulletins::{Cohort, Maker};
use tici_web::i18n::T;

use super::{lens, month, snapshot};

/// The known traps, with what the program says of each.
#[test]
fn traps_are_explained_in_words() {
    let t = T::new(Lang::ZhHans);
    let explained = |part: &str, base: &str, rate: &str, counts| {
        let printed = |text| Printed::parse(text).expect("a number");
        let stated = RateStated {
            rate: printed(rate),
            part: Some(printed(part)),
            base: Some(printed(base)),
            counts,
            ahead: None,
            others: &[],
        };
        t.words(&explain_rate(&stated).words())
    };
    let cases = [
        (
            explained("11.4", "18.2", "62.4", false),
            "11.4÷18.2＝62.64%，印作 62.4%：率按未取整的金额算，印成这两个数的金额可得 \
             62.19%—63.09%，62.4% 在其内",
        ),
        (
            explained("15.5", "31.4", "49.6", false),
            "15.5÷31.4＝49.36%，印作 49.6%：率按未取整的金额算，印成这两个数的金额可得 \
             49.13%—49.60%，49.6% 在其内",
        ),
        (
            explained("2.53", "3.11", "81", false),
            "2.53÷3.11＝81.35%，只印整数；四舍五入和截去小数都是 81%",
        ),
        (explained("129", "270", "47", true), "129÷270＝47.78%，印作 47%：小数截去，没有四舍五入"),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
    let parts = ["87", "1851", "301", "958", "2212"].map(|n| Printed::parse(n).expect("a number"));
    let total = Printed::parse("5410").expect("a number");
    let sum = explain_sum(total, &parts, false);
    assert_eq!(
        t.words(&sum.words()),
        "5 项之和 5409，合计 5410，相差 1：各项和合计分别取整，最多可差 3.0；两数都照原样保留"
    );
    assert_eq!(packages_in_words(&t), "444 个与 569 个口径不同：分包，多 125 个");
}

/// 444 projects, 25 of which are six packages each.
fn packages_in_words(t: &T) -> String {
    let (month, today) = month(2023, 10);
    let mut maker = Maker::new(month, today);
    let parents = maker.add(&Cohort { projects: 444, ..Cohort::default() });
    let packages = maker.add(&Cohort { projects: 150, ..Cohort::default() });
    for change in &mut maker.changes {
        if let Change::Project(row) = change
            && let Some(index) = packages.iter().position(|id| *id == row.id)
        {
            row.parent = Some(parents[index / 6]);
        }
    }
    let snapshot = snapshot(&maker);
    let table = FactsTable::new(&snapshot, &lens(month, today));
    let (whole, packages) = (Filter::default(), Packages::Split);
    let split = Filter { packages, ..Filter::default() };
    let sides = ((&table, &whole), (&table, &split));
    t.words(&compare(&snapshot, sides.0, sides.1).words())
}
