//! The stage board, tasks, and a dispatch meeting from agenda to minutes.

use jiff::civil::{Date, date};
use tici_domain::change::Verdict;
use tici_domain::{Role, Stage, Task, TaskKind, TaskState};
use tici_engine::agenda::{Standing, Why};
use tici_ops::hold_meeting::{
    MeetingPage, NewDecision, NewMeeting, add_item, close_meeting, decide, prepare_meeting,
    view_meeting, view_meetings,
};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_tasks::{
    Close, NewTask, TaskQuery, TaskUpdate, Which, open_task, update_task, view_tasks,
};
use tici_ops::verify_ledger::verify_ledger;
use tici_ops::view_board::{BoardQuery, view_board};
use tici_ops::view_project::project_by_code;
use tici_ops::{Desk, OpsError, Session};
use tici_store::Location;
use tici_testkit::TODAY;

use crate::desks::{as_account, county, empty, load_county, now, on_both, session};

fn keys<T>(result: Result<T, OpsError>) -> Vec<String> {
    match result {
        Err(OpsError::Problems(problems)) => problems.into_iter().map(|p| p.key).collect(),
        Err(other) => panic!("problems were expected, not {other}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn the_board_is_the_picture() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let page = view_board(&desk, &office, &BoardQuery::default(), TODAY).expect("a board");
    let board = &page.board;
    let of = |count: fn(&tici_engine::board::Column) -> usize| {
        board.columns.iter().map(count).collect::<Vec<_>>()
    };
    assert_eq!(of(|c| c.projects), [37, 31, 23, 31, 11, 10, 5]);
    assert_eq!((board.projects, board.before_first), (148, 0));
    assert_eq!(of(|c| c.arrived), [4, 3, 7, 4, 1, 1, 1]);
    assert_eq!(of(|c| c.ended), [0, 1, 0, 0, 0, 0, 0], "one withdrawn on 9 June");
    assert_eq!((of(|c| c.over_limit)[0], of(|c| c.over_limit)[1]), (6, 9));
    let medians: Vec<_> = board.columns.iter().map(|c| c.dwell_median).collect();
    assert_eq!(medians[..6], [64, 118, 41, 286, 77, 152].map(Some));
    let limits: Vec<_> = board.columns.iter().map(|c| c.limit).collect();
    assert_eq!(limits[..6], [90, 120, 60, 540, 90, 365].map(Some));
    let total: i128 = board.sums.values().sum();
    assert_eq!(total / 10_000_000, 534 * 10 + 7, "534.7 of 100 million yuan");
    let names = |stage: usize| {
        let cards = board.columns[stage].cards.iter();
        cards.map(|c| page.rows[&c.project].entry.project.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(names(0)[..5], ["YX26-024", "YX26-007", "YX26-036", "YX26-059", "YX26-054"]);
    let landed = ["YX26-016", "YX26-019", "YX26-047", "YX26-039", "YX26-005", "YX26-060"];
    assert_eq!(names(1), landed);
    assert!(board.columns[0].cards[5].is_new, "what has just come keeps the last place");
    assert_eq!(board.columns[1].cards[0].blockers.len(), 2);

    let pipeline = &board.pipeline;
    assert_eq!(pipeline.thin, None);
    let starts = pipeline.starts.expect("two years of history are enough");
    assert!(0 < starts.low && starts.low < starts.mid && starts.mid < starts.high);
    assert!(starts.high <= pipeline.waiting && pipeline.waiting == 68);
    assert_eq!(pipeline.window, (date(2026, 7, 1), date(2026, 12, 31)));
}

#[test]
fn the_board_holds_to_the_accounts_places_and_to_what_was_asked() {
    let desk = county();
    let town = as_account(&desk, "lingang");
    let look = |session: &Session, query: &BoardQuery| {
        let page = view_board(&desk, session, query, TODAY).expect("a board");
        page.board.columns.iter().map(|c| c.projects).sum::<usize>()
    };
    let all = BoardQuery::default();
    let mine = look(&town, &all);
    let office = as_account(&desk, "diaodu");
    assert!(0 < mine && mine < look(&office, &all));
    let place = BoardQuery { places: town.actor.place.into_iter().collect(), ..all.clone() };
    assert_eq!(look(&office, &place), mine);
    let storage = BoardQuery { chains: vec!["storage".into()], ..all };
    assert!(look(&office, &storage) < 148);

    // A ledger without a project is a board of empty columns, and says it knows too little.
    let bare = empty(&Location::Memory);
    let reader = session(Role::Reader, None);
    let page = view_board(&bare, &reader, &BoardQuery::default(), TODAY).expect("a board");
    assert_eq!(page.board.projects, 0);
    assert!(page.board.pipeline.thin.is_some());
}

#[test]
fn a_start_that_is_rejected_moves_back() {
    let desk = county();
    let (office, reviewer) = (as_account(&desk, "diaodu"), as_account(&desk, "shenhe"));
    let started = |desk: &Desk| {
        let page = view_board(desk, &office, &BoardQuery::default(), TODAY).expect("a board");
        (page.board.columns[2].projects, page.board.columns[2].arrived)
    };
    assert_eq!(started(&desk), (23, 7));
    let project = project_by_code(&desk, &office, "YX26-034").expect("a project");
    let snapshot = desk.snapshot().expect("a snapshot");
    let entry = snapshot.projects.get(project).expect("a project");
    let claim = entry.claim(Stage::Started).expect("it started today").claim.id;
    let why = Some("未动工");
    judge_claim(&desk, &reviewer, claim, Verdict::Reversed, why, now(), TODAY).expect("reversed");
    assert_eq!(started(&desk), (22, 6));
}

/// The meeting of 18 June, as the county has it.
fn june(desk: &Desk, session: &Session) -> MeetingPage {
    let list = view_meetings(desk, session, TODAY).expect("the list");
    assert_eq!(list.meetings.len(), 2);
    view_meeting(desk, session, list.meetings[0].series, TODAY).expect("a meeting")
}

#[test]
fn the_meeting_of_the_day_is_the_picture() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let page = june(&desk, &office);
    assert_eq!((page.items.len(), page.meeting.on), (10, TODAY));
    let done: Vec<bool> = page.items.iter().map(|item| item.done).collect();
    assert_eq!(done.iter().filter(|done| **done).count(), 3);
    let fourth = &page.items[3];
    assert_eq!(fourth.row.entry.project.name.text, "液流电池储能装备基地");
    assert_eq!(fourth.start, Some((Some(date(2026, 7, 29)), Some(date(2026, 6, 30)))));
    let tasks: Vec<_> =
        fourth.tasks.iter().map(|v| (v.task.title.text.as_str(), v.standing)).collect();
    let expected = [
        ("用地批复，186 亩", Standing::Late { days: 8 }),
        ("能评批复，1.2 万吨", Standing::Left { days: 2 }),
        ("临时用电", Standing::Kept { on: Some(date(2026, 6, 3)) }),
    ];
    assert_eq!(tasks, expected);
    // What was decided in May comes back with what became of it.
    let past: Vec<_> = page.items[0].tasks.iter().filter(|v| v.task.meeting.is_some()).collect();
    let states: Vec<_> = past.iter().map(|v| v.task.state).collect();
    assert_eq!(states, [TaskState::Kept, TaskState::Broken]);

    let list = view_meetings(&desk, &office, TODAY).expect("the list");
    let may = &list.meetings[1];
    assert_eq!((may.decisions, may.kept, may.broken, may.open, may.late), (9, 5, 2, 2, 2));
    // The ten on the agenda are the ten that the rule puts first.
    let proposed = list.candidates.iter().take(10).map(|v| v.candidate.project);
    let agenda = page.items.iter().map(|item| item.row.facts.project);
    assert_eq!(proposed.collect::<Vec<_>>(), agenda.collect::<Vec<_>>());
    assert_eq!(list.candidates[0].candidate.start_days_late, Some(77));
    assert!(list.candidates[0].candidate.why.contains(&Why::RedLight));

    let town = june(&desk, &as_account(&desk, "lingang"));
    assert!(town.items.len() < 10 && !town.may_run, "a town sees its own projects");
}

#[test]
fn decisions_become_tasks_in_one_entry_and_come_back_kept_or_broken() {
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let page = june(desk, &office);
        let series = page.meeting.series;
        let decision = |title: &str, owner: &str, due: Option<Date>| NewDecision {
            title: title.into(),
            owner: owner.into(),
            due,
        };
        let try_decide = |index, decisions: &[NewDecision]| {
            decide(desk, &office, (series, index), decisions, now(), TODAY)
        };
        let day = |d| Some(date(2026, 6, d));
        let incomplete = [decision(" ", "县住建局", day(26)), decision("x", "", day(10))];
        assert_eq!(
            keys(try_decide(3, &incomplete)),
            ["decision-needs-title", "decision-needs-owner", "decision-day-past"]
        );
        assert!(matches!(try_decide(10, &[]), Err(OpsError::NotFound { .. })));

        let three = [
            decision("市级会签专人跟办", "县自然资源局", day(24)),
            decision("能评意见当日改、次日报", "县发改委", day(22)),
            decision("施工许可与能评并联", "县住建局", day(26)),
        ];
        let before = desk.snapshot().expect("a snapshot").seq;
        let written = try_decide(3, &three).expect("taken down");
        assert_eq!(written.entries, [before], "three tasks and the agenda are one entry");
        let page = view_meeting(desk, &office, series, TODAY).expect("the meeting");
        let fourth = &page.items[3];
        assert!(fourth.done);
        assert_eq!(fourth.decisions.len(), 3);
        let first: &Task = &fourth.decisions[0].task;
        assert_eq!((first.kind, first.state), (TaskKind::Decision, TaskState::Open));
        assert_eq!(first.due, day(24));
        let owner = first.owner.as_ref().expect("a unit");
        assert_eq!(owner.en.as_deref(), Some("Natural Resources"), "a known unit keeps its names");
        // Spoken of without a decision: the meeting's row alone.
        let written = try_decide(4, &[]).expect("marked");
        assert_eq!(written.entries.len(), 1);
        assert!(try_decide(4, &[]).expect("nothing more").entries.is_empty());

        let ids: Vec<i64> = fourth.decisions.iter().map(|view| view.task.series).collect();
        come_back(desk, &office, (series, fourth.row.facts.project), &ids);
        verify_ledger(desk, &office, None).expect("the journal proves itself");
    });
}

/// A week later: one kept, one late, one given up; the next meeting has them all.
fn come_back(desk: &Desk, office: &Session, (series, project): (i64, i64), ids: &[i64]) {
    let later = date(2026, 6, 25);
    let close = |series, close, note: &str| {
        let update = TaskUpdate { due: None, note: note.into(), close: Some(close) };
        update_task(desk, office, series, &update, now(), later)
    };
    close(ids[0], Close::Done(date(2026, 6, 24)), "").expect("in time");
    close(ids[1], Close::Done(date(2026, 6, 23)), "改了两轮").expect("a day late");
    assert_eq!(keys(close(ids[2], Close::GivenUp, "")), ["task-needs-reason"]);
    close(ids[2], Close::GivenUp, "与能评不能并联").expect("given up");
    assert_eq!(keys(close(ids[2], Close::Dropped, "x")), ["task-closed"]);
    close_meeting(desk, office, series, "议毕。", now()).expect("closed");
    let after = decide(desk, office, (series, 5), &[], now(), TODAY);
    assert_eq!(keys(after), ["meeting-closed"]);
    assert_eq!(keys(close_meeting(desk, office, series, "", now())), ["meeting-closed"]);

    let next = NewMeeting {
        title: "回头看".into(),
        on: later,
        chair: String::new(),
        items: vec![(project, Why::BrokenPromise), (project, Why::Asked)],
    };
    let (_, next) = prepare_meeting(desk, office, &next, now()).expect("prepared");
    let page = view_meeting(desk, office, next, later).expect("the next meeting");
    assert_eq!(page.items.len(), 1, "a project comes once");
    let past = page.items[0].tasks.iter().filter(|v| v.task.meeting == Some(series));
    let mut states: Vec<_> = past.map(|view| view.task.state).collect();
    states.sort();
    assert_eq!(states, [TaskState::Kept, TaskState::Broken, TaskState::Broken]);
    assert_eq!(keys(add_item(desk, office, next, project, now())), ["meeting-has-project"]);
}

#[test]
fn a_meeting_needs_a_topic_and_a_project() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let bare = NewMeeting { title: "".into(), on: TODAY, chair: "".into(), items: vec![] };
    let found = keys(prepare_meeting(&desk, &office, &bare, now()));
    assert_eq!(found, ["meeting-needs-title", "meeting-without-items"]);
    let nowhere = NewMeeting { title: "x".into(), items: vec![(9_999, Why::Asked)], ..bare };
    let missing = prepare_meeting(&desk, &office, &nowhere, now());
    assert!(matches!(missing, Err(OpsError::NotFound { .. })));
    let town = as_account(&desk, "lingang");
    let refused = prepare_meeting(&desk, &town, &nowhere, now());
    assert!(matches!(refused, Err(OpsError::NotPermitted { .. })));
}

#[test]
fn a_task_goes_from_promise_to_end_and_a_town_keeps_its_own() {
    on_both(|desk| {
        load_county(desk);
        let town = as_account(desk, "lingang");
        let project = project_by_code(desk, &town, "YX26-016").expect("in the port park");
        let new = NewTask {
            is_blocker: true,
            project: Some(project),
            title: " 道路  开口 ".into(),
            owner: "县交通局".into(),
            due: Some(date(2026, 6, 22)),
            note: String::new(),
        };
        let open = |new: &NewTask| open_task(desk, &town, new, now(), TODAY);
        let past = NewTask { title: " ".into(), due: Some(date(2026, 6, 17)), ..new.clone() };
        assert_eq!(keys(open(&past)), ["task-needs-title", "task-due-past"]);
        let loose = NewTask { project: None, ..new.clone() };
        assert!(matches!(open(&loose), Err(OpsError::NotPermitted { .. })), "of no place");
        let (_, series) = open(&new).expect("opened");

        let look = |session: &Session, which| {
            let query = TaskQuery { which, project: Some(project), ..TaskQuery::default() };
            view_tasks(desk, session, &query, TODAY).expect("tasks")
        };
        let page = look(&town, Which::Open);
        assert_eq!(page.found, 3, "two of the county's and the new one");
        assert_eq!(page.rows[2].task.title.text, "道路 开口", "the latest promise comes last");
        assert_eq!((page.counts.get(Which::Late), page.counts.get(Which::Kept)), (1, 1));
        assert_eq!(look(&as_account(desk, "jingkai"), Which::All).found, 0, "another town");

        let update = |update: &TaskUpdate| update_task(desk, &town, series, update, now(), TODAY);
        let moved = TaskUpdate { due: Some(date(2026, 6, 28)), ..TaskUpdate::default() };
        assert_eq!(keys(update(&moved)), ["task-needs-reason"]);
        update(&TaskUpdate { note: "等批复".into(), ..moved }).expect("moved with a reason");
        assert_eq!(keys(update(&TaskUpdate::default())), ["task-unchanged"]);
        let done = |on| TaskUpdate { close: Some(Close::Done(on)), ..TaskUpdate::default() };
        let tomorrow = date(2026, 6, 19);
        assert_eq!(keys(update(&done(tomorrow))), ["task-done-in-future"]);
        let kept = &look(&town, Which::Open).rows[2].task;
        assert_eq!(kept.due_original, Some(date(2026, 6, 22)), "the first promise stays");
        update(&done(TODAY)).expect("done");
        assert_eq!(look(&town, Which::Kept).found, 2);

        let other = as_account(desk, "jingkai");
        let strange = update_task(desk, &other, series, &done(TODAY), now(), TODAY);
        assert!(matches!(strange, Err(OpsError::NotFound { .. })), "not even told that it exists");
    });
}
