//! A ledger in text: one line is one project.

use tici_domain::change::Project;
use tici_domain::{Basis, Change, Currency, ListTier, Measure, Period, SideState, Stage};
use tici_engine::counting::cohort::CohortOn;
use tici_engine::rule::StageStatus;
use tici_engine::{Lens, Snapshot};
use tici_testkit::{builders as b, table};

/// Reads `id | parent | place | tier | stage | state | currency | total | plan | ytd`;
/// an empty cell is nothing given. Amounts are stored units; the year is 2026, the month
/// of the figures May. Places 2 and 3 lie in 1, place 4 in 2.
pub fn changes(text: &str) -> Vec<Change> {
    let mut changes = vec![
        Change::Place(b::place(1, "county", None)),
        Change::Place(b::place(2, "park", Some(1))),
        Change::Place(b::place(3, "town", Some(1))),
        Change::Place(b::place(4, "quarter", Some(2))),
    ];
    let mut ids = 0;
    let mut next = || {
        ids += 1;
        ids
    };
    for row in table::parse(text).rows() {
        let id = row.int("id");
        let project = Project {
            parent: row.some_int("parent"),
            place: row.some_int("place"),
            currency: row.some("currency").and_then(Currency::parse).unwrap_or(Currency::CNY),
            state: row.some("state").and_then(SideState::parse).unwrap_or(SideState::Active),
            ..b::project(id, &format!("P{id}"))
        };
        changes.push(Change::Project(project));
        if let Some(tier) = row.some("tier").and_then(ListTier::parse) {
            changes.push(Change::ListMembership(b::list(next(), id, tier, 2026)));
        }
        if let Some(stage) = row.some("stage").and_then(Stage::parse) {
            changes.push(Change::StageClaim(b::claim(next(), id, stage, "2026-03-01")));
        }
        if let Some(amount) = row.some_int("plan") {
            changes.push(Change::Plan(b::plan(next(), id, "2026", amount)));
        }
        let measures = [("total", Measure::TOTAL_INVESTMENT), ("ytd", Measure::INVEST_YTD)];
        for (column, measure) in measures {
            if let Some(value) = row.some_int(column) {
                changes.push(Change::Figure(b::figure(next(), id, measure, "2026-05", value)));
            }
        }
    }
    changes
}

pub fn snapshot(changes: &[Change]) -> Snapshot {
    let changes = changes.iter().enumerate().map(|(seq, change)| (seq as i64, change));
    Snapshot::default().advance(changes, 1)
}

pub fn lens() -> Lens {
    Lens {
        period: Period::month(2026, 5).expect("a month"),
        stock_period: Period::month(2026, 6).expect("a month"),
        basis: Basis::Reported,
        today: b::day("2026-06-18"),
        stage_status: StageStatus::Claimed,
        cohort: CohortOn::Today,
        start_deadline: Some(b::day("2026-06-30")),
        lights: Default::default(),
    }
}
