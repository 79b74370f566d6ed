//! Commitments with their cohorts, excuses, and ceremonies with their projects.

use tici_domain::{Change, Commitment, Event, Table};
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Column, Unit, day, flag, int, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number, names, several};

const PROMISED: [Column; 16] = [
    int("id"),
    int("series"),
    text("name"),
    text("name_hant"),
    text("name_en"),
    text("stage").codes(Codes::Stage),
    text("milestone"),
    int("projects"),
    text("cohort"),
    day("frozen"),
    day("due_original"),
    day("due"),
    text("owner"),
    int("place").of("places"),
    flag("is_withdrawn"),
    text("reason"),
];

fn commitment(change: &Change) -> Option<&Commitment> {
    match change {
        Change::Commitment(row) => Some(row),
        _ => None,
    }
}

pub const COMMITMENTS: TableSpec = TableSpec {
    name: "commitments",
    of: Some(Table::Commitment),
    columns: &columns::<16, 8, 24>(PROMISED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Commitment,
            commitment,
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![number(row.id), number(row.series)];
                out.extend(names(Some(&row.name)));
                let cohort = row.cohort.iter().map(|(field, value)| format!("{field}={value}"));
                out.extend([
                    row.stage.map_or(Datum::Missing, |stage| stage.code().into()),
                    Datum::from(row.milestone.as_ref()),
                    number(row.projects.len() as i64),
                    several(cohort),
                    date(row.frozen),
                    date(row.due_original),
                    date(row.due),
                    Datum::from(row.owner.as_ref().map(|owner| &owner.text)),
                    row.place.into(),
                    Datum::Flag(row.withdrawn),
                    Datum::from(row.reason.as_ref()),
                ]);
                out.extend(source.written(&written, row.replaces));
                emit.row(of_region(row.place), out);
            },
        )
    },
};

/// What is promised or held for the whole region, everybody sees.
fn of_region(place: Option<i64>) -> About {
    place.map_or(About::All, |place| About::Place(Some(place)))
}

pub const COMMITMENT_PROJECTS: TableSpec = TableSpec {
    name: "commitment_projects",
    of: Some(Table::Commitment),
    columns: &[
        int("commitment").of("commitments"),
        int("series"),
        int("project").of("projects"),
        text("project_code"),
    ],
    rows: |source, emit| {
        source.scan(
            Table::Commitment,
            commitment,
            |row| row.replaces,
            |written| {
                for project in &written.row.projects {
                    let (id, series) = (number(written.row.id), number(written.row.series));
                    let row = vec![id, series, number(*project), source.project_code(*project)];
                    emit.row(About::Project(*project), row);
                }
            },
        )
    },
};

const EXCUSED: [Column; 10] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("rule"),
    day("from"),
    day("until"),
    text("reason"),
    text("approver"),
    text("evidence"),
    flag("is_withdrawn"),
];

pub const EXCUSES: TableSpec = TableSpec {
    name: "excuses",
    of: Some(Table::Excuse),
    columns: &columns::<10, 8, 18>(EXCUSED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Excuse,
            rows_of!(Excuse),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    Datum::from(row.rule.as_str()),
                    date(row.from),
                    date(row.until),
                    Datum::from(row.reason.as_str()),
                    Datum::from(row.approver.as_str()),
                    several(&row.evidence),
                    Datum::Flag(row.withdrawn),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const HELD: [Column; 12] = [
    int("id"),
    int("series"),
    text("kind").codes(Codes::EventKind),
    text("name"),
    text("name_hant"),
    text("name_en"),
    day("on"),
    text("site"),
    int("place").of("places"),
    int("projects"),
    flag("is_withdrawn"),
    text("reason"),
];

fn event(change: &Change) -> Option<&Event> {
    match change {
        Change::Event(row) => Some(row),
        _ => None,
    }
}

pub const EVENTS: TableSpec = TableSpec {
    name: "events",
    of: Some(Table::Event),
    columns: &columns::<12, 8, 20>(HELD, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Event,
            event,
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![number(row.id), number(row.series), row.kind.code().into()];
                out.extend(names(Some(&row.name)));
                out.extend([
                    date(row.on),
                    Datum::from(row.site.as_ref().map(|site| &site.text)),
                    row.place.into(),
                    number(row.items.len() as i64),
                    Datum::Flag(row.withdrawn),
                    Datum::from(row.reason.as_ref()),
                ]);
                out.extend(source.written(&written, row.replaces));
                emit.row(of_region(row.place), out);
            },
        )
    },
};

pub const EVENT_PROJECTS: TableSpec = TableSpec {
    name: "event_projects",
    of: Some(Table::Event),
    columns: &[
        int("event").of("events"),
        int("series"),
        int("project").of("projects"),
        text("project_code"),
        int("total").unit(Unit::Stored),
        int("plan_year").unit(Unit::Stored),
        text("currency"),
        text("sector"),
    ],
    rows: |source, emit| {
        source.scan(
            Table::Event,
            event,
            |row| row.replaces,
            |written| {
                for item in &written.row.items {
                    let row = vec![
                        number(written.row.id),
                        number(written.row.series),
                        number(item.project),
                        source.project_code(item.project),
                        item.total.into(),
                        item.plan_year.into(),
                        source.currency(item.project),
                        Datum::from(item.sector.as_ref()),
                    ];
                    emit.row(About::Project(item.project), row);
                }
            },
        )
    },
};
