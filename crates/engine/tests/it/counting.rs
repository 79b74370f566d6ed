//! The counting function whole: whose list, on which day, in which group, and why two
//! counts of one ledger differ.

use tici_domain::change::{ListMembership, Project, Verdict};
use tici_domain::{Change, Currency, ListTier, Measure, SideState, Stage};
use tici_engine::counting::compare::{Step, compare};
use tici_engine::counting::{Ask, By, CohortOn, Count, Lists, SizeBands, count};
use tici_engine::rule::{Packages, Reached, StageStatus, Threshold};
use tici_engine::statement::words::{Arg, Words};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::builders as b;

use crate::ledger::{changes, lens, snapshot};

/// Six projects on the city's list: two joined on 10 April by its second version, one was
/// taken off on 1 May by its third, one ended in June. Project 6 is on the province's too.
fn year() -> Snapshot {
    let ledger = "
        id | parent | place | tier | stage   | state      | currency | total | plan | ytd
        1  |        | 2     | city | started |            |          | 500   | 100  | 40
        2  |        | 3     | city | started |            |          | 300   | 60   |
        3  |        | 3     |      | signed  |            |          | 200   | 50   | 5
        4  |        | 2     |      | signed  |            |          | 100   | 40   | 10
        5  |        | 2     | city | started | terminated |          | 80    | 30   | 10
        6  |        | 4     | city | started |            |          | 900   | 300  | 90
    ";
    let mut changes = changes(ledger);
    let city = |id, project, from: &str| ListMembership {
        from: b::day(from),
        version: 2,
        ..b::list(id, project, ListTier::City, 2026)
    };
    changes.push(Change::ListMembership(city(101, 3, "2026-04-10")));
    changes.push(Change::ListMembership(city(102, 4, "2026-04-10")));
    let off = ListMembership {
        version: 3,
        until: Some(b::day("2026-05-01")),
        replaces: Some(2),
        ..b::list(103, 2, ListTier::City, 2026)
    };
    changes.push(Change::ListMembership(off));
    changes.push(Change::ListMembership(b::list(104, 6, ListTier::Province, 2026)));
    changes.push(Change::Plan(tici_domain::change::Plan {
        version: 2,
        replaces: Some(1),
        ..b::plan(105, 1, "2026", 90)
    }));
    snapshot(&changes)
}

fn on(cohort: CohortOn) -> Lens {
    Lens { cohort, ..lens() }
}

fn listed() -> Filter {
    Filter { listed: true, ..Filter::default() }
}

fn counted(snapshot: &Snapshot, lens: &Lens, filter: &Filter, by: Option<By>) -> Count {
    let ask = Ask { by, ..Ask::default() };
    count(snapshot, &FactsTable::new(snapshot, lens), filter, &ask, None)
}

#[test]
fn the_day_of_the_list_makes_the_cohort() {
    let snapshot = year();
    // City list: version, its day, joined, left; then how many of all lists are counted.
    let cases = [
        (CohortOn::Today, (3, "2026-05-01", 2, 1), vec![1, 3, 4, 6]),
        (CohortOn::Day(b::day("2026-04-30")), (2, "2026-04-10", 2, 0), vec![1, 2, 3, 4, 6]),
        (CohortOn::Day(b::day("2026-03-01")), (1, "2026-01-01", 0, 0), vec![1, 2, 6]),
        // As first published: also the one taken off and the one that has ended since.
        (CohortOn::YearStart, (1, "2026-01-01", 0, 0), vec![1, 2, 5, 6]),
        (CohortOn::Constant, (3, "2026-05-01", 2, 1), vec![1, 6]),
    ];
    for (cohort, (version, from, added, removed), projects) in cases {
        let lens = on(cohort);
        let table = FactsTable::new(&snapshot, &lens);
        let rows = listed().apply(&snapshot, &table);
        let found: Vec<i64> = rows.iter().map(|index| table.rows[*index].project).collect();
        assert_eq!(found, projects, "{cohort:?}");
        let rule = counted(&snapshot, &lens, &listed(), None).all.totals.rule;
        assert_eq!(rule.cohort_on, cohort);
        let city = rule.lists.iter().find(|list| list.tier == ListTier::City).expect("a list");
        let read = (city.version, city.from, city.added, city.removed);
        assert_eq!(read, (version, b::day(from), added, removed), "{cohort:?}");
    }
}

#[test]
fn every_total_says_which_lists_and_plans() {
    let snapshot = year();
    let rule = counted(&snapshot, &lens(), &listed(), None).all.totals.rule;
    assert_eq!(rule.lists.len(), 2);
    // Project 1's plan was set anew; three others count by their first.
    assert_eq!(rule.plans.of, [(1, 3), (2, 1)].into());
    assert_eq!(rule.plans.year, 2026);
    let all = counted(&snapshot, &lens(), &Filter::default(), None).all.totals.rule;
    assert!(all.lists.is_empty(), "no list is read where none is asked for");
}

#[test]
fn a_project_on_two_lists_counts_under_the_highest_or_under_each() {
    let snapshot = year();
    let tiers = |reading| {
        let filter = Filter { list_reading: reading, ..listed() };
        let count = counted(&snapshot, &lens(), &filter, Some(By::Tier));
        let of: Vec<(String, usize)> = count
            .groups
            .iter()
            .map(|group| (group.key.clone(), group.tally.totals.projects))
            .collect();
        (count.all.totals.projects, of, count.notes)
    };
    let (all, of, notes) = tiers(Lists::Highest);
    assert_eq!((all, of), (4, vec![("province".into(), 1), ("city".into(), 3)]));
    assert!(!has(&notes, "note-in-two-groups"), "{notes:?}");
    let (all, of, notes) = tiers(Lists::Each);
    // The total is counted by itself: it is not the five that the groups add up to.
    assert_eq!((all, of), (4, vec![("province".into(), 1), ("city".into(), 4)]));
    assert_eq!(said(&notes, "note-in-two-groups", "n"), Some(&Arg::Count(1)));
    let city =
        Filter { tiers: vec![ListTier::City], list_reading: Lists::Each, ..Filter::default() };
    assert_eq!(counted(&snapshot, &lens(), &city, None).all.totals.projects, 4);
}

fn has(notes: &[Words], key: &str) -> bool {
    notes.iter().any(|words| words.key == key)
}

fn said<'a>(notes: &'a [Words], key: &str, arg: &str) -> Option<&'a Arg> {
    notes.iter().find(|words| words.key == key)?.get(arg)
}

/// 444 projects, 25 of them in six packages each: 569 when packages are counted.
fn packaged() -> Vec<Change> {
    let mut changes = Vec::new();
    let total = |id: i64, value| {
        let figure = b::figure(id, id, Measure::TOTAL_INVESTMENT, "2026-05", value);
        Change::Figure(figure)
    };
    for id in 1..=444 {
        changes.push(Change::Project(b::project(id, &format!("P{id}"))));
        changes.push(total(id, if id <= 100 { 500 } else { 501 }));
        changes.push(Change::ListMembership(b::list(id, id, ListTier::City, 2026)));
    }
    for id in 445..=594 {
        let parent = Some((id - 445) / 6 + 1);
        changes.push(Change::Project(Project { parent, ..b::project(id, &format!("P{id}")) }));
        changes.push(total(id, 501));
    }
    changes
}

#[test]
fn packages_thresholds_and_days_are_told_apart() {
    let snapshot = snapshot(&packaged());
    let lens = lens();
    let table = FactsTable::new(&snapshot, &lens);
    let split = Filter { packages: Packages::Split, ..listed() };
    let found = compare(&snapshot, (&table, &listed()), (&table, &split));
    let step = |part, before, after| Step { part, before, after };
    assert_eq!((found.from, found.to), (444, 569));
    assert_eq!(found.steps, [step("rule-packages", 444, 569)]);
    // The same beside every total of a ledger that has packages.
    let count = counted(&snapshot, &lens, &listed(), None);
    assert_eq!(said(&count.notes, "note-packages-whole", "other"), Some(&Arg::Count(569)));

    let over = |inclusive| Filter {
        threshold: Some(Threshold { amount: 500, inclusive }),
        ..split.clone()
    };
    let found = compare(&snapshot, (&table, &listed()), (&table, &over(false)));
    let expected = [step("rule-packages", 444, 569), step("rule-threshold", 569, 494)];
    assert_eq!(found.steps, expected);
    let found = compare(&snapshot, (&table, &over(true)), (&table, &split));
    assert!(found.steps.is_empty(), "{found:?}");

    let year = year();
    let (today, start) = (on(CohortOn::Today), on(CohortOn::YearStart));
    let (today, start) = (FactsTable::new(&year, &today), FactsTable::new(&year, &start));
    let unlisted = Filter::default();
    let found = compare(&year, (&today, &unlisted), (&start, &listed()));
    assert_eq!((found.from, found.to), (5, 4));
    assert_eq!(found.steps, [step("rule-lists", 5, 4)]);
    let found = compare(&year, (&today, &listed()), (&on_day(&year), &listed()));
    assert_eq!(found.steps, [step("rule-cohort-on", 4, 5)]);
}

fn on_day(year: &Snapshot) -> FactsTable {
    FactsTable::new(year, &on(CohortOn::Day(b::day("2026-04-30"))))
}

#[test]
fn sizes_take_their_lower_end_and_leave_their_upper() {
    let ledger = "
        id | parent | place | tier | stage | state | currency | total      | plan | ytd
        1  |        |       |      |       |       |          | 99,999,999 |      |
        2  |        |       |      |       |       |          | 100,000,000|      |
        3  |        |       |      |       |       |          | 499,999,999|      |
        4  |        |       |      |       |       |          | 500,000,000|      |
        5  |        |       |      |       |       | USD      | 500,000,000|      |
        6  |        |       |      |       |       |          |            |      |
        7  |        |       |      |       |       |          |            |      |
        8  | 7      |       |      |       |       |          | 300,000,000|      |
        9  | 7      |       |      |       |       |          | 300,000,000|      |
    ";
    let snapshot = snapshot(&changes(ledger));
    let bands = SizeBands::at(Currency::CNY, vec![100_000_000, 500_000_000]).expect("bands");
    let ask = Ask { by: Some(By::Size), bands };
    let table = FactsTable::new(&snapshot, &lens());
    let found = count(&snapshot, &table, &Filter::default(), &ask, None);
    let of: Vec<(&str, usize)> = found
        .groups
        .iter()
        .map(|group| (group.key.as_str(), group.tally.totals.projects))
        .collect();
    // Project 7 is as large as its packages; dollars and the unknown have no band in yuan.
    let bands = [("500000000..", 2), ("100000000..500000000", 2), ("..100000000", 1), ("", 2)];
    assert_eq!(of, bands);
    assert_eq!(said(&found.notes, "note-no-group", "n"), Some(&Arg::Count(2)));
    assert!(has(&found.notes, "note-currencies"));
    let filter = Filter {
        threshold: Some(Threshold { amount: 500_000_000, inclusive: true }),
        threshold_in: [(Currency::USD, 3_000_000_000)].into(),
        ..Filter::default()
    };
    // 5亿元 or US$30m: five million dollars are not enough.
    assert_eq!(counted(&snapshot, &lens(), &filter, None).all.totals.projects, 2);
    let between = Filter {
        threshold: Some(Threshold { amount: 100_000_000, inclusive: true }),
        ceiling: Some(Threshold { amount: 500_000_000, inclusive: false }),
        ..Filter::default()
    };
    assert_eq!(counted(&snapshot, &lens(), &between, None).all.totals.projects, 2);
    assert_eq!(SizeBands::at(Currency::CNY, vec![5, 5]), None);
}

/// Stages with their days, and the day a start was planned for.
fn starts_of(rows: &[(i64, Option<&str>, Option<&str>, bool)], status: StageStatus) -> Count {
    let mut changes = Vec::new();
    for (id, planned, started, entered) in rows {
        changes.push(Change::Project(b::project(*id, &format!("P{id}"))));
        changes
            .extend(planned.map(|day| Change::Milestone(b::milestone(*id, *id, "started", day))));
        if let Some(day) = started {
            changes.push(Change::StageClaim(b::claim(*id, *id, Stage::Started, day)));
        }
        if *entered {
            let claim = b::claim(100 + *id, *id, Stage::StatEntered, "2026-05-01");
            changes.push(Change::StageClaim(claim));
        }
    }
    changes.push(Change::StageVerdict(b::verdict(1, 1, Verdict::Verified)));
    let lens = Lens { stage_status: status, ..lens() };
    counted(&snapshot(&changes), &lens, &Filter::default(), None)
}

#[test]
fn starts_are_counted_by_their_days() {
    let rows = [
        (1, Some("2026-03-31"), Some("2026-05-10"), true),
        (2, Some("2026-05-31"), None, true),
        (3, Some("2026-12-31"), None, false),
        (4, None, Some("2026-02-01"), false),
        (5, None, Some("2025-09-01"), true),
        (6, Some("2027-01-31"), None, false),
    ];
    let starts = starts_of(&rows, StageStatus::Claimed).all.starts;
    assert_eq!((starts.planned, starts.planned_started), (3, 1));
    assert_eq!((starts.due, starts.due_started), (2, 1));
    assert_eq!((starts.in_year, starts.in_period, starts.continuing), (2, 1, 1));
    assert_eq!((starts.stat_entered, starts.undated), (3, 0));
    assert_eq!(starts.rate().map(|rate| rate.to_string()), Some("33.3%".into()));
    // Only what has been verified: one start, and no entry with the bureau.
    let verified = starts_of(&rows, StageStatus::Verified);
    let starts = verified.all.starts;
    assert_eq!((starts.in_year, starts.continuing, starts.stat_entered), (1, 0, 0));
    assert!(has(&verified.notes, "note-pending-left-out"));
}

#[test]
fn a_stage_reached_within_days_and_statistical_entry_narrow() {
    let mut changes = packaged();
    changes.push(Change::StageClaim(b::claim(1, 1, Stage::Signed, "2026-03-31")));
    changes.push(Change::StageClaim(b::claim(2, 2, Stage::Signed, "2026-04-01")));
    changes.push(Change::StageClaim(b::claim(3, 1, Stage::StatEntered, "2026-04-01")));
    let snapshot = snapshot(&changes);
    let narrowed = |filter: Filter| counted(&snapshot, &lens(), &filter, None).all.totals.projects;
    let reached = Reached::parse("signed:2026-01-01..2026-03-31");
    assert_eq!(narrowed(Filter { reached, ..Filter::default() }), 1);
    assert_eq!(narrowed(Filter { stat_entered: Some(true), ..Filter::default() }), 1);
    assert_eq!(narrowed(Filter { stat_entered: Some(false), ..Filter::default() }), 443);
    assert_eq!(Reached::parse("signed:2026-01-01"), None);
}

#[test]
fn groups_are_rounded_each_by_itself_and_a_note_says_so() {
    let ledger = "
        id | parent | place | tier | stage | state | currency | total     | plan | ytd
        1  |        | 2     |      |       |       |          | 100,400,000 |    |
        2  |        | 3     |      |       |       |          | 100,400,000 |    |
        3  |        |       |      |       |       |          | 100,400,000 |    |
    ";
    let count = counted(&snapshot(&changes(ledger)), &lens(), &Filter::default(), Some(By::Place));
    // 1.00 three times, and 3.01 in all.
    let note = |arg| said(&count.notes, "note-rounded-total", arg);
    assert_eq!(note("sum"), Some(&Arg::Number("3.00".into())));
    assert_eq!(note("total"), Some(&Arg::Number("3.01".into())));
    assert_eq!(said(&count.notes, "note-no-group", "n"), Some(&Arg::Count(1)));
    assert_eq!(count.groups.last().map(|group| group.key.as_str()), Some(""));
}

#[test]
fn an_ended_project_counts_only_by_the_first_list() {
    let snapshot = year();
    let ended = snapshot.projects.get(5).map(|entry| entry.project.state);
    assert_eq!(ended, Some(SideState::Terminated));
    let start = on(CohortOn::YearStart);
    let sums = counted(&snapshot, &start, &listed(), None).all.totals.sums;
    assert_eq!(sums[&Currency::CNY].total, 500 + 300 + 80 + 900);
    // Without a list there is nothing that keeps it.
    assert_eq!(counted(&snapshot, &start, &Filter::default(), None).all.totals.projects, 5);
}

#[test]
fn packages_elsewhere_are_told() {
    let ledger = "
        id | parent | place | tier | stage | state | currency | total | plan | ytd
        1  |        | 2     |      |       |       |          |       |      |
        2  | 1      | 2     |      |       |       |          | 70    |      |
        3  | 1      | 3     |      |       |       |          | 80    |      |
    ";
    let count = counted(&snapshot(&changes(ledger)), &lens(), &Filter::default(), Some(By::Place));
    assert_eq!(said(&count.notes, "note-packages-elsewhere", "n"), Some(&Arg::Count(1)));
    let split = Filter { packages: Packages::Split, ..Filter::default() };
    let count = counted(&snapshot(&changes(ledger)), &lens(), &split, Some(By::Place));
    assert!(!has(&count.notes, "note-packages-elsewhere"));
    assert_eq!(said(&count.notes, "note-packages-split", "other"), Some(&Arg::Count(1)));
}
