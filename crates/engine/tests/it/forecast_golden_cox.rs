//! Cox models against published fits.

use serde_json::Value;
use tici_engine::forecast::cox::{CoxFit, CoxOptions, Ridge, Ties, concordance, fit, proportional};
use tici_engine::forecast::events::{Covariates, Events};

use crate::forecast_golden_read::{Table, agree, case, named, number, values};

/// Both sides are iterated until nothing changes.
const TOLERANCE: f64 = 1e-9;

struct Model {
    name: &'static str,
    events: Events,
    /// Covariates that are one term.
    terms: Vec<Vec<usize>>,
}

fn models() -> Vec<Model> {
    let veteran: Vec<Vec<usize>> = vec![vec![0], vec![1, 2, 3], vec![4], vec![5], vec![6], vec![7]];
    let alone = |size: usize| (0..size).map(|index| vec![index]).collect::<Vec<_>>();
    vec![
        Model { name: "lung_efron", events: lung(&["age", "sex", "ph.ecog"]), terms: alone(3) },
        Model { name: "lung_breslow", events: lung(&["age", "sex", "ph.ecog"]), terms: alone(3) },
        Model { name: "lung_strata", events: lung_by_sex(), terms: alone(2) },
        Model { name: "veteran_efron", events: self::veteran(), terms: veteran.clone() },
        Model { name: "veteran_breslow", events: self::veteran(), terms: veteran },
        Model { name: "heart_counting", events: heart(), terms: alone(4) },
    ]
}

#[test]
fn fits_agree() {
    let Some(cases) = case("cox.json") else { return };
    assert_eq!(cases.as_object().map(|cases| cases.len()), Some(models().len()));
    for model in models() {
        let expected = &cases[model.name];
        let ties = Ties::parse(expected["ties"].as_str().expect("ties")).expect("known");
        let options = CoxOptions { ties, ..CoxOptions::default() };
        let (found, problems) = fit(&model.events, &options);
        let found = found.expect("a fit");
        assert!(problems.is_empty(), "{}: {problems:?}", model.name);
        check_fit(model.name, &found, expected);
        check_baseline(model.name, &found, &model.events, expected);
        check_concordance(model.name, &found, &model.events, expected);
        check_proportional(&model, &found, expected);
    }
}

fn check_fit(what: &str, found: &CoxFit, expected: &Value) {
    assert_eq!(found.rows as f64, number(expected, "n"), "{what}");
    assert_eq!(found.events as f64, number(expected, "nevent"), "{what}");
    let names = || found.coefficients.iter().map(|c| c.name.as_str());
    agree(what, &found.beta(), &named(&expected["coef"], names()), TOLERANCE);
    let errors: Vec<f64> = found.coefficients.iter().map(|c| c.std_err).collect();
    agree(what, &errors, &named(&expected["se"], names()), TOLERANCE);
    agree(what, &found.log_likelihood, &values(&expected["loglik"]), TOLERANCE);
    agree(what, &[found.score], &[number(expected, "score")], TOLERANCE);
}

fn check_baseline(what: &str, found: &CoxFit, events: &Events, expected: &Value) {
    let steps: Vec<_> = found.baseline(events).into_iter().flat_map(|b| b.steps).collect();
    let times: Vec<f64> = steps.iter().map(|step| step.time).collect();
    let hazards: Vec<f64> = steps.iter().map(|step| step.hazard).collect();
    agree(what, &times, &values(&expected["basehaz0"]["time"]), 0.0);
    agree(what, &hazards, &values(&expected["basehaz0"]["hazard"]), 1e-8);
}

fn check_concordance(what: &str, found: &CoxFit, events: &Events, expected: &Value) {
    let risk: Vec<f64> =
        (0..events.len()).map(|row| found.linear(events.covariates.row(row))).collect();
    let found = concordance(events, None, &risk, |_| 1.0);
    agree(what, &[found.share], &[number(expected, "concordance")], TOLERANCE);
    agree(what, &[found.std_err], &[number(expected, "concordance_se")], TOLERANCE);
}

fn check_proportional(model: &Model, found: &CoxFit, expected: &Value) {
    let tests = proportional(found, &model.events, &model.terms);
    let column = |read: fn(&tici_engine::forecast::cox::ProportionalTest) -> f64| {
        tests.iter().map(read).collect::<Vec<f64>>()
    };
    let zph = &expected["zph"];
    agree(model.name, &column(|t| t.chi_squared), &values(&zph["chisq"]), 1e-7);
    agree(model.name, &column(|t| t.freedom as f64), &values(&zph["df"]), 0.0);
    agree(model.name, &column(|t| t.p), &values(&zph["p"]), 1e-7);
}

#[test]
fn prediction_agrees() {
    let Some(case) = case("cox_predict.json") else { return };
    let names = ["age", "sex", "ph.ecog"];
    let events = lung(&names);
    let found = fit(&events, &CoxOptions::default()).0.expect("a fit");
    let baseline = &found.baseline(&events)[0];
    let times = values(&case["times"]);
    for (person, row) in case["newdata"].as_array().expect("rows").iter().enumerate() {
        let x: Vec<f64> = names.iter().map(|name| number(row, name)).collect();
        for (index, time) in times.iter().enumerate() {
            let survival = found.survival(baseline, &x, *time);
            let expected = case["surv"][index][person].as_f64().expect("a number");
            agree("survival", &[survival.survival], &[expected], TOLERANCE);
            let expected = case["std_err"][index][person].as_f64().expect("a number");
            agree("its error", &[survival.std_err], &[expected], TOLERANCE);
        }
    }
}

#[test]
fn ridge_agrees() {
    let Some(case) = case("cox_ridge.json") else { return };
    let events = lung(&["age", "ph.ecog", "ph.karno"]);
    for expected in case["fits"].as_array().expect("fits") {
        let theta = number(expected, "theta");
        let options = CoxOptions { ridge: Ridge::Raw(theta), ..CoxOptions::default() };
        let found = fit(&events, &options).0.expect("a fit");
        let what = format!("ridge {theta}");
        agree(&what, &found.beta(), &values(&expected["coef"]), 1e-6);
        agree(&what, &found.log_likelihood, &values(&expected["loglik"]), 1e-7);
    }
}

#[test]
fn scaled_ridge_agrees() {
    let Some(cases) = case("lifelines_rossi.json") else { return };
    let names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];
    let table = Table::read("rossi.csv");
    let events = events(&table, "week", |table| table.is("arrest", "1"), &names);
    for name in ["cox_efron", "cox_pen0.1", "cox_pen1"] {
        let expected = &cases[name];
        let strength = number(expected, "penalizer") * events.len() as f64;
        let options = CoxOptions { ridge: Ridge::Scaled(strength), ..CoxOptions::default() };
        let found = fit(&events, &options).0.expect("a fit");
        // The published fit stops a little before the end.
        agree(name, &found.beta(), &named(&expected["coef"], names), 1e-6);
        let errors: Vec<f64> = found.coefficients.iter().map(|c| c.std_err).collect();
        agree(name, &errors, &named(&expected["se"], names), 1e-6);
        let penalised = found.log_likelihood[1] - found.penalty;
        agree(name, &[penalised], &[number(expected, "log_likelihood")], 1e-6);
        let risk: Vec<f64> =
            (0..events.len()).map(|row| found.linear(events.covariates.row(row))).collect();
        let share = concordance(&events, None, &risk, |_| 1.0).share;
        agree(name, &[share], &[number(expected, "concordance")], 1e-9);
        let baseline = &found.baseline_with(&events, Ties::Breslow)[0];
        let at_mean = found.linear(&found.means).exp();
        for (time, expected) in expected["baseline_cumhaz_at_mean"].as_object().expect("times") {
            let time: f64 = time.parse().expect("a time");
            let step = baseline.steps.iter().rfind(|step| step.time <= time).expect("a step");
            let expected = expected.as_f64().expect("a hazard");
            agree(name, &[step.hazard * at_mean], &[expected], 1e-6);
        }
    }
}

fn events(table: &Table, time: &str, flag: impl Fn(&Table) -> Vec<f64>, names: &[&str]) -> Events {
    let happened: Vec<bool> = flag(table).iter().map(|flag| *flag == 1.0).collect();
    let columns = names.iter().map(|name| ((*name).to_owned(), table.numbers(name)));
    Events {
        covariates: Covariates::from_columns(columns.collect()),
        ..Events::right_censored(table.numbers(time), &happened)
    }
}

fn lung(names: &[&str]) -> Events {
    let table = Table::read("lung.csv").complete(names);
    events(&table, "time", |table| table.is("status", "1"), names)
}

fn lung_by_sex() -> Events {
    let table = Table::read("lung.csv").complete(&["ph.ecog"]);
    let events = events(&table, "time", |table| table.is("status", "1"), &["age", "ph.ecog"]);
    Events { stratum: table.numbers("sex").iter().map(|sex| *sex as u32).collect(), ..events }
}

fn veteran() -> Events {
    let table = Table::read("veteran.csv");
    let mut columns = vec![("trt".to_owned(), table.numbers("trt"))];
    for kind in ["smallcell", "adeno", "large"] {
        columns.push((format!("celltype{kind}"), table.is("celltype", kind)));
    }
    for name in ["karno", "diagtime", "age", "prior"] {
        columns.push((name.to_owned(), table.numbers(name)));
    }
    let events = events(&table, "time", |table| table.is("status", "1"), &[]);
    Events { covariates: Covariates::from_columns(columns), ..events }
}

fn heart() -> Events {
    let table = Table::read("heart.csv");
    let mut columns =
        ["age", "year", "surgery"].map(|name| (name.to_owned(), table.numbers(name))).to_vec();
    columns.push(("transplant1".to_owned(), table.numbers("transplant")));
    let events = events(&table, "stop", |table| table.is("event", "1"), &[]);
    let covariates = Covariates::from_columns(columns);
    Events { entry: table.numbers("start"), covariates, ..events }
}
