//! How long the stage board of many projects takes: `cargo run --release -p tici-engine
//! --example board_speed [PROJECTS]`.

use std::time::Instant;

use jiff::Span;
use jiff::civil::{Date, date};
use tici_domain::change::Project;
use tici_domain::{Basis, Change, Measure, Period, Stage};
use tici_engine::board::{Asked, BoardRules, board};
use tici_engine::counting::cohort::CohortOn;
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::builders as b;

const TODAY: Date = date(2026, 6, 18);

fn main() {
    let asked = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let projects: i64 = asked.unwrap_or(50_000);
    let changes: Vec<Change> = (1..=projects).flat_map(rows).collect();
    let numbered = changes.iter().enumerate().map(|(seq, change)| (seq as i64, change));
    let snapshot = Snapshot::default().advance(numbered, 1);
    let lens = lens();
    let began = Instant::now();
    let table = FactsTable::new(&snapshot, &lens);
    println!("facts of {projects} projects: {:?}", began.elapsed());
    let rules = BoardRules::of(&snapshot, lens.today);
    for _ in 0..5 {
        let began = Instant::now();
        let found = board(&snapshot, &table, &Filter::default(), &rules, &Asked::default());
        println!("board: {:?}, {} projects", began.elapsed(), found.projects);
    }
}

fn lens() -> Lens {
    Lens {
        period: b::period("2026-05"),
        stock_period: b::period("2026-06"),
        basis: Basis::Reported,
        today: TODAY,
        stage_status: StageStatus::Claimed,
        cohort: CohortOn::default(),
        start_deadline: Some(date(2026, 6, 30)),
        lights: Default::default(),
    }
}

/// A project with one claim for each stage it has reached, a total and a plan.
fn rows(id: i64) -> Vec<Change> {
    let reached = (id % 7) as usize;
    let mut changes = vec![Change::Project(Project {
        chain: Some(["storage", "food", "textiles"][(id % 3) as usize].to_owned()),
        ..b::project(id, &format!("P{id}"))
    })];
    let last = TODAY - Span::new().days(id % 400);
    for (index, stage) in Stage::STAIRS.into_iter().enumerate().take(reached + 1) {
        let on = last - Span::new().days(90 * (reached - index) as i64);
        changes.push(Change::StageClaim(b::claim(
            id * 7 + index as i64,
            id,
            stage,
            &on.to_string(),
        )));
    }
    changes.push(Change::Milestone(b::milestone(id, id, "started", "2026-07-20")));
    let total = b::figure(id, id, Measure::TOTAL_INVESTMENT, "2026-05", 100_000 + id);
    changes.push(Change::Figure(total));
    changes.push(Change::Plan(b::plan(id, id, &Period::year(2026).to_string(), 20_000)));
    changes
}
