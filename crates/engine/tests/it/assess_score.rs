//! Worked examples of scoring rules in exact fractions: every case agrees exactly.

use serde_json::Value;
use tici_engine::assess::grade::quota::{Boundary, Contestant, Places, Quota, grades};
use tici_engine::assess::score::Number;
use tici_engine::assess::score::best::in_proportion;
use tici_engine::assess::score::efficacy::{Clip, Curve, Efficacy, ZeroRange, efficacy};
use tici_engine::assess::score::events::{Event, EventRule, events};
use tici_engine::assess::score::growth::{GrowthRule, growth};
use tici_engine::assess::score::moderate::moderate;
use tici_engine::assess::score::places::{Ties, places, places_of};
use tici_engine::assess::score::rank_points::{Beyond, rank_points};
use tici_engine::assess::score::steps::{Band, Steps, gap_of_rate, steps};
use tici_engine::assess::score::survey::{Answer, survey, trimmed};
use tici_engine::assess::score::target::{Target, target};
use tici_engine::assess::score::tiers::{Tier, tier};

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::String(text) => Some(Number::parse(text).unwrap_or_else(|| panic!("{text}"))),
        Value::Number(count) => Number::parse(&count.to_string()),
        _ => None,
    }
}

fn or(value: &Value, default: &str) -> Number {
    number(value).unwrap_or_else(|| Number::parse(default).expect("a default"))
}

fn list(value: &Value) -> Vec<Option<Number>> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// `231/25`, or nothing.
fn exact(value: &Value) -> Option<Number> {
    let text = value.get("exact")?.as_str()?;
    let (over, under) = text.split_once('/').expect("a fraction");
    Number::parse(over)?.over(&Number::parse(under)?)
}

fn one(case: &Value) -> Option<Number> {
    let a = &case["args"];
    let x = || number(&a["x"]);
    match case["fn"].as_str()? {
        "efficacy" => {
            let rule = Efficacy {
                base: or(&a["base"], "60"),
                span: or(&a["span"], "40"),
                curve: Curve::Linear,
                clip: if a["clip_to"] == "both" { Clip::Both } else { Clip::None },
                zero_range: if a["zero_range"] == "mid" { ZeroRange::Mid } else { ZeroRange::Full },
            };
            let (lo, hi) = (number(&a["lo"])?, number(&a["hi"])?);
            let (lo, hi) = if a["reverse"] == true { (hi, lo) } else { (lo, hi) };
            efficacy(&x()?, &lo, &hi, &rule)
        }
        "target" => {
            let rule = Target {
                full: number(&a["full"])?,
                floor: or(&a["floor"], "0"),
                cap: Some(or(&a["cap"], "1")),
                less_is_better: a["reverse"] == true,
            };
            target(&x()?, &number(&a["t"])?, &rule)
        }
        "steps" => stepped(a),
        "growth" => growth(&x()?, &number(&a["b"])?, GrowthRule::default()),
        "tier" => {
            let tiers = a["bands"].as_array()?.iter().map(|band| Tier {
                from: number(&band[0]),
                to: number(&band[1]),
                points: or(&band[2], "0"),
            });
            tier(&x()?, &tiers.collect::<Vec<_>>()).map(|tier| tier.points.clone())
        }
        "bonus" => {
            let items = a["items"].as_array()?.iter().map(|item| Event {
                matter: item[0].as_str().expect("a matter").into(),
                points: or(&item[1], "0"),
            });
            let (each_max, total_max) = (number(&a["per_item"]), number(&a["total"]));
            let rule = EventRule { once: true, each_max, total_max };
            Some(events(&items.collect::<Vec<_>>(), &rule).1)
        }
        "survey" => surveyed(a),
        "trimmed" => trimmed(&list(&a["v"]).into_iter().flatten().collect::<Vec<_>>(), 6),
        "moderate" => {
            let best = number(&a["m"])?;
            moderate(&x()?, (&best, &best), (&number(&a["lo"])?, &number(&a["hi"])?))
        }
        "interval" => {
            let (from, to) = (number(&a["a"])?, number(&a["b"])?);
            moderate(&x()?, (&from, &to), (&number(&a["lo"])?, &number(&a["hi"])?))
        }
        other => panic!("no such function: {other}"),
    }
}

fn stepped(a: &Value) -> Option<Number> {
    let over = a["over"].as_array()?.iter().map(|band| Band {
        from: or(&band[0], "0"),
        to: number(&band[1]),
        each: or(&band[2], "0"),
    });
    let rule = Steps {
        full: number(&a["full"])?,
        step: Number::one(),
        whole: false,
        under: number(&a["under_per_pp"])?,
        over: over.collect(),
        limit: number(&a["limit"]),
        floor: Some(Number::zero()),
    };
    steps(&gap_of_rate(&number(&a["x"])?, &number(&a["t"])?)?, &rule)
}

fn surveyed(a: &Value) -> Option<Number> {
    let counts = a["counts"].as_object()?.iter();
    let answers = counts.map(|(key, count)| {
        let is_out = a["exclude"].as_array().expect("a list").contains(&key.as_str().into());
        let value = number(&a["values"][key]).filter(|_| !is_out);
        Answer { count: or(count, "0"), value }
    });
    survey(&answers.collect::<Vec<_>>())
}

fn ties(value: &Value) -> Ties {
    match value.as_str() {
        Some("dense") => Ties::Dense,
        Some("average") => Ties::Average,
        _ => Ties::Min,
    }
}

/// Functions of a whole group.
fn many(case: &Value) -> Option<Vec<Option<Number>>> {
    let a = &case["args"];
    Some(match case["fn"].as_str()? {
        "ranks" => places_of(&list(&a["v"]), ties(&a["method"])),
        "rank_points" => {
            let table: Vec<Number> = list(&a["table"]).into_iter().flatten().collect();
            let places = places_of(&list(&a["v"]), ties(&a["method"]));
            places.into_iter().map(|at| rank_points(&at?, &table, Beyond::Zero)).collect()
        }
        "ratio_to_best" => {
            let values = list(&a["v"]);
            let best = values.iter().flatten().max().cloned()?;
            let full = number(&a["full"])?;
            values.iter().map(|x| in_proportion(x.as_ref()?, &best, &full, false)).collect()
        }
        "tie_break" => {
            let keys = a["keys"].as_array()?;
            let row = |row: &Value| {
                keys.iter().map(|key| number(&row[key.as_str().expect("a key")])).collect()
            };
            let rows: Vec<Vec<Option<Number>>> = a["rows"].as_array()?.iter().map(row).collect();
            places(&rows, Ties::Min)
        }
        _ => return None,
    })
}

fn quota(case: &Value) -> Vec<String> {
    let a = &case["args"];
    let scores: Vec<Number> = list(&a["scores"]).into_iter().flatten().collect();
    let vetoed: Vec<usize> = a["veto"].as_array().map_or(Vec::new(), |list| {
        list.iter().filter_map(|at| at.as_u64().map(|at| at as usize)).collect()
    });
    let inside: Vec<usize> = (0..scores.len()).filter(|at| !vetoed.contains(at)).collect();
    let values: Vec<_> = inside.iter().map(|at| Some(scores[*at].clone())).collect();
    let placed = places_of(&values, Ties::Min).into_iter().zip(&inside);
    let contestants: Vec<Contestant> = placed
        .map(|(place, at)| Contestant {
            place: place.expect("a place"),
            score: scores[*at].clone(),
        })
        .collect();
    let shares = list(&a["shares"]).into_iter().chain([None]);
    let quotas: Vec<Quota> = shares.map(|share| Quota { share, min: None }).collect();
    let boundary = if a["ties"] == "include" { Boundary::AllIn } else { Boundary::AllOut };
    let given = grades(&contestants, scores.len(), &quotas, (Places::Floor, boundary));
    let mut names = vec!["vetoed".to_owned(); scores.len()];
    for (at, grade) in inside.iter().zip(given) {
        names[*at] = a["names"][grade.expect("a grade")].as_str().expect("a name").into();
    }
    names
}

#[test]
fn every_published_example_agrees_exactly() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/golden/assess/out/d21_cn_scoring.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "golden cases are absent");
        eprintln!("skipped: golden cases of scoring rules are absent");
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("cases");
    assert_eq!(cases.len(), 34);
    for case in &cases {
        let expect = &case["expect"];
        let told = format!("{} {}", case["id"], case["why"]);
        if case["fn"] == "quota" {
            let wanted: Vec<&str> = expect
                .as_array()
                .expect("a list")
                .iter()
                .map(|name| name.as_str().expect("a name"))
                .collect();
            assert_eq!(quota(case), wanted, "{told}");
        } else if let Some(found) = many(case) {
            let wanted: Vec<Option<Number>> = expect
                .as_array()
                .expect("a list")
                .iter()
                .map(|value| exact(value).or_else(|| number(value)))
                .collect();
            assert_eq!(found, wanted, "{told}");
        } else {
            let found = one(case);
            assert_eq!(found, exact(expect), "{told}");
            let nearest = found.map(|found| found.to_f64());
            assert_eq!(nearest, expect["value"].as_f64(), "{told}: nearest double");
        }
    }
}
