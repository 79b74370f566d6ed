//! Files kept as evidence; their bytes are in `attachment_blob`.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::Attachment;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Attachment,
    spec: Spec {
        name: "attachment",
        data: &[
            int("id"),
            text("sha256"),
            text("file"),
            int("bytes"),
            text("media_type"),
            text("kind"),
            text("taken"),
            int("longitude"),
            int("latitude"),
        ],
        key: &["id"],
        style: Style::Append,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Attachment(row) = change else { unreachable!("only files are written here") };
    out.int(row.id).text(&row.sha256).text(&row.file).int(row.bytes);
    out.text(&row.media_type).text(&row.kind).opt_text(row.taken.as_deref());
    out.opt_int(row.location.map(|(longitude, _)| longitude));
    out.opt_int(row.location.map(|(_, latitude)| latitude));
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Attachment(Attachment {
        id: cells.int()?,
        sha256: cells.text()?,
        file: cells.text()?,
        bytes: cells.int()?,
        media_type: cells.text()?,
        kind: cells.text()?,
        taken: cells.opt_text()?,
        location: cells.opt_int()?.zip(cells.opt_int()?),
    }))
}
