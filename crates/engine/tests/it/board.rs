//! The stage board and the estimate below it.

use jiff::civil::date;
use tici_domain::change::Verdict;
use tici_domain::rule_set;
use tici_domain::{Change, Measure, Name, SideChange, SideState, Stage, Task, TaskKind, TaskState};
use tici_engine::board::{Asked, Board, BoardRules, Order, PRESETS, Thin, board};
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::{builders as b, table};

use crate::ledger::{lens, snapshot};

fn rules() -> BoardRules {
    BoardRules::of(&Snapshot::default(), rule_set::ALWAYS)
}

fn look(changes: &[Change], lens: &Lens, asked: &Asked) -> Board {
    let snapshot = snapshot(changes);
    let table = FactsTable::new(&snapshot, lens);
    board(&snapshot, &table, &Filter::default(), &rules(), asked)
}

/// Projects as `id | claims`, a claim as `stage day verdict`; comma between claims.
fn changes(text: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut ids = 0;
    for row in table::parse(text).rows() {
        let id = row.int("id");
        let state = row.some("state").and_then(SideState::parse).unwrap_or(SideState::Active);
        changes.push(Change::Project(tici_domain::change::Project {
            state,
            ..b::project(id, &format!("P{id}"))
        }));
        let total = b::figure(id, id, Measure::TOTAL_INVESTMENT, "2026-05", 100 * id);
        changes.push(Change::Figure(total));
        for claim in row.text("claims").split(',').map(str::trim).filter(|c| !c.is_empty()) {
            ids += 1;
            let mut words = claim.split(' ');
            let stage = words.next().and_then(Stage::parse).expect("a stage");
            let on = words.next().expect("a day");
            changes.push(Change::StageClaim(b::claim(ids, id, stage, on)));
            if let Some(verdict) = words.next().and_then(Verdict::parse) {
                changes.push(Change::StageVerdict(b::verdict(ids, ids, verdict)));
            }
        }
    }
    changes
}

#[test]
fn every_preset_reads_without_a_problem() {
    for (name, text) in PRESETS {
        let (rules, problems) = BoardRules::parse(text, name);
        assert_eq!(problems, [], "{name}");
        assert_eq!(rules.limit(Stage::Landed), Some(120));
        assert_eq!(rules.limit(Stage::AtCapacity), None);
    }
    let broken = "key = \"x\"\ntitle = \"x\"\nlimt = 3\n[limit]\nsigned = 0\nborn = 4\n";
    let (_, problems) = BoardRules::parse(broken, "x");
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["board-limit-stage", "board-limit-days", "rules-unknown-key"]);
}

/// Day of the lens: 18 June 2026.
const MOVES: &str = "
  id | state     | claims
  1  |           | signed 2026-06-02
  2  |           | signed 2026-03-01, landed 2026-06-03
  3  |           | signed 2026-01-05, landed 2026-02-01, in_progress 2026-06-10
  4  |           | signed 2025-01-05, landed 2025-02-01, started 2026-06-04 rejected
  5  | withdrawn | signed 2025-01-05, landed 2025-02-01
  6  |           | signed 2026-06-20
  7  |           | lead 2026-06-01
";

#[test]
fn moves_of_the_month_cross_every_boundary_on_the_way() {
    let mut changes = changes(MOVES);
    let asked = Asked::default();
    let lens = lens();
    let found = look(&changes, &lens, &asked);
    let count = |board: &Board, of: fn(&tici_engine::board::Column) -> usize| {
        board.columns.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(count(&found, |c| c.projects), [1, 2, 0, 1, 0, 0, 0]);
    // Project 3 jumped over a start that nobody claimed.
    assert_eq!(count(&found, |c| c.arrived), [1, 1, 1, 1, 0, 0, 0]);
    assert_eq!(count(&found, |c| c.ended), [0; 7], "nobody said when");
    assert_eq!((found.projects, found.before_first), (6, 2));

    let known = Asked { ended_on: [(5, date(2026, 6, 9))].into(), ..Asked::default() };
    assert_eq!(count(&look(&changes, &lens, &known), |c| c.ended), [0, 1, 0, 0, 0, 0, 0]);
    let stopped = SideChange {
        id: 1,
        project: 5,
        state: SideState::Withdrawn,
        on: date(2026, 5, 31),
        reason: "x".into(),
        evidence: Vec::new(),
    };
    changes.push(Change::SideChange(stopped));
    let recorded = look(&changes, &lens, &known);
    assert_eq!(count(&recorded, |c| c.ended), [0; 7], "the record speaks before the entry");

    let verified = Lens { stage_status: StageStatus::Verified, ..lens };
    assert_eq!(count(&look(&changes, &verified, &asked), |c| c.projects), [0; 7]);
}

#[test]
fn days_are_counted_against_the_limit() {
    // 120 days before 18 June is 18 February.
    let text = "
      id | state | claims
      1  |       | landed 2026-02-17
      2  |       | landed 2026-02-18
      3  |       | landed 2026-06-18
      4  |       | at_capacity 2020-01-01
    ";
    let asked = Asked { order: Order::Days, ..Asked::default() };
    let found = look(&changes(text), &lens(), &asked);
    let landed = &found.columns[1];
    assert_eq!((landed.limit, landed.over_limit, landed.dwell_median), (Some(120), 1, Some(120)));
    let cards: Vec<_> = landed.cards.iter().map(|c| (c.project, c.days, c.is_over)).collect();
    assert_eq!(cards, [(1, Some(121), true), (2, Some(120), false), (3, Some(0), false)]);
    assert_eq!(landed.sums.values().sum::<i128>(), 600);
    assert_eq!(found.columns[6].over_limit, 0, "the last stage has no limit");
}

#[test]
fn the_order_is_asked_for_and_the_newest_keeps_a_place() {
    let text: String = (1..=9).fold("id | state | claims\n".to_owned(), |text, id| {
        format!("{text}{id} | | landed 2026-0{}-01\n", if id == 1 { 6 } else { 3 })
    });
    let changes = changes(&text);
    let ids = |order| {
        let asked = Asked { order, ..Asked::default() };
        let found = look(&changes, &lens(), &asked);
        found.columns[1].cards.iter().map(|card| card.project).collect::<Vec<_>>()
    };
    // All are of one light: the largest first, and the one that has just come last.
    assert_eq!(ids(Order::Urgent), [9, 8, 7, 6, 5, 1]);
    assert_eq!(ids(Order::Total), [9, 8, 7, 6, 5, 4]);
    assert_eq!(ids(Order::Newest), [1, 9, 8, 7, 6, 5]);
    let all = Asked { all_of: Some(Stage::Landed), ..Asked::default() };
    let found = look(&changes, &lens(), &all);
    assert_eq!((found.columns[1].cards.len(), found.columns[1].rest), (9, 0));
}

#[test]
fn a_card_names_its_open_blockers_by_day() {
    let task = |series, due: Option<&str>, kind, state| {
        Change::Task(Task {
            id: series,
            series,
            kind,
            project: Some(1),
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
        })
    };
    let mut changes = changes("id | state | claims\n1 | | landed 2026-03-01");
    let (blocker, open) = (TaskKind::Blocker, TaskState::Open);
    changes.extend([
        task(1, None, blocker, open),
        task(2, Some("2026-06-20"), blocker, open),
        task(3, Some("2026-06-10"), blocker, open),
        task(4, Some("2026-06-05"), blocker, TaskState::Kept),
        task(5, Some("2026-06-05"), TaskKind::Decision, open),
    ]);
    let found = look(&changes, &lens(), &Asked::default());
    assert_eq!(found.columns[1].cards[0].blockers, [3, 2, 1]);
}

/// Twelve projects started in the last twelve months, one a month, 90 days after signing
/// and 60 after landing; `waiting` more landed on 1 June.
fn history(waiting: i64) -> Vec<Change> {
    let mut text = "id | state | claims\n".to_owned();
    for id in 1..=12 {
        let start = date(2025, 6, 25) + jiff::Span::new().months(id - 1);
        let before = |days: i32| start - jiff::Span::new().days(days);
        let (signed, landed) = (before(90), before(60));
        text += &format!("{id} | | signed {signed}, landed {landed}, started {start}\n");
    }
    // The first claim of all is more than a year old.
    text += "99 | terminated | signed 2024-01-01\n";
    for id in 100..100 + waiting {
        text += &format!("{id} | | signed 2026-05-01, landed 2026-06-01\n");
    }
    let mut changes = changes(&text);
    for id in (1..=12).chain(100..100 + waiting) {
        changes.push(Change::Plan(b::plan(id, id, "2026", 50)));
    }
    changes
}

#[test]
fn the_next_half_year_goes_on_at_the_pace_of_the_last_year() {
    let lens = lens();
    let pipeline = look(&history(20), &lens, &Asked::default()).pipeline;
    assert_eq!(pipeline.thin, None);
    assert_eq!(pipeline.pace.started, 12);
    assert_eq!((pipeline.dwell.now, pipeline.dwell.before), (Some(90), None));
    assert_eq!(pipeline.window, (date(2026, 7, 1), date(2026, 12, 31)));
    assert_eq!((pipeline.waiting, pipeline.ripe), (20, 20));
    let starts = pipeline.starts.expect("an estimate");
    assert_eq!((starts.mid, starts.low, starts.high), (6, 3, 10));
    // This year's plan of 1,600 stands in; of the twelve under way each is done by now or
    // carries at most what it has left.
    let next = pipeline.next_year.expect("next year");
    assert!(next.is_stand_in && next.plan == 1_600 && next.per_start == 50);
    assert_eq!(next.start_by, date(2027, 6, 30));
    assert_eq!(next.sign_by, date(2027, 4, 1), "90 days earlier");
    assert_eq!(next.left, 14, "20 waiting, 6 of them started by then");
    assert_eq!(next.gap, next.needed.saturating_sub(next.left + next.to_sign));
}

#[test]
fn no_more_can_start_than_wait() {
    let pipeline = look(&history(2), &lens(), &Asked::default()).pipeline;
    let starts = pipeline.starts.expect("an estimate");
    assert_eq!((starts.mid, starts.low, starts.high), (2, 2, 2));
}

#[test]
fn a_short_history_estimates_nothing_and_says_why() {
    let young = "id | state | claims\n1 | | signed 2026-01-01, started 2026-03-01";
    let pipeline = look(&changes(young), &lens(), &Asked::default()).pipeline;
    assert_eq!(pipeline.thin, Some(Thin::Young(Some(date(2026, 1, 1)))));
    assert_eq!((pipeline.starts, pipeline.next_year), (None, None));
    let few = "id | state | claims\n1 | | signed 2024-01-01, started 2026-03-01";
    let pipeline = look(&changes(few), &lens(), &Asked::default()).pipeline;
    assert_eq!(pipeline.thin, Some(Thin::FewStarts(1)));
    assert_eq!(look(&[], &lens(), &Asked::default()).pipeline.thin, Some(Thin::Young(None)));
}
