//! Figures of places that departments delivered.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::assessment::IndicatorFigure;
use tici_domain::{Change, Period, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::IndicatorFigure,
    spec: Spec {
        name: "indicator_figure",
        data: &[
            int("id"),
            text("key"),
            int("place"),
            text("period"),
            text("value"),
            text("raw"),
            text("sheet"),
            text("cell"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["key", "place", "period"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::IndicatorFigure(row) = change else {
        unreachable!("only rows of indicator_figure are written here")
    };
    out.int(row.id).text(&row.key).int(row.place);
    out.printed(row.period).opt_text(row.value.as_deref()).opt_text(row.raw.as_deref());
    out.opt_text(row.sheet.as_deref())
        .opt_text(row.cell.as_deref())
        .opt_text(row.reason.as_deref());
    out.opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::IndicatorFigure(IndicatorFigure {
        id: cells.int()?,
        key: cells.text()?,
        place: cells.int()?,
        period: cells.code(Period::parse)?,
        value: cells.opt_text()?,
        raw: cells.opt_text()?,
        sheet: cells.opt_text()?,
        cell: cells.opt_text()?,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
