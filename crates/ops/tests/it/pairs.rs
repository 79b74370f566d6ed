//! Look-alikes of the sample county with one project entered twice, and what is decided.

use tici_domain::change::Project;
use tici_domain::{Change, Name, PairVerdict, SideState, Stage};
use tici_engine::pairs::Reason;
use tici_ops::Desk;
use tici_ops::keep_pairs::{NewDecision, judge_pair, view_pairs};
use tici_ops::write::write;
use tici_testkit::TODAY;
use tici_testkit::builders as b;

use crate::desks::{as_account, county, now};

const TWIN: i64 = 90_001;

/// The first project once more under another code, started in an earlier year.
fn with_twin() -> Desk {
    let desk = county();
    let snapshot = desk.snapshot().unwrap();
    let first = snapshot.projects.get(1).unwrap().project.clone();
    let name = Name::new(format!("{}项目", first.name.text));
    let twin = Project { id: TWIN, code: "YX24-901".into(), name, ..first };
    let started = b::claim(900_001, TWIN, Stage::Started, "2024-05-01");
    let changes = vec![Change::Project(twin), Change::StageClaim(started)];
    write(&desk, 0, "register_project", now(), |_, _| Ok(changes)).unwrap();
    desk
}

#[test]
fn a_project_entered_twice_is_shown_with_reasons_and_ends_as_one() {
    let desk = with_twin();
    let office = as_account(&desk, "diaodu");
    let read = || view_pairs(&desk, &office, TODAY).unwrap();
    let page = read();
    let line = page.lines.iter().find(|line| line.pair.second == TWIN).expect("the pair");
    assert_eq!(line.pair.first, 1);
    assert!(line.pair.reasons.contains(&Reason::Firm), "{:?}", line.pair);
    let alike = |reason: &Reason| matches!(reason, Reason::Name { percent } if *percent >= 70);
    assert!(line.pair.reasons.iter().any(alike), "{:?}", line.pair);
    let judge = |verdict, reason: &str| {
        let new = NewDecision { first: TWIN, second: 1, verdict, reason: reason.into() };
        judge_pair(&desk, &office, &new, now(), TODAY)
    };
    assert!(judge(PairVerdict::Same, " ").is_err(), "no reason");
    judge(PairVerdict::Phase, "二期").unwrap();
    let page = read();
    assert!(page.lines.iter().all(|line| line.pair.second != TWIN), "not asked again");
    assert_eq!(page.decided[0].decision.verdict, PairVerdict::Phase);
    assert!(judge(PairVerdict::Phase, "二期").is_err(), "decided so already");
    judge(PairVerdict::Same, "看过合同，是同一个项目").unwrap();
    let snapshot = desk.snapshot().unwrap();
    assert_eq!(snapshot.projects.get(TWIN).unwrap().project.state, SideState::Withdrawn);
    assert_eq!(snapshot.projects.get(1).unwrap().project.state, SideState::Active);
    let why = snapshot.records.side_changes_of(TWIN).last().expect("its history");
    assert!(why.row.reason.contains("合同"));
    assert!(judge(PairVerdict::Different, "x").is_err(), "withdrawn: taken up on its page");
}

#[test]
fn a_town_sees_only_pairs_of_its_own() {
    let desk = with_twin();
    let snapshot = desk.snapshot().unwrap();
    let home = snapshot.projects.get(1).unwrap().project.place;
    let elsewhere = snapshot.places.keys().copied();
    let mut elsewhere = elsewhere.filter(|place| !snapshot.place_within(home.unwrap(), *place));
    let has = |place| {
        let session = crate::desks::session(tici_domain::Role::Reporter, place);
        let page = view_pairs(&desk, &session, TODAY).unwrap();
        page.lines.iter().any(|line| line.pair.second == TWIN)
    };
    assert!(has(home) && !has(elsewhere.next()));
}
