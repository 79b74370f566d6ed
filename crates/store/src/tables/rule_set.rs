//! Rule files of the ledger, by what they rule.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::rule_set::RuleSet;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::RuleSet,
    spec: Spec {
        name: "rule_set",
        data: &[
            int("id"),
            text("kind"),
            text("name"),
            int("version"),
            text("on_from"),
            text("body"),
            text("reason"),
            text("approver"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["kind", "on_from"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::RuleSet(row) = change else {
        unreachable!("only rows of rule_set are written here")
    };
    out.int(row.id).text(&row.kind).text(&row.name).int(row.version);
    out.printed(row.from).text(&row.text);
    out.opt_text(row.reason.as_deref()).opt_text(row.approver.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::RuleSet(RuleSet {
        id: cells.int()?,
        kind: cells.text()?,
        name: cells.text()?,
        version: cells.int()?,
        from: cells.date()?,
        text: cells.text()?,
        reason: cells.opt_text()?,
        approver: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
