//! Runs of schemes.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::assessment::{RunPurpose, RunState, ScoreRun};
use tici_domain::{Change, Period, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::ScoreRun,
    spec: Spec {
        name: "score_run",
        data: &[
            int("id"),
            int("series"),
            text("scheme"),
            text("version"),
            text("period"),
            text("purpose"),
            text("state"),
            int("scheme_file"),
            int("inputs_file"),
            int("result_file"),
            int("drawn_at"),
            int("again"),
            text("reason"),
            text("published"),
            text("objections_until"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::ScoreRun(row) = change else {
        unreachable!("only rows of score_run are written here")
    };
    out.int(row.id).int(row.series).text(&row.scheme);
    out.text(&row.version).printed(row.period).text(row.purpose.code());
    out.text(row.state.code()).int(row.scheme_file).int(row.inputs_file);
    out.int(row.result_file).int(row.drawn_at).opt_int(row.again);
    out.opt_text(row.reason.as_deref())
        .opt_printed(row.published)
        .opt_printed(row.objections_until);
    out.opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::ScoreRun(ScoreRun {
        id: cells.int()?,
        series: cells.int()?,
        scheme: cells.text()?,
        version: cells.text()?,
        period: cells.code(Period::parse)?,
        purpose: cells.code(RunPurpose::parse)?,
        state: cells.code(RunState::parse)?,
        scheme_file: cells.int()?,
        inputs_file: cells.int()?,
        result_file: cells.int()?,
        drawn_at: cells.int()?,
        again: cells.opt_int()?,
        reason: cells.opt_text()?,
        published: cells.opt_date()?,
        objections_until: cells.opt_date()?,
        replaces: cells.opt_int()?,
    }))
}
