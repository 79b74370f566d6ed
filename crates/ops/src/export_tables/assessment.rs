//! Schemes, delivered figures, events that count, runs and objections.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Column, day, int, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number, several};

const ADOPTED: [Column; 7] = [
    int("id"),
    text("scheme_key"),
    text("scheme_version"),
    day("from"),
    text("text"),
    text("reason"),
    text("approver"),
];

pub const SCHEMES: TableSpec = TableSpec {
    name: "schemes",
    of: Some(Table::Scheme),
    columns: &columns::<7, 8, 15>(ADOPTED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Scheme,
            rows_of!(Scheme),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    Datum::from(row.key.as_str()),
                    Datum::from(row.version.as_str()),
                    date(row.from),
                    Datum::from(row.text.as_str()),
                    Datum::from(row.reason.as_ref()),
                    Datum::from(row.approver.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::All, out);
            },
        )
    },
};

const DELIVERED: [Column; 10] = [
    int("id"),
    text("figure_key"),
    int("place").of("places"),
    text("place_code"),
    text("period"),
    text("value_exact"),
    text("raw"),
    text("sheet"),
    text("cell"),
    text("reason"),
];

pub const INDICATOR_FIGURES: TableSpec = TableSpec {
    name: "indicator_figures",
    of: Some(Table::IndicatorFigure),
    columns: &columns::<10, 8, 18>(DELIVERED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::IndicatorFigure,
            rows_of!(IndicatorFigure),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    Datum::from(row.key.as_str()),
                    number(row.place),
                    source.place_code(Some(row.place)),
                    Datum::from(row.period.to_string().as_str()),
                    Datum::from(row.value.as_ref()),
                    Datum::from(row.raw.as_ref()),
                    Datum::from(row.sheet.as_ref()),
                    Datum::from(row.cell.as_ref()),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(Some(row.place)), out);
            },
        )
    },
};

const COUNTED: [Column; 12] = [
    int("id"),
    int("series"),
    text("scheme_key"),
    text("period"),
    int("place").of("places"),
    text("place_code"),
    text("item"),
    text("matter"),
    text("points"),
    text("document"),
    text("evidence"),
    int("is_withdrawn"),
];

pub const ASSESSED_EVENTS: TableSpec = TableSpec {
    name: "assessed_events",
    of: Some(Table::AssessedEvent),
    columns: &columns::<12, 8, 20>(COUNTED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::AssessedEvent,
            rows_of!(AssessedEvent),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    Datum::from(row.scheme.as_str()),
                    Datum::from(row.period.to_string().as_str()),
                    number(row.place),
                    source.place_code(Some(row.place)),
                    Datum::from(row.item.as_str()),
                    Datum::from(row.matter.as_str()),
                    Datum::from(row.points.as_ref()),
                    Datum::from(row.document.as_str()),
                    several(&row.evidence),
                    number(i64::from(row.withdrawn)),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(Some(row.place)), out);
            },
        )
    },
};

const RECKONED: [Column; 15] = [
    int("id"),
    int("series"),
    text("scheme_key"),
    text("scheme_version"),
    text("period"),
    text("purpose"),
    text("run_state"),
    int("scheme_file").of("attachments"),
    int("inputs_file").of("attachments"),
    int("result_file").of("attachments"),
    int("drawn_at"),
    int("again"),
    text("reason"),
    day("published"),
    day("objections_until"),
];

pub const SCORE_RUNS: TableSpec = TableSpec {
    name: "score_runs",
    of: Some(Table::ScoreRun),
    columns: &columns::<15, 8, 23>(RECKONED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::ScoreRun,
            rows_of!(ScoreRun),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    Datum::from(row.scheme.as_str()),
                    Datum::from(row.version.as_str()),
                    Datum::from(row.period.to_string().as_str()),
                    row.purpose.code().into(),
                    row.state.code().into(),
                    number(row.scheme_file),
                    number(row.inputs_file),
                    number(row.result_file),
                    number(row.drawn_at),
                    row.again.into(),
                    Datum::from(row.reason.as_ref()),
                    row.published.map_or(Datum::Missing, date),
                    row.objections_until.map_or(Datum::Missing, date),
                ];
                out.extend(source.written(&written, row.replaces));
                // Whoever is bound to a place reads published runs on their page.
                emit.row(About::Place(None), out);
            },
        )
    },
};

const OBJECTED: [Column; 12] = [
    int("id"),
    int("series"),
    int("run"),
    int("place").of("places"),
    text("place_code"),
    text("about"),
    text("claim_text"),
    text("evidence"),
    day("filed"),
    text("objection_state"),
    text("answer"),
    day("answered"),
];

pub const OBJECTIONS: TableSpec = TableSpec {
    name: "objections",
    of: Some(Table::Objection),
    columns: &columns::<12, 8, 20>(OBJECTED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Objection,
            rows_of!(Objection),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    number(row.run),
                    number(row.place),
                    source.place_code(Some(row.place)),
                    Datum::from(row.about.as_str()),
                    Datum::from(row.claim.as_str()),
                    several(&row.evidence),
                    date(row.filed),
                    row.state.code().into(),
                    Datum::from(row.answer.as_ref()),
                    row.answered.map_or(Datum::Missing, date),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(Some(row.place)), out);
            },
        )
    },
};
