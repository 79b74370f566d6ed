//! Periods opened for returns.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::returns::{ReturnRound, RoundState};
use tici_domain::{Change, Period, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::ReturnRound,
    spec: Spec {
        name: "return_round",
        data: &[
            int("id"),
            int("series"),
            text("form"),
            text("period"),
            text("opened"),
            text("due"),
            text("state"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["form", "period"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::ReturnRound(row) = change else {
        unreachable!("only rows of return_round are written here")
    };
    out.int(row.id)
        .int(row.series)
        .text(&row.form)
        .printed(row.period)
        .printed(row.opened)
        .printed(row.due);
    out.text(row.state.code()).opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::ReturnRound(ReturnRound {
        id: cells.int()?,
        series: cells.int()?,
        form: cells.text()?,
        period: cells.code(Period::parse)?,
        opened: cells.date()?,
        due: cells.date()?,
        state: cells.code(RoundState::parse)?,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
