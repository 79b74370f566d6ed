//! A piece of a sheet to the table it is.

use super::card;
use super::columns;
use super::fingerprint;
use super::grid::{Area, Grid};
use super::header::{self, Header, HeaderReason};
use super::lines::{self, Line, LineKind};
use super::pieces::{Kind, Piece};
use super::rows::{self, RowRole};
use super::totals;
use super::units::{self, StatedUnit, UnitKind};
use super::{FoundTable, Shape, Values, dates::Dated};

/// The tables of a piece: one, or a form and the table inside it.
pub fn tables(grid: &Grid<'_>, piece: Piece) -> Vec<FoundTable> {
    match piece.kind {
        Kind::List(header) => vec![list(grid, piece.area, header, piece.lines)],
        Kind::Questions => vec![questions(grid, piece.area, piece.lines)],
        Kind::Turned => vec![turned(grid, piece.area, piece.lines)],
        Kind::Card => {
            let inner = card::inner_table(grid, &piece.area);
            let mut tables = vec![form(grid, piece.area, inner.as_ref(), piece.lines)];
            tables.extend(inner.map(|area| {
                let header = header::find(grid, &area);
                list(grid, area, header, Vec::new())
            }));
            tables
        }
    }
}

fn bare(shape: Shape, area: Area, lines: Vec<Line>) -> FoundTable {
    FoundTable {
        shape,
        area,
        header: None,
        reason: None,
        confidence: 40,
        title: lines::title(&lines, &area).map(|line| line.text.clone()),
        unit: unit_of(&lines),
        dated: dated_of(&lines),
        lines,
        columns: Vec::new(),
        key: None,
        unit_column: None,
        roles: Vec::new(),
        groups: Vec::new(),
        totals: Vec::new(),
        fields: Vec::new(),
        flags: Vec::new(),
        fingerprint: String::new(),
    }
}

/// The unit of money a line states, else any.
fn unit_of(lines: &[Line]) -> Option<StatedUnit> {
    let stated = || lines.iter().filter(|line| line.kind != LineKind::Note);
    let units = || stated().filter_map(|line| line.unit.as_ref());
    let money = units().find(|unit| matches!(unit.kind, UnitKind::Money { .. }));
    money.or_else(|| units().next()).cloned()
}

/// The most exact time a line names; a day stated for itself before one in a title.
fn dated_of(lines: &[Line]) -> Option<Dated> {
    let told = lines.iter().filter(|line| {
        matches!(line.kind, LineKind::Day | LineKind::Title | LineKind::Form | LineKind::Unit)
    });
    let days =
        |dated: &Dated| dated.first.until(dated.last).map_or(i32::MAX, |span| span.get_days());
    told.filter_map(|line| line.dated).min_by_key(days)
}

fn list(grid: &Grid<'_>, area: Area, header: Option<Header>, mut lines: Vec<Line>) -> FoundTable {
    let headers = match &header {
        Some(header) => header::texts(grid, &area, header),
        None => vec![String::new(); area.width()],
    };
    let from = header.map_or(area.top, |header| (header.bottom + 1).max(area.top));
    let key = columns::key(grid, &area, &headers, from);
    let mut body = rows::read(grid, &area, header.as_ref(), from, key);
    totals::find_worded(grid, &area, from, &mut body);
    let area = without_notes(grid, area, from, &mut body, &mut lines);
    let mut table = bare(Shape::List, area, lines);
    let is_share = |column: usize| columns::is_share(&headers[column - area.left]);
    table.totals = totals::check(grid, &area, from, &body, &is_share);
    let read = columns::read(grid, &area, &headers, from, &body, table.unit.as_ref());
    (table.columns, table.flags) = read;
    let heads_units = |column: &&super::FoundColumn| {
        units::heads_units(&column.header) && column.values == Values::Words
    };
    table.unit_column = table.columns.iter().find(heads_units).map(|column| column.index);
    table.columns.retain(|column| !is_covered(grid, &area, column.index));
    if has_periods(&table.columns) {
        table.shape = Shape::Periods;
    }
    table.confidence = confidence(header.as_ref(), &body);
    table.fingerprint = fingerprint::of(table.shape.code(), &headers);
    table.header = header.map(|header| (header.top, header.bottom));
    table.reason = header.map(|header| header.reason);
    table.key = Some(key);
    (table.roles, table.groups) = (body.roles, body.groups);
    table
}

/// Most columns stand for one part of time each, and not all for the same.
fn has_periods(columns: &[super::FoundColumn]) -> bool {
    let period = |header: &str| -> Option<String> {
        let whole = super::dates::is_period(header) || super::dates::in_cell(header).is_some();
        let mut pieces = header.split('/');
        let piece = pieces.find(|piece| super::dates::is_period(piece)).map(String::from);
        if whole { Some(header.to_string()) } else { piece }
    };
    let named: Vec<String> = columns.iter().filter_map(|column| period(&column.header)).collect();
    let different: std::collections::HashSet<&String> = named.iter().collect();
    different.len() >= 3 && named.len() * 2 > columns.len()
}

/// Whether merged cells of the column on the left lie over a column in every row.
fn is_covered(grid: &Grid<'_>, area: &Area, column: usize) -> bool {
    let over = |row: usize| {
        let merge = grid.merge(row, column);
        merge.is_some_and(|merge| (merge.left as usize) < column && merge.left >= area.left as u32)
    };
    (area.top..=area.bottom).all(over)
}

/// Takes notes and blank rows off the end of a table; they stay among its lines.
fn without_notes(
    grid: &Grid<'_>,
    mut area: Area,
    from: usize,
    body: &mut rows::Body,
    lines: &mut Vec<Line>,
) -> Area {
    for (index, role) in body.roles.iter().enumerate() {
        if *role == RowRole::Note {
            lines.extend(lines::of_row(grid, &area, from + index));
        }
    }
    while body.roles.last().is_some_and(|role| matches!(role, RowRole::Note | RowRole::Blank)) {
        body.roles.pop();
    }
    area.bottom = (from + body.roles.len()).saturating_sub(1).max(area.top);
    area
}

/// How sure a header is: by what told it, and whether anything stands below it.
fn confidence(header: Option<&Header>, body: &rows::Body) -> u8 {
    let Some(header) = header else { return 40 };
    let base = match header.reason {
        HeaderReason::Known => 84 + header.known.min(5) as u8 * 2,
        HeaderReason::WordsOverNumbers => 75,
        HeaderReason::Bands => 70,
        HeaderReason::Distinct => 60,
    };
    if body.roles.contains(&RowRole::Data) { base } else { base - 15 }
}

fn form(grid: &Grid<'_>, area: Area, inner: Option<&Area>, lines: Vec<Line>) -> FoundTable {
    let mut table = bare(Shape::Card, area, lines);
    table.fields = card::fields(grid, &area, inner);
    let labels: Vec<String> = table.fields.iter().map(|field| field.label.clone()).collect();
    table.fingerprint = fingerprint::of(table.shape.code(), &labels);
    let known = table.fields.iter().filter(|field| field.confidence >= 60).count();
    table.confidence = 60 + known.min(5) as u8 * 6;
    table
}

/// Questions with their answers in the last column.
fn questions(grid: &Grid<'_>, area: Area, lines: Vec<Line>) -> FoundTable {
    let mut table = bare(Shape::Card, area, lines);
    table.fields = card::answers(grid, &area);
    let labels: Vec<String> = table.fields.iter().map(|field| field.label.clone()).collect();
    table.fingerprint = fingerprint::of(table.shape.code(), &labels);
    table.confidence = 50;
    table
}

/// A list on its side: its labels are the headers, its columns the records.
fn turned(grid: &Grid<'_>, area: Area, lines: Vec<Line>) -> FoundTable {
    let mut table = bare(Shape::Turned, area, lines);
    table.header = Some((area.left, area.left));
    table.reason = Some(HeaderReason::Known);
    table.fields = card::fields(grid, &area, None);
    let labels: Vec<String> =
        (area.top..=area.bottom).map(|row| grid.words(row, area.left)).collect();
    table.fingerprint = fingerprint::of(table.shape.code(), &labels);
    table.confidence = 85;
    table
}
