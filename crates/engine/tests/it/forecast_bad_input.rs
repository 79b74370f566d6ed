//! What comes of input that has nothing to say: a defined answer or a named problem, never NaN.

use tici_domain::Problem;
use tici_engine::forecast::aalen_johansen::{Stays, aalen_johansen};
use tici_engine::forecast::aft::{self, Law};
use tici_engine::forecast::cox::{CoxOptions, fit as cox};
use tici_engine::forecast::empirical_bayes::{Between, beta_binomial, normal_normal};
use tici_engine::forecast::events::{Covariates, Events};
use tici_engine::forecast::hazard::{
    Factor, HazardOptions, HazardRows, fit as hazard, person_months,
};
use tici_engine::forecast::km::{KmOptions, kaplan_meier};
use tici_engine::forecast::path::{Chances, Moment, arrivals};

fn events(rows: &[(f64, bool, f64)]) -> Events {
    let column = rows.iter().map(|row| row.2).collect();
    let happened: Vec<bool> = rows.iter().map(|row| row.1).collect();
    Events {
        covariates: Covariates::from_columns(vec![("x".to_owned(), column)]),
        ..Events::right_censored(rows.iter().map(|row| row.0).collect(), &happened)
    }
}

fn keys(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.key.as_str()).collect()
}

/// Rows, and the problems Kaplan–Meier, Cox and the hazard name.
type Case = (&'static str, Vec<(f64, bool, f64)>, [&'static [&'static str]; 3]);

const NONE: &[&str] = &["forecast-no-events"];

fn cases() -> Vec<Case> {
    let apart: Vec<_> = (1..=20).map(|i| (f64::from(i), i <= 10, f64::from(i <= 10))).collect();
    vec![
        ("no rows", vec![], [&["forecast-no-rows"]; 3]),
        ("all censored", vec![(3.0, false, 1.0), (5.0, false, 2.0)], [NONE; 3]),
        ("one project, open", vec![(3.0, false, 1.0)], [NONE; 3]),
        (
            "one project, started",
            vec![(1.0, true, 1.0)],
            [&[], &["forecast-covariate-constant"], &["forecast-only-events"]],
        ),
        (
            "identical times",
            vec![(4.0, true, 1.0), (4.0, true, 2.0), (4.0, true, 5.0), (4.0, false, 1.0)],
            [&[], &[], &[]],
        ),
        ("parted by a covariate", apart, [&[], &["forecast-separation"], &["forecast-separation"]]),
        (
            "not a number",
            vec![(f64::NAN, true, 1.0), (2.0, true, f64::NAN), (3.0, true, 1.0), (4.0, false, 2.0)],
            [&["forecast-not-a-number"], &["forecast-not-a-number", "forecast-separation"], &[]],
        ),
    ]
}

#[test]
fn problems_are_named_and_nothing_is_nan() {
    for (name, rows, expected) in cases() {
        let events = events(&rows);
        let (curves, problems) = kaplan_meier(&events, &KmOptions::default());
        assert_eq!(keys(&problems), expected[0], "{name}: km");
        for step in curves.iter().flat_map(|curve| &curve.steps) {
            let ends = [step.lower, step.upper, step.std_err_log];
            let all = [step.survival, step.hazard].into_iter().chain(ends.into_iter().flatten());
            assert!(all.into_iter().all(f64::is_finite), "{name}: {step:?}");
        }
        let (fit, problems) = cox(&events, &CoxOptions::default());
        assert_eq!(keys(&problems), expected[1], "{name}: cox");
        for c in fit.iter().flat_map(|fit| &fit.coefficients) {
            let all = [c.value, c.std_err, c.z, c.p];
            assert!(all.into_iter().all(f64::is_finite), "{name}: {c:?}");
        }
        if name == "not a number" {
            continue;
        }
        let (months, _) = person_months(&events, None, &[1]);
        let options = HazardOptions { ridge: 0.0, ..HazardOptions::default() };
        let (fit, problems) = hazard(&months, &options);
        assert_eq!(keys(&problems), expected[2], "{name}: hazard");
        for fit in fit.iter() {
            let said = fit.hazard(&[1.0], &[]);
            assert!(said.p.is_finite() && said.p > 0.0 && said.p < 1.0, "{name}: {said:?}");
            assert!(said.lower <= said.p && said.p <= said.upper, "{name}: {said:?}");
        }
    }
}

#[test]
fn columns_of_other_lengths_are_refused() {
    let mut wrong = events(&[(1.0, true, 1.0), (2.0, false, 2.0)]);
    wrong.entry = vec![0.0];
    assert_eq!(keys(&kaplan_meier(&wrong, &KmOptions::default()).1), ["forecast-columns-differ"]);
    assert_eq!(keys(&cox(&wrong, &CoxOptions::default()).1), ["forecast-columns-differ"]);
}

#[test]
fn a_covariate_said_twice_is_left_out() {
    let plain = events(&[(1.0, true, 1.0), (2.0, true, 3.0), (3.0, true, 2.0), (4.0, false, 5.0)]);
    let values =
        (0..4).flat_map(|row| [plain.covariates.row(row)[0], 2.0 * plain.covariates.row(row)[0]]);
    let twice = Events {
        covariates: Covariates::from_rows(vec!["x".into(), "2x".into()], values.collect()),
        ..plain.clone()
    };
    let (found, problems) = cox(&twice, &CoxOptions::default());
    assert_eq!(keys(&problems), ["forecast-covariate-explained"]);
    let alone = cox(&plain, &CoxOptions::default()).0.expect("a fit");
    let found = found.expect("a fit");
    assert!((found.coefficients[0].value - alone.coefficients[0].value).abs() < 1e-9);
    assert_eq!(found.coefficients[1].value, 0.0);
}

#[test]
fn groups_that_do_not_differ_get_one_rate() {
    let (law, _) = beta_binomial(&[5.0, 10.0, 20.0], &[10.0, 20.0, 40.0]);
    let law = law.expect("a law");
    assert!(law.share.iter().all(|share| (share - 0.5).abs() < 1e-3), "{law:?}");
    let (none, _) = beta_binomial(&[0.0, 0.0], &[7.0, 3.0]);
    assert!(none.expect("a law").share.iter().all(|share| *share > 0.0 && *share < 0.1));
    assert_eq!(keys(&beta_binomial(&[3.0], &[2.0]).1), ["forecast-row-unusable"]);
    let one = normal_normal(&[1.5], &[0.2], Between::Settled).0.expect("a law");
    assert_eq!((one.mean, one.variance), (1.5, 0.0));
}

#[test]
fn other_methods_name_their_problems() {
    let open = events(&[(2.0, false, 1.0)]);
    assert_eq!(keys(&aft::fit(&open, Law::Weibull).1), ["forecast-no-events"]);
    let at_once = events(&[(0.0, true, 1.0)]);
    assert_eq!(keys(&aft::fit(&at_once, Law::Weibull).1), ["forecast-aft-spans"]);
    let stays = Stays::competing(open, &["a"]);
    let (curve, problems) = aalen_johansen(&stays, &[1.0, 0.0]);
    assert_eq!(keys(&problems), ["forecast-no-events"]);
    assert_eq!(curve.steps[0].share, [1.0, 0.0]);
    assert_eq!(keys(&aalen_johansen(&stays, &[1.0]).1), ["forecast-columns-differ"]);
}

#[test]
fn few_rows_lean_on_each_other_and_many_on_themselves() {
    for (cases, near) in [(3, false), (3000, true)] {
        let words: Vec<String> =
            (0..cases).map(|i| if i % 3 == 0 { "slow" } else { "fast" }.into()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // The slow group never starts in the small case, one in ten does in the large.
        let happened = (0..cases).map(|i| match i % 3 {
            0 => f64::from(u8::from(i % 30 == 0 && i > 0)),
            _ => f64::from(u8::from(i % 2 == 0)),
        });
        let rows = HazardRows {
            factors: vec![Factor::from_words("town", &words)],
            happened: happened.collect(),
            ..HazardRows::default()
        };
        let fit = hazard(&rows, &HazardOptions::default()).0.expect("a fit");
        let p = fit.hazard(&[], &[fit_level(&rows, "slow")]).p;
        match near {
            true => assert!((p - 0.1).abs() < 0.01, "{p}"),
            false => assert!(p > 0.15, "one silent project says little: {p}"),
        }
        let unseen = fit.hazard(&[], &[u32::MAX]);
        assert!(unseen.lower < unseen.p && unseen.reasons.is_empty());
    }
}

fn fit_level(rows: &HazardRows, name: &str) -> u32 {
    rows.factors[0].level(name)
}

#[test]
fn stages_follow_each_other() {
    let half = |_: Moment| Chances { next: 0.5, away: 0.0 };
    let found = arrivals(2, 0, 4, half);
    assert_eq!(found[0].months, [0.5, 0.25, 0.125, 0.0625]);
    assert_eq!(found[1].months, [0.0, 0.25, 0.25, 0.1875]);
    assert_eq!((found[0].month(0.5), found[0].month(0.99)), (Some(1), None));
    let leaving = arrivals(1, 0, 60, |_| Chances { next: 0.1, away: 0.1 });
    assert!((leaving[0].within - 0.5).abs() < 1e-5 && (leaving[0].away - 0.5).abs() < 1e-5);
    let waited =
        arrivals(1, 7, 1, |m| Chances { next: f64::from(m.waited) / 10.0, away: f64::NAN });
    assert_eq!(waited[0].months, [0.8]);
    assert_eq!(arrivals(1, 0, 0, half)[0].within, 0.0);
}

/// A county is the same on one thread and on many.
#[test]
fn threads_do_not_change_a_digit() {
    let rows = 30_000;
    let x = |row: usize, k: usize| ((row * 7919 + k * 104_729) % 1009) as f64 / 1009.0;
    let covariates = (0..3).map(|k| (format!("x{k}"), (0..rows).map(|r| x(r, k)).collect()));
    let events = Events {
        covariates: Covariates::from_columns(covariates.collect()),
        exit: (0..rows).map(|row| ((row * 31) % 40 + 1) as f64).collect(),
        cause: (0..rows).map(|row| u32::from(x(row, 0) + x(row, 5) > 0.9)).collect(),
        ..Events::default()
    };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let cox = cox(&events, &CoxOptions::default()).0.expect("a fit");
            let rows = HazardRows {
                covariates: events.covariates.clone(),
                happened: events.cause.iter().map(|cause| f64::from(*cause)).collect(),
                ..HazardRows::default()
            };
            let hazard = hazard(&rows, &HazardOptions::default()).0.expect("a fit");
            let values = hazard.coefficients.iter().map(|c| c.value.to_bits());
            cox.beta().iter().map(|b| b.to_bits()).chain(values).collect::<Vec<u64>>()
        })
    };
    assert_eq!(on(1), on(4));
}
