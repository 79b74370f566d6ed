//! Counts, scores, curves, earned schedule and the year-end fan against published results.

use serde_json::Value;
use tici_engine::forecast::counts::{self, Counts};
use tici_engine::forecast::earned_schedule::{Earned, standing};
use tici_engine::forecast::fan::{Draws, Part, Shocks, fan};
use tici_engine::forecast::least_squares;
use tici_engine::forecast::s_curve::{self, Shape};

use crate::golden::{close, json, number, numbers, shared};

const FOLDER: &str = "golden/forecast";

#[test]
fn counts_agree() {
    let Some(golden) = json(&format!("{FOLDER}/poisson_binomial.json")) else { return };
    let cases = golden["cases"].as_array().expect("cases");
    for (index, case) in cases.iter().enumerate() {
        let p = match case["p"].is_array() {
            true => numbers(&case["p"]),
            false => column(&case["p_gen"]["file"]),
        };
        let (found, problems) = counts::with_shock(&p, number(&case["rho"]));
        assert!(problems.is_empty(), "{problems:?}");
        check_counts(&format!("case {index}"), &found, case);
    }
}

fn column(file: &Value) -> Vec<f64> {
    let name = file.as_str().expect("a file name");
    let path = shared(&format!("{FOLDER}/data/{name}")).expect("the file beside the cases");
    let text = std::fs::read_to_string(path).expect("it can be read");
    text.lines().filter_map(|line| line.trim().parse().ok()).collect()
}

fn check_counts(what: &str, found: &Counts, case: &Value) {
    close(&format!("{what} mean"), found.mean, number(&case["mean"]), 1e-10, 0.0);
    close(&format!("{what} variance"), found.variance, number(&case["var"]), 1e-8, 0.0);
    let all = found.exactly(found.n);
    close(&format!("{what} all"), all, number(&case["p_all"]), 1e-7, 1e-18);
    if case["pmf"].is_array() {
        for (k, expected) in numbers(&case["pmf"]).into_iter().enumerate() {
            close(&format!("{what} pmf {k}"), found.exactly(k), expected, 1e-9, 1e-14);
        }
    }
    for (level, k) in case["quantiles"].as_object().expect("quantiles") {
        let level: f64 = level.parse().expect("a level");
        assert_eq!(found.quantile(level) as f64, number(k), "{what} quantile {level}");
    }
    for (k, expected) in case["cdf_at"].as_object().expect("cdf") {
        let at = k.parse().expect("a count");
        close(&format!("{what} cdf {k}"), found.at_most(at), number(expected), 1e-9, 1e-12);
    }
}

#[test]
fn earned_schedule_agrees() {
    let Some(golden) = json(&format!("{FOLDER}/earned_schedule.json")) else { return };
    for (index, case) in golden["cases"].as_array().expect("cases").iter().enumerate() {
        let planned = numbers(&case["pv_cum"]);
        let given = Earned {
            planned: &planned,
            at: number(&case["at"]),
            earned: number(&case["ev"]),
            cost: number(&case["ac"]),
            budget: number(&case["bac"]),
            duration: number(&case["planned_duration"]),
        };
        let (found, problems) = standing(&given);
        assert!(problems.is_empty(), "{problems:?}");
        let pairs = [
            ("PV_at", Some(found.planned)),
            ("ES", Some(found.earned_schedule)),
            ("SV", Some(found.schedule_variance)),
            ("CV", Some(found.cost_variance)),
            ("SV_t", Some(found.time_variance)),
            ("SPI", found.schedule_index),
            ("CPI", found.cost_index),
            ("SPI_t", found.time_index),
            ("IEAC_t_pf1", Some(found.end_by_plan)),
            ("IEAC_t_spit", found.end_by_pace),
            ("IEAC_t_spit_cpi", found.end_by_pace_and_cost),
            ("EAC_pf1", Some(found.cost_by_plan)),
            ("EAC_cpi", found.cost_by_index),
            ("EAC_cpi_spi", found.cost_by_both),
            ("TCPI", found.cost_index_needed),
            ("TSPI", found.time_index_needed),
        ];
        for (key, value) in pairs {
            let expected = &case["out"][key];
            assert_eq!(value.is_some(), !expected.is_null(), "case {index} {key}");
            if let Some(value) = value {
                close(&format!("case {index} {key}"), value, number(expected), 1e-9, 1e-9);
            }
        }
    }
}

#[test]
fn curves_agree() {
    let Some(golden) = json(&format!("{FOLDER}/s_curves.json")) else { return };
    let shapes = [
        ("logistic", Shape::Logistic),
        ("gompertz", Shape::Gompertz),
        ("rayleigh", Shape::Rayleigh),
        ("weibull", Shape::Weibull),
        ("beta24", Shape::Beta { duration: 24.0 }),
    ];
    for (index, case) in golden["cases"].as_array().expect("cases").iter().enumerate() {
        let (times, shares) = (numbers(&case["t"]), numbers(&case["y"]));
        for (name, shape) in shapes {
            let expected = &case["fits"][name];
            let what = format!("case {index} {name}");
            let (curve, problems) = s_curve::fit(shape, &times, &shares);
            assert!(problems.is_empty(), "{what}: {problems:?}");
            let curve = curve.expect("a fit");
            // The reference stopped at a relative change of 1e-8 of the sum; ours goes on.
            close(&format!("{what} sse"), curve.sse, number(&expected["sse"]), 1e-6, 0.0);
            let pairs = [("params", &curve.parameters, 2e-5), ("se", &curve.errors, 2e-3)];
            for (key, found, relative) in pairs {
                for (found, expected) in found.iter().zip(numbers(&expected[key])) {
                    close(&format!("{what} {key}"), *found, expected, relative, 0.0);
                }
            }
            let at = curve.at(24.0);
            close(&format!("{what} month 24"), at, number(&expected["pred_24"]), 2e-5, 0.0);
        }
    }
}

#[test]
fn least_squares_meets_certified_values() {
    let Some(golden) = json(&format!("{FOLDER}/s_curves.json")) else { return };
    let rat42 = |b: &[f64], x: f64| b[0] / (1.0 + (b[1] - b[2] * x).exp());
    let rat43 = |b: &[f64], x: f64| b[0] / (1.0 + (b[1] - b[2] * x).exp()).powf(1.0 / b[3]);
    type Model<'a> = &'a dyn Fn(&[f64], f64) -> f64;
    let cases: [(&str, Model, &[f64]); 4] = [
        ("rat42", &rat42, &[100.0, 1.0, 0.1]),
        ("rat42", &rat42, &[75.0, 2.5, 0.07]),
        ("rat43", &rat43, &[100.0, 10.0, 1.0, 1.0]),
        ("rat43", &rat43, &[700.0, 5.0, 0.75, 1.3]),
    ];
    for (name, model, start) in cases {
        let case = &golden["nist"][name];
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        let found = least_squares::fit(model, &x, &y, start);
        let certified = &case["certified"];
        close(name, found.sse, number(&certified["rss"]), 1e-8, 0.0);
        for (found, expected) in found.parameters.iter().zip(numbers(&certified["b"])) {
            close(name, *found, expected, 1e-6, 0.0);
        }
        for (found, expected) in found.errors.iter().zip(numbers(&certified["sd"])) {
            close(name, *found, expected, 1e-5, 0.0);
        }
    }
}

#[test]
fn the_year_end_agrees() {
    let Some(golden) = json(&format!("{FOLDER}/portfolio_year_end.json")) else { return };
    for (index, case) in golden["cases"].as_array().expect("cases").iter().enumerate() {
        let parts = parts_of(&case["data"]);
        let params = &case["params"];
        let shocks = Shocks {
            common: number(&params["sigma_c"]),
            group: number(&params["sigma_g"]),
            own: number(&params["sigma_e"]),
            rho: number(&params["rho"]),
        };
        let draws = 40_000;
        let (found, problems) = fan(&parts, &shocks, Draws { count: draws, seed: 42 });
        assert!(problems.is_empty(), "{problems:?}");
        close(&format!("{index} mean"), found.mean, number(&case["mean_exact"]), 1e-8, 0.0);
        close(&format!("{index} sd"), found.sd, number(&case["sd_exact"]), 1e-7, 0.0);
        // Theirs is simulated as well: allow four standard errors of both.
        let more = 1.0 + (number(&case["draws"]) / draws as f64).sqrt();
        for (level, expected) in case["quantiles_mc"].as_object().expect("quantiles") {
            let allowed = 4.0 * more * number(&case["quantile_mc_se"][level]);
            let at: f64 = level.parse().expect("a level");
            close(&format!("{index} {level}"), found.quantile(at), number(expected), 0.0, allowed);
        }
        let plan: f64 = numbers(&case["data"]["plan"]).iter().sum();
        for (share, key) in [(1.0, "prob_reach_plan_mc"), (0.95, "prob_reach_95pct_plan_mc")] {
            close(key, found.reaches(share * plan), number(&case[key]), 0.0, 0.01);
        }
    }
}

fn parts_of(data: &Value) -> Vec<Part> {
    let column = |key: &str| numbers(&data[key]);
    let (done, rest, goes_on) = (column("actual"), column("remaining_plan"), column("p_start"));
    let part = |(at, group): (usize, &f64)| Part {
        done: done[at],
        rest: rest[at],
        goes_on: goes_on[at],
        group: *group as usize,
    };
    column("group").iter().enumerate().map(part).collect()
}
