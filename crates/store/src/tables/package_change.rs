//! How projects became packages of others, and ceased to be.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::scrutiny::PackageChange;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::PackageChange,
    spec: Spec {
        name: "package_change",
        data: &[int("id"), int("project"), int("parent"), int("share"), text("reason")],
        key: &["id"],
        style: Style::Append,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::PackageChange(row) = change else {
        unreachable!("only rows of package_change are written here")
    };
    out.int(row.id).int(row.project).opt_int(row.parent).opt_int(row.share).text(&row.reason);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::PackageChange(PackageChange {
        id: cells.int()?,
        project: cells.int()?,
        parent: cells.opt_int()?,
        share: cells.opt_int()?,
        reason: cells.text()?,
    }))
}
