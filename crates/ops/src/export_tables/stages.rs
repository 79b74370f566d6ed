//! Stage claims and verdicts, milestones, stops, packages and look-alikes, every version.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Column, Unit, day, int, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number, names, several};

const CLAIMED: [Column; 9] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("stage").codes(Codes::Stage),
    day("on"),
    text("evidence"),
    text("note"),
    text("sheet"),
    text("cell"),
];

pub const STAGE_CLAIMS: TableSpec = TableSpec {
    name: "stage_claims",
    of: Some(Table::StageClaim),
    columns: &columns::<9, 8, 17>(CLAIMED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::StageClaim,
            rows_of!(StageClaim),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    row.stage.code().into(),
                    date(row.on),
                    several(&row.evidence),
                    Datum::from(row.note.as_ref()),
                    Datum::from(row.sheet.as_ref()),
                    Datum::from(row.cell.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const JUDGED: [Column; 6] = [
    int("id"),
    int("claim").of("stage_claims"),
    int("project").of("projects"),
    text("project_code"),
    text("verdict").codes(Codes::Verdict),
    text("reason"),
];

pub const STAGE_VERDICTS: TableSpec = TableSpec {
    name: "stage_verdicts",
    of: Some(Table::StageVerdict),
    columns: &columns::<6, 8, 14>(JUDGED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::StageVerdict,
            rows_of!(StageVerdict),
            |_| None,
            |written| {
                let row = written.row;
                let project = source.snapshot.projects.project_of_claim(row.claim);
                let mut out = vec![
                    number(row.id),
                    number(row.claim),
                    project.into(),
                    project.map_or(Datum::Missing, |id| source.project_code(id)),
                    row.verdict.code().into(),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, None));
                emit.row(project.map_or(About::Place(None), About::Project), out);
            },
        )
    },
};

const STEPS: [Column; 13] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("key"),
    text("name"),
    text("name_hant"),
    text("name_en"),
    day("planned_from"),
    day("planned"),
    day("actual_from"),
    day("actual"),
    day("expected"),
    text("reason"),
];

pub const MILESTONES: TableSpec = TableSpec {
    name: "milestones",
    of: Some(Table::Milestone),
    columns: &columns::<13, 8, 21>(STEPS, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Milestone,
            rows_of!(Milestone),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    Datum::from(row.key.as_str()),
                ];
                out.extend(names(Some(&row.name)));
                let days =
                    [row.planned_from, row.planned, row.actual_from, row.actual, row.expected];
                out.extend(days.map(Datum::from));
                out.push(Datum::from(row.reason.as_ref()));
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const STOPPED: [Column; 7] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    text("state").codes(Codes::State),
    day("on"),
    text("reason"),
    text("evidence"),
];

pub const SIDE_CHANGES: TableSpec = TableSpec {
    name: "side_changes",
    of: Some(Table::SideChange),
    columns: &columns::<7, 8, 15>(STOPPED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::SideChange,
            rows_of!(SideChange),
            |_| None,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    row.state.code().into(),
                    date(row.on),
                    Datum::from(row.reason.as_str()),
                    several(&row.evidence),
                ];
                out.extend(source.written(&written, None));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const PACKED: [Column; 7] = [
    int("id"),
    int("project").of("projects"),
    text("project_code"),
    int("parent").of("projects"),
    text("parent_code"),
    int("share").unit(Unit::PercentHundredths),
    text("reason"),
];

pub const PACKAGE_CHANGES: TableSpec = TableSpec {
    name: "package_changes",
    of: Some(Table::PackageChange),
    columns: &columns::<7, 8, 15>(PACKED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::PackageChange,
            rows_of!(PackageChange),
            |_| None,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.project),
                    source.project_code(row.project),
                    row.parent.into(),
                    row.parent.map_or(Datum::Missing, |id| source.project_code(id)),
                    row.share.into(),
                    Datum::from(row.reason.as_str()),
                ];
                out.extend(source.written(&written, None));
                emit.row(About::Project(row.project), out);
            },
        )
    },
};

const PAIRED: [Column; 7] = [
    int("id"),
    int("first").of("projects"),
    text("first_code"),
    int("second").of("projects"),
    text("second_code"),
    text("verdict").codes(Codes::PairVerdict),
    text("reason"),
];

pub const PAIR_DECISIONS: TableSpec = TableSpec {
    name: "pair_decisions",
    of: Some(Table::PairDecision),
    columns: &columns::<7, 8, 15>(PAIRED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::PairDecision,
            rows_of!(PairDecision),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.first),
                    source.project_code(row.first),
                    number(row.second),
                    source.project_code(row.second),
                    row.verdict.code().into(),
                    Datum::from(row.reason.as_str()),
                ];
                out.extend(source.written(&written, row.replaces));
                // Both have to be seen: the row names both.
                if source.sees(About::Project(row.first)) {
                    emit.row(About::Project(row.second), out);
                }
            },
        )
    },
};
