//! Lists of major projects and plans, every version.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Unit, day, int, text};
use super::money::WRITTEN;
use super::source::{About, day as date, int as number};
use super::{column::Column, money::columns};

const LISTED: [Column; 9] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("tier").codes(Codes::Tier),
    int("year"),
    int("version"),
    day("from"),
    day("until"),
    text("reason"),
];

pub const LIST_MEMBERSHIPS: TableSpec = TableSpec {
    name: "list_memberships",
    of: Some(Table::ListMembership),
    columns: &columns::<9, 8, 17>(LISTED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::ListMembership,
            rows_of!(ListMembership),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    row.tier.code().into(),
                    number(row.year),
                    number(row.version),
                    date(row.from),
                    row.until.into(),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const PLANNED: [Column; 13] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("period"),
    day("period_from"),
    day("period_to"),
    int("amount").unit(Unit::Stored),
    text("currency"),
    int("version"),
    text("reason"),
    text("approver"),
    text("sheet"),
    text("cell"),
];

pub const PLANS: TableSpec = TableSpec {
    name: "plans",
    of: Some(Table::Plan),
    columns: &columns::<13, 8, 21>(PLANNED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Plan,
            rows_of!(Plan),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    Datum::Text(row.period.to_string()),
                    date(row.period.first_day()),
                    date(row.period.last_day()),
                    number(row.amount),
                    source.currency(row.project),
                    number(row.version),
                    Datum::from(row.reason.as_ref()),
                    Datum::from(row.approver.as_ref()),
                    Datum::from(row.sheet.as_ref()),
                    Datum::from(row.cell.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};
