//! What places object to a run, and what they were told.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::assessment::{Objection, ObjectionState};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Objection,
    spec: Spec {
        name: "objection",
        data: &[
            int("id"),
            int("series"),
            int("run"),
            int("place"),
            text("about"),
            text("claim"),
            text("evidence"),
            text("filed"),
            text("state"),
            text("answer"),
            text("answered"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Objection(row) = change else {
        unreachable!("only rows of objection are written here")
    };
    out.int(row.id).int(row.series).int(row.run);
    out.int(row.place).text(&row.about).text(&row.claim);
    out.printed(json_list(&row.evidence)).printed(row.filed).text(row.state.code());
    out.opt_text(row.answer.as_deref()).opt_printed(row.answered).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Objection(Objection {
        id: cells.int()?,
        series: cells.int()?,
        run: cells.int()?,
        place: cells.int()?,
        about: cells.text()?,
        claim: cells.text()?,
        evidence: cells.list()?,
        filed: cells.date()?,
        state: cells.code(ObjectionState::parse)?,
        answer: cells.opt_text()?,
        answered: cells.opt_date()?,
        replaces: cells.opt_int()?,
    }))
}
