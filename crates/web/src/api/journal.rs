//! The journal: entries, one entry with the proof that it is there, and the whole proving
//! itself.

use axum::{
    Json,
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::{Change, Name, Source};
use tici_ops::verify_ledger::{newest_checkpoint, verify_ledger};
use tici_ops::view_journal::{JOURNAL_PAGE_ROWS, view_entry, view_journal};
use tici_ops::view_project::EntryMeta;

use super::describe::{Endpoint, Kind, PAGE, get, param, post};
use super::{At, Sent, body};
use crate::pages::journal::Asked;
use crate::{Failure, Fields, Visit, visit::read_pairs};

pub fn endpoints() -> Vec<Endpoint> {
    let checkpoint_about = "The newest signed checkpoint, to be kept elsewhere.";
    let verify_about = "Lets the journal prove itself, and that it continues a checkpoint.";
    vec![
        get("/api/journal", "listEntries", "Entries of the journal, newest first.", list).asks(&[
            param("op", Kind::Text, "Of this operation."),
            param("project", Kind::Text, "About the project of this code."),
            param("from", Kind::Day, "From this day."),
            param("until", Kind::Day, "Until this day."),
            param("source", Kind::Text, "From the file with this SHA-256."),
            PAGE,
        ]),
        get("/api/journal/checkpoint", "readCheckpoint", checkpoint_about, checkpoint)
            .gives(&["text/plain"]),
        get("/api/journal/{seq}", "showEntry", "One entry with its rows and its proof.", one),
        post("/api/journal/verifications", "verifyJournal", verify_about, verify),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Journal")]
pub struct List {
    /// Entries in the whole journal.
    head: i64,
    /// Entries that the filter lets through.
    found: i64,
    /// From 1.
    page: i64,
    pages: i64,
    entries: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalRow")]
struct Row {
    #[serde(flatten)]
    entry: Header,
    /// What it is about: `project:12`.
    subjects: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalHeader")]
struct Header {
    seq: i64,
    #[schemars(with = "tici_domain::schema::Moment")]
    at: Timestamp,
    actor: i64,
    post: Name,
    op: String,
    source: Option<Source>,
}

fn entry_header(meta: EntryMeta) -> Header {
    let EntryMeta { seq, at, actor, title, op, source } = meta;
    Header { seq, at, actor, post: title, op, source }
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let text = |name: &str| fields.get(name).to_owned();
    let page: i64 = fields.get("page").parse().unwrap_or(1);
    let (op, project, source) = (text("op"), text("project"), text("source"));
    let asked = Asked { op, project, from: text("from"), until: text("until"), source, page };
    let zone = visit.state.config.zone.clone();
    let run = visit.run(move |desk, session| {
        let filter = asked.filter(desk, session, &zone)?;
        view_journal(desk, session, &filter, asked.page - 1)
    });
    let view = run.await?;
    let row = |row: tici_ops::view_journal::JournalRow| Row {
        entry: entry_header(row.meta),
        subjects: row.subjects,
    };
    Ok(Json(List {
        head: view.head,
        found: view.matching,
        page: view.page + 1,
        pages: (view.matching + JOURNAL_PAGE_ROWS - 1) / JOURNAL_PAGE_ROWS,
        entries: view.rows.into_iter().map(row).collect(),
    }))
}

/// An entry and the way from it to the signed root (RFC 9162).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalEntry")]
pub struct One {
    #[serde(flatten)]
    entry: Header,
    changes: Vec<Change>,
    payload_sha256: String,
    leaf_hash: String,
    tree_size: i64,
    root_hash: String,
    path: Vec<String>,
    proof_holds: bool,
    checkpoint: Option<String>,
}

async fn one(visit: Visit, At(seq): At<i64>) -> Result<Json<One>, Failure> {
    let page = visit.run(move |desk, session| view_entry(desk, session, seq)).await?;
    let proof = &page.proof;
    Ok(Json(One {
        payload_sha256: page.record.payload_sha256.to_string(),
        leaf_hash: proof.leaf.to_string(),
        tree_size: proof.size,
        root_hash: proof.root.to_string(),
        path: proof.path.iter().map(ToString::to_string).collect(),
        proof_holds: proof.holds(),
        checkpoint: page.checkpoint,
        entry: entry_header(page.meta),
        changes: page.changes,
    }))
}

async fn checkpoint(visit: Visit) -> Result<Response, Failure> {
    let note = visit.run(newest_checkpoint).await?.ok_or(Failure::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "JournalVerify")]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// An earlier signed checkpoint that the journal has to continue.
    checkpoint: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalVerified")]
pub struct Verified {
    good: bool,
    /// The earliest entry that something is wrong with.
    first_bad: Option<i64>,
    entries: i64,
    checkpoints: i64,
    rows: u64,
    blobs: u64,
    blobs_missing: u64,
    root: String,
    /// Size of the earlier checkpoint that it continues.
    continues: Option<u64>,
}

async fn verify(visit: Visit, asked: Sent<Verify>) -> Result<Json<Verified>, Failure> {
    let Verify { checkpoint } = body(asked)?;
    let run = visit.run(move |desk, session| verify_ledger(desk, session, checkpoint.as_deref()));
    let report = run.await?;
    Ok(Json(Verified {
        good: report.first_bad.is_none(),
        first_bad: report.first_bad.map(|bad| bad.seq),
        entries: report.entries,
        checkpoints: report.checkpoints,
        rows: report.rows,
        blobs: report.blobs,
        blobs_missing: report.blobs_missing,
        root: report.root.to_string(),
        continues: report.continues,
    }))
}
