//! Promises, ceremonies, excuses, lists and plans of the sample county, and what is refused.

use tici_domain::{EventKind, ListTier, Period, Stage};
use tici_ops::keep_events::{EventProject, NewEvent, put_event, view_events, withdraw_event};
use tici_ops::keep_excuses::{NewExcuse, put_excuse};
use tici_ops::keep_lists::{ListChange, NewPlan, change_list, set_plans, view_lists};
use tici_ops::keep_promises::{
    NewPromise, Revision, make_promise, revise_promise, view_promise, view_promises,
};
use tici_ops::lens::LensQuery;
use tici_ops::view_cockpit::{CockpitPage, view_cockpit};
use tici_ops::{Desk, OpsError};
use tici_testkit::TODAY;
use tici_testkit::builders as b;

use crate::desks::{as_account, county, now};

fn keys<T: std::fmt::Debug>(result: Result<T, OpsError>) -> Vec<String> {
    match result {
        Err(OpsError::Problems(problems)) => {
            problems.iter().map(|problem| problem.key.to_string()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn id_of(desk: &Desk, code: &str) -> i64 {
    let snapshot = desk.snapshot().unwrap();
    let found = snapshot.projects.iter().find(|entry| entry.project.code == code);
    found.expect("a project of the county").project.id
}

#[test]
fn the_county_promised_62_and_41_have_started() {
    let desk = county();
    let page = view_promises(&desk, &as_account(&desk, "diaodu"), LensQuery::default(), TODAY);
    let lines = page.unwrap().lines;
    let all = &lines.iter().max_by_key(|line| line.standing.cohort).unwrap();
    assert_eq!((all.standing.cohort, all.standing.done.len()), (62, 41));
    assert_eq!(all.standing.pace.days_left, 12);
    assert!(!all.standing.is_broken);
    let moved = lines.iter().find(|line| line.promise.due != line.promise.due_original).unwrap();
    assert_eq!(moved.standing.cohort, 4);
    let office = as_account(&desk, "diaodu");
    let series = moved.promise.series;
    let one = view_promise(&desk, &office, series, LensQuery::default(), TODAY).unwrap();
    let days: Vec<String> = one.versions.iter().map(|row| row.promise.due.to_string()).collect();
    assert_eq!(days, ["2026-05-31", "2026-06-30"]);
    assert!(one.versions[1].promise.reason.is_some());
}

#[test]
fn moving_the_promise_moves_the_first_pages_deadline_and_what_is_late() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let read = || view_cockpit(&desk, &office, LensQuery::default(), TODAY).unwrap();
    let before = read();
    assert_eq!(before.cockpit.cohort.deadline, Some(b::day("2026-06-30")));
    let page = view_promises(&desk, &office, LensQuery::default(), TODAY).unwrap();
    let all = page.lines.iter().max_by_key(|line| line.standing.cohort).unwrap();
    let to = Revision {
        due: Some(b::day("2026-07-31")),
        reason: "省重点项目用地指标7月下达".into(),
        withdrawn: false,
    };
    revise_promise(&desk, &office, all.promise.series, &to, now(), TODAY).unwrap();
    let after = read();
    assert_eq!(after.cockpit.cohort.deadline, Some(b::day("2026-07-31")));
    let late = |page: &CockpitPage| page.cockpit.cohort.expected_late;
    assert!(late(&after) < late(&before), "{} {}", late(&after), late(&before));
}

#[test]
fn a_promise_is_made_moved_with_a_reason_and_withdrawn() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let due = b::day("2026-09-30");
    let new = NewPromise {
        name: "列市项目9月底前竣工".into(),
        stage: Some(Stage::Completed),
        due: Some(due),
        tiers: vec![ListTier::City],
        ..NewPromise::default()
    };
    let wrong = NewPromise { due: Some(b::day("2026-01-01")), ..NewPromise::default() };
    assert_eq!(
        keys(make_promise(&desk, &office, &wrong, now(), TODAY)),
        ["promise-needs-name", "promise-needs-goal", "promise-due-past"]
    );
    let (_, series) = make_promise(&desk, &office, &new, now(), TODAY).unwrap();
    let bare = Revision { due: Some(b::day("2026-10-31")), ..Revision::default() };
    let refused = revise_promise(&desk, &office, series, &bare, now(), TODAY);
    assert_eq!(keys(refused), ["promise-needs-reason"]);
    let moved = Revision { reason: "汛期".into(), ..bare };
    revise_promise(&desk, &office, series, &moved, now(), TODAY).unwrap();
    let read = || view_promise(&desk, &office, series, LensQuery::default(), TODAY).unwrap();
    let page = read();
    assert_eq!(page.line.promise.projects.len(), 58, "frozen with the city's list");
    assert_eq!((page.line.promise.due_original, page.versions.len()), (due, 2));
    let end = Revision { withdrawn: true, reason: "并入年度目标".into(), due: None };
    revise_promise(&desk, &office, series, &end, now(), TODAY).unwrap();
    assert!(read().line.promise.withdrawn);
    let again = revise_promise(&desk, &office, series, &moved, now(), TODAY);
    assert_eq!(keys(again), ["promise-withdrawn"]);
}

#[test]
fn a_later_list_does_not_change_what_was_promised() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let snapshot = desk.snapshot().unwrap();
    let unlisted = snapshot.projects.iter().find(|entry| entry.tier(2026, TODAY).is_none());
    let code = unlisted.unwrap().project.code.clone();
    let change = ListChange {
        tier: ListTier::City,
        year: 2026,
        add: vec![code.clone()],
        remove: vec!["YX26-016".into()],
        on: TODAY,
        reason: "年中调整".into(),
    };
    // 016 is on the province's list.
    assert_eq!(keys(change_list(&desk, &office, &change, now())), ["list-not-on"]);
    let change = ListChange { remove: vec!["YX26-024".into()], ..change };
    change_list(&desk, &office, &change, now()).unwrap();
    assert_eq!(keys(change_list(&desk, &office, &change, now())).len(), 2, "done already");
    let lists = view_lists(&desk, &office, LensQuery::default(), TODAY).unwrap();
    let city = lists.versions.iter().find(|row| row.tier == ListTier::City).unwrap();
    assert_eq!(city.version, 3, "{city:?}");
    let page = view_promises(&desk, &office, LensQuery::default(), TODAY).unwrap();
    let all = page.lines.iter().max_by_key(|line| line.standing.cohort).unwrap();
    assert_eq!(all.standing.cohort, 62);
    assert_eq!(all.standing.joined, [id_of(&desk, &code)]);
    assert_eq!(all.standing.left, [id_of(&desk, "YX26-024")]);
}

#[test]
fn spring_counts_eighteen_once() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let read = || view_events(&desk, &office, TODAY).unwrap().lines;
    let spring = &read()[0];
    let sum = spring.totals.all.values().next().unwrap();
    assert_eq!((sum.projects, sum.total / 1_000_000), (18, 15_068));
    assert_eq!(sum.plan_year / 10_000_000, 242);
    assert_eq!(spring.totals.by_sector.len(), 6);
    let second = NewEvent {
        series: None,
        kind: EventKind::Start,
        name: "秋季集中开工".into(),
        on: TODAY,
        site: String::new(),
        place: None,
        projects: vec![EventProject { code: "YX26-002".into(), ..EventProject::default() }],
        reason: String::new(),
    };
    let refused = put_event(&desk, &office, &second, now(), TODAY);
    assert_eq!(keys(refused), ["event-project-counted"]);
    let series = spring.event.series;
    withdraw_event(&desk, &office, series, "重复登记", now()).unwrap();
    put_event(&desk, &office, &second, now(), TODAY).unwrap();
    assert_eq!(read().len(), 2);
}

#[test]
fn plans_and_excuses_say_who_approved_them() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let project = id_of(&desk, "YX26-001");
    let year = Period::year(2026);
    let old = desk.snapshot().unwrap().plan(project, year).unwrap().number;
    let plan = |amount| [NewPlan { code: "YX26-001".into(), period: year, amount }];
    let set = |amount, reason, approver| {
        set_plans(&desk, &office, &plan(amount), (reason, approver), now(), TODAY)
    };
    assert!(set(old, "", "").unwrap().entries.is_empty(), "unchanged");
    assert_eq!(keys(set(old + 1, "", "")), ["plan-needs-reason", "plan-needs-approver"]);
    assert_eq!(keys(set(i64::MAX, "x", "y")), ["plan-over-total"]);
    set(old + 1, "设备提前", "分管副县长").unwrap();
    assert_eq!(desk.snapshot().unwrap().plan(project, year).unwrap().number, old + 1);
    let excuse = NewExcuse {
        project,
        rule: "progress".into(),
        from: TODAY,
        until: b::day("2026-08-31"),
        reason: "汛期停工".into(),
        approver: String::new(),
        withdrawn: false,
    };
    assert_eq!(keys(put_excuse(&desk, &office, &excuse, now())), ["excuse-needs-approver"]);
    let excuse = NewExcuse { approver: "分管副县长".into(), ..excuse };
    put_excuse(&desk, &office, &excuse, now()).unwrap();
    assert_eq!(desk.snapshot().unwrap().records.excuses_of(project).count(), 1);
    put_excuse(&desk, &office, &NewExcuse { withdrawn: true, ..excuse }, now()).unwrap();
    assert_eq!(desk.snapshot().unwrap().records.excuses_of(project).count(), 0);
}
