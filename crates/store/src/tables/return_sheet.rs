//! What each place returned in a round.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::returns::{ReturnSheet, SheetState};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::ReturnSheet,
    spec: Spec {
        name: "return_sheet",
        data: &[
            int("id"),
            int("round"),
            int("place"),
            text("state"),
            int("row_count"),
            int("file_id"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["round", "place"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::ReturnSheet(row) = change else {
        unreachable!("only rows of return_sheet are written here")
    };
    out.int(row.id).int(row.round).int(row.place).text(row.state.code()).int(row.rows);
    out.opt_int(row.file).opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::ReturnSheet(ReturnSheet {
        id: cells.int()?,
        round: cells.int()?,
        place: cells.int()?,
        state: cells.code(SheetState::parse)?,
        rows: cells.int()?,
        file: cells.opt_int()?,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
