//! Small groups, accelerated times and scores of survival against published figures.

use tici_engine::forecast::aft::{self, Law};
use tici_engine::forecast::empirical_bayes::{Between, beta_binomial, log_odds, normal_normal};
use tici_engine::forecast::events::{Covariates, Events};
use tici_engine::forecast::hazard::{Factor, HazardRows};
use tici_engine::forecast::ipcw::ipcw_scores;
use tici_engine::forecast::mixed::{self, MixedFit};

use crate::forecast_golden_read::{Table, agree, case, named, number, values};

#[test]
fn empirical_bayes_agrees() {
    let Some(case) = case("empirical_bayes.json") else { return };
    let (k, n) = (values(&case["k"]), values(&case["n"]));
    let (found, problems) = beta_binomial(&k, &n);
    let found = found.expect("a law");
    assert!(problems.is_empty(), "{problems:?}");
    let expected = &case["beta_binomial_ml"];
    agree("likelihood", &[found.log_likelihood], &[number(expected, "loglik")], 1e-9);
    // The published search stops within a hair of the top.
    agree("alpha", &[found.alpha], &[number(expected, "alpha")], 1e-4);
    agree("beta", &[found.beta], &[number(expected, "beta")], 1e-4);
    agree("shares", &found.share, &values(&expected["posterior_mean"]), 1e-5);
    let (effects, variances) = log_odds(&k, &n);
    agree("log odds", &effects, &values(&case["logit_effects"]), 1e-12);
    agree("variances", &variances, &values(&case["variances"]), 1e-12);
    for (name, between, close) in [("dl", Between::Moments, 1e-10), ("pm", Between::Settled, 1e-4)]
    {
        let expected = &case["normal_normal"][name];
        let found = normal_normal(&effects, &variances, between).0.expect("a law");
        agree(name, &[found.variance], &[number(expected, "tau2")], close);
        agree(name, &[found.mean], &[number(expected, "mu")], close);
        agree(name, &found.effects, &values(&expected["shrunk"]), close);
    }
}

#[test]
fn random_intercepts_agree() {
    let Some(case) = case("cbpp_glmer.json") else { return };
    let table = Table::read("cbpp.csv");
    let period = |p: &str| (format!("period{p}"), table.is("period", p));
    let words: Vec<&str> = table.text("herd").iter().map(String::as_str).collect();
    let rows = HazardRows {
        covariates: Covariates::from_columns(["2", "3", "4"].map(period).to_vec()),
        factors: vec![Factor::from_words("herd", &words)],
        happened: table.numbers("incidence"),
        trials: table.numbers("size"),
    };
    let found = mixed::fit(&rows, 1).0.expect("a fit");
    check_mixed("cbpp", &found, &rows, &case);
}

#[test]
fn random_intercepts_of_hazards_agree() {
    let Some(cases) = case("discrete_hazard.json") else { return };
    let table = Table::read("lung_person_period90.csv");
    let mut columns: Vec<(String, Vec<f64>)> =
        (2..=8).map(|p| (format!("factor(pcap){p}"), table.is("pcap", &p.to_string()))).collect();
    columns.push(("scale(age)".to_owned(), standard(&table.numbers("age"))));
    for name in ["sex", "ph.ecog"] {
        columns.push((name.to_owned(), table.numbers(name)));
    }
    let words: Vec<&str> = table.text("inst").iter().map(String::as_str).collect();
    let rows = HazardRows {
        covariates: Covariates::from_columns(columns),
        factors: vec![Factor::from_words("inst", &words)],
        happened: table.numbers("y"),
        trials: Vec::new(),
    };
    for (name, count) in [("glmer_laplace", 1), ("glmer_agq15", 15)] {
        let found = mixed::fit(&rows, count).0.expect("a fit");
        check_mixed(name, &found, &rows, &cases[name]);
    }
}

/// The published search moves coefficients and spread until the deviance moves by a few
/// millionths.
fn check_mixed(what: &str, found: &MixedFit, rows: &HazardRows, expected: &serde_json::Value) {
    let names: Vec<&str> = found.coefficients.iter().map(|c| c.name.as_str()).collect();
    let read = |name: &str| named(&expected[name], names.iter().copied());
    let close = 1e-3;
    let beta: Vec<f64> = found.coefficients.iter().map(|c| c.value).collect();
    agree(what, &beta, &read("fixef"), close);
    if !expected["se"].is_null() {
        let errors: Vec<f64> = found.coefficients.iter().map(|c| c.std_err).collect();
        agree(what, &errors, &read("se"), 2e-3);
    }
    agree(what, &[found.spread], &[number(expected, "sigma")], close);
    let levels = rows.factors[0].levels.iter().map(String::as_str);
    agree(what, &found.effects, &named(&expected["ranef"], levels), close);
    agree(what, &[found.log_likelihood], &[number(expected, "loglik")], 5e-6);
    let short = number(expected, "loglik") - found.log_likelihood;
    assert!(short < 1e-6, "{what}: the published fit is higher by {short:e}");
}

fn standard(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let deviation = (squares / (values.len() - 1) as f64).sqrt();
    values.iter().map(|value| (value - mean) / deviation).collect()
}

#[test]
fn accelerated_times_agree() {
    let Some(cases) = case("aft.json") else { return };
    let names = ["age", "sex"];
    let table = Table::read("lung.csv").complete(&names);
    let events = events(&table, "time", "status", &names);
    for (name, expected) in cases.as_object().expect("laws") {
        let found = aft::fit(&events, Law::parse(name).expect("a law")).0.expect("a fit");
        let beta: Vec<f64> = found.coefficients.iter().map(|c| c.value).collect();
        let names = found.coefficients.iter().map(|c| c.name.as_str());
        agree(name, &beta, &named(&expected["coef"], names), 1e-6);
        agree(name, &[found.scale], &[number(expected, "scale")], 1e-6);
        agree(name, &found.log_likelihood, &values(&expected["loglik"]), 1e-9);
        for (row, expected) in expected["var"].as_array().expect("rows").iter().enumerate() {
            agree(name, found.covariance.row(row), &values(expected), 1e-6);
        }
    }
}

#[test]
fn accelerated_times_of_the_recidivists_agree() {
    let Some(case) = case("lifelines_rossi.json") else { return };
    let names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];
    let table = Table::read("rossi.csv");
    let found = aft::fit(&events(&table, "week", "arrest", &names), Law::Weibull).0;
    let found = found.expect("a fit");
    let expected = &case["weibull_aft"];
    for coefficient in &found.coefficients {
        let name = coefficient.name.trim_matches(['(', ')']);
        let expected = number(expected, &format!("('lambda_', '{name}')"));
        agree(name, &[coefficient.value], &[expected], 1e-4);
    }
    let shape = (1.0 / found.scale).ln();
    agree("shape", &[shape], &[number(expected, "('rho_', 'Intercept')")], 1e-4);
    let expected = number(&case, "weibull_aft_loglik");
    agree("likelihood", &found.log_likelihood[1..], &[expected], 1e-8);
}

#[test]
fn scores_with_censoring_agree() {
    let Some(case) = case("ipcw_scores_veteran.json") else { return };
    let spans = |time: &str, flag: &str| {
        let happened: Vec<bool> = values(&case[flag]).iter().map(|flag| *flag == 1.0).collect();
        Events::right_censored(values(&case[time]), &happened)
    };
    let survival: Vec<Vec<f64>> =
        case["test_surv"].as_array().expect("rows").iter().map(values).collect();
    let (found, problems) = ipcw_scores(
        &spans("train_time", "train_event"),
        &spans("test_time", "test_event"),
        &values(&case["times"]),
        &survival,
        &values(&case["test_risk"]),
    );
    let found = found.expect("scores");
    assert!(problems.is_empty(), "{problems:?}");
    agree("brier", &found.brier, &values(&case["brier_ipcw"]), 1e-12);
    agree("integrated", &[found.brier_integrated], &[number(&case, "ibs")], 1e-12);
    agree("harrell", &[found.concordance], &[number(&case, "harrell_c")], 1e-12);
    agree("uno", &[found.concordance_weighted], &[number(&case, "uno_c")], 1e-12);
    agree("auc", &found.auc, &values(&case["auc"]), 1e-12);
    agree("mean auc", &[found.auc_mean], &[number(&case, "mean_auc")], 1e-12);
}

fn events(table: &Table, time: &str, flag: &str, names: &[&str]) -> Events {
    let happened: Vec<bool> = table.numbers(flag).iter().map(|flag| *flag == 1.0).collect();
    let columns = names.iter().map(|name| ((*name).to_owned(), table.numbers(name)));
    Events {
        covariates: Covariates::from_columns(columns.collect()),
        ..Events::right_censored(table.numbers(time), &happened)
    }
}
