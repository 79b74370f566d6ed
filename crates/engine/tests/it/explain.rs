//! Stated rates and totals against the numbers stated beside them.

use proptest::prelude::*;
use tici_engine::statement::explain::{
    Explained, How, RateStated, SumHow, UNIT, explain_rate, explain_sum,
};
use tici_engine::statement::printed::{Digits, Printed, Rounding, Zeros};
use tici_testkit::{bulletins, table};

fn printed(text: &str) -> Printed {
    Printed::parse(text).unwrap_or_else(|| panic!("{text} is no number"))
}

fn code(how: &How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Whole { cut_is_same: true } => "whole-either",
        How::Whole { cut_is_same: false } => "whole",
        How::Amounts => "amounts",
        How::Cut => "cut",
        How::CutAmounts => "cut-amounts",
        How::OtherBase { .. } => "other-base",
        How::NotStated => "not-stated",
        How::Nothing => "nothing",
    }
}

/// Part and base are amounts, or counts where `of` says so; `ahead` is points over `time`
/// twelfths; `other` a base stated elsewhere.
const RATES: &str = "
    part  | base  | rate  | of     | ahead | time | other | how          | key
    11.4  | 18.2  | 62.4  |        |       |      |       | amounts      | explain-amounts
    15.5  | 31.4  | 49.6  |        |       |      |       | amounts      | explain-amounts
    2.53  | 3.11  | 81    |        |       |      |       | whole-either | explain-whole-either
    129   | 270   | 47    | counts |       |      |       | cut          | explain-cut
    129   | 270   | 48    | counts |       |      |       | whole        | explain-whole
    27    | 30    | 90    | counts |       |      |       | exact        | explain-exact
    46.3  | 65.9  | 70.3  |        |       |      |       | exact        | explain-exact
    128.5 | 193.4 | 66.4  |        | -0.23 | 8    |       | amounts      | explain-amounts
    128.5 | 193.4 | 66.4  |        | -0.22 | 8    |       | exact        | explain-exact
    128.5 | 193.4 | 66.4  |        | -0.35 | 8    |       | nothing      | explain-nothing
    11.4  | 18.2  | 62.1  |        |       |      |       | cut-amounts  | explain-cut-amounts
    11.4  | 18.2  | 61.0  |        |       |      |       | nothing      | explain-nothing
    9     | 30    | 45.0  |        |       |      | 20    | other-base   | explain-other-base
    9     | 30    | 45.0  |        |       |      | 25    | nothing      | explain-nothing
    129   | 270   | 50    | counts |       |      |       | nothing      | explain-nothing
          | 80    | 95    | counts |       |      |       | not-stated   | explain-not-stated
    22    |       | 35    | counts |       |      |       | not-stated   | explain-not-stated
          | 3     | 50    | counts |       |      |       | nothing      | explain-nothing
    1522  |       | 83.5  |        |       |      |       | not-stated   | explain-not-stated
";

#[test]
fn each_rate_has_its_explanation() {
    for row in table::parse(RATES).rows() {
        let others: Vec<(&str, Printed)> =
            row.some("other").map(|text| ("other", printed(text))).into_iter().collect();
        let stated = RateStated {
            rate: printed(row.text("rate")),
            part: row.some("part").map(printed),
            base: row.some("base").map(printed),
            counts: row.some("of") == Some("counts"),
            ahead: row.some("ahead").map(|text| (printed(text), (row.int("time").into(), 12))),
            others: &others,
        };
        let found = explain_rate(&stated);
        assert_eq!(code(&found.how), row.text("how"), "{row:?} {found:?}");
        assert_eq!(found.words().key, row.text("key"), "{row:?}");
        assert_eq!(found.witness.is_none(), found.how == How::Nothing, "{row:?}");
        witness_prints_as_stated(&stated, &found);
    }
}

/// What is given as a proof proves it: its amounts print as stated, and so does its rate.
fn witness_prints_as_stated(stated: &RateStated, found: &Explained) {
    let Some((part, base)) = found.witness else { return };
    let rounding = match found.how {
        How::Cut | How::CutAmounts => Rounding::Cut,
        _ => Rounding::Half,
    };
    let as_stated = |stated: Printed, value: i128, by: i128, rounding| {
        let zeros = Zeros::Keep;
        let digits = Digits { decimals: stated.decimals, zeros, rounding, grouped: false };
        assert_eq!(digits.print(value, by).replace('−', "-"), stated.to_string().replace('−', "-"));
    };
    as_stated(stated.rate, part * 100, base, rounding);
    stated.part.into_iter().for_each(|at| as_stated(at, part, UNIT, Rounding::Half));
    let own_base = stated.base.filter(|_| !matches!(found.how, How::OtherBase { .. }));
    own_base.into_iter().for_each(|at| as_stated(at, base, UNIT, Rounding::Half));
    if let Some((points, (months, year))) = stated.ahead {
        let gap = part * year - months * base;
        as_stated(points, gap * 100, base * year, Rounding::Half);
    }
}

proptest! {
    /// Whatever two amounts are, the numbers that are printed of them are explained.
    #[test]
    fn what_was_printed_honestly_is_explained(
        part in 1_000_000_i128..2_000_000_000_000,
        base in 100_000_000_i128..2_000_000_000_000,
        decimals in 0_u32..3,
        rate_decimals in 0_u32..3,
        cut: bool,
    ) {
        let print = |value, by, decimals, rounding| {
            printed(&Digits { decimals, rounding, ..Digits::default() }.print(value, by))
        };
        let rounding = if cut { Rounding::Cut } else { Rounding::Half };
        let stated = RateStated {
            rate: print(part * 100, base, rate_decimals, rounding),
            part: Some(print(part, UNIT, decimals, Rounding::Half)),
            base: Some(print(base, UNIT, decimals, Rounding::Half)),
            counts: false,
            ahead: None,
            others: &[],
        };
        let found = explain_rate(&stated);
        prop_assume!(stated.base.is_some_and(|base| base.digits > 0));
        prop_assert_ne!(&found.how, &How::Nothing, "{:?}", found);
        witness_prints_as_stated(&stated, &found);
    }

    /// A rate further off than any rounding or cutting is never explained away.
    #[test]
    fn what_is_far_off_is_not_explained(part in 10_i128..5_000, base in 10_i128..5_000) {
        let stated = |rate: i128| RateStated {
            rate: Printed { digits: rate, decimals: 1 },
            part: Some(Printed { digits: part, decimals: 1 }),
            base: Some(Printed { digits: base, decimals: 1 }),
            counts: false,
            ahead: None,
            others: &[],
        };
        let most = (part * 10 + 5) * 1000 / (base * 10 - 5) + 3;
        prop_assert_eq!(explain_rate(&stated(most)).how, How::Nothing);
    }
}

#[test]
fn parts_that_do_not_add_up_are_not_added_up() {
    let parts = ["87", "1851", "301", "958", "2212"].map(printed);
    let found = explain_sum(printed("5410"), &parts, false);
    assert_eq!(found.how, SumHow::PartsRounded);
    assert_eq!((found.sum.to_string(), found.difference.to_string()), ("5409".into(), "1".into()));
    assert_eq!(found.rounding_max.to_string(), "3.0");
    // Three apart could be made by no rounding: five halves and the total's own.
    assert_eq!(explain_sum(printed("5412"), &parts, false).how, SumHow::Nothing);
    // Counts are not rounded: one apart is one too many.
    assert_eq!(explain_sum(printed("5410"), &parts, true).how, SumHow::Nothing);
    let amounts = ["101.23", "16.6", "2.31"].map(printed);
    assert_eq!(explain_sum(printed("120.14"), &amounts, false).how, SumHow::Adds);
}

#[test]
fn every_stated_total_of_the_bulletins_is_explained() {
    let Some(found) = bulletins::bulletins() else { return eprintln!("{}", bulletins::ABSENT) };
    let mut rounded = 0;
    for fact in &found.sums {
        let text = |column| fact.get(column).unwrap_or_else(|| panic!("{column} of {fact:?}"));
        let parts: Vec<Printed> = number_values(text("parts")).iter().map(|n| printed(n)).collect();
        let counts = text("unit") != "亿元";
        let explained = explain_sum(printed(text("stated_total")), &parts, counts);
        let expected = if text("agrees") == "1" { SumHow::Adds } else { SumHow::PartsRounded };
        assert_eq!(explained.how, expected, "{fact:?}");
        rounded += usize::from(expected == SumHow::PartsRounded);
    }
    assert_eq!((found.sums.len(), rounded), (14, 1));
}

/// The numbers of a flat JSON object, as they are written.
fn number_values(json: &str) -> Vec<String> {
    let pairs = json.trim_matches(['{', '}']).split(", ");
    pairs.map(|pair| pair.rsplit(": ").next().unwrap_or_default().to_owned()).collect()
}
