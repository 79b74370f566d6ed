//! Every operation against every role and scope, in one table.

use jiff::tz::TimeZone;
use tici_domain::change::{Setting, Verdict};
use tici_domain::intake::Intake;
use tici_domain::{Finding, Lang, Period, Role, SideState, Stage};
use tici_engine::agenda::Why;
use tici_ops::accounts::put_account;
use tici_ops::change_state::{NewState, change_state};
use tici_ops::claim_stage::{NewClaim, claim_stage};
use tici_ops::export_projects::export_projects;
use tici_ops::hold_meeting::{
    NewMeeting, add_item, close_meeting, decide, prepare_meeting, view_meeting, view_meetings,
};
use tici_ops::import::ImportOptions;
use tici_ops::import_projects::{import_projects, preview_import};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::keep_registers::{Register, keep_registers};
use tici_ops::keep_tasks::{NewTask, TaskQuery, TaskUpdate, open_task, update_task, view_tasks};
use tici_ops::lens::LensQuery;
use tici_ops::permission::role_has;
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::returns::{
    Filled, Judgement, SubmitOptions, choose_draft, judge_return, lock_round, open_round, rounds,
    stage_return, submit_files, submit_return, template, unlock_return, view_place, view_round,
};
use tici_ops::saved_views::{save_view, saved_views};
use tici_ops::verify_ledger::verify_ledger;
use tici_ops::view_board::{BoardQuery, view_board};
use tici_ops::view_claims::{ClaimsQuery, view_claims};
use tici_ops::view_cockpit::view_cockpit;
use tici_ops::view_journal::{view_entry, view_journal};
use tici_ops::view_ledger::{LedgerQuery, view_ledger};
use tici_ops::view_project::view_project;
use tici_ops::{Action, Desk, OpsError, Session};
use tici_testkit::{TODAY, table};

use crate::desks::{county, now, session};

/// The place whose return of May has not come.
const PLACE: i64 = 8;

fn may() -> Period {
    Period::month(2026, 5).expect("a month")
}

type Try = fn(&Desk, &Session) -> Result<(), OpsError>;

/// Every operation, tried with input that only permission could refuse first.
const OPERATIONS: &[(&str, Try)] = &[
    ("view_ledger", |d, s| view_ledger(d, s, &LedgerQuery::default(), TODAY).map(drop)),
    ("view_cockpit", |d, s| view_cockpit(d, s, LensQuery::default(), TODAY).map(drop)),
    ("view_project", |d, s| view_project(d, s, 1, LensQuery::default(), TODAY).map(drop)),
    ("read_totals", |d, s| {
        read_totals(d, s, &LedgerQuery::default(), &TotalsAsk::default(), TODAY).map(drop)
    }),
    ("saved_views", |d, s| saved_views(d, s).map(drop)),
    ("export_projects", |d, s| export_projects(d, s, &LedgerQuery::default(), TODAY).map(drop)),
    ("save_view", |d, s| save_view(d, s, "mine", "tier=city")),
    ("view_journal", |d, s| view_journal(d, s, &Default::default(), 0).map(drop)),
    ("view_entry", |d, s| view_entry(d, s, 0).map(drop)),
    ("verify_ledger", |d, s| verify_ledger(d, s, None).map(drop)),
    ("preview_import", |d, s| {
        let (intake, options) = (Intake::default(), ImportOptions::default());
        preview_import(d, s, &intake, &[], &options).map(drop)
    }),
    ("import_projects", |d, s| {
        let (intake, options) = (Intake::default(), ImportOptions::default());
        import_projects(d, s, (intake.clone(), &[]), &[], &options, now()).map(drop)
    }),
    ("claim_stage", |d, s| {
        let (stage, note) = (Stage::Landed, None);
        let claim = NewClaim { project: 1, stage, on: TODAY, note, evidence: vec![] };
        claim_stage(d, s, &claim, now(), TODAY).map(drop)
    }),
    ("judge_claim", |d, s| {
        judge_claim(d, s, 1, Verdict::Rejected, Some("x"), now(), TODAY).map(drop)
    }),
    ("view_claims", |d, s| view_claims(d, s, &ClaimsQuery::default(), TODAY).map(drop)),
    ("record_finding", |d, s| {
        let (finding, note) = (Finding::Building, String::new());
        let new = NewFinding { finding, on: TODAY, note, evidence: vec![] };
        record_finding(d, s, 1, &new, now(), TODAY).map(drop)
    }),
    ("change_state", |d, s| {
        let (state, reason) = (SideState::Active, "x".to_owned());
        let new = NewState { project: 1, state, on: TODAY, reason, evidence: vec![] };
        change_state(d, s, &new, now(), TODAY).map(drop)
    }),
    ("keep_registers", |d, s| {
        let setting = Setting { key: "note".into(), value: s.actor.login.clone() };
        keep_registers(d, s, &[Register::Setting(setting)], now()).map(drop)
    }),
    ("view_board", |d, s| view_board(d, s, &BoardQuery::default(), TODAY).map(drop)),
    ("view_tasks", |d, s| view_tasks(d, s, &TaskQuery::default(), TODAY).map(drop)),
    ("open_task", |d, s| {
        let new = NewTask { title: "x".into(), ..NewTask::default() };
        open_task(d, s, &new, now(), TODAY).map(drop)
    }),
    ("update_task", |d, s| {
        let update = TaskUpdate { note: "x".into(), ..TaskUpdate::default() };
        update_task(d, s, 1, &update, now(), TODAY).map(drop)
    }),
    ("view_meetings", |d, s| view_meetings(d, s, TODAY).map(drop)),
    ("view_meeting", |d, s| view_meeting(d, s, 1, TODAY).map(drop)),
    ("prepare_meeting", |d, s| {
        let (title, items) = ("x".into(), vec![(1, Why::Asked)]);
        let new = NewMeeting { title, on: TODAY, chair: String::new(), items };
        prepare_meeting(d, s, &new, now()).map(drop)
    }),
    ("add_item", |d, s| add_item(d, s, 1, 1, now()).map(drop)),
    ("decide", |d, s| decide(d, s, (1, 0), &[], now(), TODAY).map(drop)),
    ("close_meeting", |d, s| close_meeting(d, s, 1, "", now()).map(drop)),
    ("rounds", |d, s| rounds(d, s).map(drop)),
    ("view_round", |d, s| view_round(d, s, may(), None, TODAY, &TimeZone::UTC).map(drop)),
    ("view_place", |d, s| view_place(d, s, (may(), PLACE), Lang::En).map(drop)),
    ("template", |d, s| {
        template(d, s, (may(), PLACE), Lang::En, &crate::returns::words()).map(drop)
    }),
    ("choose_draft", |d, s| choose_draft(d, s, (may(), PLACE), Filled::default, |_| (), now())),
    ("stage_return", |d, s| {
        stage_return(d, s, (may(), PLACE), "f.xlsx", b"x".to_vec(), now()).map(drop)
    }),
    ("submit_return", |d, s| {
        submit_return(d, s, (may(), PLACE), &Filled::default(), None, now()).map(drop)
    }),
    ("submit_files", |d, s| {
        submit_files(d, s, &[], Vec::new(), SubmitOptions::default(), now()).map(drop)
    }),
    ("open_round", |d, s| open_round(d, s, may(), None, now(), TODAY).map(drop)),
    ("judge_return", |d, s| {
        judge_return(d, s, (may(), PLACE), &Judgement::Accept, now()).map(drop)
    }),
    ("unlock_return", |d, s| unlock_return(d, s, may(), Some(PLACE), "", now()).map(drop)),
    ("lock_round", |d, s| lock_round(d, s, may().year_before(), now()).map(drop)),
    ("put_account", |d, s| put_account(d, s, s.actor.clone(), now()).map(drop)),
];

/// Which role may do what, everywhere.
const ALLOWED: &str = "
  operation       | reader | reporter | project_office | assessment_office | auditor | administrator
  view_ledger     | yes    | yes      | yes            | yes               | yes     | yes
  view_cockpit    | yes    | yes      | yes            | yes               | yes     | yes
  view_project    | yes    | yes      | yes            | yes               | yes     | yes
  read_totals     | yes    | yes      | yes            | yes               | yes     | yes
  saved_views     | yes    | yes      | yes            | yes               | yes     | yes
  export_projects | yes    | yes      | yes            | yes               | yes     | no
  save_view       | yes    | yes      | yes            | yes               | yes     | yes
  view_journal    | no     | no       | yes            | yes               | yes     | yes
  view_entry      | no     | no       | yes            | yes               | yes     | yes
  verify_ledger   | no     | no       | yes            | yes               | yes     | yes
  preview_import  | no     | yes      | yes            | no                | no      | no
  import_projects | no     | yes      | yes            | no                | no      | no
  claim_stage     | no     | yes      | yes            | no                | no      | no
  judge_claim     | no     | no       | yes            | no                | no      | no
  view_claims     | yes    | yes      | yes            | yes               | yes     | yes
  record_finding  | no     | no       | yes            | no                | no      | no
  change_state    | no     | no       | yes            | no                | no      | no
  keep_registers  | no     | no       | yes            | no                | no      | yes
  view_board      | yes    | yes      | yes            | yes               | yes     | yes
  view_tasks      | yes    | yes      | yes            | yes               | yes     | yes
  open_task       | no     | yes      | yes            | no                | no      | no
  update_task     | no     | yes      | yes            | no                | no      | no
  view_meetings   | yes    | yes      | yes            | yes               | yes     | yes
  view_meeting    | yes    | yes      | yes            | yes               | yes     | yes
  prepare_meeting | no     | no       | yes            | no                | no      | no
  add_item        | no     | no       | yes            | no                | no      | no
  decide          | no     | no       | yes            | no                | no      | no
  close_meeting   | no     | no       | yes            | no                | no      | no
  rounds          | yes    | yes      | yes            | yes               | yes     | yes
  view_round      | yes    | yes      | yes            | yes               | yes     | yes
  view_place      | yes    | yes      | yes            | yes               | yes     | yes
  template        | yes    | yes      | yes            | yes               | yes     | yes
  choose_draft    | no     | yes      | yes            | no                | no      | no
  stage_return    | no     | yes      | yes            | no                | no      | no
  submit_return   | no     | yes      | yes            | no                | no      | no
  submit_files    | no     | yes      | yes            | no                | no      | no
  open_round      | no     | no       | yes            | no                | no      | no
  judge_return    | no     | no       | yes            | no                | no      | no
  unlock_return   | no     | no       | yes            | no                | no      | no
  lock_round      | no     | no       | yes            | no                | no      | no
  put_account     | no     | no       | no             | no                | no      | yes
";

fn is_permitted(result: &Result<(), OpsError>) -> bool {
    !matches!(result, Err(OpsError::NotPermitted { .. }))
}

#[test]
fn every_operation_asks_the_role() {
    let desk = county();
    let allowed = table::parse(ALLOWED);
    assert_eq!(allowed.len(), OPERATIONS.len(), "an operation is missing from the table");
    for (row, (name, operation)) in allowed.rows().zip(OPERATIONS) {
        assert_eq!(row.text("operation"), *name);
        for role in Role::ALL {
            let result = operation(&desk, &session(role, None));
            let expected = row.text(role.code()) == "yes";
            assert_eq!(is_permitted(&result), expected, "{name} as {}: {result:?}", role.code());
        }
    }
}

#[test]
fn a_scope_hides_what_lies_outside_it() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let home = snapshot.projects.get(1).and_then(|entry| entry.project.place);
    let home = home.expect("the first project has a place");
    let elsewhere = snapshot.places.values().find(|place| {
        place.parent.is_some() && place.id != home && !snapshot.place_within(home, place.id)
    });
    let elsewhere = elsewhere.expect("another town").id;
    for role in Role::ALL {
        let inside = session(role, Some(home));
        let outside = session(role, Some(elsewhere));
        let view = |session| view_project(&desk, session, 1, LensQuery::default(), TODAY);
        assert!(view(&inside).is_ok(), "{role:?} inside");
        assert!(matches!(view(&outside), Err(OpsError::NotFound { .. })), "{role:?} outside");
        let count = |session| {
            let page = view_ledger(&desk, session, &LedgerQuery::default(), TODAY);
            page.expect("a page").totals.projects
        };
        assert!(count(&inside) + count(&outside) < 148);
    }
    let stage = Stage::Landed;
    let claim = NewClaim { project: 1, stage, on: TODAY, note: None, evidence: vec![] };
    let reporter = session(Role::Reporter, Some(elsewhere));
    let result = claim_stage(&desk, &reporter, &claim, now(), TODAY);
    assert!(matches!(result, Err(OpsError::NotFound { .. })), "not even told that it exists");
}

#[test]
fn a_closed_account_may_do_nothing() {
    for (role, action) in Role::ALL.into_iter().flat_map(|r| Action::ALL.map(|a| (r, a))) {
        let mut session = session(role, None);
        assert_eq!(session.need(action).is_ok(), role_has(role, action));
        session.actor.active = false;
        assert!(session.need(action).is_err());
    }
}

#[test]
fn a_town_sees_the_entries_of_its_own_figures_and_no_others() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let home = snapshot.projects.get(1).and_then(|entry| entry.project.place);
    let figure = snapshot.project_figures.of_subject(1).last().expect("a figure");
    let other = |place: &i64| !snapshot.place_within(home.expect("a place"), *place);
    let elsewhere = snapshot.places.keys().copied().find(other).expect("another place");
    let own = session(Role::Reporter, home);
    assert!(view_entry(&desk, &own, figure.entry).is_ok_and(|page| page.proof.holds()));
    let stranger = session(Role::Reporter, Some(elsewhere));
    let refused = view_entry(&desk, &stranger, figure.entry);
    assert!(matches!(refused, Err(OpsError::NotPermitted { .. })));
}
