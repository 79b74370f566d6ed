//! What the project office says of a claim. A claim may have several verdicts in time.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::{StageVerdict, Verdict};
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::StageVerdict,
    spec: Spec {
        name: "stage_verdict",
        data: &[int("id"), int("claim"), text("verdict"), text("reason")],
        key: &["id"],
        style: Style::Append,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::StageVerdict(row) = change else { unreachable!("only verdicts are written here") };
    out.int(row.id).int(row.claim).text(row.verdict.code()).opt_text(row.reason.as_deref());
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::StageVerdict(StageVerdict {
        id: cells.int()?,
        claim: cells.int()?,
        verdict: cells.code(Verdict::parse)?,
        reason: cells.opt_text()?,
    }))
}
