//! Addresses that are told what happens, without their secrets.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::{Change, Table, Webhook};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Webhook,
    spec: Spec {
        name: "webhook",
        data: &[
            int("id"),
            int("series"),
            int("actor"),
            text("name"),
            text("url"),
            text("events"),
            int("active"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Webhook(row) = change else {
        unreachable!("only rows of webhook are written here")
    };
    out.int(row.id).int(row.series).int(row.actor).text(&row.name).text(&row.url);
    out.printed(json_list(&row.events)).int(row.active.into());
    out.opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Webhook(Webhook {
        id: cells.int()?,
        series: cells.int()?,
        actor: cells.int()?,
        name: cells.text()?,
        url: cells.text()?,
        events: cells.list()?,
        active: cells.int()? != 0,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
