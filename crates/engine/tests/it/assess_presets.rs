//! The presets with tables worked by hand: totals as exact fractions, ranks, grades, awards.

use std::collections::BTreeMap;

use tici_engine::assess::run::{Before, Column, EventIn, Inputs, Run, UnitIn, run, run_periods};
use tici_engine::assess::scheme::{Scheme, preset};
use tici_engine::assess::score::Number;
use tici_testkit::builders;

use crate::ledger;

/// Reads `unit | figure | figure …`; a column of words is a text, as for groups. Figures of
/// the scheme that the table leaves out are 1 for everybody.
fn inputs(scheme: &Scheme, text: &str) -> Inputs {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let head: Vec<String> = cells(lines.next().expect("a head"));
    let rows: Vec<Vec<String>> = lines.map(cells).collect();
    let mut inputs = Inputs { file: "units.csv".into(), ..Inputs::default() };
    for (at, row) in rows.iter().enumerate() {
        let texts = head.iter().cloned().zip(row.iter().cloned()).collect();
        let (code, name) = (row[0].clone(), row[0].clone());
        let place = format!("{}:1", at + 2);
        inputs.units.push(UnitIn { code, name, texts, place });
    }
    for (at, key) in head.iter().enumerate().skip(1) {
        let values = rows.iter().map(|row| Number::parse(&row[at])).collect();
        inputs.figures.insert(key.clone(), Column { values, sources: Vec::new() });
    }
    for key in scheme.columns() {
        let ones = || Column { values: vec![Some(Number::one()); rows.len()], sources: vec![] };
        inputs.figures.entry(key.to_owned()).or_insert_with(ones);
    }
    inputs
}

fn event(unit: &str, item: &str, matter: &str, points: &str) -> EventIn {
    EventIn {
        unit: unit.into(),
        item: item.into(),
        matter: matter.into(),
        points: Number::parse(points),
        document: "县办〔2026〕1号".into(),
        ..EventIn::default()
    }
}

/// `unit total rank grade`, the total as an exact fraction before it is rounded.
fn check(scheme: &Scheme, run: &Run, expected: &str) {
    let grades = scheme.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let unit = run.unit(words[0]).unwrap_or_else(|| panic!("no unit {line}"));
        let total = match words[1].split_once('/') {
            Some((over, under)) => {
                Number::parse(over).and_then(|over| over.over(&Number::parse(under)?))
            }
            None => Number::parse(words[1]),
        };
        assert_eq!(unit.total, total, "{line}");
        let rank = unit.rank.as_ref().map_or("-".to_owned(), Number::to_string);
        assert_eq!(rank, words[2], "{line}");
        if let Some(grade) = words.get(3) {
            let found = unit.grade.map_or("-", |grade| grades[grade].key.as_str());
            assert_eq!(found, *grade, "{line}");
        }
    }
}

fn ran(scheme: &Scheme, inputs: &Inputs) -> Run {
    let (run, problems) = run(scheme, inputs);
    run.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// `award: unit unit`
fn winners(scheme: &Scheme, run: &Run) -> Vec<String> {
    let award = |award: &tici_engine::assess::run::AwardRun| {
        let codes = award.winners.iter().map(|winner| run.units[winner.unit].code.as_str());
        let codes: Vec<&str> = codes.collect();
        format!("{}: {}", scheme.awards[award.award].key, codes.join(" "))
    };
    run.awards.iter().map(award).collect()
}

#[test]
fn gaoan_by_hand() {
    let scheme = preset("gaoan").expect("a preset");
    let mut given = inputs(
        &scheme,
        "town | foreign_total | foreign_cash | outside_done | outside_target \
         | outside_projects_done | outside_projects_target | signed_done | signed_target
         A    | 500 | 100 | 12 | 10 | 3 | 3 | 2 | 2
         B    | 300 | 100 | 6  | 10 | 2 | 4 | 3 | 2
         C    | 100 | 0   | 3  | 6  | 1 | 2 | 0 | 1
         D    | 500 | 50  | 10 | 10 |   | 4 | 2 | 2",
    );
    // D lacks a figure: nothing for it, and it ranks behind those that are whole.
    let expected = "A 206/3 1\nB 391/7 2\nC 42 3\nD 1028/21 4";
    check(&scheme, &ran(&scheme, &given), expected);
    let rank = |code: &str, rank| (code.to_owned(), Number::whole(rank));
    let ranks = BTreeMap::from([rank("A", 2), rank("B", 4), rank("C", 1), rank("D", 3)]);
    given.before = Some(Before { ranks, ..Before::default() });
    let run = ran(&scheme, &given);
    // B rose two places, A one; A and D have the most foreign capital, A more in cash.
    assert_eq!(winners(&scheme, &run), ["riser: B", "foreign_first: A"]);
    let item = &run.unit("B").expect("B").items[0];
    assert_eq!(item.points, Some(Number::whole(12)));
    let bounds = item.bounds.as_ref().expect("bounds");
    assert_eq!((bounds.lo_by.join(" "), bounds.hi_by.join(" ")), ("C".into(), "A D".into()));
    assert_eq!(item.how.key, "assess-how-scaled");
    let missing = &run.unit("D").expect("D").items[3];
    assert!(missing.is_missing && missing.points == Some(Number::zero()));
    assert_eq!(missing.how.key, "assess-how-zero");
}

#[test]
fn yanan_by_hand() {
    let scheme = preset("yanan").expect("a preset");
    let mut given = inputs(
        &scheme,
        "county | new_starts | continuing | size_10yi | size_5yi | size_1yi | size_below \
         | industry | livelihood | basic | done | plan | done_month | province_assessed \
         | produced | operated | start_events
         A | 3 | 4 | 1 | 1 | 3 | 2 | 4 | 2 | 1 | 1.8e9 | 2.4e9 | 1000000000 | 2 | 1 | 0 | 5
         B | 1 | 2 | 0 | 1 | 1 | 1 | 1 | 1 | 1 | 500000000 | 900000000 | 999999999 | 0 | 0 | 1 | 1",
    );
    given.events = vec![
        event("A", "city_criticism", "巡查", "25"),
        event("A", "province_criticism", "督查", "10"),
    ];
    let run = ran(&scheme, &given);
    // Criticism by the city takes at most 20 each.
    check(&scheme, &run, "A 384 1\nB 391/3 2");
    let a = run.unit("A").expect("A");
    assert_eq!((a.deduction.clone(), a.bonuses.len()), (Number::whole(30), 2));
    assert_eq!(a.items[4].points, Some(Number::whole(45)), "60 × 1.8/2.4");
}

#[test]
fn chuzhou_by_hand() {
    let scheme = preset("chuzhou").expect("a preset");
    let mut given = inputs(
        &scheme,
        "county | gdp | gdp_growth | gdp_city | revenue_growth | revenue_city
         A | 800 | 8.5 | 8.0 | 5 | 4
         B | 500 | 9.2 | 8.0 | 5 | 4
         C | 200 | 6.0 | 8.0 | 2 | 4",
    );
    given.events = vec![
        event("B", "monthly_summons", "四月约谈", "0.5"),
        event("B", "quarterly_summons", "二季度约谈", "1"),
        event("C", "monthly_summons", "五月约谈", "0.5"),
    ];
    let run = ran(&scheme, &given);
    check(&scheme, &run, "A 6475/64 1\nB 501/5 2\nC 183/2 3");
    // Shares of the total add up to what the tree gives.
    for unit in &run.units {
        let parts: Vec<&Number> =
            unit.items.iter().filter_map(|item| item.contribution.as_ref()).collect();
        assert_eq!(Some(Number::sum(parts)), unit.scored, "{}", unit.code);
    }
}

#[test]
fn a_province_by_hand() {
    let scheme = preset("province-r5").expect("a preset");
    let given = inputs(
        &scheme,
        "city | done | plan | started | projects | growth | suspended
         A | 90 | 100 | 9 | 10 | 12.5 | 0
         B | 60 | 80  | 6 | 8  | -3   | 1
         C | 20 | 60  | 2 | 6  | 35   | 3",
    );
    let run = ran(&scheme, &given);
    let expected = "A 7535/48 1 excellent\nB 16913/150 2 excellent\nC 4201/100 3 failed";
    check(&scheme, &run, expected);
    assert_eq!(winners(&scheme, &run), ["over_plan: A"]);
}

#[test]
fn huaian_by_hand() {
    let scheme = preset("per-mu-huaian").expect("a preset");
    let mut given = inputs(
        &scheme,
        "firm | tax | sales | land_mu | energy | tax_base | sales_base | green_base
         F0 | 900 | 9000 | 20 | 80 | 40 | 400 | 10
         F1 | 400 | 5000 | 10 | 50 | 40 | 400 | 10
         F2 | 300 | 2000 | 10 | 40 | 40 | 400 | 10
         F3 | 120 | 1500 | 6  | 20 | 40 | 400 | 10
         F4 | 60  | 900  | 5  | 12 | 40 | 400 | 10
         F5 | 50  | 400  | 5  | 10 | 40 | 400 | 10
         F6 | 40  | 300  | 8  | 10 | 40 | 400 | 10
         F7 | 10  | 200  | 4  | 5  | 40 | 400 | 10
         F8 | 5   | 100  | 4  | 2  | 40 | 400 | 10
         F9 | 0   | 50   | 5  | 1  | 40 | 400 | 10",
    );
    given.events = vec![event("F1", "plus", "绿色工厂", "2"), event("F2", "minus", "事故", "3")];
    let expected = "F0 225/2 1 A\nF1 427/4 2 A\nF2 253/4 3 B\nF3 451/8 4 B\nF4 157/4 5 B
                    F5 113/4 6 B\nF6 541/32 7 C\nF7 179/16 8 C\nF8 275/32 9 C\nF9 7/8 10 D";
    check(&scheme, &ran(&scheme, &given), expected);
}

#[test]
fn wujin_by_hand() {
    let scheme = preset("per-mu-wujin").expect("a preset");
    let given = inputs(
        &scheme,
        "firm | industry | tax | sales | land_mu | energy | pollutants | value_added | staff \
         | research
         F0 | C36 | 900 | 9000 | 20 | 80 | 3 | 2000 | 100 | 300
         F1 | C36 | 400 | 5000 | 10 | 50 | 1 | 900  | 50  | 100
         F2 | C36 | -20 | 1000 | 10 | 20 | 2 | 100  | 20  | 0
         G0 | C13 | 10  | 100  | 5  | 5  | 1 | 30   | 10  | 1",
    );
    let run = ran(&scheme, &given);
    // Alone in its industry, G0 is the best of it.
    let expected = "F0 191/2 1 A\nF1 263/3 2 A\nF2 13/2 3 D\nG0 100 1 A";
    check(&scheme, &run, expected);
    assert_eq!(
        run.groups.iter().map(|group| group.key.as_str()).collect::<Vec<_>>(),
        ["C13", "C36"]
    );
}

#[test]
fn the_human_development_index_by_hand() {
    let scheme = preset("hdi").expect("a preset");
    let given = inputs(
        &scheme,
        "iso3 | le | eys | mys | gnipc
         TOP  | 85 | 18  | 15  | 75000
         MID  | 52.5 | 9 | 7.5 | 2738.612787525831
         LOW  | 20 | 9   | 7.5 | 2738.612787525831
         GAP  | 60 |     | 7.5 | 5000",
    );
    let run = ran(&scheme, &given);
    let published = |code: &str| {
        let unit = run.unit(code).expect(code);
        let rank = unit.rank.as_ref().map(Number::to_string);
        (unit.published.as_ref().map(|total| total.print(3)), rank)
    };
    // Half of every dimension: ln 2738.6… lies midway between ln 100 and ln 75000.
    assert_eq!(published("TOP"), (Some("1.000".into()), Some("1".into())));
    assert_eq!(published("MID"), (Some("0.500".into()), Some("2".into())));
    assert_eq!(published("GAP").1, None, "a gap and no index");
}

#[test]
fn periods_see_the_one_before() {
    let scheme = preset("gaoan").expect("a preset");
    let table = |a: &str, b: &str| {
        let text = format!("town | foreign_total\nA | {a}\nB | {b}");
        Inputs { period: format!("{a}{b}"), ..inputs(&scheme, &text) }
    };
    let (runs, problems) = run_periods(&scheme, &[table("2", "1"), table("3", "4")]);
    assert_eq!(runs.len(), 2, "{problems:#?}");
    assert_eq!(winners(&scheme, &runs[0])[0], "riser: ");
    assert_eq!(winners(&scheme, &runs[1])[0], "riser: B");
}

#[test]
fn nothing_is_computed_by_halves() {
    let scheme = preset("per-mu-wujin").expect("a preset");
    let sound = || inputs(&scheme, "firm | industry | tax\nA | C36 | 1\nB | C36 | 2");
    let told = |inputs: &Inputs| -> Vec<String> {
        let (found, problems) = run(&scheme, inputs);
        let is_error = tici_domain::Problem::any_error(&problems);
        assert_eq!(found.is_none(), is_error, "{problems:#?}");
        let errors = problems.iter().map(|p| format!("{} {} {}", p.file, p.cell, p.key));
        errors.map(|text| text.trim().to_owned()).collect()
    };
    assert!(told(&sound()).iter().all(|one| one.ends_with("assess-column-constant")));
    let mut twice = sound();
    twice.units[1].code = "A".into();
    assert!(told(&twice).contains(&"units.csv 3:1 assess-unit-twice".to_owned()));
    let mut lost = sound();
    lost.units[1].texts.insert("industry".into(), String::new());
    assert!(told(&lost).contains(&"units.csv 3:1 assess-unit-no-group".to_owned()));
    let mut gone = sound();
    gone.figures.remove("tax");
    assert!(told(&gone).contains(&"units.csv  assess-figure-missing".to_owned()));
    let mut empty = sound();
    empty.figures.get_mut("tax").expect("tax").values = vec![None, None];
    assert!(told(&empty).contains(&"units.csv  assess-figure-empty".to_owned()));
    assert!(told(&Inputs { units: Vec::new(), ..sound() })[0].ends_with("assess-no-units"));
    let alone = inputs(&scheme, "firm | industry | tax\nA | C36 | 1");
    assert!(told(&alone).contains(&"units.csv 2:1 assess-one-unit".to_owned()));
    for (item, points, document, key) in
        [("nothing", "1", "x", "assess-event-item"), ("nothing", "1", "", "assess-event-item")]
    {
        let mut with = sound();
        let document = document.to_owned();
        with.events = vec![EventIn { document, ..event("A", item, "m", points) }];
        assert!(told(&with).iter().any(|one| one.ends_with(key)), "{item}");
    }
}

#[test]
fn the_ledger_is_counted_by_the_scheme_s_rules() {
    let scheme = preset("province-r5").expect("a preset");
    let changes = ledger::changes(
        "id | parent | place | tier | stage   | state | currency | total | plan | ytd
         1  |        | 2     |      | started |       |          | 900   | 400  | 100
         2  |        | 2     |      |         |       |          | 500   | 200  | 50
         3  |        | 3     |      | started |       |          | 300   | 100  | 100",
    );
    let snapshot = ledger::snapshot(&changes);
    let period = builders::period("2026-05");
    let lens = tici_engine::Lens {
        period,
        stock_period: period,
        today: period.last_day(),
        start_deadline: None,
        ..ledger::lens()
    };
    let table = tici_engine::FactsTable::new(&snapshot, &lens);
    let counted = tici_engine::assess::run::ledger::count(&scheme, &snapshot, &table, &[2, 3, 99]);
    let columns = tici_engine::assess::run::ledger::columns(&counted);
    let shown = |key: &str| -> Vec<String> {
        let shown = |value: &Option<Number>| value.as_ref().map_or("-".into(), Number::to_string);
        columns[key].values.iter().map(shown).collect()
    };
    assert_eq!(shown("plan"), ["600", "100", "-"]);
    assert_eq!(shown("done"), ["150", "100", "-"]);
    assert_eq!(shown("started"), ["1", "1", "-"]);
    assert_eq!(shown("projects"), ["2", "1", "-"]);
    let cell = counted["plan"][0].as_ref().expect("a cell");
    assert_eq!(cell.projects, [1, 2], "what it was counted from");
}
