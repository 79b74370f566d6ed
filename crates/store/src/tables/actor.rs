//! Accounts as the journal knows them.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::{Actor, Change, Role, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Actor,
    spec: Spec {
        name: "actor",
        data: &[
            int("id"),
            text("login"),
            text("title"),
            text("title_hant"),
            text("title_en"),
            text("role"),
            int("place"),
            int("active"),
        ],
        key: &["id"],
        style: Style::Register,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Actor(row) = change else { unreachable!("only actors are written here") };
    out.int(row.id).text(&row.login).name(&row.title).text(row.role.code());
    out.opt_int(row.place).int(i64::from(row.active));
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Actor(Actor {
        id: cells.int()?,
        login: cells.text()?,
        title: cells.name()?,
        role: cells.code(Role::parse)?,
        place: cells.opt_int()?,
        active: cells.int()? != 0,
    }))
}
