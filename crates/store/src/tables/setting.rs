//! Settings of the ledger.

use super::{In, Ledger, Out, Spec, Style, text};
use crate::StoreError;
use tici_domain::change::Setting;
use tici_domain::{Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Setting,
    spec: Spec {
        name: "setting",
        data: &[text("key"), text("value")],
        key: &["key"],
        style: Style::Register,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Setting(row) = change else { unreachable!("only settings are written here") };
    out.text(&row.key).text(&row.value);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Setting(Setting { key: cells.text()?, value: cells.text()? }))
}
