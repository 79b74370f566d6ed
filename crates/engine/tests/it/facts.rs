//! Facts of a newer snapshot, made from those of an older one.

use jiff::civil::date;
use tici_domain::{Basis, Change, ListTier, Period};
use tici_engine::counting::CohortOn;
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Lens, Snapshot};
use tici_testkit::{CountySpec, TODAY, builders as b, county};

fn lens(cohort: CohortOn) -> Lens {
    Lens {
        period: Period::month(2026, 5).expect("a month"),
        stock_period: Period::month_of(TODAY),
        basis: Basis::Reported,
        today: TODAY,
        stage_status: StageStatus::Claimed,
        cohort,
        start_deadline: Some(date(2026, 6, 30)),
        lights: Default::default(),
    }
}

/// Both ways of making a table give the same rows and the same orders.
fn check(earlier: &FactsTable, snapshot: &Snapshot) -> FactsTable {
    let advanced = earlier.advance(snapshot);
    let fresh = FactsTable::new(snapshot, &earlier.lens);
    assert!(advanced.rows == fresh.rows, "facts differ after {} entries", snapshot.seq);
    assert_eq!(advanced.seq, fresh.seq);
    assert_eq!(advanced.code_ranks(snapshot), fresh.code_ranks(snapshot));
    assert_eq!(advanced.name_ranks(snapshot), fresh.name_ranks(snapshot));
    advanced
}

#[test]
fn facts_advance_with_the_journal() {
    let county = county(&CountySpec::default());
    let (early, late) = county.operations.split_at(county.operations.len() - 60);
    let mut snapshot = Snapshot::default();
    for (seq, operation) in (0..).zip(early) {
        operation.changes.iter().for_each(|change| snapshot.apply(seq, change));
    }
    snapshot.finish(early.len() as i64);
    for cohort in [CohortOn::Today, CohortOn::YearStart] {
        let first = FactsTable::new(&snapshot, &lens(cohort));
        let mut then = snapshot.clone();
        let mut table = first.advance(&then);
        for operation in late {
            let changes = operation.changes.iter().map(|change| (then.seq, change));
            then = then.advance(changes, then.seq + 1);
            table = check(&table, &then);
        }
        // Back again, and over all of them at once.
        check(&table, &snapshot);
        check(&first, &then);
    }
}

#[test]
fn facts_of_one_chunk_may_depend_on_another() {
    let mut package = b::project(700, "P700");
    package.parent = Some(1);
    let mut renamed = b::project(1, "Z1");
    renamed.parent = None;
    let steps = [
        Change::Project(b::project(1, "P1")),
        Change::Project(package),
        Change::ListMembership(b::list(1, 1, ListTier::City, 2026)),
        Change::Project(renamed),
        Change::Setting(b::setting("any", "thing")),
    ];
    let mut snapshot = Snapshot::default();
    let mut table = FactsTable::new(&snapshot, &lens(CohortOn::Today));
    for (seq, change) in (0..).zip(&steps) {
        snapshot = snapshot.advance([(seq, change)], seq + 1);
        table = check(&table, &snapshot);
    }
    // The package stands on the list of its project.
    assert_eq!(table.rows[1].tier, Some(ListTier::City));
    assert_eq!(table.code_ranks(&snapshot), [1, 0]);
}

#[test]
fn a_stage_that_was_reached_is_no_longer_the_next_milestone() {
    let mut start = b::milestone(900, 700, "started", "2026-06-30");
    start.expected = Some(date(2026, 7, 15));
    let of = |claim: Option<&str>| {
        let mut changes = vec![
            Change::Project(b::project(700, "P700")),
            Change::Milestone(start.clone()),
            Change::Milestone(b::milestone(901, 700, "roof", "2026-12-31")),
        ];
        let claimed = |on| Change::StageClaim(b::claim(910, 700, tici_domain::Stage::Started, on));
        changes.extend(claim.map(claimed));
        let mut snapshot = Snapshot::default();
        changes.iter().for_each(|change| snapshot.apply(1, change));
        snapshot.finish(1);
        let table = FactsTable::new(&snapshot, &lens(CohortOn::Today));
        let (index, _) = table.rows[0].next_milestone.expect("one is open");
        snapshot.projects.get(700).expect("written").milestones[usize::from(index)].0.key.clone()
    };
    assert_eq!(of(None), "started");
    assert_eq!(of(Some("2026-06-10")), "roof");
    assert_eq!(of(Some("2026-06-30")), "started", "claimed for a day to come");
}
