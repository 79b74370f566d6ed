//! Events that add points, take them, or are vetoes.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::assessment::AssessedEvent;
use tici_domain::{Change, Period, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::AssessedEvent,
    spec: Spec {
        name: "assessed_event",
        data: &[
            int("id"),
            int("series"),
            text("scheme"),
            text("period"),
            int("place"),
            text("item"),
            text("matter"),
            text("points"),
            text("document"),
            text("evidence"),
            int("withdrawn"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::AssessedEvent(row) = change else {
        unreachable!("only rows of assessed_event are written here")
    };
    out.int(row.id).int(row.series).text(&row.scheme);
    out.printed(row.period).int(row.place).text(&row.item);
    out.text(&row.matter).opt_text(row.points.as_deref()).text(&row.document);
    out.printed(json_list(&row.evidence)).int(i64::from(row.withdrawn)).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::AssessedEvent(AssessedEvent {
        id: cells.int()?,
        series: cells.int()?,
        scheme: cells.text()?,
        period: cells.code(Period::parse)?,
        place: cells.int()?,
        item: cells.text()?,
        matter: cells.text()?,
        points: cells.opt_text()?,
        document: cells.text()?,
        evidence: cells.list()?,
        withdrawn: cells.int()? != 0,
        replaces: cells.opt_int()?,
    }))
}
