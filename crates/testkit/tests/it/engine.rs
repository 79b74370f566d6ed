//! The first page's figures, as the engine makes them from the county's journal.

use jiff::civil::date;
use tici_domain::{Basis, Light, ListTier, Period, Stage};
use tici_engine::cockpit::cockpit;
use tici_engine::lights::Percents;
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::{County, CountySpec, TODAY, county};

use crate::base;

fn snapshot(county: &County) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (seq, operation) in (0..).zip(&county.operations) {
        for change in &operation.changes {
            snapshot.apply(seq, change);
        }
    }
    snapshot.finish(county.operations.len() as i64);
    snapshot
}

fn lens(snapshot: &Snapshot) -> Lens {
    let lights = snapshot.setting("rule.lights").expect("the rule of the lights");
    Lens {
        period: Period::month(2026, 5).expect("a month"),
        stock_period: Period::month_of(TODAY),
        basis: Basis::Reported,
        today: TODAY,
        stage_status: StageStatus::Claimed,
        cohort: Default::default(),
        start_deadline: Some(date(2026, 6, 30)),
        lights: std::sync::Arc::new(
            serde_json::from_str::<Percents>(lights).expect("four thresholds").into(),
        ),
    }
}

#[test]
fn the_pages_are_the_pictures() {
    check(base());
}

#[test]
fn figures_hold_whatever_the_seed() {
    for seed in [2, 20_260_618] {
        check(&county(&CountySpec { seed, ..CountySpec::default() }));
    }
}

fn check(county: &County) {
    let snapshot = snapshot(county);
    cockpit_is_the_picture(&snapshot);
    ledger_is_the_picture(&snapshot);
}

fn cockpit_is_the_picture(snapshot: &Snapshot) {
    let table = FactsTable::new(snapshot, &lens(snapshot));
    let page = cockpit(snapshot, &table, &Filter::default());
    let cohort = &page.cohort;
    assert_eq!((cohort.projects, cohort.started, cohort.started_week_ago), (62, 41, 36));
    assert_eq!((cohort.expected_in_time, cohort.expected_late, cohort.without_date), (9, 12, 0));
    let stages: Vec<_> = page
        .stages
        .iter()
        .map(|line| (line.stage, line.projects, line.dwell_days_median, line.entered))
        .collect();
    let expected = [
        (Stage::Signed, 37, Some(64), 4),
        (Stage::Landed, 31, Some(118), 3),
        (Stage::Started, 23, Some(41), 7),
        (Stage::InProgress, 31, Some(286), 4),
        (Stage::Completed, 11, Some(77), 1),
        (Stage::InProduction, 10, Some(152), 1),
    ];
    assert_eq!(stages[..6], expected);
    let total: i128 = page.stages.iter().map(|line| line.total).sum();
    assert_eq!(total, 53_470_000_000);
    let late: Vec<_> = page.reporting.missing().collect();
    assert_eq!((page.reporting.places.len(), late.len()), (13, 1));
    let place = &snapshot.places[&late[0].place];
    assert_eq!((place.short.text.as_str(), late[0].asked - late[0].told), ("芦汀镇", 1));
}

fn ledger_is_the_picture(snapshot: &Snapshot) {
    let table = FactsTable::new(snapshot, &lens(snapshot));
    let listed: Vec<_> =
        table.rows.iter().filter(|row| row.is_live() && row.tier.is_some()).collect();
    let lights = Light::ALL.map(|light| listed.iter().filter(|row| row.light == light).count());
    assert_eq!(lights, [14, 21, 26, 1, 0]);
    let province = listed.iter().filter(|row| row.tier == Some(ListTier::Province)).count();
    assert_eq!((listed.len(), province), (62, 4));
    let nodes = Filter { listed: true, milestone_this_month: true, ..Filter::default() };
    assert_eq!(nodes.apply(snapshot, &table).len(), 24);
}
