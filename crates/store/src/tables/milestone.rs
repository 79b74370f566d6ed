//! Dated steps of a project.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::Milestone;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Milestone,
    spec: Spec {
        name: "milestone",
        data: &[
            int("id"),
            int("project"),
            text("key"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            text("planned_from"),
            text("planned"),
            text("actual_from"),
            text("actual"),
            text("expected"),
            text("reason"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["project", "key"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Milestone(row) = change else { unreachable!("only milestones are written here") };
    out.int(row.id).int(row.project).text(&row.key).name(&row.name);
    out.opt_printed(row.planned_from).opt_printed(row.planned);
    out.opt_printed(row.actual_from).opt_printed(row.actual).opt_printed(row.expected);
    out.opt_text(row.reason.as_deref()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Milestone(Milestone {
        id: cells.int()?,
        project: cells.int()?,
        key: cells.text()?,
        name: cells.name()?,
        planned_from: cells.opt_date()?,
        planned: cells.opt_date()?,
        actual_from: cells.opt_date()?,
        actual: cells.opt_date()?,
        expected: cells.opt_date()?,
        reason: cells.opt_text()?,
        replaces: cells.opt_int()?,
    }))
}
