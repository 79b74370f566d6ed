//! Kaplan–Meier, Nelson–Aalen and log-rank against published curves.

use serde_json::Value;
use tici_engine::forecast::events::Events;
use tici_engine::forecast::km::{Interval, KmCurve, KmOptions, KmStep, kaplan_meier};
use tici_engine::forecast::log_rank::log_rank;

use crate::forecast_golden_read::{Table, agree, agree_where_known, case, list, number, values};

/// Sums of the same terms in another order.
const TOLERANCE: f64 = 1e-12;

#[test]
fn curves_agree() {
    let Some(cases) = case("km.json") else { return };
    for (name, flag) in [("lung", "status"), ("aml", "status"), ("veteran", "status")] {
        let events = simple(&Table::read(&format!("{name}.csv")), flag);
        for (kind, interval) in [
            ("km_log", Interval::Log),
            ("km_loglog", Interval::LogLog),
            ("km_plain", Interval::Plain),
        ] {
            let what = format!("{name} {kind}");
            check_curve(&what, &events, interval, &cases[name][kind]);
        }
        check_hazards(name, &curve(&events, Interval::Log), &cases[name]);
    }
}

#[test]
fn late_entry_agrees() {
    let Some(cases) = case("km_left_truncated.json") else { return };
    let table = Table::read("heart.csv");
    let events = Events { entry: table.numbers("start"), ..simple_at(&table, "stop", "event") };
    check_curve("heart", &events, Interval::Log, &cases["heart"]);
}

#[test]
fn log_rank_agrees() {
    let Some(cases) = case("km.json") else { return };
    for (name, file, group) in [
        ("lung_logrank_sex", "lung.csv", "sex"),
        ("aml_logrank", "aml.csv", "x"),
        ("veteran_logrank_celltype", "veteran.csv", "celltype"),
    ] {
        let table = Table::read(file);
        let events = Events { stratum: table.codes(group), ..simple(&table, "status") };
        let expected = &cases[name];
        let (found, problems) = log_rank(&events, false);
        let found = found.expect("groups differ or not");
        assert!(problems.is_empty(), "{problems:?}");
        agree(name, &[found.chi_squared], &[number(expected, "logrank_chisq")], 1e-10);
        assert_eq!(found.freedom as f64, number(expected, "df"));
        // The published groups come in another order: their sums by size.
        agree(name, &sorted(&found.observed), &sorted(&values(&expected["obs"])), TOLERANCE);
        agree(name, &sorted(&found.expected), &sorted(&values(&expected["exp"])), 1e-11);
        let peto = log_rank(&events, true).0.expect("the same groups");
        agree(name, &[peto.chi_squared], &[number(expected, "peto_chisq")], 1e-10);
    }
}

/// One column of a curve.
type Read = fn(&KmStep) -> Option<f64>;

fn simple(table: &Table, flag: &str) -> Events {
    simple_at(table, "time", flag)
}

fn simple_at(table: &Table, time: &str, flag: &str) -> Events {
    let happened: Vec<bool> = table.numbers(flag).iter().map(|flag| *flag == 1.0).collect();
    Events::right_censored(table.numbers(time), &happened)
}

fn curve(events: &Events, interval: Interval) -> KmCurve {
    let options = KmOptions { interval, ..KmOptions::default() };
    let (mut curves, problems) = kaplan_meier(events, &options);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(curves.len(), 1);
    curves.remove(0)
}

fn check_curve(what: &str, events: &Events, interval: Interval, expected: &Value) {
    let curve = curve(events, interval);
    let columns: [(&str, Read); 8] = [
        ("time", |step| Some(step.time)),
        ("n_risk", |step| Some(step.at_risk)),
        ("n_event", |step| Some(step.events)),
        ("n_censor", |step| Some(step.censored)),
        ("surv", |step| Some(step.survival)),
        ("std_err_log", |step| step.std_err_log),
        ("lower", |step| step.lower),
        ("upper", |step| step.upper),
    ];
    for (name, read) in columns {
        let found: Vec<Option<f64>> = curve.steps.iter().map(read).collect();
        agree_where_known(&format!("{what} {name}"), &found, &list(&expected[name]), TOLERANCE);
    }
    let median = [curve.median.time, curve.median.lower, curve.median.upper];
    agree_where_known(what, &median, &list(&expected["median"]), TOLERANCE);
    agree(what, &[curve.restricted_mean], &[number(expected, "rmean")], TOLERANCE);
}

fn check_hazards(what: &str, curve: &KmCurve, expected: &Value) {
    let column = |read: fn(&KmStep) -> f64| curve.steps.iter().map(read).collect::<Vec<f64>>();
    let nelson = &expected["nelson_aalen"];
    agree(what, &column(|step| step.hazard), &values(&nelson["cumhaz"]), TOLERANCE);
    agree(what, &column(|step| step.hazard_std_err), &values(&nelson["std_chaz"]), TOLERANCE);
    let untied = &expected["fleming_harrington_ctype2"];
    agree(what, &column(|step| step.hazard_untied), &values(&untied["cumhaz"]), TOLERANCE);
    let survival = column(|step| (-step.hazard_untied).exp());
    agree(what, &survival, &values(&untied["surv"]), TOLERANCE);
}

fn sorted(numbers: &[f64]) -> Vec<f64> {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers
}
