//! Discrete-time hazards against published fits.

use serde_json::Value;
use tici_engine::forecast::events::{Covariates, Events};
use tici_engine::forecast::hazard::{
    Factor, HazardFit, HazardOptions, HazardRows, Link, Spread, fit, person_months,
};

use crate::forecast_golden_read::{Table, agree, case, named, number, values};

const PERIODS: std::ops::RangeInclusive<usize> = 2..=8;

#[test]
fn plain_fits_agree() {
    let Some(cases) = case("discrete_hazard.json") else { return };
    let table = Table::read("lung_person_period90.csv");
    for (name, link) in [("logit", Link::Logit), ("cloglog", Link::CLogLog)] {
        let expected = &cases[name];
        let options = HazardOptions { link, ..bare() };
        let rows = rows(&table, |name| format!("factor(pcap){name}"), |_, value| value);
        let (found, problems) = fit(&rows, &options);
        let found = found.expect("a fit");
        assert!(problems.is_empty(), "{problems:?}");
        agree(name, &estimates(&found), &in_order(&found, &expected["coef"]), 1e-8);
        agree(name, &errors(&found), &in_order(&found, &expected["se"]), 1e-6);
        agree(name, &[found.deviance], &[number(expected, "deviance")], 1e-10);
    }
}

/// The table of months is what the spans give.
#[test]
fn rows_are_the_published_ones() {
    let Some(cases) = case("discrete_hazard.json") else { return };
    let table = Table::read("lung.csv").complete(&["ph.ecog", "inst"]);
    let width = number(&cases, "width_days");
    let exit: Vec<f64> = table.numbers("time").iter().map(|days| days / width).collect();
    let happened: Vec<bool> = table.is("status", "1").iter().map(|flag| *flag == 1.0).collect();
    let columns = ["age", "sex", "ph.ecog"].map(|name| (name.to_owned(), table.numbers(name)));
    let events = Events {
        covariates: Covariates::from_columns(columns.to_vec()),
        ..Events::right_censored(exit, &happened)
    };
    let (rows, of) = person_months(&events, None, &[1, 2, 3, 4, 5, 6, 7, 8]);
    let published = Table::read("lung_person_period90.csv");
    agree("y", &rows.happened, &published.numbers("y"), 0.0);
    let months: Vec<f64> = of.iter().map(|row| f64::from(row.1)).collect();
    agree("period", &months, &published.numbers("period"), 0.0);
    let found = fit(&rows, &bare()).0.expect("a fit");
    agree("deviance", &[found.deviance], &[number(&cases["logit"], "deviance")], 1e-10);
}

#[test]
fn penalised_fits_agree() {
    let Some(cases) = case("discrete_hazard_penalised.json") else { return };
    let table = Table::read("lung_person_period90.csv");
    let scaled = |name: &str, value: f64| {
        let by = values(&cases["scaling"][name]);
        (value - by[0]) / by[1]
    };
    let rows = rows(&table, |name| format!("pcap_0{name}"), scaled);
    let fits: [(&str, f64, Option<f64>); 4] = [
        ("ridge_C0.1", 10.0, None),
        ("ridge_C1.0", 1.0, None),
        ("ridge_C10.0", 0.1, None),
        ("logF_1_1", 0.0, Some(1.0)),
    ];
    for (name, ridge, log_f) in fits {
        let expected = &cases[name];
        let options = HazardOptions { ridge, log_f, ..bare() };
        let found = fit(&rows, &options).0.expect("a fit");
        agree(name, &[found.intercept], &[number(expected, "intercept")], 1e-6);
        agree(name, &estimates(&found)[1..], &values(&expected["coef"]), 1e-6);
        if expected["p_first_20"].is_null() {
            continue;
        }
        let p = (0..20).map(|row| found.hazard(rows.covariates.row(row), &[]).p);
        agree(name, &p.collect::<Vec<_>>(), &values(&expected["p_first_20"]), 1e-6);
        let loss = found.deviance / 2.0 / rows.len() as f64;
        agree(name, &[loss], &[number(expected, "mean_log_loss")], 1e-9);
    }
}

/// A factor under a given spread is a ridge on its indicators.
#[test]
fn a_factor_is_a_ridge_on_its_levels() {
    let Some(_) = case("discrete_hazard.json") else { return };
    let table = Table::read("lung_person_period90.csv").complete(&["inst"]);
    let names: Vec<String> =
        table.numbers("inst").iter().map(|inst| format!("inst={inst}")).collect();
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let other: Vec<&str> = words.iter().map(|word| &word[..6]).collect();
    let factors = [Factor::from_words("inst", &words), Factor::from_words("first", &other)];
    let plain = rows(&table, |name| format!("pcap_0{name}"), |_, value| value);
    let (mut columns, mut kept) = (Vec::new(), Vec::new());
    for factor in &factors {
        for (level, name) in factor.levels.iter().enumerate() {
            let is = |of: &u32| f64::from(u8::from(*of as usize == level));
            columns.push((name.clone(), factor.of_row.iter().map(is).collect::<Vec<f64>>()));
        }
    }
    let as_columns = HazardRows {
        covariates: Covariates::from_columns(columns),
        factors: Vec::new(),
        ..plain.clone()
    };
    let as_factors =
        HazardRows { covariates: Covariates::default(), factors: factors.to_vec(), ..plain };
    let options = HazardOptions { ridge: 4.0, spread: vec![Spread::Given(0.5); 2], ..bare() };
    let (wide, _) = fit(&as_columns, &options);
    let (narrow, _) = fit(&as_factors, &options);
    let (wide, narrow) = (wide.expect("a fit"), narrow.expect("a fit"));
    for group in &narrow.groups {
        kept.extend(group.effects.iter().map(|effect| (effect.value, effect.std_err)));
    }
    let found: Vec<f64> = kept.iter().map(|pair| pair.0).collect();
    let found_errors: Vec<f64> = kept.iter().map(|pair| pair.1).collect();
    agree("effects", &found, &estimates(&wide)[1..], 1e-9);
    agree("errors", &found_errors, &errors(&wide)[1..], 1e-9);
    let levels: Vec<u32> = as_factors.factors.iter().map(|factor| factor.of_row[7]).collect();
    let (a, b) = (wide.hazard(as_columns.covariates.row(7), &[]), narrow.hazard(&[], &levels));
    agree("prediction", &[b.p, b.lower, b.upper], &[a.p, a.lower, a.upper], 1e-9);
}

fn bare() -> HazardOptions {
    HazardOptions { ridge: 0.0, scale: false, ..HazardOptions::default() }
}

fn rows(
    table: &Table,
    period: impl Fn(usize) -> String,
    value: impl Fn(&str, f64) -> f64,
) -> HazardRows {
    let mut columns: Vec<(String, Vec<f64>)> =
        PERIODS.map(|p| (period(p), table.is("pcap", &p.to_string()))).collect();
    for name in ["age", "sex", "ph.ecog"] {
        let numbers = table.numbers(name).iter().map(|v| value(name, *v)).collect();
        columns.push((name.to_owned(), numbers));
    }
    HazardRows {
        covariates: Covariates::from_columns(columns),
        happened: table.numbers("y"),
        ..HazardRows::default()
    }
}

fn estimates(fit: &HazardFit) -> Vec<f64> {
    let values = fit.coefficients.iter().map(|c| c.value);
    std::iter::once(fit.intercept).chain(values).collect()
}

fn errors(fit: &HazardFit) -> Vec<f64> {
    let errors = fit.coefficients.iter().map(|c| c.std_err);
    std::iter::once(fit.intercept_std_err).chain(errors).collect()
}

fn in_order(fit: &HazardFit, expected: &Value) -> Vec<f64> {
    let names = fit.coefficients.iter().map(|c| c.name.as_str());
    named(expected, std::iter::once("(Intercept)").chain(names))
}
