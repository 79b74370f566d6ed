//! Rows of the month go in, are superseded, prove themselves and come back from the journal.

use crate::places::{Site, open, stories};
use crate::world::{dump, entry, sample, write};
use jiff::civil::date;
use tici_domain::{
    AgendaItem, Change, Commitment, Event, EventItem, EventKind, Excuse, Meeting, Name,
    PackageChange, PairDecision, PairVerdict, Period, ReturnRound, ReturnSheet, RoundState,
    RuleSet, SheetState, SideChange, SideState, Stage, Table, Task, TaskKind, TaskState,
};
use tici_store::{Store, StoreError};

fn task(id: i64) -> Task {
    Task {
        id,
        series: 1,
        kind: TaskKind::Decision,
        project: Some(1),
        meeting: Some(1),
        commitment: Some(1),
        claim: None,
        title: Name::of(
            "施工许可与能评并联",
            "施工許可與能評並聯",
            "Permit and review in parallel",
        ),
        owner: Some(Name::new("示例局")),
        opened: date(2026, 6, 18),
        due: Some(date(2026, 6, 26)),
        due_original: Some(date(2026, 6, 26)),
        state: TaskState::Open,
        closed_on: None,
        note: None,
        finding: None,
        evidence: Vec::new(),
        replaces: None,
    }
}

fn commitment() -> Commitment {
    Commitment {
        id: 1,
        series: 1,
        name: Name::new("6月30日前全部开工"),
        stage: Some(Stage::Started),
        milestone: None,
        projects: vec![1, 2],
        cohort: vec![("tier".into(), "city".into())],
        frozen: date(2026, 1, 20),
        due_original: date(2026, 6, 30),
        due: date(2026, 6, 30),
        owner: None,
        place: Some(1),
        withdrawn: false,
        reason: None,
        replaces: None,
    }
}

fn event() -> Event {
    let item =
        EventItem { project: 1, total: Some(5), plan_year: None, sector: Some("工业".into()) };
    Event {
        id: 1,
        series: 1,
        kind: EventKind::Start,
        name: Name::new("春季集中开工"),
        on: date(2026, 3, 18),
        site: Some(Name::new("示例园")),
        place: None,
        items: vec![item],
        withdrawn: false,
        reason: None,
        replaces: None,
    }
}

fn meeting() -> Meeting {
    Meeting {
        id: 1,
        series: 1,
        title: Name::new("调度会"),
        on: date(2026, 6, 18),
        chair: None,
        agenda: vec![AgendaItem { project: 1, why: "red_light".into(), done: true }],
        closed: false,
        minutes: Some("第一行\n第二行".into()),
        replaces: None,
    }
}

fn round(id: i64) -> ReturnRound {
    ReturnRound {
        id,
        series: 1,
        form: "monthly".into(),
        period: Period::month(2026, 6).unwrap(),
        opened: date(2026, 6, 25),
        due: date(2026, 7, 3),
        state: RoundState::Open,
        reason: None,
        replaces: None,
    }
}

fn sheet() -> ReturnSheet {
    ReturnSheet {
        id: 1,
        round: 1,
        place: 1,
        state: SheetState::Submitted,
        rows: 3,
        file: Some(1),
        reason: None,
        replaces: None,
    }
}

fn scrutiny() -> Vec<Change> {
    let stopped = SideChange {
        id: 1,
        project: 1,
        state: SideState::Suspended,
        on: date(2026, 6, 1),
        reason: "资金未到位".into(),
        evidence: vec![1],
    };
    let pair = PairDecision {
        id: 1,
        first: 1,
        second: 2,
        verdict: PairVerdict::Different,
        reason: "两家企业".into(),
        replaces: None,
    };
    let excuse = Excuse {
        id: 1,
        project: 1,
        rule: "progress".into(),
        from: date(2026, 6, 1),
        until: date(2026, 8, 31),
        reason: "汛期停工".into(),
        approver: "分管副县长".into(),
        evidence: vec![],
        withdrawn: false,
        replaces: None,
    };
    let rules = RuleSet {
        id: 1,
        kind: "lights".into(),
        name: "example".into(),
        version: 1,
        from: date(2026, 6, 1),
        text: "[start]\n".into(),
        reason: None,
        approver: None,
        replaces: None,
    };
    vec![
        Change::SideChange(stopped),
        Change::PairDecision(pair),
        Change::Excuse(excuse),
        Change::RuleSet(rules),
        Change::PackageChange(PackageChange {
            id: 1,
            project: 1,
            parent: Some(2),
            share: Some(4_050),
            reason: "二期并入".into(),
        }),
        Change::PackageChange(PackageChange {
            id: 2,
            project: 1,
            parent: None,
            share: None,
            reason: "独立核准".into(),
        }),
    ]
}

fn month(store: &Store) {
    sample(store);
    write(store, "judge", scrutiny());
    write(store, "open_round", vec![Change::ReturnRound(round(1)), Change::ReturnSheet(sheet())]);
    let meeting = vec![
        Change::Commitment(commitment()),
        Change::Event(event()),
        Change::Meeting(meeting()),
        Change::Task(task(1)),
    ];
    write(store, "meet", meeting);
    let kept = Task { state: TaskState::Kept, replaces: Some(1), ..task(2) };
    let locked = ReturnRound { state: RoundState::Locked, replaces: Some(1), ..round(2) };
    write(store, "close", vec![Change::Task(kept), Change::ReturnRound(locked)]);
}

stories! {
    rows_of_the_month_come_back_from_the_journal,
    the_second_to_change_a_task_is_refused,
}

fn rows_of_the_month_come_back_from_the_journal(site: &Site) {
    let store = open(site);
    month(&store);
    let rows = dump(&store);
    for table in Table::ALL {
        assert!(rows.iter().any(|(_, row)| row.table() == table), "{}", table.name());
    }
    assert_eq!(store.verify(None).unwrap().first_bad, None, "{}", site.name);
    store.rebuild().unwrap();
    assert_eq!(dump(&store), rows, "{}", site.name);
}

fn the_second_to_change_a_task_is_refused(site: &Site) {
    let store = open(site);
    month(&store);
    let late = Task { state: TaskState::Broken, replaces: Some(1), ..task(3) };
    let mut tx = store.begin().unwrap();
    let seq = tx.next_seq().unwrap();
    let refused = tx.commit(entry(seq, "close", vec![Change::Task(late)]));
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
}
