//! Which projects come to the dispatch meeting, and how promises stand.

use jiff::civil::{Date, date};
use tici_domain::rule_set;
use tici_domain::{Change, Light, Name, Stage, Task, TaskKind, TaskState};
use tici_engine::agenda::{AgendaRules, PRESETS, Standing, Why, candidates, closed_as, standing};
use tici_engine::board::BoardRules;
use tici_engine::{FactsTable, Filter, Snapshot};
use tici_testkit::builders as b;

use crate::ledger::{lens, snapshot};

const TODAY: Date = date(2026, 6, 18);

fn task(series: i64, project: i64, due: Option<&str>, state: TaskState) -> Task {
    Task {
        id: series,
        series,
        kind: TaskKind::Blocker,
        project: Some(project),
        meeting: None,
        commitment: None,
        claim: None,
        title: Name::new("x"),
        owner: None,
        opened: date(2026, 5, 1),
        due: due.map(b::day),
        due_original: due.map(b::day),
        state,
        closed_on: None,
        note: None,
        finding: None,
        evidence: Vec::new(),
        replaces: None,
    }
}

#[test]
fn a_task_stands_by_its_day() {
    let open = |due| task(1, 1, due, TaskState::Open);
    let closed = |state, on: &str| Task { closed_on: Some(b::day(on)), ..closed_task(state) };
    fn closed_task(state: TaskState) -> Task {
        task(1, 1, Some("2026-06-05"), state)
    }
    let (kept, broken) = (TaskState::Kept, TaskState::Broken);
    let third = Some(date(2026, 6, 3));
    let ninth = Some(date(2026, 6, 9));
    let cases = [
        (open(Some("2026-06-10")), Standing::Late { days: 8 }, Some(Light::Red)),
        (open(Some("2026-06-18")), Standing::Left { days: 0 }, Some(Light::Amber)),
        (open(Some("2026-06-20")), Standing::Left { days: 2 }, Some(Light::Amber)),
        (open(Some("2026-06-22")), Standing::Left { days: 4 }, Some(Light::Green)),
        (open(None), Standing::NoDay, Some(Light::Amber)),
        (closed(kept, "2026-06-03"), Standing::Kept { on: third }, Some(Light::Green)),
        (
            closed(broken, "2026-06-09"),
            Standing::Broken { on: ninth, days_late: Some(4) },
            Some(Light::Red),
        ),
        (closed_task(TaskState::Dropped), Standing::Dropped, None),
    ];
    for (task, expected, light) in cases {
        let found = standing(&task, TODAY);
        assert_eq!((found, found.light(3)), (expected, light));
    }
}

#[test]
fn a_promise_is_kept_by_its_first_day_only() {
    let moved =
        Task { due: Some(date(2026, 6, 30)), ..task(1, 1, Some("2026-06-10"), TaskState::Open) };
    let no_day = task(1, 1, None, TaskState::Open);
    assert_eq!(closed_as(&moved, date(2026, 6, 10)), TaskState::Kept);
    assert_eq!(closed_as(&moved, date(2026, 6, 11)), TaskState::Broken);
    assert_eq!(closed_as(&no_day, date(2026, 6, 11)), TaskState::Kept);
}

/// 1: nothing. 2: one task late by 3 days. 3: 200 days at signed. 4: broke a promise.
/// 5: one task late by 9 days, and past its limit.
fn ledger() -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, signed) in [
        (1, "2026-06-01"),
        (2, "2026-06-01"),
        (3, "2025-12-01"),
        (4, "2026-06-01"),
        (5, "2026-03-01"),
    ] {
        changes.push(Change::Project(b::project(id, &format!("P{id}"))));
        changes.push(Change::StageClaim(b::claim(id, id, Stage::Signed, signed)));
    }
    let broken = |series, on: &str| Task {
        closed_on: Some(b::day(on)),
        ..task(series, 4, Some("2026-05-01"), TaskState::Broken)
    };
    let open = TaskState::Open;
    changes.extend([
        Change::Task(task(1, 2, Some("2026-06-15"), open)),
        Change::Task(task(2, 5, Some("2026-06-09"), open)),
        Change::Task(broken(3, "2026-05-20")),
        // Too long ago to count.
        Change::Task(broken(4, "2025-05-20")),
    ]);
    changes
}

fn found(rules: &AgendaRules) -> Vec<(i64, Vec<Why>)> {
    let snapshot = snapshot(&ledger());
    let table = FactsTable::new(&snapshot, &lens());
    let board = BoardRules::of(&snapshot, rule_set::ALWAYS);
    let found = candidates(&snapshot, &table, &Filter::default(), (rules, &board));
    found.into_iter().map(|candidate| (candidate.project, candidate.why)).collect()
}

#[test]
fn the_agenda_is_what_the_rule_file_brings_in_its_order() {
    use Why::{BrokenPromise, Dwell, OverdueTask};
    let rules = AgendaRules::of(&Snapshot::default(), rule_set::ALWAYS);
    let expected = [
        (5, vec![OverdueTask, Dwell]),
        (2, vec![OverdueTask]),
        (4, vec![BrokenPromise]),
        (3, vec![Dwell]),
    ];
    assert_eq!(found(&rules), expected);
    let other = "key = \"x\"\ntitle = \"x\"\nbring = [\"dwell\"]\norder = [\"days_over_limit\"]\n";
    let (rules, problems) = AgendaRules::parse(other, "x");
    assert_eq!(problems, []);
    assert_eq!(found(&rules), [(3, vec![Dwell]), (5, vec![Dwell])]);
}

#[test]
fn every_preset_reads_without_a_problem() {
    for (name, text) in PRESETS {
        assert_eq!(AgendaRules::parse(text, name).1, [], "{name}");
    }
    let (_, problems) = AgendaRules::parse("key = \"x\"\ntitle = \"x\"\nbring = [\"luck\"]\n", "x");
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["rules-choice", "rules-empty"]);
}
