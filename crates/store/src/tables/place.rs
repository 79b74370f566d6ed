//! Places with their dated codes.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::place::PlaceKind;
use tici_domain::{Change, Place, PlaceCode, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Place,
    spec: Spec {
        name: "place",
        data: &[
            int("id"),
            text("scheme"),
            text("code"),
            text("kind"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            text("short"),
            text("short_hant"),
            text("short_en"),
            int("parent"),
            int("rank"),
            text("valid_from"),
            text("valid_to"),
            text("boundary"),
        ],
        key: &["id"],
        style: Style::Register,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Place(row) = change else { unreachable!("only places are written here") };
    out.int(row.id).text(&row.code.scheme).text(&row.code.code).text(row.kind.code());
    out.name(&row.name).name(&row.short).opt_int(row.parent).int(row.rank);
    out.opt_printed(row.valid_from).opt_printed(row.valid_to).opt_text(row.boundary.as_deref());
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Place(Place {
        id: cells.int()?,
        code: PlaceCode { scheme: cells.text()?, code: cells.text()? },
        kind: cells.code(PlaceKind::parse)?,
        name: cells.name()?,
        short: cells.name()?,
        parent: cells.opt_int()?,
        rank: cells.int()?,
        valid_from: cells.opt_date()?,
        valid_to: cells.opt_date()?,
        boundary: cells.opt_text()?,
    }))
}
