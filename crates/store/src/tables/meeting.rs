//! Dispatch meetings and their agendas.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::meeting::Meeting;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Meeting,
    spec: Spec {
        name: "meeting",
        data: &[
            int("id"),
            int("series"),
            text("title"),
            text("title_hant"),
            text("title_en"),
            text("on_day"),
            text("chair"),
            text("chair_hant"),
            text("chair_en"),
            text("agenda"),
            int("closed"),
            text("minutes"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Meeting(row) = change else {
        unreachable!("only rows of meeting are written here")
    };
    out.int(row.id).int(row.series).name(&row.title).printed(row.on).opt_name(row.chair.as_ref());
    out.printed(json_list(&row.agenda)).int(row.closed.into()).opt_text(row.minutes.as_deref());
    out.opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Meeting(Meeting {
        id: cells.int()?,
        series: cells.int()?,
        title: cells.name()?,
        on: cells.date()?,
        chair: cells.opt_name()?,
        agenda: cells.list()?,
        closed: cells.int()? != 0,
        minutes: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
