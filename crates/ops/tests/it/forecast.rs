//! What the sample county's ledger forecasts, and that it uses nothing written later.

use tici_domain::change::Milestone;
use tici_domain::{Change, Stage, Table, TaskKind};
use tici_ops::Desk;
use tici_ops::hold_meeting::view_meeting;
use tici_ops::keep_tasks::{Close, TaskUpdate, update_task};
use tici_ops::lens::LensQuery;
use tici_ops::view_forecast::{ForecastPage, view_forecast};
use tici_ops::write::write;
use tici_testkit::TODAY;

use crate::desks::{as_account, county, now};

fn page(desk: &Desk) -> std::sync::Arc<ForecastPage> {
    let office = as_account(desk, "diaodu");
    view_forecast(desk, &office, LensQuery::default(), TODAY).expect("a page")
}

#[test]
fn the_county_is_told_how_many_will_start_and_why() {
    let desk = county();
    let page = page(&desk);
    let deadline = page.deadline.as_ref().expect("a deadline ahead");
    let aim = &deadline.aim;
    assert_eq!((aim.cohort, aim.done_in_time, aim.chances.len()), (62, 41, 21));
    assert!((43.0..=52.0).contains(&aim.mean()), "{}", aim.mean());
    assert!(aim.low as f64 <= aim.mean() && aim.mean() <= aim.high as f64);
    assert!((41..=62).contains(&aim.low) && aim.low < aim.high, "{} {}", aim.low, aim.high);
    let sum: f64 = aim.counts.whole().iter().sum();
    assert!((sum - 1.0).abs() < 1e-9);
    // A shock that all share widens the interval and leaves the mean.
    assert!((aim.counts.mean - aim.independent.mean).abs() < 1e-6);
    assert!(aim.counts.variance > aim.independent.variance);
    for pair in deadline.chances.windows(2) {
        assert!(pair[0].chance.p <= pair[1].chance.p, "likeliest to miss first");
    }
    for row in &deadline.chances {
        let chance = &row.chance;
        assert!((0.0..=1.0).contains(&chance.p) && chance.p <= chance.p_clear + 1e-12);
        assert!(!row.reasons.is_empty() && row.reasons.len() <= 3);
        assert_eq!(row.blockers.is_empty(), (chance.p_clear - chance.p).abs() < 1e-12);
        let forecast = chance.forecast.as_ref().expect("a forecast");
        assert!(forecast.low <= forecast.mid && forecast.mid <= forecast.high);
    }
    let money = page.money.expect("plans of the year");
    assert!(money.done < money.low && money.low < money.mid && money.mid < money.high);
    assert!(money.mid < money.plan, "behind so far, and so in the end");
}

#[test]
fn past_forecasts_are_judged_by_what_came() {
    let desk = county();
    let track = page(&desk).track.clone().expect("a year of month ends");
    assert!(track.cases > 500 && track.moments >= 6, "{} {}", track.cases, track.moments);
    assert!(track.brier < track.brier_base, "{} {}", track.brier, track.brier_base);
    assert!(track.calibration_error < 0.05, "{}", track.calibration_error);
    let (inside, known) = track.in_interval;
    let share = inside as f64 / known as f64;
    assert!((0.7..=0.95).contains(&share), "{share}");
}

/// Whatever is written later, a forecast made looking back to a moment stays the same.
#[test]
fn a_forecast_knows_nothing_of_what_came_after() {
    let desk = county();
    let seq = desk.snapshot().expect("a snapshot").seq;
    let before = page(&desk);
    tamper(&desk);
    let after = page(&desk);
    assert_ne!(told(&before), told(&after), "the future does matter to those who know it");
    let back = desk.looking_back(seq);
    assert_eq!(told(&before), told(&page(&back)));
}

/// Everything a page says, to the last digit.
fn told(page: &ForecastPage) -> String {
    let aim = &page.deadline.as_ref().expect("a deadline").aim;
    let next: Vec<_> = page.next.iter().map(|(_, next)| next).collect();
    format!("{:?} {:?} {next:?} {:?}", aim.chances, aim.counts, page.money)
}

/// Later entries: every waiting start is expected tomorrow.
fn tamper(desk: &Desk) {
    write(desk, 0, "update_milestone", now(), |snapshot, ids| {
        let waiting = snapshot.projects.iter().filter_map(|entry| {
            let row = entry.milestone(Stage::Started.code());
            row.filter(|row| row.actual.is_none()).cloned()
        });
        let change = |old: Milestone| {
            let (id, replaces) = (ids.next(Table::Milestone), Some(old.id));
            Change::Milestone(Milestone { id, expected: TODAY.tomorrow().ok(), replaces, ..old })
        };
        Ok(waiting.map(change).collect())
    })
    .expect("written");
}

/// Clearing what stands in the way changes the probability, and the reasons say so.
#[test]
fn closing_a_blocker_raises_the_chance_with_a_reason() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let before = page(&desk);
    let deadline = before.deadline.as_ref().expect("a deadline");
    let stuck = deadline.chances.iter().find(|row| row.blockers.len() == 1).expect("one thing");
    let project = stuck.chance.project;
    let snapshot = desk.snapshot().expect("a snapshot");
    let mut tasks = snapshot.records.tasks_of(project).map(|kept| &kept.row);
    let task = tasks
        .find(|task| task.kind == TaskKind::Blocker && task.closed_on.is_none())
        .expect("the thing in the way");
    let close = TaskUpdate { due: None, note: String::new(), close: Some(Close::Done(TODAY)) };
    update_task(&desk, &office, task.series, &close, now(), TODAY).expect("closed");
    let after = page(&desk);
    let rows = &after.deadline.as_ref().expect("a deadline").chances;
    let row = rows.iter().find(|row| row.chance.project == project).expect("still open");
    assert!(row.chance.p > stuck.chance.p, "{} {}", row.chance.p, stuck.chance.p);
    assert!((row.chance.p - stuck.chance.p_clear).abs() < 1e-9, "as was foretold");
    assert!(row.blockers.is_empty());
}

#[test]
fn a_meeting_is_told_what_its_decisions_are_worth() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let snapshot = desk.snapshot().expect("a snapshot");
    let series = *snapshot.records.meetings.keys().next_back().expect("a meeting");
    let meeting = view_meeting(&desk, &office, series, TODAY).expect("a meeting");
    let told: Vec<_> = meeting.items.iter().filter_map(|item| item.forecast.as_ref()).collect();
    assert!(!told.is_empty());
    for forecast in &told {
        let p = forecast.p.expect("a deadline");
        assert!(forecast.p_decided.is_none_or(|then| then >= p - 1e-12));
        assert!(forecast.p_clear.is_none_or(|then| then >= p - 1e-12));
    }
    let decided = told.iter().filter(|forecast| forecast.p_decided.is_some()).count();
    assert!(decided > 0, "some decisions of the sample clear something");
}
