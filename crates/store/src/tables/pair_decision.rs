//! Decisions on pairs of records that look alike.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::scrutiny::{PairDecision, PairVerdict};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::PairDecision,
    spec: Spec {
        name: "pair_decision",
        data: &[
            int("id"),
            int("first_id"),
            int("second_id"),
            text("verdict"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["first_id", "second_id"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::PairDecision(row) = change else {
        unreachable!("only rows of pair_decision are written here")
    };
    out.int(row.id).int(row.first).int(row.second).text(row.verdict.code()).text(&row.reason);
    out.opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::PairDecision(PairDecision {
        id: cells.int()?,
        first: cells.int()?,
        second: cells.int()?,
        verdict: cells.code(PairVerdict::parse)?,
        reason: cells.text()?,
        replaces: cells.opt_int()?,
    }))
}
