//! Start, signing and completion ceremonies.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::event::{Event, EventKind};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Event,
    spec: Spec {
        name: "event",
        data: &[
            int("id"),
            int("series"),
            text("kind"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            text("on_day"),
            text("site"),
            text("site_hant"),
            text("site_en"),
            int("place"),
            text("items"),
            int("withdrawn"),
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
    let Change::Event(row) = change else { unreachable!("only rows of event are written here") };
    out.int(row.id).int(row.series).text(row.kind.code()).name(&row.name).printed(row.on);
    out.opt_name(row.site.as_ref()).opt_int(row.place).printed(json_list(&row.items));
    out.int(row.withdrawn.into()).opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Event(Event {
        id: cells.int()?,
        series: cells.int()?,
        kind: cells.code(EventKind::parse)?,
        name: cells.name()?,
        on: cells.date()?,
        site: cells.opt_name()?,
        place: cells.opt_int()?,
        items: cells.list()?,
        withdrawn: cells.int()? != 0,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
