//! Projects and the packages they are split into.

use super::cells::json_list;
use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use tici_domain::change::Project;
use tici_domain::{Change, Currency, SideState, Table};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Project,
    spec: Spec {
        name: "project",
        data: &[
            int("id"),
            text("code"),
            text("national_code"),
            text("name"),
            text("name_hant"),
            text("name_en"),
            int("parent"),
            int("parent_share"),
            int("enterprise"),
            int("place"),
            text("currency"),
            text("chain"),
            text("industry"),
            text("sector"),
            int("nature"),
            text("content"),
            text("content_hant"),
            text("content_en"),
            text("build_from"),
            text("build_to"),
            text("lead_unit"),
            text("lead_unit_hant"),
            text("lead_unit_en"),
            text("sponsor"),
            text("sponsor_hant"),
            text("sponsor_en"),
            text("state"),
            int("longitude"),
            int("latitude"),
            text("aliases"),
        ],
        key: &["id"],
        style: Style::Register,
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Project(row) = change else { unreachable!("only projects are written here") };
    out.int(row.id).text(&row.code).opt_text(row.national_code.as_deref()).name(&row.name);
    out.opt_int(row.parent).opt_int(row.parent_share).opt_int(row.enterprise).opt_int(row.place);
    out.printed(row.currency).opt_text(row.chain.as_deref()).opt_text(row.industry.as_deref());
    out.opt_text(row.sector.as_deref()).opt_int(row.nature).opt_name(row.content.as_ref());
    out.opt_printed(row.build_from).opt_printed(row.build_to);
    out.opt_name(row.lead_unit.as_ref()).opt_name(row.sponsor.as_ref()).text(row.state.code());
    out.opt_int(row.location.map(|(longitude, _)| longitude));
    out.opt_int(row.location.map(|(_, latitude)| latitude));
    out.printed(json_list(&row.aliases));
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    Ok(Change::Project(Project {
        id: cells.int()?,
        code: cells.text()?,
        national_code: cells.opt_text()?,
        name: cells.name()?,
        parent: cells.opt_int()?,
        parent_share: cells.opt_int()?,
        enterprise: cells.opt_int()?,
        place: cells.opt_int()?,
        currency: cells.code(Currency::parse)?,
        chain: cells.opt_text()?,
        industry: cells.opt_text()?,
        sector: cells.opt_text()?,
        nature: cells.opt_int()?,
        content: cells.opt_name()?,
        build_from: cells.opt_date()?,
        build_to: cells.opt_date()?,
        lead_unit: cells.opt_name()?,
        sponsor: cells.opt_name()?,
        state: cells.code(SideState::parse)?,
        location: cells.opt_int()?.zip(cells.opt_int()?),
        aliases: cells.list()?,
    }))
}
