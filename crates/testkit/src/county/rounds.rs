//! The rounds of 2026: opened on the 25th of their month, each town's sheet with the return
//! that it sent, accepted with the review, locked in the middle of the next month. May is
//! still open: Luting has not sent its return, and what the office was told by telephone is
//! no return.

use jiff::Span;
use jiff::civil::{Date, date};
use tici_domain::{
    Basis, Change, Period, ReturnRound, ReturnSheet, RoundState, SheetState, Subject, Table,
};

use super::journal::moment;
use super::people::{DISPATCHER, REVIEWER, reporter};
use super::places::COUNTY_ID;
use super::world::{World, month};

/// Months of 2026 that have been collected.
const MONTHS: std::ops::RangeInclusive<i8> = 1..=5;
/// The month that still takes returns.
const OPEN_MONTH: i8 = 5;
const TOWNS: usize = 13;

/// Adds rounds and sheets to what was sent and reviewed; no figure changes.
pub(crate) fn rounds(world: &mut World) {
    for at in MONTHS {
        round(world, at);
    }
}

fn round(world: &mut World, at: i8) {
    let period = month(2026, at);
    let id = world.journal.id(Table::ReturnRound);
    let next = period.last_day() + Span::new().days(1);
    let row = ReturnRound {
        id,
        series: id,
        form: "monthly".into(),
        period,
        opened: date(2026, at, 25),
        due: next + Span::new().days(2),
        state: RoundState::Open,
        reason: None,
        replaces: None,
    };
    let opened = vec![Change::ReturnRound(row.clone())];
    world.journal.push(moment(row.opened, 9, 0), DISPATCHER, "open_round", opened);
    let mut sheets: Vec<ReturnSheet> = Vec::new();
    for town in 1..=TOWNS {
        sheets.extend(town_sheet(world, town, (id, period)));
    }
    if at != OPEN_MONTH {
        lock(world, &row, sheets, next + Span::new().days(14));
    }
}

/// The sheet goes with the return's first entry, and is accepted with its review.
fn town_sheet(world: &mut World, town: usize, at: (i64, Period)) -> Option<ReturnSheet> {
    let sent = find(world, (town, at.1), (reporter(town), Basis::Reported))?;
    let first = add(world, sent, (town, at.0), None, SheetState::Submitted);
    let reviewed = find(world, (town, at.1), (REVIEWER, Basis::Verified));
    match reviewed {
        Some(review) => Some(add(world, review, (town, at.0), Some(&first), SheetState::Accepted)),
        // Nothing had been invested yet, so that there was nothing to verify.
        None => {
            let accepted = next_sheet(world, (town, at.0), Some(&first), SheetState::Accepted);
            let on: Date = at.1.last_day() + Span::new().days(6);
            let changes = vec![Change::ReturnSheet(accepted.clone())];
            let minute = 12 + town as i8;
            world.journal.push(moment(on, 16, minute), REVIEWER, "judge_return", changes);
            Some(accepted)
        }
    }
}

/// Index of the first operation of an account that writes figures of a town and month.
fn find(
    world: &World,
    (town, period): (usize, Period),
    (actor, basis): (i64, Basis),
) -> Option<usize> {
    let projects: Vec<i64> = (0..world.plots.len())
        .filter(|plot| world.plots[*plot].town == town)
        .map(|plot| world.projects[plot])
        .collect();
    let is_of = |change: &Change| match change {
        Change::Figure(figure) => {
            figure.period == period
                && figure.basis == basis
                && figure.replaces.is_none()
                && matches!(figure.subject, Subject::Project(id) if projects.contains(&id))
        }
        _ => false,
    };
    let operations = world.journal.operations();
    let is_it = |operation: &super::Operation| {
        let is_return = matches!(operation.op.as_str(), "import_return" | "review_return");
        is_return && operation.actor == actor && operation.changes.first().is_some_and(is_of)
    };
    let found = operations.iter().enumerate().filter(|(_, operation)| is_it(operation));
    found.min_by_key(|(_, operation)| operation.at).map(|(index, _)| index)
}

fn add(
    world: &mut World,
    operation: usize,
    at: (usize, i64),
    before: Option<&ReturnSheet>,
    state: SheetState,
) -> ReturnSheet {
    let mut sheet = next_sheet(world, at, before, state);
    let operations = world.journal.operations_mut();
    if before.is_none() {
        let figures = operations[operation].changes.iter().filter_map(|change| match change {
            Change::Figure(figure) => Some(figure.subject),
            _ => None,
        });
        sheet.rows = figures.collect::<std::collections::BTreeSet<_>>().len() as i64;
    }
    operations[operation].changes.push(Change::ReturnSheet(sheet.clone()));
    sheet
}

fn next_sheet(
    world: &mut World,
    (town, round): (usize, i64),
    before: Option<&ReturnSheet>,
    state: SheetState,
) -> ReturnSheet {
    ReturnSheet {
        id: world.journal.id(Table::ReturnSheet),
        round,
        place: COUNTY_ID + town as i64,
        state,
        rows: before.map_or(0, |sheet| sheet.rows),
        file: None,
        reason: None,
        replaces: before.map(|sheet| sheet.id),
    }
}

fn lock(world: &mut World, round: &ReturnRound, sheets: Vec<ReturnSheet>, on: Date) {
    let row = ReturnRound {
        id: world.journal.id(Table::ReturnRound),
        state: RoundState::Locked,
        replaces: Some(round.id),
        ..round.clone()
    };
    let mut changes = vec![Change::ReturnRound(row)];
    for sheet in sheets {
        let town = (sheet.place - COUNTY_ID) as usize;
        let locked = next_sheet(world, (town, round.series), Some(&sheet), SheetState::Locked);
        changes.push(Change::ReturnSheet(locked));
    }
    world.journal.push(moment(on, 17, 30), DISPATCHER, "lock_round", changes);
}
