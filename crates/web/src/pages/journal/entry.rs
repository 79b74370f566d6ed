//! One entry as its page shows it.

use jiff::tz::TimeZone;
use tici_engine::Snapshot;
use tici_ops::view_journal::EntryPage;
use tici_ops::view_project::EntryMeta;

use super::{ChangeLine, TwoWidths, changes, lines, proof};
use crate::{
    charts::{self, MerklePath, MerkleStep, Room, Side},
    i18n::T,
    ui::Html,
};

/// Changes written out on the page; the proof file has all of them.
const CHANGES_MAX: usize = 200;

/// The entry, its changes and its proof, in words.
pub struct EntryView {
    pub seq: i64,
    /// As people count: the first entry is 1.
    pub number: String,
    pub title: String,
    pub when: String,
    pub post: String,
    pub op: String,
    pub subjects: String,
    pub source: Option<SourceView>,
    pub changes: Vec<ChangeLine>,
    pub changes_note: String,
    pub payload_sha256: String,
    pub header: String,
    /// The header printed here hashes to the leaf.
    pub header_fits: bool,
    pub leaf: String,
    pub root: String,
    pub steps: Vec<StepView>,
    pub drawing: TwoWidths,
    pub holds: bool,
    pub verdict: String,
    pub checkpoint: Vec<String>,
    pub earlier: String,
    pub later: String,
}

pub struct SourceView {
    pub file: String,
    pub sha256: String,
    pub bytes: String,
    /// All entries of the same file.
    pub href: String,
}

/// One joining, as a line of the table beside the drawing.
pub struct StepView {
    pub number: usize,
    pub side: String,
    pub sibling: String,
    pub parent: String,
}

pub fn entry_view(t: T, zone: &TimeZone, page: &EntryPage, snapshot: &Snapshot) -> EntryView {
    let seq = page.meta.seq;
    let path: Vec<[u8; 32]> = page.proof.path.iter().map(|hash| hash.0).collect();
    let climb = proof::climb(page.proof.leaf.0, seq as u64, page.proof.size as u64, &path);
    let reaches = climb.is_whole && climb.root == page.proof.root.0;
    let header = proof::header_text(page);
    let holds = reaches && page.proof.holds();
    let number = t.entry_number(seq);
    let size = t.count(i128::from(page.proof.size));
    let key = if holds { "journal-proof-holds" } else { "journal-proof-fails" };
    let last = page.proof.size - 1;
    EntryView {
        seq,
        title: t.t1("journal-entry-title", &[("seq", &number)]),
        number,
        when: t.moment(page.meta.at, zone),
        post: post(t, &page.meta),
        op: t.code("op", &page.meta.op),
        subjects: changes::subjects(t, snapshot, &page.record.meta.subjects),
        source: page.meta.source.as_ref().map(|source| SourceView {
            file: source.file.clone(),
            bytes: t.count(i128::from(source.bytes)),
            href: format!("/journal?source={}", source.sha256),
            sha256: source.sha256.clone(),
        }),
        changes: changes::lines(t, snapshot, &page.changes, CHANGES_MAX),
        changes_note: changes_note(t, page.changes.len()),
        payload_sha256: page.record.payload_sha256.to_string(),
        header_fits: proof::is_leaf_of(&header, page.proof.leaf.0),
        header,
        leaf: page.proof.leaf.to_string(),
        root: page.proof.root.to_string(),
        steps: climb.steps.iter().zip(1..).map(|(step, n)| step_view(t, step, n)).collect(),
        drawing: drawing(t, page, &climb.steps),
        holds,
        verdict: t.t1(key, &[("size", &size)]),
        checkpoint: lines(page.checkpoint.as_deref()),
        earlier: if seq > 0 { format!("/journal/{}", seq - 1) } else { String::new() },
        later: if seq < last { format!("/journal/{}", seq + 1) } else { String::new() },
    }
}

/// The account's post; the ledger itself has none.
pub fn post(t: T, meta: &EntryMeta) -> String {
    let title = meta.title.get(t.lang);
    if title.is_empty() { t.t("journal-ledger-itself") } else { title.to_owned() }
}

fn changes_note(t: T, count: usize) -> String {
    match count > CHANGES_MAX {
        true => t.t1("journal-changes-cut", &[("n", &count), ("shown", &CHANGES_MAX)]),
        false => t.t1("journal-changes-count", &[("n", &count)]),
    }
}

fn step_view(t: T, step: &MerkleStep, number: usize) -> StepView {
    let side = if step.side == Side::Left { "journal-side-left" } else { "journal-side-right" };
    StepView { number, side: t.t(side), sibling: step.sibling.clone(), parent: step.parent.clone() }
}

fn drawing(t: T, page: &EntryPage, steps: &[MerkleStep]) -> TwoWidths {
    let (number, size) = (t.entry_number(page.meta.seq), t.count(i128::from(page.proof.size)));
    let draw = |room| {
        Html(charts::merkle_path(&MerklePath {
            room,
            leaf: page.proof.leaf.to_string(),
            steps: steps.to_vec(),
            leaf_word: t.t1("journal-leaf-of", &[("seq", &number)]),
            root_word: t.t1("journal-root-of", &[("size", &size)]),
            label: t.t1("journal-path-label", &[("seq", &number), ("n", &steps.len())]),
        }))
    };
    TwoWidths { wide: draw(Room::Wide), narrow: draw(Room::Narrow) }
}
