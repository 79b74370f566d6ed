//! The sample county in a ledger: figures, snapshots, the journal.

use tici_domain::money::print_scaled;
use tici_domain::{Currency, Light};
use tici_engine::Filter;
use tici_engine::totals::totals;
use tici_ops::desk::snapshot_from_tables;
use tici_ops::lens::{LensQuery, lens};
use tici_ops::view_cockpit::view_cockpit;
use tici_testkit::TODAY;

use crate::desks::{as_account, county, load_county, on_both};

#[test]
fn a_snapshot_from_the_journal_equals_one_from_the_tables() {
    on_both(|desk| {
        load_county(desk);
        let advanced = desk.snapshot().expect("a snapshot");
        let from_tables = snapshot_from_tables(&desk.store).expect("a snapshot");
        assert_eq!(advanced.seq, from_tables.seq);
        assert!(*advanced == from_tables, "the two snapshots differ");
        let again = desk.snapshot_as_of(advanced.seq - 1).expect("a snapshot");
        assert_eq!(again.seq, advanced.seq - 1);
        assert!(*again != *advanced, "one entry less is another ledger");
    });
}

#[test]
fn the_county_verifies_on_both_databases() {
    on_both(|desk| {
        load_county(desk);
        let report = desk.store.verify(None).expect("a report");
        assert_eq!(report.first_bad, None);
        assert_eq!(report.entries, desk.store.head().expect("a head"));
    });
}

#[test]
fn the_listed_projects_add_up_as_the_pages_show() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let lens = lens(&snapshot, LensQuery::default(), TODAY);
    let table = desk.facts(&snapshot, &lens);
    let listed = Filter { listed: true, ..Filter::default() };
    let totals = totals(&snapshot, &table, &listed);
    let sums = totals.sums[&Currency::CNY];
    assert_eq!((totals.projects, totals.started), (62, 41));
    assert_eq!(print_scaled(sums.total, 8, 2), "361.60");
    assert_eq!(print_scaled(sums.plan_year, 8, 2), "96.23");
    assert_eq!(print_scaled(sums.done_ytd, 8, 2), "32.29");
    assert_eq!(sums.done_of_plan().map(|share| share.to_string()).as_deref(), Some("33.6%"));
    let lights = Light::ALL.map(|light| totals.by_light.get(&light).copied().unwrap_or(0));
    assert_eq!(lights, [14, 21, 26, 1, 0]);
    assert_eq!(totals.unreported.len(), 1);
}

#[test]
fn the_first_page_counts_what_the_ledger_counts() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let page = view_cockpit(&desk, &office, LensQuery::default(), TODAY).expect("a page");
    let cohort = &page.cockpit.cohort;
    assert_eq!((cohort.projects, cohort.started), (62, 41));
    let stages: Vec<usize> = page.cockpit.stages.iter().map(|line| line.projects).collect();
    assert_eq!(stages, [37, 31, 23, 31, 11, 10, 5]);
    let done: i128 = page.cockpit.months.iter().filter_map(|month| month.done).sum();
    assert_eq!(done, page.listed.sums[&Currency::CNY].done_ytd);
    assert_eq!(page.views.all, 148);
    // A town's reporter sees the town.
    let town = as_account(&desk, "luting");
    let page = view_cockpit(&desk, &town, LensQuery::default(), TODAY).expect("a page");
    assert!(page.views.all < 148 && page.views.all > 0);
    assert_eq!(page.cockpit.reporting.places.len(), 1);
}
