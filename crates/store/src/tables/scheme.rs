//! Versions of schemes of assessment.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::assessment::Scheme;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Scheme,
    spec: Spec {
        name: "scheme",
        data: &[
            int("id"),
            text("key"),
            text("version"),
            text("on_from"),
            text("body"),
            text("reason"),
            text("approver"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["key", "version"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Scheme(row) = change else { unreachable!("only rows of scheme are written here") };
    out.int(row.id).text(&row.key).text(&row.version);
    out.printed(row.from).text(&row.text).opt_text(row.reason.as_deref());
    out.opt_text(row.approver.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Scheme(Scheme {
        id: cells.int()?,
        key: cells.text()?,
        version: cells.text()?,
        from: cells.date()?,
        text: cells.text()?,
        reason: cells.opt_text()?,
        approver: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
