//! What somebody has to do by a day.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::task::{Finding, Task, TaskKind, TaskState};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Task,
    spec: Spec {
        name: "task",
        data: &[
            int("id"),
            int("series"),
            text("kind"),
            int("project"),
            int("meeting"),
            int("commitment"),
            int("claim"),
            text("title"),
            text("title_hant"),
            text("title_en"),
            text("owner"),
            text("owner_hant"),
            text("owner_en"),
            text("opened"),
            text("due"),
            text("due_original"),
            text("state"),
            text("closed_on"),
            text("note"),
            text("finding"),
            text("evidence"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Task(row) = change else { unreachable!("only rows of task are written here") };
    out.int(row.id).int(row.series).text(row.kind.code()).opt_int(row.project);
    out.opt_int(row.meeting).opt_int(row.commitment).opt_int(row.claim).name(&row.title);
    out.opt_name(row.owner.as_ref()).printed(row.opened).opt_printed(row.due);
    out.opt_printed(row.due_original).text(row.state.code()).opt_printed(row.closed_on);
    out.opt_text(row.note.as_deref()).opt_text(row.finding.map(Finding::code));
    out.printed(json_list(&row.evidence)).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Task(Task {
        id: cells.int()?,
        series: cells.int()?,
        kind: cells.code(TaskKind::parse)?,
        project: cells.opt_int()?,
        meeting: cells.opt_int()?,
        commitment: cells.opt_int()?,
        claim: cells.opt_int()?,
        title: cells.name()?,
        owner: cells.opt_name()?,
        opened: cells.date()?,
        due: cells.opt_date()?,
        due_original: cells.opt_date()?,
        state: cells.code(TaskState::parse)?,
        closed_on: cells.opt_date()?,
        note: cells.opt_text()?,
        finding: cells.opt_code(Finding::parse)?,
        evidence: cells.list()?,
        replaces: cells.opt_int()?,
    }))
}
