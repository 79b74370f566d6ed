//! Projects on the lists of a tier and year.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::ListMembership;
use tici_domain::{Change, ListTier, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::ListMembership,
    spec: Spec {
        name: "list_membership",
        data: &[
            int("id"),
            int("project"),
            text("tier"),
            int("year"),
            int("version"),
            text("on_from"),
            text("on_until"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["project", "tier", "year"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::ListMembership(row) = change else {
        unreachable!("only list memberships are written here")
    };
    out.int(row.id).int(row.project).text(row.tier.code()).int(row.year).int(row.version);
    out.printed(row.from).opt_printed(row.until).opt_text(row.reason.as_deref());
    out.opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::ListMembership(ListMembership {
        id: cells.int()?,
        project: cells.int()?,
        tier: cells.code(ListTier::parse)?,
        year: cells.int()?,
        version: cells.int()?,
        from: cells.date()?,
        until: cells.opt_date()?,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
