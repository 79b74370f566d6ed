//! Promises and ceremonies on small ledgers.

use tici_domain::{Change, Commitment, Currency, Event, EventItem, EventKind, Name, Stage};
use tici_engine::ceremony;
use tici_engine::counting::SizeBands;
use tici_engine::promise::{Standing, StartDeadline, standing, start_deadline};
use tici_engine::statement::words::Arg;
use tici_engine::{FactsTable, Snapshot};
use tici_testkit::builders as b;

use crate::ledger::{changes, lens, snapshot};

/// Claims are of 1 March; today is 18 June, twelve days before the promised day.
const LEDGER: &str = "
    id | parent | place | tier | stage         | state     | currency | total      | plan | ytd
    1  |        | 2     | city | started       |           |          | 1500000000 | 100  | 40
    2  |        | 3     | city | in_production |           |          | 600000000  | 60   | 10
    3  |        | 3     | city | signed        |           |          | 200000000  | 50   |
    4  |        | 3     | city | signed        |           |          | 100000000  | 50   | 5
    5  |        | 3     |      | landed        | withdrawn |          | 50000000   | 50   | 5
    6  |        | 3     | city | started       |           | USD      | 700        |      |
";

fn promise(projects: &[i64]) -> Commitment {
    Commitment {
        id: 1,
        series: 1,
        name: Name::new("6月30日前全部开工"),
        stage: Some(Stage::Started),
        milestone: None,
        projects: projects.to_vec(),
        cohort: Vec::new(),
        frozen: b::day("2026-01-20"),
        due_original: b::day("2026-02-28"),
        due: b::day("2026-06-30"),
        owner: None,
        place: None,
        withdrawn: false,
        reason: None,
        replaces: None,
    }
}

fn with_days() -> Snapshot {
    let mut all = changes(LEDGER);
    let mut expected = b::milestone(900, 4, Stage::Started.code(), "2026-06-25");
    expected.expected = Some(b::day("2026-07-10"));
    all.push(Change::Milestone(expected));
    snapshot(&all)
}

fn look(promise: &Commitment, today: Option<&[i64]>) -> Standing {
    let snapshot = with_days();
    standing(&snapshot, &FactsTable::new(&snapshot, &lens()), promise, today)
}

#[test]
fn the_cohort_stays_frozen_and_each_project_says_why_it_is_not_done() {
    let found = look(&promise(&[1, 2, 3, 4, 5, 77]), Some(&[1, 2, 3, 6]));
    assert_eq!((found.cohort, found.done.len(), found.silent, found.gone), (6, 2, 2, 1));
    // In production counts as started, on the day that is known.
    assert_eq!(found.done.iter().map(|row| row.project).collect::<Vec<_>>(), [1, 2]);
    assert!(found.done.iter().all(|row| row.in_time && !row.in_first_time));
    let order: Vec<i64> = found.pending.iter().map(|row| row.project).collect();
    assert_eq!(order, [4, 3, 77, 5], "latest expected, silent, gone");
    assert_eq!(found.pending[0].days_late, Some(10));
    assert_eq!((found.joined, found.left), (vec![6], vec![4, 5, 77]));
    assert!(!found.is_kept && !found.is_broken);
}

#[test]
fn pace_counts_the_promised_day_itself() {
    let found = look(&promise(&[1, 2, 3, 4]), None);
    // Two projects in 13 days: 1.07 a week, rounded up.
    assert_eq!((found.pace.days_left, found.pace.needed_week_tenths), (12, Some(11)));
    assert_eq!(found.pace.lately_week_tenths, 0, "claims of March are not lately");
    let mut on_the_day = promise(&[3]);
    on_the_day.due = b::day("2026-06-18");
    assert_eq!(look(&on_the_day, None).pace.needed_week_tenths, Some(70));
    on_the_day.due = b::day("2026-06-17");
    let late = look(&on_the_day, None);
    assert_eq!(late.pace.needed_week_tenths, None);
    assert!(late.is_broken);
}

#[test]
fn kept_is_kept_in_time_and_an_empty_cohort_has_no_rate() {
    assert!(look(&promise(&[1, 2]), None).is_kept);
    let mut early = promise(&[1, 2]);
    early.due = b::day("2026-02-28");
    let found = look(&early, None);
    assert!(!found.is_kept && !found.is_broken, "all done, though late");
    assert_eq!(look(&promise(&[]), None).rate(), None);
}

fn item(project: i64, total: Option<i64>, plan_year: Option<i64>) -> EventItem {
    EventItem { project, total, plan_year, sector: (project == 1).then(|| "工业".into()) }
}

fn event(items: Vec<EventItem>) -> Event {
    Event {
        id: 1,
        series: 1,
        kind: EventKind::Start,
        name: Name::new("春季集中开工"),
        on: b::day("2026-03-18"),
        site: None,
        place: None,
        items,
        withdrawn: false,
        reason: None,
        replaces: None,
    }
}

#[test]
fn an_event_adds_up_by_currency_and_says_what_is_missing() {
    let snapshot = with_days();
    let table = FactsTable::new(&snapshot, &lens());
    let yi = 100_000_000;
    let items = vec![
        item(1, Some(15 * yi), Some(yi)),
        item(2, Some(6 * yi), None),
        item(3, None, Some(yi)),
        item(6, Some(700), None),
    ];
    let event = event(items);
    let totals = ceremony::totals(&snapshot, &table, &event, &SizeBands::default());
    let yuan = totals.all[&Currency::CNY];
    assert_eq!(
        (yuan.projects, yuan.total, yuan.plan_year),
        (3, 21 * i128::from(yi), 2 * 100_000_000)
    );
    assert_eq!((yuan.without_total, yuan.without_plan), (1, 1));
    assert_eq!(totals.all[&Currency::USD].total, 700, "never converted");
    assert_eq!(totals.by_sector[&(Some("工业".into()), Currency::CNY)].projects, 1);
    let bands: Vec<String> =
        totals.by_band.keys().filter_map(|(band, _)| band.map(|band| band.code())).collect();
    assert_eq!(bands, ["500000000..1000000000", "1000000000..5000000000"]);
    let said = ceremony::sentence(&event, &totals, &Arg::Text("全县".into()));
    assert_eq!(said.key, "event-said-start");
}

#[test]
fn a_project_is_counted_in_one_event_of_a_kind() {
    let mut all = changes(LEDGER);
    all.push(Change::Event(event(vec![item(1, None, None)])));
    let snapshot = snapshot(&all);
    let check = |event: &Event, keys: &[&str]| {
        let found = ceremony::check(&snapshot, event);
        let found: Vec<&str> = found.iter().map(|problem| problem.key.as_ref()).collect();
        assert_eq!(found, keys, "{event:?}");
    };
    let second = |items| Event { series: 2, id: 2, ..event(items) };
    check(&second(vec![item(1, None, None)]), &["event-project-counted"]);
    check(&event(vec![item(1, None, None)]), &[]);
    let signing = Event { kind: EventKind::Signing, ..second(vec![item(1, None, None)]) };
    check(&signing, &[]);
    check(&second(vec![]), &["event-without-projects"]);
    check(&second(vec![item(2, None, None), item(2, None, None)]), &["event-project-twice"]);
    check(&second(vec![item(99, None, None)]), &["event-unknown-project"]);
    let early = Event { on: b::day("2026-02-01"), ..second(vec![item(3, None, None)]) };
    check(&early, &["event-before-signing"]);
    check(&second(vec![item(2, Some(5), Some(6))]), &["event-plan-over-total"]);
}

#[test]
fn the_deadline_of_starts_follows_the_promise_and_else_the_setting() {
    let of_all = Commitment { cohort: vec![("listed".into(), String::new())], ..promise(&[1]) };
    let of_city = Commitment { cohort: vec![("tier".into(), "city".into())], ..of_all.clone() };
    let of_town = Commitment { place: Some(3), ..of_all.clone() };
    let taken_back = Commitment { withdrawn: true, ..of_all.clone() };
    let into_next_year = Commitment { due: b::day("2027-01-15"), ..of_all.clone() };
    let set = Some(("2026-05-20", "2026-05-20", None));
    let cases = [
        (vec![], set),
        (vec![&of_all], Some(("2026-06-30", "2026-02-28", Some(1)))),
        (vec![&into_next_year], Some(("2027-01-15", "2026-02-28", Some(1)))),
        (vec![&of_city], set),
        (vec![&of_town], set),
        (vec![&taken_back], set),
    ];
    for (promises, want) in cases {
        let mut all = changes(LEDGER);
        all.push(Change::Setting(b::setting("deadline.start", "2026-05-20")));
        all.extend(promises.into_iter().cloned().map(Change::Commitment));
        let snapshot = snapshot(&all);
        let want = want.map(|(due, first, promise)| StartDeadline {
            due: b::day(due),
            due_original: b::day(first),
            promise,
        });
        assert_eq!(start_deadline(&snapshot, 2026), want);
        assert_eq!(start_deadline(&snapshot, 2025), None);
    }
}
