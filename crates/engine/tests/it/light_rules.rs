//! The rule files of the lights: presets at their edges, what a bad file is told, excuses.

use jiff::civil::Date;
use tici_domain::{Excuse, Light, Period};
use tici_engine::lights::{
    LightContext, LightInput, LightRules, PRESETS, judge, judge_all, preset, rules_or_preset,
};
use tici_engine::statement::words::Arg;
use tici_testkit::builders::{day, period};
use tici_testkit::table;

/// `said` is the deciding reason with its figures; `rule` the rule that decided.
fn check(rules: &LightRules, text: &str) {
    for row in table::parse(text).rows() {
        let period = period(row.text("period"));
        let today = row.some_date("today").unwrap_or(period.last_day());
        let input = LightInput {
            has_started: row.some("started").is_some(),
            started_on: row.some_date("started"),
            is_entered: row.some("entered").is_some(),
            plan_year: row.some_int("plan"),
            done: row.some_int("done"),
            due: row.some_int("due").or(row.some_int("plan").map(|plan| plan / 12)),
            due_is_monthly: row.some("due").is_some(),
            start_planned: row.some_date("planned"),
            funds: row.some_int("payable").zip(row.some_int("paid")),
            done_year_before: row.some_int("before"),
            total: row.some_int("total"),
            ..LightInput::blank(period, today)
        };
        let context = LightContext { growth: Some((1_100, 1_000)) };
        let lit = judge(rules, &input, &context, &[]);
        let found = (lit.light.code(), lit.rule_key(rules).unwrap_or("none"));
        assert_eq!(found, (row.text("light"), row.text("rule")), "{row:?}: {lit:?}");
        if let Some(key) = row.some("key") {
            assert_eq!(lit.key, key, "{row:?}");
        }
    }
}

const YINCHUAN: &str = "
period|today|planned|started|entered|total|plan|done|payable|paid|light|rule|key
# The year half gone: behind by 10 points and by 30 is amber, on either side it is not.
2026-06|||2025-01-01|yes||1000|500|||green|progress|light-with-time
2026-06|||2025-01-01|yes||1000|401|||green|progress|light-behind-time
2026-06|||2025-01-01|yes||1000|400|||amber|progress|
2026-06|||2025-01-01|yes||1000|200|||amber|progress|
2026-06|||2025-01-01|yes||1000|199|||red|progress|
# Five twelfths cannot be written as a decimal: 41.666… − 10 = 31.666…, so 317 of 1000 is
# 9.966… behind and green, 316 is 10.066… and amber.
2026-05|||2025-01-01|yes||1000|317|||green|progress|
2026-05|||2025-01-01|yes||1000|316|||amber|progress|
# Planned for March: the month itself is not missed before it is over.
2026-03|2026-03-30|2026-03-05||||||||green|start|light-start-ahead
2026-03|2026-03-31|2026-03-05||||||||amber|start|light-start-missed
2026-04|2026-04-30|2026-03-05||||||||amber|start|
2026-05|2026-05-30|2026-03-05||||||||amber|start|
2026-05|2026-05-31|2026-03-05||||||||red|start|
# Across a year's end.
2026-01|2026-01-31|2025-11-20||||||||red|start|
# Entry: amber after one month, red after more than two; the day itself is not more.
2026-06|2026-06-29||2026-05-30|||12|6|||green|progress|
2026-06|2026-06-30||2026-05-30|||12|6|||amber|entry|light-entry-missing
2026-07|2026-07-30||2026-05-30|||12|7|||amber|entry|
2026-07|2026-07-31||2026-05-30|||12|7|||red|entry|
2026-07|2026-07-31||2026-05-30|yes||12|7|||green|progress|
2026-07|2026-07-31||2026-05-30||4999999|12|7|||green|progress|
2026-02|2026-02-28||2026-01-31|||12|2|||amber|entry|
# Funds.
2026-06|||2025-01-01|yes||12|6|100|100|green|progress|
2026-06|||2025-01-01|yes||12|6|100|99|red|funds|light-funds
2026-06|||2025-01-01|yes||12|6|0|0|green|progress|
# Silent is neither green nor better than red.
2026-06|||2025-01-01|yes||12||||unreported|progress|
2026-06|||2025-01-01|yes||12||100|99|red|funds|
2026-06||||||12||||unreported|report|
# January comes with February.
2026-01|||2025-01-01|yes||12||||green|progress|light-jan-feb
2026-01|||2025-01-01|yes||100|0|||green|progress|light-behind-time
2026-02|||2025-01-01|yes||12||||unreported|progress|
2026-06||||||||||green|none|light-no-plan
";

#[test]
fn yinchuan_at_its_edges() {
    let with = |text: &str| {
        text.lines()
            .map(|line| match line.trim().starts_with(['#']) || line.trim().is_empty() {
                true => line.to_owned(),
                false if line.contains("period") => format!("{line} | due | before"),
                false => format!("{line} | | "),
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    check(&preset("yinchuan").expect("a preset"), &with(YINCHUAN));
}

/// The average of all is 10.0% (1,100 after 1,000). Planned growth is due ÷ before.
#[test]
fn tianjin_at_its_edges() {
    const CASES: &str = "
    period  | before | due  | done | light      | key
    2026-06 | 1000   | 1050 | 1100 | green      | light-growth
    2026-06 | 1000   | 1101 | 1100 | amber      | light-growth
    2026-06 | 1000   | 1050 | 1099 | amber      | light-growth
    2026-06 | 1000   | 1050 | 1000 | amber      | light-growth
    2026-06 | 1000   | 1050 | 999  | red        | light-growth
    2026-06 | 1000   |      | 1100 | green      | light-growth-average
    2026-06 | 1000   | 1050 |      | unreported | light-unreported
    2026-06 |        | 1050 | 999  | green      | light-no-plan
    ";
    let rules = preset("tianjin").expect("a preset");
    for row in table::parse(CASES).rows() {
        let period = period(row.text("period"));
        let input = LightInput {
            done: row.some_int("done"),
            due: row.some_int("due"),
            done_year_before: row.some_int("before"),
            ..LightInput::blank(period, period.last_day())
        };
        let lit = judge(&rules, &input, &LightContext { growth: Some((1_100, 1_000)) }, &[]);
        assert_eq!((lit.light.code(), lit.key), (row.text("light"), row.text("key")), "{row:?}");
    }
    let without_average = LightContext::default();
    let input = LightInput {
        done: Some(1_001),
        done_year_before: Some(1_000),
        ..LightInput::blank(period("2026-06"), day("2026-06-30"))
    };
    let lit = judge(&rules, &input, &without_average, &[]);
    assert_eq!((lit.light, lit.key), (Light::Green, "light-growth-only"));
    assert_eq!(lit.words().get("growth"), Some(&Arg::Number("0.1".into())));
}

/// What the sample county's lights were before they were a rule file.
#[test]
fn yanxi_is_what_it_was() {
    const CASES: &str = "
    started | finished | done | due | late | light      | key
    yes     |          | 799  | 1000|      | red        | light-done-of-due
    yes     |          | 800  | 1000|      | amber      | light-done-of-due
    yes     |          | 949  | 1000|      | amber      | light-done-of-due
    yes     |          | 950  | 1000|      | green      | light-done-of-due
    yes     | yes      | 1    | 1000|      | green      | light-finished
    yes     | yes      | 950  | 1000|      | green      | light-done-of-due
    yes     | yes      |      | 1000|      | unreported | light-unreported
    yes     |          |      | 1000|      | unreported | light-unreported
    yes     |          | 5    | 0   |      | green      | light-no-plan
    yes     |          | 5    |     |      | green      | light-no-plan
    yes     |          |      |     |      | green      | light-no-plan
    no      |          |      |     | 8    | red        | light-start-late
    no      |          |      |     | 7    | amber      | light-start-late
    no      |          |      |     | 0    | amber      | light-start-in-time
    no      |          |      |     | -4   | amber      | light-start-in-time
    no      |          |      | 10  | -5   | green      | light-start-in-time
    no      |          |      | 10  |      | unreported | light-unreported
    no      |          |      | 0   |      | unreported | light-unreported
    no      |          | 3    | 10  |      | green      | light-no-plan
    no      |          |      |     |      | green      | light-no-plan
    ";
    let rules = preset("yanxi").expect("a preset");
    for row in table::parse(CASES).rows() {
        let input = LightInput {
            has_started: row.text("started") == "yes",
            is_finished: row.text("finished") == "yes",
            done: row.some_int("done"),
            due: row.some_int("due"),
            start_days_late: row.some_int("late").map(|days| days as i32),
            ..LightInput::blank(period("2026-05"), day("2026-06-18"))
        };
        let lit = judge(&rules, &input, &LightContext::default(), &[]);
        let found = (lit.light.code(), lit.key);
        assert_eq!(found, (row.text("light"), row.text("key")), "{row:?}");
    }
}

#[test]
fn a_threshold_is_not_moved_by_rounding() {
    // What is printed has as many decimals as show on which side of the threshold it is.
    let said = |done, due| {
        let input = LightInput {
            has_started: true,
            done: Some(done),
            due: Some(due),
            ..LightInput::blank(period("2026-05"), day("2026-06-18"))
        };
        let lit = judge(&LightRules::default(), &input, &LightContext::default(), &[]);
        (lit.light, lit.words().get("value").cloned())
    };
    for (done, due, light, value) in [
        (949_999_999, 1_000_000_000, Light::Amber, "94.9999999"),
        (9_496, 10_000, Light::Amber, "94.96"),
        (9_494, 10_000, Light::Amber, "94.9"),
        (9_500, 10_000, Light::Green, "95.0"),
        (7_996, 10_000, Light::Red, "79.96"),
        (8_004, 10_000, Light::Amber, "80.0"),
        (i64::MAX - 1, i64::MAX, Light::Green, "100.0"),
    ] {
        assert_eq!(said(done, due), (light, Some(Arg::Number(value.into()))), "{done}/{due}");
    }
}

/// October, 629.0 of 647.4: 97.2% done, 83.3% of the year gone, 13.8 points ahead (a
/// published bulletin's own figures); February 15.3%: 1.3 points behind.
#[test]
fn points_are_those_of_bulletins() {
    let rules = preset("yinchuan").expect("a preset");
    let said = |month: &str, done, plan| {
        let input = LightInput {
            has_started: true,
            is_entered: true,
            done: Some(done),
            plan_year: Some(plan),
            ..LightInput::blank(period(month), period(month).last_day())
        };
        let lit = judge(&rules, &input, &LightContext::default(), &[]);
        (lit.key, lit.values)
    };
    assert_eq!(said("2026-10", 6290, 6474), ("light-with-time", [972, 833, 138]));
    // 153/1000 − 2/12 = −1.36…; printed from the unrounded share.
    assert_eq!(said("2026-02", 153, 1000), ("light-behind-time", [153, 167, 14]));
    // The bulletin's own 15.3% came from unrounded amounts that give 1.3, such as this.
    assert_eq!(said("2026-02", 1534, 10_000), ("light-behind-time", [153, 167, 13]));
}

fn excuse(rule: &str, from: &str, until: &str) -> Excuse {
    Excuse {
        id: 1,
        project: 1,
        rule: rule.into(),
        from: day(from),
        until: day(until),
        reason: "防汛停工令".into(),
        approver: "县重点办".into(),
        evidence: Vec::new(),
        withdrawn: false,
        replaces: None,
    }
}

#[test]
fn an_excuse_is_shown_and_never_green() {
    let rules = preset("yinchuan").expect("a preset");
    let today = day("2026-06-30");
    let late = LightInput {
        has_started: true,
        is_entered: true,
        plan_year: Some(1000),
        done: Some(100),
        ..LightInput::blank(period("2026-06"), today)
    };
    let light = |input: &LightInput, excuses: &[Excuse]| {
        let excuses: Vec<&Excuse> = excuses.iter().collect();
        judge(&rules, input, &LightContext::default(), &excuses)
    };
    let held = light(&late, &[excuse("progress", "2026-06-01", "2026-07-31")]);
    assert_eq!((held.light, held.excused), (Light::Excused, Some(Light::Red)));
    assert_eq!(held.words().get("day"), Some(&Arg::Day(day("2026-07-31"))));
    assert_eq!(held.words().get("light"), Some(&Arg::Code("lamp", "red".into())));
    let all = excuse("*", "2026-06-01", "2026-06-30");
    assert_eq!(light(&late, std::slice::from_ref(&all)).light, Light::Excused);
    // Not yet, no longer, of another rule, taken back.
    let useless = [
        excuse("progress", "2026-07-01", "2026-07-31"),
        excuse("progress", "2026-05-01", "2026-06-29"),
        excuse("funds", "2026-06-01", "2026-07-31"),
        Excuse { withdrawn: true, ..all },
    ];
    assert_eq!(light(&late, &useless).light, Light::Red);
    // A light that is not excused is not hidden by one that is.
    let unpaid = LightInput { funds: Some((100, 1)), ..late };
    let both = light(&unpaid, &[excuse("progress", "2026-06-01", "2026-07-31")]);
    assert_eq!((both.light, both.rule_key(&rules)), (Light::Red, Some("funds")));
    // A green light needs no excuse and is not touched by one.
    let ahead = LightInput { done: Some(900), ..late };
    assert_eq!(light(&ahead, &[excuse("*", "2026-06-01", "2026-07-31")]).light, Light::Green);
}

#[test]
fn every_rule_says_its_own() {
    let rules = preset("yinchuan").expect("a preset");
    let input = LightInput {
        has_started: true,
        started_on: Some(day("2026-05-01")),
        plan_year: Some(1000),
        done: Some(400),
        funds: Some((100, 100)),
        ..LightInput::blank(period("2026-06"), day("2026-06-30"))
    };
    let all = judge_all(&rules, &input, &LightContext::default(), &[]);
    let found: Vec<_> =
        all.iter().map(|lit| (lit.rule_key(&rules).unwrap_or(""), lit.light)).collect();
    let expected = [("progress", Light::Amber), ("funds", Light::Green), ("entry", Light::Amber)];
    assert_eq!(found, expected);
}

#[test]
fn presets_are_sound_and_say_themselves() {
    for (name, text) in PRESETS {
        let (rules, problems) = LightRules::parse(text, name);
        assert_eq!(problems, [], "{name}");
        assert_eq!(rules.key, *name);
        assert!(rules.title.hant.is_some() && rules.title.en.is_some(), "{name}");
        assert!(rules.words().len() >= rules.rules.len() + 3, "{name}");
        assert_eq!(rules_or_preset(name), (Some(rules.clone()), Vec::new()));
        assert_eq!(rules_or_preset(text).0, Some(rules), "{name} as text");
    }
}

#[test]
fn a_bad_file_is_told_everything_at_once() {
    let text = "\
key = 5
title = \"x\"
unreported = \"never\"
surprise = true
[[rule]]
key = \"a\"
kind = \"behind_time\"
amber = { from = 30 }
red = { above = 10 }
[[rule]]
key = \"a\"
kind = \"share_of_due\"
amber = { above = 95 }
red = { below = 80.125, up_to = 3 }
[[rule]]
kind = \"start_months\"
[[rule]]
key = \"b\"
kind = \"report\"
amber = { from = 1 }
";
    let (_, problems) = LightRules::parse(text, "lights.toml");
    let mut found: Vec<_> =
        problems.iter().map(|problem| (problem.cell.as_str(), problem.key.as_str())).collect();
    found.sort_by_key(|(cell, _)| {
        let (line, column) = cell.split_once(':').expect("a line and a column");
        (line.parse::<u32>().expect("a line"), column.parse::<u32>().expect("a column"))
    });
    let expected = [
        ("1:7", "rules-not-text"),
        ("3:14", "rules-choice"),
        ("4:1", "rules-unknown-key"),
        ("5:1", "rules-light-order"),
        ("10:1", "rules-twice"),
        ("13:9", "rules-threshold-side"),
        ("14:17", "rules-too-fine"),
        ("15:1", "rules-missing-key"),
        ("20:1", "rules-unknown-key"),
    ];
    let missing: Vec<_> = expected.iter().filter(|one| !found.contains(one)).collect();
    assert!(missing.is_empty(), "missing {missing:?} in {found:?}");
    assert!(problems.iter().all(|problem| problem.file == "lights.toml"));
    let (_, broken) = LightRules::parse("key = \n[[rule\n", "x");
    assert!(broken.iter().any(|problem| problem.key == "rules-broken"), "{broken:?}");
    let long = "#".repeat(300_000);
    assert_eq!(LightRules::parse(&long, "x").1[0].key, "rules-too-large");
    assert!(rules_or_preset("nothing = 1").0.is_none());
}

#[test]
fn no_text_makes_the_reader_fail() {
    use proptest::prelude::*;
    let piece = prop_oneof![
        Just("[[rule]]\n"),
        Just("key = "),
        Just("\"a\"\n"),
        Just("kind = \"entry\"\n"),
        Just("amber = { from = "),
        Just("9e30 }\n"),
        Just("-3 }\n"),
        Just("红"),
        Just("= ]\n"),
    ];
    proptest!(|(pieces in proptest::collection::vec(piece, 0..40))| {
        LightRules::parse(&pieces.concat(), "x");
    });
}

/// No input makes a light fail, whatever the amounts.
#[test]
fn no_amount_overflows() {
    use proptest::prelude::*;
    let amount =
        prop_oneof![Just(None), any::<i64>().prop_map(|n| Some(n % 10_000_000_000_000_000))];
    let days = -800_i32..800;
    proptest!(|(done in amount.clone(), plan in amount.clone(), due in amount.clone(),
                before in amount, late in days, started: bool, monthly: bool)| {
        let today: Date = day("2026-06-18");
        let on = today.checked_add(jiff::Span::new().days(late)).expect("a day");
        let input = LightInput {
            has_started: started, done, plan_year: plan, due, due_is_monthly: monthly,
            done_year_before: before, started_on: Some(on), start_planned: Some(on),
            start_days_late: Some(late), funds: plan.zip(done),
            ..LightInput::blank(Period::month(2026, 5).expect("a month"), today)
        };
        for (name, _) in PRESETS {
            let rules = preset(name).expect("a preset");
            let context = LightContext { growth: Some((i128::from(i64::MAX), 1)) };
            for lit in judge_all(&rules, &input, &context, &[]) {
                lit.words();
            }
        }
    });
}
