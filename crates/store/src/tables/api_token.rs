//! Tokens of programs, without their secrets.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use crate::journal::read_time;
use tici_domain::{ApiToken, Change, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::ApiToken,
    spec: Spec {
        name: "api_token",
        data: &[
            int("id"),
            int("series"),
            int("actor"),
            text("name"),
            text("scopes"),
            int("expires"),
            int("revoked"),
            int("replaces"),
        ],
        key: &["id"],
        style: Style::Superseding { natural_key: &["series"] },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::ApiToken(row) = change else {
        unreachable!("only rows of api_token are written here")
    };
    out.int(row.id).int(row.series).int(row.actor).text(&row.name);
    out.printed(json_list(&row.scopes)).int(row.expires.as_microsecond());
    out.int(row.revoked.into()).opt_int(row.replaces);
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::ApiToken(ApiToken {
        id: cells.int()?,
        series: cells.int()?,
        actor: cells.int()?,
        name: cells.text()?,
        scopes: cells.list()?,
        expires: read_time(cells.int()?)?,
        revoked: cells.int()? != 0,
        replaces: cells.opt_int()?,
    }))
}
