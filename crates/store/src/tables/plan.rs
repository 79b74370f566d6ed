//! Planned investment, versioned.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::Plan;
use tici_domain::{Change, Period, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Plan,
    spec: Spec {
        name: "plan",
        data: &[
            int("id"),
            int("project"),
            text("period"),
            int("amount"),
            int("version"),
            text("reason"),
            text("approver"),
            text("sheet"),
            text("cell"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["project", "period"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Plan(row) = change else { unreachable!("only plans are written here") };
    out.int(row.id).int(row.project).printed(row.period).int(row.amount).int(row.version);
    out.opt_text(row.reason.as_deref()).opt_text(row.approver.as_deref());
    out.opt_text(row.sheet.as_deref()).opt_text(row.cell.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Plan(Plan {
        id: cells.int()?,
        project: cells.int()?,
        period: cells.code(Period::parse)?,
        amount: cells.int()?,
        version: cells.int()?,
        reason: cells.opt_text()?,
        approver: cells.opt_text()?,
        sheet: cells.opt_text()?,
        cell: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
