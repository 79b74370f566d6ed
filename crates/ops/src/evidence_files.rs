//! Files that show something: of a claim, of a stop, of a re-check. Kept by their content,
//! with what a photograph says of itself.

use tici_domain::change::Attachment;
use tici_domain::{Change, Problem, Source, Table};
use tici_engine::evidence::{PAPERS, PHOTO, Paper};
use tici_exchange::photo::{PhotoFacts, picture_type, read_photo};

use crate::import::Ids;
use crate::import_projects::source_of;
use crate::write::{Draft, Origin};

/// Files with one claim at most.
pub const EVIDENCE_FILES_MAX: usize = 20;
/// Bytes of one file at most.
pub const EVIDENCE_BYTES_MAX: usize = 32 << 20;
/// Longest file name kept, in characters; a longer one loses its middle.
const FILE_NAME_CHARS_MAX: usize = 120;

/// One file of evidence as somebody hands it in.
#[derive(Clone, Debug)]
pub struct EvidenceFile {
    /// What it shows: one of [`PAPERS`].
    pub kind: String,
    pub file: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Files that have been looked at, before anything is decided.
pub(crate) struct Read<'a> {
    files: Vec<Looked<'a>>,
}

struct Looked<'a> {
    file: &'a EvidenceFile,
    source: Source,
    facts: PhotoFacts,
    /// The time of `facts` as it is kept.
    taken: Option<String>,
}

impl Looked<'_> {
    fn paper(&self) -> Paper<'_> {
        Paper {
            kind: &self.file.kind,
            file: &self.source.file,
            sha256: &self.source.sha256,
            taken: self.taken.as_deref(),
            location: self.facts.location,
        }
    }
}

impl<'a> Read<'a> {
    pub(crate) fn of(files: &'a [EvidenceFile]) -> Read<'a> {
        let read = files.iter().map(|file| {
            let facts = match file.kind == PHOTO {
                true => read_photo(&file.bytes),
                false => PhotoFacts::default(),
            };
            let source = source_of(&plain_name(&file.file), &file.bytes);
            let taken = facts.taken.map(|at| at.to_string());
            Looked { file, source, facts, taken }
        });
        Read { files: read.collect() }
    }

    /// The files as the rules look at them.
    pub(crate) fn papers(&self) -> Vec<Paper<'_>> {
        self.files.iter().map(Looked::paper).collect()
    }

    /// What no rule could allow.
    pub(crate) fn check(&self, problems: &mut Vec<Problem>) {
        if self.files.len() > EVIDENCE_FILES_MAX {
            problems.push(Problem::error("claim-too-many-files").arg("max", EVIDENCE_FILES_MAX));
        }
        for Looked { file, source, .. } in &self.files {
            let name = source.file.as_str();
            if !PAPERS.contains(&file.kind.as_str()) {
                let problem = Problem::error("evidence-kind-unknown").arg("kind", &file.kind);
                problems.push(problem.arg("kinds", PAPERS.join(",")).at(name, "", ""));
            }
            if file.bytes.is_empty() {
                problems.push(Problem::error("evidence-empty").at(name, "", ""));
            }
            if file.bytes.len() > EVIDENCE_BYTES_MAX {
                let (size, limit) = (file.bytes.len() >> 20, EVIDENCE_BYTES_MAX >> 20);
                let problem = Problem::error("evidence-too-large").arg("mib", size);
                problems.push(problem.arg("limit", limit).at(name, "", ""));
            }
            if name.contains('\0') || file.media_type.contains('\0') {
                problems.push(Problem::error("text-has-nul"));
            }
            let is_photo = file.kind == PHOTO && !file.bytes.is_empty();
            if is_photo && picture_type(&file.bytes).is_none() && !is_heif(&file.bytes) {
                problems.push(Problem::warning("photo-no-picture").arg("photo", name));
            }
        }
    }

    /// One entry for each file, since an entry has one source; gives their ids.
    pub(crate) fn drafts(&self, ids: &mut Ids) -> (Vec<Draft<'_>>, Vec<i64>) {
        let (mut drafts, mut evidence) = (Vec::new(), Vec::new());
        for Looked { file, source, facts, taken } in &self.files {
            let id = ids.next(Table::Attachment);
            evidence.push(id);
            // What the bytes are is believed before what the sender says they are.
            let media_type = picture_type(&file.bytes).unwrap_or(&file.media_type);
            let attachment = Attachment {
                id,
                sha256: source.sha256.clone(),
                file: source.file.clone(),
                bytes: file.bytes.len() as i64,
                media_type: media_type.to_owned(),
                kind: file.kind.clone(),
                taken: taken.clone(),
                location: facts.location,
            };
            let origin = Some(Origin { source, bytes: &file.bytes });
            drafts.push(Draft { origin, changes: vec![Change::Attachment(attachment)] });
        }
        (drafts, evidence)
    }
}

/// Phones keep photographs as HEIF, which few browsers show.
fn is_heif(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

/// The name without folders, at a length that a page can show.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { "-" } else { name };
    let count = name.chars().count();
    if count <= FILE_NAME_CHARS_MAX {
        return name.to_owned();
    }
    let head: String = name.chars().take(FILE_NAME_CHARS_MAX - 20).collect();
    let tail: String = name.chars().skip(count - 19).collect();
    format!("{head}…{tail}")
}
