//! Proper scores and base rates against published results.

use serde_json::Value;
use tici_engine::forecast::reference_class::{BaseRates, CLASS_MIN, Class, LEVELS, Outcome};
use tici_engine::forecast::reference_class::{quantile_unbiased, sorted};
use tici_engine::forecast::scores;

use crate::golden::{close, json, number, numbers, shared};

#[test]
fn scores_agree() {
    let Some(golden) = json("golden/forecast/proper_scores.json") else { return };
    let p = numbers(&golden["p"]);
    let happened: Vec<bool> = numbers(&golden["y"]).iter().map(|y| *y == 1.0).collect();
    close("brier", scores::brier(&p, &happened), number(&golden["brier"]), 1e-12, 0.0);
    let log = scores::log(&p, &happened);
    close("log", log, number(&golden["log_loss"]), 1e-12, 0.0);
    let murphy = scores::murphy(&p, &happened);
    let expected = &golden["murphy_unique_p"];
    close("reliability", murphy.reliability, number(&expected["reliability"]), 1e-10, 0.0);
    close("resolution", murphy.resolution, number(&expected["resolution"]), 1e-10, 0.0);
    close("uncertainty", murphy.uncertainty, number(&expected["uncertainty"]), 1e-12, 0.0);
    let corp = scores::corp(&p, &happened);
    let expected = &golden["corp"];
    close("corp", corp.miscalibration, number(&expected["miscalibration"]), 1e-10, 0.0);
    close("corp", corp.discrimination, number(&expected["discrimination"]), 1e-10, 0.0);
    let points = numbers(&expected["iso_unique_p"]);
    let rates = numbers(&expected["iso_fit"]);
    assert_eq!(points.len(), corp.curve.len());
    for ((found, rate), (point, expected)) in corp.curve.iter().zip(points.iter().zip(&rates)) {
        close("point", *found, *point, 0.0, 0.0);
        close("rate", *rate, *expected, 1e-12, 1e-15);
    }
}

#[test]
fn scores_of_numbers_agree() {
    let Some(golden) = json("golden/forecast/proper_scores.json") else { return };
    let ensemble = &golden["crps_ensemble"];
    let (obs, nrg, fair) =
        (numbers(&ensemble["obs"]), numbers(&ensemble["nrg"]), numbers(&ensemble["fair"]));
    for (index, members) in ensemble["ens"].as_array().expect("members").iter().enumerate() {
        let members = numbers(members);
        close("nrg", scores::crps_ensemble(&members, obs[index]), nrg[index], 1e-12, 0.0);
        close("fair", scores::crps_ensemble_fair(&members, obs[index]), fair[index], 1e-12, 0.0);
    }
    type Score = fn(&Value) -> f64;
    let cases: [(&str, &str, Score); 5] = [
        ("crps_normal", "crps", |c| scores::crps_normal(at(c, "mu"), at(c, "sigma"), at(c, "y"))),
        ("crps_lognormal", "crps", |c| {
            scores::crps_lognormal(at(c, "mulog"), at(c, "sigmalog"), at(c, "y"))
        }),
        ("rps_count", "rps", |c| scores::ranked(&numbers(&c["pmf"]), at(c, "y") as usize)),
        ("interval_score", "score", |c| {
            scores::interval(at(c, "alpha"), at(c, "l"), at(c, "u"), at(c, "y"))
        }),
        ("quantile_score", "score", |c| scores::quantile(at(c, "q"), at(c, "tau"), at(c, "y"))),
    ];
    for (name, key, score) in cases {
        for case in golden[name].as_array().expect("cases") {
            close(name, score(case), number(&case[key]), 1e-10, 1e-12);
        }
    }
}

fn at(case: &Value, key: &str) -> f64 {
    number(&case[key])
}

#[test]
fn base_rates_of_a_real_portfolio_agree() {
    let Some(golden) = json("golden/forecast/reference_class_nyc.json") else { return };
    let path = "data/nyc-capital-projects/NYC_capital_projects_20190901.csv";
    let Some(file) = shared(path) else { return };
    let outcomes = first_and_last(&file);
    let rates = BaseRates::of("a test", &outcomes, CLASS_MIN);
    check_class(&rates.classes[0], &golden["all"], &outcomes);
    let by_category = golden["by_category"].as_object().expect("categories");
    assert_eq!(rates.classes.len(), by_category.len() + 1);
    for class in &rates.classes[1..] {
        check_class(class, &by_category[&class.name], &outcomes);
    }
}

fn check_class(found: &Class, expected: &Value, outcomes: &[Outcome]) {
    let name = &found.name;
    assert_eq!(found.n as f64, number(&expected["n"]), "{name}");
    close(name, found.share_slipped, number(&expected["share_slipped"]), 1e-12, 0.0);
    close(name, found.mean_slip_days, number(&expected["mean_slip"]), 1e-12, 0.0);
    let of = outcomes.iter().filter(|one| name.is_empty() || one.class == *name);
    let slips = sorted(of.filter_map(|one| one.slip_days));
    for (index, level) in LEVELS.iter().enumerate() {
        let key = level.to_string();
        let slip = number(&expected["slip_days"][&key]);
        close(name, found.slip_days[index], slip, 1e-9, 1e-9);
        let ratio = number(&expected["cost_ratio"][&key]);
        close(name, found.cost_ratio[index], ratio, 1e-9, 1e-9);
        let unbiased = number(&expected["slip_type8"][&key]);
        close(name, quantile_unbiased(&slips, *level), unbiased, 1e-9, 1e-9);
    }
}

/// The rule of the published table: projects with three reports or more that name a day, and
/// a first budget; the first such report against the last.
fn first_and_last(file: &std::path::Path) -> Vec<Outcome> {
    let mut reader = csv::Reader::from_path(file).expect("the file opens");
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let month_first = |text: &str| -> Option<jiff::civil::Date> {
        let mut parts = text.split(' ').next()?.split('/').map(str::parse::<i16>);
        let (month, day) = (parts.next()?.ok()?, parts.next()?.ok()?);
        jiff::civil::Date::new(parts.next()?.ok()?, month as i8, day as i8).ok()
    };
    rows.retain(|row| month_first(&row[13]).is_some());
    rows.sort_by_key(|row| (row[1].clone(), month_first(&row[0])));
    let mut outcomes = Vec::new();
    for reports in rows.chunk_by(|a, b| a[1] == b[1]) {
        let (first, last) = (&reports[0], &reports[reports.len() - 1]);
        let money = |row: &[String]| row[10].parse::<f64>().ok();
        let Some(budget) = money(first).filter(|budget| *budget > 0.0) else { continue };
        if reports.len() < 3 {
            continue;
        }
        let day = |row: &[String]| month_first(&row[13]).expect("kept for its day");
        let slip = (day(last) - day(first)).get_days();
        let cost_ratio = money(last).map(|last| last / budget);
        outcomes.push(Outcome {
            class: first[4].clone(),
            slip_days: Some(f64::from(slip)),
            cost_ratio,
        });
    }
    outcomes
}
