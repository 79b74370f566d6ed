//! What was promised, by when, of which projects.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::promise::Commitment;
use tici_domain::{Change, Stage, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Commitment,
    spec: Spec {
        name: "commitment",
        data: &[
            int("id"),
            int("series"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            text("stage"),
            text("milestone"),
            text("projects"),
            text("cohort"),
            text("frozen"),
            text("due_original"),
            text("due"),
            text("owner"),
            text("owner_hant"),
            text("owner_en"),
            int("place"),
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
    let Change::Commitment(row) = change else {
        unreachable!("only rows of commitment are written here")
    };
    out.int(row.id).int(row.series).name(&row.name).opt_text(row.stage.map(Stage::code));
    out.opt_text(row.milestone.as_deref()).printed(json_list(&row.projects));
    out.printed(json_list(&row.cohort)).printed(row.frozen).printed(row.due_original);
    out.printed(row.due).opt_name(row.owner.as_ref()).opt_int(row.place);
    out.int(row.withdrawn.into()).opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Commitment(Commitment {
        id: cells.int()?,
        series: cells.int()?,
        name: cells.name()?,
        stage: cells.opt_code(Stage::parse)?,
        milestone: cells.opt_text()?,
        projects: cells.list()?,
        cohort: cells.list()?,
        frozen: cells.date()?,
        due_original: cells.date()?,
        due: cells.date()?,
        owner: cells.opt_name()?,
        place: cells.opt_int()?,
        withdrawn: cells.int()? != 0,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
