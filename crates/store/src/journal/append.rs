//! Appending one entry: header, leaf, root and signed checkpoint.

use super::canonical;
use super::tree::{Frontier, leaf_hash};
use super::{Checkpoint, Hash, Signer};
use crate::StoreError;
use crate::conn::{Conn, Value};
use serde::Serialize;
use tici_domain::{Change, Source};

/// Subjects written out in an entry's header; the rest are counted.
const SUBJECTS_MAX: usize = 50;

/// The hashed header of an entry. Its canonical JSON is the leaf.
#[derive(Serialize)]
pub(crate) struct Header<'a> {
    pub seq: i64,
    pub at: jiff::Timestamp,
    pub actor: i64,
    pub op: &'a str,
    pub source: Option<&'a Source>,
    pub subjects: &'a [String],
    pub payload_sha256: &'a str,
}

impl Header<'_> {
    pub fn leaf(&self) -> Hash {
        leaf_hash(canonical::to_string(self).as_bytes())
    }
}

/// The state of the log: its size and complete subtrees.
pub(crate) fn frontier(conn: &mut Conn) -> Result<Frontier, StoreError> {
    let sql = "SELECT size, root, frontier FROM checkpoint ORDER BY size DESC LIMIT 1";
    let last = conn.query_one(sql, &[], |row| {
        let (size, root, parts) = (row.int(0)?, row.text(1)?, row.text(2)?);
        let parts = parts.split(',').map(Hash::parse).collect::<Option<Vec<Hash>>>();
        parts
            .and_then(|parts| Frontier::from_parts(size as u64, parts))
            .filter(|frontier| frontier.root().to_string() == root)
            .ok_or_else(|| StoreError::damaged("the last checkpoint does not add up"))
    })?;
    let frontier = last.unwrap_or_default();
    let (head, covered) = (super::head(conn)?, frontier.size() as i64);
    if head != covered {
        let detail = format!("{head} entries, but the last checkpoint covers {covered}");
        return Err(StoreError::Damaged { seq: Some(head.min(covered)), detail });
    }
    Ok(frontier)
}

/// Writes one journal row.
pub(crate) fn write_row(
    conn: &mut Conn,
    header: &Header<'_>,
    payload: &str,
) -> Result<Hash, StoreError> {
    let leaf = header.leaf();
    let source = header.source;
    conn.execute(
        "INSERT INTO journal (seq, at, actor, op, source_file, source_sha256, source_bytes, \
         subjects, payload_sha256, leaf_hash, payload) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            Value::Int(header.seq),
            Value::Int(header.at.as_microsecond()),
            Value::Int(header.actor),
            Value::from(header.op),
            Value::from(source.map(|source| source.file.as_str())),
            Value::from(source.map(|source| source.sha256.as_str())),
            Value::from(source.map(|source| source.bytes as i64)),
            Value::from(canonical::to_string(&header.subjects)),
            Value::from(header.payload_sha256),
            Value::from(leaf.to_string()),
            Value::from(payload),
        ],
    )?;
    Ok(leaf)
}

/// Signs and keeps the state of the log after an append.
pub(crate) fn write_checkpoint(
    conn: &mut Conn,
    frontier: &Frontier,
    signer: &Signer,
) -> Result<Hash, StoreError> {
    let root = frontier.root();
    let checkpoint = Checkpoint { origin: signer.name().into(), size: frontier.size(), root };
    let parts: Vec<String> = frontier.roots().iter().map(Hash::to_string).collect();
    conn.execute(
        "INSERT INTO checkpoint (size, root, frontier, note) VALUES ($1, $2, $3, $4)",
        &[
            Value::Int(frontier.size() as i64),
            Value::from(root.to_string()),
            Value::from(parts.join(",")),
            Value::from(checkpoint.sign(signer).to_string()),
        ],
    )?;
    Ok(root)
}

/// What an entry is about: `project:12`, each once, in order of first appearance. Beyond
/// fifty they are counted: `+2950`.
pub(crate) fn subjects(changes: &[Change]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let mut subjects = Vec::new();
    for (kind, id) in changes.iter().filter_map(subject) {
        if seen.insert((kind, id)) && seen.len() <= SUBJECTS_MAX {
            subjects.push(format!("{kind}:{id}"));
        }
    }
    if seen.len() > SUBJECTS_MAX {
        subjects.push(format!("+{}", seen.len() - SUBJECTS_MAX));
    }
    subjects
}

fn subject(change: &Change) -> Option<(&'static str, i64)> {
    match change {
        Change::Actor(row) => Some(("actor", row.id)),
        Change::Place(row) => Some(("place", row.id)),
        Change::Enterprise(row) => Some(("enterprise", row.id)),
        Change::Project(row) => Some(("project", row.id)),
        Change::ListMembership(row) => Some(("project", row.project)),
        Change::Plan(row) => Some(("project", row.project)),
        Change::Attachment(row) => Some(("attachment", row.id)),
        Change::StageClaim(row) => Some(("project", row.project)),
        Change::StageVerdict(row) => Some(("claim", row.claim)),
        Change::Milestone(row) => Some(("project", row.project)),
        Change::Figure(row) => Some((row.subject.kind(), row.subject.id())),
        Change::Setting(_) => None,
        Change::RuleSet(row) => Some(("rule_set", row.id)),
        Change::ReturnRound(row) => Some(("return_round", row.id)),
        Change::ReturnSheet(row) => Some(("place", row.place)),
        Change::PackageChange(row) => Some(("project", row.project)),
        Change::SideChange(row) => Some(("project", row.project)),
        Change::PairDecision(row) => Some(("project", row.first)),
        Change::Excuse(row) => Some(("project", row.project)),
        Change::Commitment(row) => Some(("commitment", row.series)),
        Change::Event(row) => Some(("event", row.series)),
        Change::Meeting(row) => Some(("meeting", row.series)),
        Change::Task(row) => row.project.map(|id| ("project", id)).or(Some(("task", row.series))),
    }
}
