//! Firms and other owners of projects.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::Enterprise;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Enterprise,
    spec: Spec {
        name: "enterprise",
        data: &[
            int("id"),
            text("code"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            text("short"),
            text("short_hant"),
            text("short_en"),
            int("place"),
            text("chain"),
            text("industry"),
            int("is_key"),
        ],
        key: &["id"],
        style: Style::Register,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Enterprise(row) = change else { unreachable!("only firms are written here") };
    out.int(row.id).opt_text(row.code.as_deref()).name(&row.name).name(&row.short);
    out.opt_int(row.place).opt_text(row.chain.as_deref()).opt_text(row.industry.as_deref());
    out.int(i64::from(row.is_key));
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Enterprise(Enterprise {
        id: cells.int()?,
        code: cells.opt_text()?,
        name: cells.name()?,
        short: cells.name()?,
        place: cells.opt_int()?,
        chain: cells.opt_text()?,
        industry: cells.opt_text()?,
        is_key: cells.int()? != 0,
    }))
}
