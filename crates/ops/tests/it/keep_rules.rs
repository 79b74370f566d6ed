//! Rule files as data of the ledger: adopted from a day on, refused with line and column,
//! and looked up by the day that is asked about.

use tici_domain::{Basis, Period, Role};
use tici_engine::lights;
use tici_ops::keep_rules::{
    KINDS, NewRules, adopt_rules, keep_given, rule_text, view_given, view_rules,
};
use tici_ops::rule_files::{light_rules, rules_day};
use tici_ops::view_league::{LeagueQuery, view_league};
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_lights::{LightsQuery, view_lights};
use tici_ops::{Desk, OpsError};
use tici_testkit::TODAY;
use tici_testkit::builders::day;

use crate::desks::{as_account, county, now, session};

fn preset(name: &str) -> &'static str {
    lights::PRESETS.iter().find(|(known, _)| *known == name).expect("a preset").1
}

fn new(kind: &str, text: &str, from: &str) -> NewRules {
    NewRules {
        kind: kind.into(),
        name: "county.toml".into(),
        text: text.into(),
        from: day(from),
        reason: "年中调整".into(),
        approver: "县重点办主任".into(),
    }
}

fn adopt(desk: &Desk, new: &NewRules) -> Result<usize, OpsError> {
    let office = as_account(desk, "diaodu");
    adopt_rules(desk, &office, new, now()).map(|written| written.entries.len())
}

#[test]
fn a_version_goes_from_its_day_until_the_next() {
    let desk = county();
    let may = new("lights", preset("yinchuan"), "2026-05-01");
    assert_eq!(adopt(&desk, &may).expect("written"), 1);
    // The same file for the same day again says nothing new.
    assert_eq!(adopt(&desk, &may).expect("nothing new"), 0);
    let july = new("lights", preset("tianjin"), "2026-07-01");
    adopt(&desk, &july).expect("written");
    let snapshot = desk.snapshot().expect("a snapshot");
    let goes = [
        ("2026-04-30", "yanxi"),
        ("2026-05-01", "yinchuan"),
        ("2026-06-30", "yinchuan"),
        ("2026-07-01", "tianjin"),
    ];
    for (on, key) in goes {
        assert_eq!(light_rules(&snapshot, day(on)).key, key, "{on}");
    }
    // What goes by day is the same after the ledger is read from its tables.
    let read = tici_ops::desk::snapshot_from_tables(&desk.store).expect("a snapshot");
    assert_eq!(read.records.rule_sets, snapshot.records.rule_sets);

    let office = as_account(&desk, "diaodu");
    let page = view_rules(&desk, &office, TODAY).expect("rules");
    let lights = &page.kinds[0];
    let told: Vec<_> = lights
        .versions
        .iter()
        .map(|v| (v.rules.version, v.from(), v.until, v.is_now, v.by.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            (2, Some(day("2026-07-01")), None, false, true),
            (1, Some(day("2026-05-01")), Some(day("2026-06-30")), true, true),
        ]
    );
    assert_eq!(lights.now.text, preset("yinchuan"));
    assert_eq!(rule_text(&page, "lights", "2").expect("a text").1, preset("tianjin"));
    assert_eq!(rule_text(&page, "lights", "yanxi").expect("a text").1, preset("yanxi"));
    assert!(rule_text(&page, "lights", "9").is_err());
    // A second file for a day takes the place of the first; the journal keeps both.
    let again = new("lights", preset("yanxi"), "2026-07-01");
    assert_eq!(adopt(&desk, &again).expect("written"), 1);
    let page = view_rules(&desk, &office, TODAY).expect("rules");
    let told: Vec<_> = page.kinds[0].versions.iter().map(|v| v.rules.version).collect();
    assert_eq!(told, [3, 1]);
}

#[test]
fn pages_are_judged_by_the_rules_of_their_month() {
    let desk = county();
    adopt(&desk, &new("lights", preset("yinchuan"), "2026-06-01")).expect("written");
    let office = as_account(&desk, "diaodu");
    let rules = |period: &str| {
        let mut query = LedgerQuery::default();
        query.lens.period = Period::parse(period);
        query.lens.basis = Some(Basis::Reported);
        let asked = LightsQuery::default();
        let page = view_lights(&desk, &office, &query, asked, TODAY).expect("lights");
        page.lens.lights.key.clone()
    };
    // May is reported and judged in June; April was judged by the end of May.
    assert_eq!(rules("2026-05"), "yinchuan");
    assert_eq!(rules("2026-04"), "yanxi");
    let may = Period::parse("2026-05").expect("a month");
    assert_eq!(rules_day(may, day("2026-06-18")), day("2026-06-18"));
    assert_eq!(rules_day(may, day("2026-09-01")), day("2026-06-30"));
}

#[test]
fn a_file_with_mistakes_is_refused_line_by_line() {
    let desk = county();
    let head = desk.store.head().expect("a head");
    for kind in KINDS {
        let text = format!("{}\nnobody_reads_this = 1\n", kind.presets[0].1);
        let refused = adopt(&desk, &new(kind.key, &text, "2026-06-01"));
        let Err(OpsError::Problems(problems)) = refused else { panic!("{}", kind.key) };
        assert!(!problems[0].cell.is_empty(), "{}: {problems:?}", kind.key);
        assert_eq!(problems[0].file, "county.toml", "{}", kind.key);
    }
    let far = adopt(&desk, &new("lights", preset("yanxi"), "9000-01-01"));
    assert!(matches!(far, Err(OpsError::Problems(_))), "{far:?}");
    let none = adopt(&desk, &new("weather", "", "2026-06-01"));
    assert!(matches!(none, Err(OpsError::NotFound { .. })), "{none:?}");
    assert_eq!(desk.store.head().expect("a head"), head, "nothing was written");
}

#[test]
fn only_those_who_keep_rules_adopt_them() {
    let desk = county();
    let town = session(Role::Reporter, Some(2));
    let rules = new("lights", preset("yanxi"), "2026-06-01");
    let refused = adopt_rules(&desk, &town, &rules, now());
    assert!(matches!(refused, Err(OpsError::NotPermitted { .. })), "{refused:?}");
    assert!(!view_rules(&desk, &town, TODAY).expect("rules").may_adopt);
}

#[test]
fn figures_from_other_offices_are_kept_for_their_month() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let yanan = tici_engine::league::PRESETS.iter().find(|(name, _)| *name == "yanan");
    adopt(&desk, &new("league", yanan.expect("a preset").1, "2026-01-01")).expect("written");
    let may = Period::parse("2026-05").expect("a month");
    let empty = view_given(&desk, &office, may, TODAY).expect("a page");
    assert_eq!(empty.needed, ["criticism_city", "criticism_province"]);
    let page = view_league(&desk, &office, LeagueQuery::default(), TODAY).expect("a league");
    let row = &page.league.groups[0].rows[0];
    let name = page.snapshot.places[&row.place].short.text.clone();
    let text = format!("place,key,value,source\n{name},criticism_city,8,市政府通报第3期\n");
    let keep = |text: &str| {
        keep_given(&desk, &office, (may, "may.csv", text), (now(), TODAY))
            .map(|written| written.entries.len())
    };
    assert_eq!(keep(&text).expect("written"), 1);
    assert_eq!(keep(&text).expect("nothing new"), 0);
    assert_eq!(view_given(&desk, &office, may, TODAY).expect("a page").given.len(), 1);
    let after = view_league(&desk, &office, LeagueQuery::default(), TODAY).expect("a league");
    let rows = || after.league.groups.iter().flat_map(|group| &group.rows);
    let now = rows().find(|found| found.place == row.place).expect("the place");
    assert!(now.total < row.total, "{:?} {:?}", now.total, row.total);
    let Err(OpsError::Problems(problems)) = keep("place,key,value\nNowhere,rain,x\n") else {
        panic!("it must be refused")
    };
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.cell == "2:1"), "{problems:?}");
}
