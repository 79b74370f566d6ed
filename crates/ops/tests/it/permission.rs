//! Every operation against every role and scope, in one table.

use jiff::tz::TimeZone;
use tici_domain::change::{Setting, Verdict};
use tici_domain::intake::Intake;
use tici_domain::{
    EventKind, Finding, Lang, ListTier, PairVerdict, Period, Role, SideState, Stage,
};
use tici_engine::agenda::Why;
use tici_ops::accounts::put_account;
use tici_ops::calendar::renew_calendar;
use tici_ops::change_state::{NewState, change_state};
use tici_ops::claim_stage::{NewClaim, claim_stage};
use tici_ops::export_projects::export_projects;
use tici_ops::hold_meeting::{
    NewMeeting, add_item, close_meeting, decide, prepare_meeting, view_meeting, view_meetings,
};
use tici_ops::import::ImportOptions;
use tici_ops::import_projects::{import_projects, preview_import};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_events::{NewEvent, put_event, view_event, view_events, withdraw_event};
use tici_ops::keep_excuses::{NewExcuse, end_excuse, put_excuse, view_excuses};
use tici_ops::keep_lists::{
    ListChange, NewPlan, change_list, set_plans, view_list, view_lists, view_plans,
};
use tici_ops::keep_packages::{NewPackage, set_package};
use tici_ops::keep_pairs::{NewDecision, judge_pair, view_pairs};
use tici_ops::keep_promises::{
    NewPromise, Revision, make_promise, revise_promise, view_promise, view_promises,
};
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::keep_registers::{Register, keep_registers};
use tici_ops::keep_rules::{NewRules, adopt_rules, keep_given, view_given, view_rules};
use tici_ops::keep_tasks::{NewTask, TaskQuery, TaskUpdate, open_task, update_task, view_tasks};
use tici_ops::lens::LensQuery;
use tici_ops::permission::role_has;
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::returns::{
    Filled, Judgement, SubmitOptions, choose_draft, judge_return, lock_round, open_round, rounds,
    sent_back, stage_return, submit_files, submit_return, template, unlock_return, view_place,
    view_round,
};
use tici_ops::saved_views::{save_view, saved_views};
use tici_ops::verify_ledger::verify_ledger;
use tici_ops::view_board::{BoardQuery, view_board};
use tici_ops::view_claims::{ClaimsQuery, view_claims};
use tici_ops::view_cockpit::view_cockpit;
use tici_ops::view_journal::{view_entry, view_journal};
use tici_ops::view_league::{LeagueQuery, view_league};
use tici_ops::view_ledger::{LedgerQuery, view_ledger};
use tici_ops::view_lights::{LightsQuery, view_lights};
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
    ("set_package", |d, s| {
        let (parent, reason) = (None, "x".to_owned());
        set_package(d, s, &NewPackage { project: 1, parent, share: None, reason }, now()).map(drop)
    }),
    ("keep_registers", |d, s| {
        let setting = Setting { key: "note".into(), value: s.actor.login.clone() };
        keep_registers(d, s, &[Register::Setting(setting)], now()).map(drop)
    }),
    ("view_league", |d, s| view_league(d, s, LeagueQuery::default(), TODAY).map(drop)),
    ("view_lights", |d, s| {
        view_lights(d, s, &LedgerQuery::default(), LightsQuery::default(), TODAY).map(drop)
    }),
    ("view_rules", |d, s| view_rules(d, s, TODAY).map(drop)),
    ("adopt_rules", |d, s| {
        let (kind, text) = ("lights".to_owned(), tici_engine::lights::PRESETS[0].1.to_owned());
        let (name, reason, approver) = ("x".to_owned(), String::new(), String::new());
        adopt_rules(d, s, &NewRules { kind, name, text, from: TODAY, reason, approver }, now())
            .map(drop)
    }),
    ("view_given", |d, s| view_given(d, s, may(), TODAY).map(drop)),
    ("keep_given", |d, s| keep_given(d, s, (may(), "x.csv", ""), (now(), TODAY)).map(drop)),
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
    ("view_round", |d, s| view_round(d, s, may(), TODAY, &TimeZone::UTC).map(drop)),
    ("sent_back", |d, s| sent_back(d, s, &*d.snapshot()?).map(drop)),
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
    ("view_promises", |d, s| view_promises(d, s, LensQuery::default(), TODAY).map(drop)),
    ("view_promise", |d, s| view_promise(d, s, 1, LensQuery::default(), TODAY).map(drop)),
    ("make_promise", |d, s| make_promise(d, s, &NewPromise::default(), now(), TODAY).map(drop)),
    ("revise_promise", |d, s| {
        revise_promise(d, s, 1, &Revision::default(), now(), TODAY).map(drop)
    }),
    ("view_events", |d, s| view_events(d, s, TODAY).map(drop)),
    ("view_event", |d, s| view_event(d, s, 1, TODAY).map(drop)),
    ("put_event", |d, s| put_event(d, s, &ceremony(None), now(), TODAY).map(drop)),
    ("withdraw_event", |d, s| withdraw_event(d, s, 1, "", now()).map(drop)),
    ("put_excuse", |d, s| put_excuse(d, s, &excuse(1), now()).map(drop)),
    ("view_lists", |d, s| view_lists(d, s, LensQuery::default(), TODAY).map(drop)),
    ("change_list", |d, s| change_list(d, s, &list_change("nowhere"), now()).map(drop)),
    ("set_plans", |d, s| set_plans(d, s, &[], ("", ""), now(), TODAY).map(drop)),
    ("view_list", |d, s| view_list(d, s, (ListTier::City, None, None), TODAY).map(drop)),
    ("view_plans", |d, s| view_plans(d, s, 1, None, TODAY).map(drop)),
    ("view_excuses", |d, s| view_excuses(d, s, TODAY).map(drop)),
    ("end_excuse", |d, s| end_excuse(d, s, (1, "start"), (TODAY, ""), now()).map(drop)),
    ("view_pairs", |d, s| view_pairs(d, s, TODAY).map(drop)),
    ("judge_pair", |d, s| {
        let (verdict, reason) = (PairVerdict::Different, String::new());
        judge_pair(d, s, &NewDecision { first: 1, second: 2, verdict, reason }, now(), TODAY)
            .map(drop)
    }),
    ("renew_calendar", |d, s| renew_calendar(d, s).map(drop)),
];

/// A ceremony that counts nothing, in place of an earlier one.
fn ceremony(series: Option<i64>) -> NewEvent {
    NewEvent {
        series,
        kind: EventKind::Start,
        name: String::new(),
        on: TODAY,
        site: String::new(),
        place: None,
        projects: Vec::new(),
        reason: String::new(),
    }
}

fn excuse(project: i64) -> NewExcuse {
    NewExcuse {
        project,
        rule: "start".into(),
        from: TODAY,
        until: TODAY,
        reason: String::new(),
        approver: String::new(),
        withdrawn: false,
    }
}

fn list_change(code: &str) -> ListChange {
    let (add, remove) = (vec![code.to_owned()], Vec::new());
    ListChange { tier: ListTier::County, year: 2026, add, remove, on: TODAY, reason: "x".into() }
}

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
  set_package     | no     | no       | yes            | no                | no      | no
  keep_registers  | no     | no       | yes            | no                | no      | yes
  view_league     | yes    | yes      | yes            | yes               | yes     | yes
  view_lights     | yes    | yes      | yes            | yes               | yes     | yes
  view_rules      | yes    | yes      | yes            | yes               | yes     | yes
  adopt_rules     | no     | no       | yes            | yes               | no      | no
  view_given      | yes    | yes      | yes            | yes               | yes     | yes
  keep_given      | no     | no       | yes            | yes               | no      | no
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
  sent_back       | yes    | yes      | yes            | yes               | yes     | yes
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
  view_promises   | yes    | yes      | yes            | yes               | yes     | yes
  view_promise    | yes    | yes      | yes            | yes               | yes     | yes
  make_promise    | no     | no       | yes            | no                | no      | no
  revise_promise  | no     | no       | yes            | no                | no      | no
  view_events     | yes    | yes      | yes            | yes               | yes     | yes
  view_event      | yes    | yes      | yes            | yes               | yes     | yes
  put_event       | no     | no       | yes            | no                | no      | no
  withdraw_event  | no     | no       | yes            | no                | no      | no
  put_excuse      | no     | no       | yes            | no                | no      | no
  view_lists      | yes    | yes      | yes            | yes               | yes     | yes
  change_list     | no     | no       | yes            | no                | no      | no
  set_plans       | no     | no       | yes            | no                | no      | no
  view_list       | yes    | yes      | yes            | yes               | yes     | yes
  view_plans      | yes    | yes      | yes            | yes               | yes     | yes
  view_excuses    | yes    | yes      | yes            | yes               | yes     | yes
  end_excuse      | no     | no       | yes            | no                | no      | no
  view_pairs      | yes    | yes      | yes            | yes               | yes     | yes
  judge_pair      | no     | no       | yes            | no                | no      | no
  renew_calendar  | yes    | yes      | yes            | yes               | yes     | yes
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

/// An office bound to one place keeps what lies in it: no list, plan, excuse, promise or
/// event of another place, and none of the whole region.
#[test]
fn an_office_of_one_place_keeps_nothing_of_another() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let project = &snapshot.projects.get(1).expect("the first project").project;
    let (home, code) = (project.place.expect("a place"), project.code.clone());
    let other = |place: &&tici_domain::Place| {
        place.parent.is_some() && !snapshot.place_within(home, place.id)
    };
    let elsewhere = snapshot.places.values().find(other).expect("another town").id;
    let stranger = session(Role::ProjectOffice, Some(elsewhere));
    let refused = |result: Result<(), OpsError>| {
        assert!(matches!(result, Err(OpsError::NotPermitted { .. })), "{result:?}");
    };
    let unknown = |result: Result<(), OpsError>, key: &str| match result {
        Err(OpsError::Problems(problems)) => {
            assert!(problems.iter().any(|problem| problem.key == key), "{problems:?}");
        }
        other => panic!("{key}: {other:?}"),
    };
    let promise = NewPromise { place: Some(home), ..NewPromise::default() };
    refused(make_promise(&desk, &stranger, &promise, now(), TODAY).map(drop));
    let named = NewPromise { projects: vec![1], ..NewPromise::default() };
    let named = make_promise(&desk, &stranger, &named, now(), TODAY).map(drop);
    unknown(named, "promise-unknown-project");
    let event = NewEvent { place: Some(home), ..ceremony(None) };
    refused(put_event(&desk, &stranger, &event, now(), TODAY).map(drop));
    // What the sample county promised and celebrated is the whole county's.
    let of_region = |place: Option<i64>| place.is_none();
    let promises = &snapshot.records.commitments;
    let promise = promises.values().find(|kept| of_region(kept.row.place)).expect("a promise");
    let revision = Revision { withdrawn: true, reason: "x".into(), due: None };
    let series = promise.row.series;
    refused(revise_promise(&desk, &stranger, series, &revision, now(), TODAY).map(drop));
    let events = &snapshot.records.events;
    let event = events.values().find(|kept| of_region(kept.row.place)).expect("an event");
    refused(withdraw_event(&desk, &stranger, event.row.series, "x", now()).map(drop));
    let correction = NewEvent { place: Some(elsewhere), ..ceremony(Some(event.row.series)) };
    refused(put_event(&desk, &stranger, &correction, now(), TODAY).map(drop));
    let result = put_excuse(&desk, &stranger, &excuse(1), now());
    assert!(matches!(result, Err(OpsError::NotFound { .. })), "not even told that it exists");
    let result = change_list(&desk, &stranger, &list_change(&code), now()).map(drop);
    unknown(result, "list-unknown-code");
    let plan = [NewPlan { code, period: Period::year(2026), amount: 1 }];
    let result = set_plans(&desk, &stranger, &plan, ("x", "y"), now(), TODAY).map(drop);
    unknown(result, "list-unknown-code");
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
