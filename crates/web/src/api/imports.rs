//! Lists of projects handed in by programs: looked at, put right, written.
//!
//! A file is written at once, or with `dry_run` kept aside for two days, to be decided on and
//! committed. The same file again writes nothing.

use axum::{
    Json,
    extract::{FromRequest, Multipart, RawQuery, Request},
    http::header,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use tici_domain::{Period, Problem};
use tici_ops::files::standards::Incoming;
use tici_ops::foreign_tables::TableFound;
use tici_ops::import::{ImportOptions, Mode, RowFate};
use tici_ops::import_projects::ImportOutcome;
use tici_ops::import_standard::import_standard;
use tici_ops::remembered_layouts::Said;
use tici_ops::uploads::{self, Choices, SheetPart, UploadView};
use tici_ops::{Desk, OpsError, Session};

use super::account::Done;
use super::describe::{Described, Endpoint, Kind, Schemas, Takes, get, param, post};
use super::{At, Sent, body};
use crate::pages::import::upload;
use crate::{AppState, Failure, Fields, Visit, visit::read_pairs};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A list, or the standard a file is of.
const KINDS: [&str; 4] = ["projects", "oc4ids", "ocds", "geojson"];

pub fn endpoints() -> Vec<Endpoint> {
    let send_about = "Hands in a list: the body is the file, or a form with `file` and `map`.";
    let one = "/api/imports/{upload}";
    let choices_path = "/api/imports/{upload}/choices";
    let marked_path = "/api/imports/{upload}/marked.xlsx";
    vec![
        post("/api/imports", "import", send_about, send).asks(&[
            param("kind", Kind::Codes(|| KINDS.to_vec()), "What the file lists."),
            param("file", Kind::Text, "Name of the file; its ending says the format."),
            param("period", Kind::Period, "Period of rows that name none."),
            param("reason", Kind::Text, "Why values reported before are changed."),
            param("leave_out", Kind::Flag, "Leaves rows with errors out."),
            param("dry_run", Kind::Flag, "Keeps the file aside and writes nothing."),
        ]),
        get(one, "showImport", "A file kept aside, and what it would write.", show).live(),
        post(choices_path, "decideImport", "Decides on a file kept aside.", decide),
        post("/api/imports/{upload}/commit", "commitImport", "Writes a file kept aside.", commit),
        post("/api/imports/{upload}/forget", "forgetImport", "Forgets a file kept aside.", forget),
        get(marked_path, "markImport", "The file with its problems marked.", marked)
            .gives(&[XLSX])
            .live(),
        get("/api/imports/{upload}/map.toml", "readImportMap", "Which column is what.", map)
            .gives(&["application/toml"])
            .live(),
    ]
}

/// What a file has written, or would.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Import")]
pub struct Import {
    /// Names it while it is kept aside; null when it has been written.
    upload: Option<String>,
    file: String,
    rows: usize,
    new: usize,
    changed: usize,
    unchanged: usize,
    left_out: usize,
    /// Rows of new projects where only known ones may change, or the other way round.
    passed: usize,
    /// Rows of the ledger's tables that it writes.
    writes: usize,
    /// Entries written; none for a dry run, and when nothing had changed.
    entries: Vec<i64>,
    errors: usize,
    problems: Vec<Problem>,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    uploaded: Option<Timestamp>,
    decided: Option<Decisions>,
    /// Tables of a file kept aside.
    tables: Vec<TableSeen>,
}

/// A table of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ImportTable")]
struct TableSeen {
    /// `Sheet!A3:I19`
    key: String,
    /// The same for every table with these headers, whatever month they name.
    layout: String,
    title: Option<String>,
    /// `list`, `periods`, `card` or `turned`.
    shape: String,
    records: usize,
    /// In percent.
    confidence: u8,
    is_read: bool,
}

/// What is said of the tables of one layout.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportLayout")]
#[serde(deny_unknown_fields)]
struct LayoutSaid {
    /// First and last row of the header, from the first row of the header that was found.
    header: Option<[i32; 2]>,
    /// Field of a column, by its index from 0.
    #[serde(default)]
    columns: BTreeMap<usize, String>,
    /// Unit of a column of amounts, by its index from 0.
    #[serde(default)]
    units: BTreeMap<usize, String>,
    /// Unit of every amount whose header states none.
    unit: Option<String>,
    /// Index of the column that says the period of each row.
    period_column: Option<i32>,
}

impl From<LayoutSaid> for Said {
    fn from(said: LayoutSaid) -> Said {
        let LayoutSaid { header, columns, units, unit, period_column } = said;
        Said { header, columns, units, unit, period_column, take: None }
    }
}

impl From<Said> for LayoutSaid {
    fn from(said: Said) -> LayoutSaid {
        let Said { header, columns, units, unit, period_column, take: _ } = said;
        LayoutSaid { header, columns, units, unit, period_column }
    }
}

/// What has been decided on a file.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportDecisions")]
#[serde(deny_unknown_fields)]
struct Decisions {
    /// The sheet that the page shows.
    sheet: Option<String>,
    /// Keys of the tables to read; none for those that are proposed.
    #[serde(default)]
    tables: Vec<String>,
    /// What differs from the proposal, by layout.
    #[serde(default)]
    layouts: BTreeMap<String, LayoutSaid>,
    /// `both`, `create` or `update`.
    mode: Option<String>,
    /// A mapping file, instead of the guess.
    map: Option<String>,
    /// Cells put right: `Sheet!E9` and the text to read instead.
    #[serde(default)]
    fixes: BTreeMap<String, String>,
    /// Rows that are a known project: `Sheet!B9` and its code.
    #[serde(default)]
    same: BTreeMap<String, String>,
    /// Rows that are new although a known name is near.
    #[serde(default)]
    as_new: BTreeSet<String>,
    period: Option<Period>,
    reason: Option<String>,
    #[serde(default)]
    leave_out: bool,
}

fn counted(file: &str, outcome: &ImportOutcome) -> Import {
    Import {
        upload: None,
        file: file.to_owned(),
        rows: outcome.plan.rows.len(),
        new: outcome.count(RowFate::New),
        changed: outcome.count(RowFate::Changed),
        unchanged: outcome.count(RowFate::Unchanged),
        left_out: outcome.count(RowFate::LeftOut),
        passed: outcome.count(RowFate::Passed),
        writes: outcome.writes,
        entries: outcome.entries.clone(),
        errors: outcome.errors(),
        problems: outcome.problems.clone(),
        uploaded: None,
        decided: None,
        tables: Vec::new(),
    }
}

fn looked_at(view: UploadView) -> Import {
    let choices = view.choices;
    let decided = Decisions {
        sheet: choices.sheet,
        tables: choices.tables,
        layouts: choices.said.into_iter().map(|(layout, said)| (layout, said.into())).collect(),
        mode: Some(choices.mode.code().to_owned()),
        map: choices.map,
        fixes: choices.fixes,
        same: choices.same,
        as_new: choices.as_new,
        period: choices.period.as_deref().and_then(Period::parse),
        reason: choices.reason,
        leave_out: choices.leave_out_bad_rows,
    };
    Import {
        upload: Some(view.id),
        uploaded: Some(view.uploaded),
        decided: Some(decided),
        tables: view.tables.found.iter().map(seen).collect(),
        ..counted(&view.file, &view.outcome)
    }
}

fn seen(found: &TableFound) -> TableSeen {
    TableSeen {
        key: found.key.clone(),
        layout: found.layout().to_owned(),
        title: found.table.title.clone(),
        shape: found.table.shape.code().to_owned(),
        records: found.table.records(),
        confidence: found.table.confidence,
        is_read: found.is_read,
    }
}

/// The file of a request: its whole body, or a part of a form.
pub struct Sheet {
    file: Option<String>,
    bytes: Vec<u8>,
    map: Vec<u8>,
}

impl Takes for Sheet {
    fn describe(of: &mut Described, _: &mut Schemas) {
        let binary = serde_json::json!({ "type": "string", "format": "binary" });
        let form = serde_json::json!({
            "type": "object",
            "properties": { "file": binary, "map": { "type": "string" } },
            "required": ["file"],
        });
        of.body = Some(serde_json::json!({
            "application/octet-stream": { "schema": binary },
            "text/csv": { "schema": binary },
            XLSX: { "schema": binary },
            "multipart/form-data": { "schema": form },
        }));
    }
}

impl FromRequest<AppState> for Sheet {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Sheet, Failure> {
        let max = state.config.upload_bytes_max;
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, state).await;
            let parts = parts.map_err(|error| Failure::bad(error.body_text()))?;
            let upload::Upload { file, bytes, map, .. } = upload::read(parts, max).await?;
            return Ok(Sheet { file: Some(file), bytes, map });
        }
        let bytes = axum::body::Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| Failure::TooLarge(max))?.to_vec();
        Ok(Sheet { file: None, bytes, map: Vec::new() })
    }
}

async fn send(
    visit: Visit,
    RawQuery(query): RawQuery,
    sheet: Sheet,
) -> Result<Json<Import>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let said = |name: &str| Some(fields.get(name).to_owned()).filter(|text| !text.is_empty());
    let map = String::from_utf8_lossy(&sheet.map).into_owned();
    let choices = Choices {
        period: said("period"),
        reason: said("reason"),
        leave_out_bad_rows: fields.get("leave_out") == "true",
        map: Some(map).filter(|map| !map.trim().is_empty()),
        ..Choices::default()
    };
    let file = said("file").or(sheet.file).unwrap_or_else(|| "upload.xlsx".into());
    let dry_run = fields.get("dry_run") == "true";
    if let Some(incoming) = crate::pages::standards::incoming(fields.get("kind"), "") {
        let options = ImportOptions {
            leave_out_bad_rows: choices.leave_out_bad_rows,
            reason: choices.reason,
            ..ImportOptions::default()
        };
        return standard(visit, (incoming, file, sheet.bytes), options, dry_run).await;
    }
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        let id = uploads::stage_upload(desk, session, &file, sheet.bytes, &choices, now)?;
        if dry_run {
            let first = SheetPart::Number(0);
            return uploads::open_upload(desk, session, &id, first, today).map(looked_at);
        }
        let written = write(desk, session, (&id, &file), now, today);
        if written.is_err() {
            uploads::drop_upload(desk, session, &id)?;
        }
        written
    });
    Ok(Json(run.await?))
}

/// A file of a standard is read at once: nothing in it can be decided on.
async fn standard(
    visit: Visit,
    (incoming, file, bytes): (Incoming, String, Vec<u8>),
    options: ImportOptions,
    dry_run: bool,
) -> Result<Json<Import>, Failure> {
    let now = visit.state.now();
    let run = visit.run(move |desk, session| {
        let files = [(file, bytes)];
        let of = (incoming, files.as_slice());
        let outcome = import_standard(desk, session, of, &options, (!dry_run).then_some(now))?;
        Ok(counted(&files[0].0, &outcome))
    });
    Ok(Json(run.await?))
}

/// Writes a file that is kept aside; with errors in it nothing is written, and all of its
/// problems are the answer.
fn write(
    desk: &Desk,
    session: &Session,
    (id, file): (&str, &str),
    now: Timestamp,
    today: jiff::civil::Date,
) -> Result<Import, OpsError> {
    let look = uploads::open_upload(desk, session, id, SheetPart::Number(0), today)?;
    if look.outcome.errors() > 0 && !look.choices.leave_out_bad_rows {
        return Err(OpsError::Problems(look.outcome.problems));
    }
    let outcome = uploads::commit_upload(desk, session, id, now, today)?;
    Ok(counted(file, &outcome))
}

async fn show(visit: Visit, At(id): At<String>) -> Result<Json<Import>, Failure> {
    let view = look(&visit, id).await?;
    Ok(Json(looked_at(view)))
}

async fn look(visit: &Visit, id: String) -> Result<UploadView, Failure> {
    let today = visit.today;
    let first = SheetPart::Number(0);
    visit.run(move |desk, session| uploads::open_upload(desk, session, &id, first, today)).await
}

async fn decide(
    visit: Visit,
    At(id): At<String>,
    asked: Sent<Decisions>,
) -> Result<Json<Import>, Failure> {
    let decided = body(asked)?;
    let mode = decided.mode.as_deref().unwrap_or(Mode::Both.code());
    let mode = Mode::parse(mode).ok_or_else(|| Failure::bad(mode))?;
    let said = decided.layouts.into_iter().map(|(layout, said)| (layout, said.into()));
    let said: BTreeMap<String, Said> = said.collect();
    let named = id.clone();
    let run = visit.run(move |desk, session| {
        uploads::choose(desk, session, &named, |choices| {
            choices.sheet = decided.sheet;
            choices.tables = decided.tables;
            choices.said = said;
            choices.mode = mode;
            choices.map = decided.map;
            choices.fixes = decided.fixes;
            choices.same = decided.same;
            choices.as_new = decided.as_new;
            choices.period = decided.period.map(|period| period.to_string());
            choices.reason = decided.reason;
            choices.leave_out_bad_rows = decided.leave_out;
        })
    });
    run.await?;
    show(visit, At(id)).await
}

async fn commit(visit: Visit, At(id): At<String>) -> Result<Json<Import>, Failure> {
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        let (file, _) = uploads::upload_bytes(desk, session, &id)?;
        write(desk, session, (&id, &file), now, today)
    });
    Ok(Json(run.await?))
}

async fn forget(visit: Visit, At(id): At<String>) -> Result<Json<Done>, Failure> {
    visit.run(move |desk, session| uploads::drop_upload(desk, session, &id)).await?;
    Ok(Json(Done::new()))
}

async fn marked(visit: Visit, At(id): At<String>) -> Result<Response, Failure> {
    let view = look(&visit, id.clone()).await?;
    let t = visit.t;
    let run = visit.run(move |desk, session| {
        let (_, bytes) = uploads::upload_bytes(desk, session, &id)?;
        crate::marked::marked(t, &bytes, &view.outcome.problems)
            .map_err(|problem| OpsError::problem(*problem))
    });
    Ok(([(header::CONTENT_TYPE, XLSX)], run.await?).into_response())
}

async fn map(visit: Visit, At(id): At<String>) -> Result<Response, Failure> {
    let text = look(&visit, id).await?.map.to_toml();
    Ok(([(header::CONTENT_TYPE, "application/toml; charset=utf-8")], text).into_response())
}
