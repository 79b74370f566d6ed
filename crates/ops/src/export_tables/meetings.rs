//! Dispatch meetings with their agendas, and tasks, every version.

use tici_domain::{Change, Meeting, Table};
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Column, day, flag, int, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number, names, several};

const MET: [Column; 10] = [
    int("id"),
    int("series"),
    text("title"),
    text("title_hant"),
    text("title_en"),
    day("on"),
    text("chair"),
    int("projects"),
    flag("is_closed"),
    text("minutes"),
];

fn meeting(change: &Change) -> Option<&Meeting> {
    match change {
        Change::Meeting(row) => Some(row),
        _ => None,
    }
}

pub const MEETINGS: TableSpec = TableSpec {
    name: "meetings",
    of: Some(Table::Meeting),
    columns: &columns::<10, 8, 18>(MET, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Meeting,
            meeting,
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![number(row.id), number(row.series)];
                out.extend(names(Some(&row.title)));
                out.extend([
                    date(row.on),
                    Datum::from(row.chair.as_ref().map(|chair| &chair.text)),
                    number(row.agenda.len() as i64),
                    Datum::Flag(row.closed),
                    Datum::from(row.minutes.as_ref()),
                ]);
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(None), out);
            },
        )
    },
};

pub const MEETING_AGENDA: TableSpec = TableSpec {
    name: "meeting_agenda",
    of: Some(Table::Meeting),
    columns: &[
        int("meeting").of("meetings"),
        int("series"),
        int("position"),
        int("project").of("projects"),
        text("project_code"),
        text("why"),
        flag("is_done"),
    ],
    rows: |source, emit| {
        source.scan(
            Table::Meeting,
            meeting,
            |row| row.replaces,
            |written| {
                for (at, item) in written.row.agenda.iter().enumerate() {
                    let row = vec![
                        number(written.row.id),
                        number(written.row.series),
                        number(at as i64 + 1),
                        number(item.project),
                        source.project_code(item.project),
                        Datum::from(item.why.as_str()),
                        Datum::Flag(item.done),
                    ];
                    emit.row(About::Project(item.project), row);
                }
            },
        )
    },
};

const ASKED: [Column; 20] = [
    int("id"),
    int("series"),
    text("kind").codes(Codes::TaskKind),
    int("project").of("projects"),
    text("project_code"),
    int("meeting"),
    int("commitment"),
    int("claim"),
    text("title"),
    text("title_hant"),
    text("title_en"),
    text("owner"),
    day("opened"),
    day("due"),
    day("due_original"),
    text("state").codes(Codes::TaskState),
    day("closed_on"),
    text("note"),
    text("finding").codes(Codes::Finding),
    text("evidence"),
];

pub const TASKS: TableSpec = TableSpec {
    name: "tasks",
    of: Some(Table::Task),
    columns: &columns::<20, 8, 28>(ASKED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Task,
            rows_of!(Task),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    row.kind.code().into(),
                    row.project.into(),
                    row.project.map_or(Datum::Missing, |id| source.project_code(id)),
                    row.meeting.into(),
                    row.commitment.into(),
                    row.claim.into(),
                ];
                out.extend(names(Some(&row.title)));
                out.extend([
                    Datum::from(row.owner.as_ref().map(|owner| &owner.text)),
                    date(row.opened),
                    row.due.into(),
                    row.due_original.into(),
                    row.state.code().into(),
                    row.closed_on.into(),
                    Datum::from(row.note.as_ref()),
                    row.finding.map_or(Datum::Missing, |finding| finding.code().into()),
                    several(&row.evidence),
                ]);
                out.extend(source.written(&written, row.replaces));
                emit.row(row.project.map_or(About::Place(None), About::Project), out);
            },
        )
    },
};
