//! Rounds of returns and what each place handed in, every version.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Column, day, int, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number};

const OPENED: [Column; 8] = [
    int("id"),
    int("series"),
    text("form"),
    text("period"),
    day("opened"),
    day("due"),
    text("state").codes(Codes::RoundState),
    text("reason"),
];

pub const RETURN_ROUNDS: TableSpec = TableSpec {
    name: "return_rounds",
    of: Some(Table::ReturnRound),
    columns: &columns::<8, 8, 16>(OPENED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::ReturnRound,
            rows_of!(ReturnRound),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    Datum::from(row.form.as_str()),
                    Datum::Text(row.period.to_string()),
                    date(row.opened),
                    date(row.due),
                    row.state.code().into(),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::All, out);
            },
        )
    },
};

const HANDED_IN: [Column; 8] = [
    int("id"),
    int("round"),
    int("place").of("places"),
    text("place_code"),
    text("state").codes(Codes::SheetState),
    int("rows"),
    int("file").of("attachments"),
    text("reason"),
];

pub const RETURN_SHEETS: TableSpec = TableSpec {
    name: "return_sheets",
    of: Some(Table::ReturnSheet),
    columns: &columns::<8, 8, 16>(HANDED_IN, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::ReturnSheet,
            rows_of!(ReturnSheet),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.round),
                    number(row.place),
                    source.place_code(Some(row.place)),
                    row.state.code().into(),
                    number(row.rows),
                    row.file.into(),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(Some(row.place)), out);
            },
        )
    },
};
