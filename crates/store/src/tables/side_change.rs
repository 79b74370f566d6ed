//! Suspensions, restarts, terminations and withdrawals.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::scrutiny::SideChange;
use tici_domain::{Change, SideState, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::SideChange,
    spec: Spec {
        name: "side_change",
        data: &[
            int("id"),
            int("project"),
            text("state"),
            text("on_day"),
            text("reason"),
            text("evidence"),
        ],
        key: &["id"],
        style: Style::Append,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::SideChange(row) = change else {
        unreachable!("only rows of side_change are written here")
    };
    out.int(row.id).int(row.project).text(row.state.code()).printed(row.on).text(&row.reason);
    out.printed(json_list(&row.evidence));
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::SideChange(SideChange {
        id: cells.int()?,
        project: cells.int()?,
        state: cells.code(SideState::parse)?,
        on: cells.date()?,
        reason: cells.text()?,
        evidence: cells.list()?,
    }))
}
