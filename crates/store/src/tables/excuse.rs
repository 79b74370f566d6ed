//! Approved excuses for a light.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::promise::Excuse;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Excuse,
    spec: Spec {
        name: "excuse",
        data: &[
            int("id"),
            int("project"),
            text("rule"),
            text("on_from"),
            text("on_until"),
            text("reason"),
            text("approver"),
            text("evidence"),
            int("withdrawn"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["project", "rule"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Excuse(row) = change else { unreachable!("only rows of excuse are written here") };
    out.int(row.id).int(row.project).text(&row.rule).printed(row.from).printed(row.until);
    out.text(&row.reason).text(&row.approver).printed(json_list(&row.evidence));
    out.int(row.withdrawn.into()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Excuse(Excuse {
        id: cells.int()?,
        project: cells.int()?,
        rule: cells.text()?,
        from: cells.date()?,
        until: cells.date()?,
        reason: cells.text()?,
        approver: cells.text()?,
        evidence: cells.list()?,
        withdrawn: cells.int()? != 0,
        replaces: cells.opt_int()?,
    }))
}
