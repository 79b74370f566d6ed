//! Places, firms, projects and accounts, as they were last known.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::column::{Codes, Unit, day, flag, int, text};
use super::source::{self, About, Source, int as number, names, several};
use super::{Emit, TableSpec};
use crate::OpsError;

pub const PLACES: TableSpec = TableSpec {
    name: "places",
    of: Some(Table::Place),
    columns: &[
        int("id"),
        text("scheme"),
        text("code"),
        text("kind").codes(Codes::PlaceKind),
        text("name"),
        text("name_hant"),
        text("name_en"),
        text("short"),
        text("short_hant"),
        text("short_en"),
        int("parent").of("places"),
        text("parent_code"),
        int("rank"),
        day("valid_from"),
        day("valid_to"),
    ],
    rows: |source, emit| {
        for place in source.snapshot.places.values() {
            let mut row = vec![
                number(place.id),
                Datum::from(place.code.scheme.as_str()),
                Datum::from(place.code.code.as_str()),
                place.kind.code().into(),
            ];
            row.extend(names(Some(&place.name)));
            row.extend(names(Some(&place.short)));
            row.push(place.parent.into());
            row.push(source.place_code(place.parent));
            row.push(number(place.rank));
            row.push(place.valid_from.into());
            row.push(place.valid_to.into());
            emit.row(About::All, row);
        }
        Ok(())
    },
};

pub const ENTERPRISES: TableSpec = TableSpec {
    name: "enterprises",
    of: Some(Table::Enterprise),
    columns: &[
        int("id"),
        text("code"),
        text("name"),
        text("name_hant"),
        text("name_en"),
        text("short"),
        int("place").of("places"),
        text("place_code"),
        text("chain"),
        text("industry"),
        flag("is_key"),
    ],
    rows: |source, emit| {
        for firm in source.snapshot.enterprises.values() {
            let mut row = vec![number(firm.id), Datum::from(firm.code.as_ref())];
            row.extend(names(Some(&firm.name)));
            row.push(Datum::from(firm.short.text.as_str()));
            row.push(firm.place.into());
            row.push(source.place_code(firm.place));
            row.push(Datum::from(firm.chain.as_ref()));
            row.push(Datum::from(firm.industry.as_ref()));
            row.push(Datum::Flag(firm.is_key));
            emit.row(About::Enterprise(firm.id), row);
        }
        Ok(())
    },
};

pub const PROJECTS: TableSpec = TableSpec {
    name: "projects",
    of: Some(Table::Project),
    columns: &[
        int("id"),
        text("code"),
        text("national_code"),
        text("name"),
        text("name_hant"),
        text("name_en"),
        int("parent").of("projects"),
        text("parent_code"),
        int("parent_share").unit(Unit::PercentHundredths),
        int("enterprise").of("enterprises"),
        text("enterprise_name"),
        int("place").of("places"),
        text("place_code"),
        text("currency"),
        text("chain"),
        text("industry"),
        text("sector"),
        int("nature"),
        text("content"),
        day("build_from"),
        day("build_to"),
        text("lead_unit"),
        text("sponsor"),
        text("state").codes(Codes::State),
        int("longitude").unit(Unit::Microdegree),
        int("latitude").unit(Unit::Microdegree),
        text("aliases"),
        int("entry").of("journal"),
    ],
    rows: projects,
};

fn projects(source: &Source<'_>, emit: &mut Emit<'_>) -> Result<(), OpsError> {
    for known in source.snapshot.projects.iter() {
        let project = &known.project;
        let firm = project.enterprise.and_then(|id| source.snapshot.enterprises.get(&id));
        let first = |name: &Option<tici_domain::Name>| Datum::from(name.as_ref().map(|n| &n.text));
        let mut row = vec![
            number(project.id),
            Datum::from(project.code.as_str()),
            Datum::from(project.national_code.as_ref()),
        ];
        row.extend(names(Some(&project.name)));
        row.push(project.parent.into());
        row.push(project.parent.map_or(Datum::Missing, |id| source.project_code(id)));
        row.push(project.parent_share.into());
        row.push(project.enterprise.into());
        row.push(Datum::from(firm.map(|firm| &firm.name.text)));
        row.push(project.place.into());
        row.push(source.place_code(project.place));
        row.push(Datum::Text(project.currency.to_string()));
        row.push(Datum::from(project.chain.as_ref()));
        row.push(Datum::from(project.industry.as_ref()));
        row.push(Datum::from(project.sector.as_ref()));
        row.push(project.nature.into());
        row.push(first(&project.content));
        row.push(project.build_from.into());
        row.push(project.build_to.into());
        row.push(first(&project.lead_unit));
        row.push(first(&project.sponsor));
        row.push(project.state.code().into());
        row.push(project.location.map(|at| at.0).into());
        row.push(project.location.map(|at| at.1).into());
        row.push(several(&project.aliases));
        row.push(source::int(known.entry));
        emit.row(About::Project(project.id), row);
    }
    Ok(())
}

pub const ACCOUNTS: TableSpec = TableSpec {
    name: "accounts",
    of: Some(Table::Actor),
    columns: &[
        int("id"),
        text("login"),
        text("post"),
        text("post_hant"),
        text("post_en"),
        text("role").codes(Codes::Role),
        int("place").of("places"),
        text("place_code"),
        flag("is_active"),
    ],
    rows: |source, emit| {
        for actor in source.snapshot.actors.values() {
            let mut row = vec![number(actor.id), Datum::from(actor.login.as_str())];
            row.extend(names(Some(&actor.title)));
            row.push(actor.role.code().into());
            row.push(actor.place.into());
            row.push(source.place_code(actor.place));
            row.push(Datum::Flag(actor.active));
            emit.row(About::All, row);
        }
        Ok(())
    },
};
