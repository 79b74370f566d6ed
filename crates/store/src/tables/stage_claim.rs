//! Claims that a project has reached a stage.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::StageClaim;
use tici_domain::{Change, Stage, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::StageClaim,
    spec: Spec {
        name: "stage_claim",
        data: &[
            int("id"),
            int("project"),
            text("stage"),
            text("reached_on"),
            text("evidence"),
            text("note"),
            text("sheet"),
            text("cell"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["project", "stage"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::StageClaim(row) = change else { unreachable!("only claims are written here") };
    out.int(row.id).int(row.project).text(row.stage.code()).printed(row.on);
    out.printed(json_list(&row.evidence)).opt_text(row.note.as_deref());
    out.opt_text(row.sheet.as_deref()).opt_text(row.cell.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::StageClaim(StageClaim {
        id: cells.int()?,
        project: cells.int()?,
        stage: cells.code(Stage::parse)?,
        on: cells.date()?,
        evidence: cells.list()?,
        note: cells.opt_text()?,
        sheet: cells.opt_text()?,
        cell: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
