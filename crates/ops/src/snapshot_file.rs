//! The image of a snapshot in a file beside the ledger: a copy of what the journal says at
//! one entry, kept so that a large ledger answers at once after a start.
//!
//! The file is never evidence. It is taken up only when it was written by this version of
//! the program, its bytes have the hashes written with them, and the ledger's checkpoint at
//! its entry has the root it was made under; otherwise the tables are read, as without it.
//! `tici verify` and `tici doctor` do not look at it. It may be deleted at any time.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tici_domain::measure::MEASURES;
use tici_engine::Snapshot;
use tici_engine::snapshot::image::{self, Image, Part};
use tici_store::Hash;

/// Name of the file in the ledger's folder.
const FILE: &str = "tici.snapshot";

/// The last bytes of the file, behind the length of the contents' list.
const MAGIC: &[u8; 8] = b"tici-img";

/// Length of the list's hash, of its length and of the magic.
const TAIL_BYTES: u64 = 32 + 8 + 8;

/// The list may be this long at most; a longer one is damage.
const LIST_BYTES_MAX: u64 = 64 << 20;

/// Parts made at the same time while writing.
const PARTS_TOGETHER: usize = 16;

/// Where the image of one ledger's snapshot is kept.
#[derive(Clone, Debug)]
pub struct SnapshotFile {
    path: PathBuf,
}

/// What is in the file.
#[derive(Debug, Serialize, Deserialize)]
struct Contents {
    /// Program and format; another one's file is not read.
    made_by: String,
    /// Entries of the journal in the image.
    seq: i64,
    /// Root of the journal's tree at that entry.
    root: String,
    parts: Vec<PartEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartEntry {
    table: u8,
    chunk: u32,
    at: u64,
    bytes: u64,
    sha256: String,
}

/// A file whose list of contents is whole; its parts are hashed when they are read.
#[derive(Debug)]
pub struct OpenedFile {
    path: PathBuf,
    contents: Contents,
}

impl SnapshotFile {
    /// The file of the ledger whose key lies in `folder`.
    pub fn in_folder(folder: &Path) -> SnapshotFile {
        SnapshotFile { path: folder.join(FILE) }
    }

    /// Writes the image of a snapshot in the earlier one's place. `root` is that of the
    /// journal at the snapshot's entry.
    pub fn write(&self, snapshot: &Snapshot, root: &Hash) -> io::Result<()> {
        let fresh = self.path.with_extension("snapshot-new");
        let written = write_file(&fresh, snapshot, root);
        written.and_then(|()| std::fs::rename(&fresh, &self.path)).inspect_err(|_| {
            // Half a file is of no use to anybody; that it cannot be removed changes nothing.
            let _ = std::fs::remove_file(&fresh);
        })
    }

    /// Opens the file; `None` when there is none, or none of this program.
    pub fn open(&self) -> Option<OpenedFile> {
        let contents = read_contents(&self.path).ok()?;
        let is_ours = contents.made_by == made_by();
        is_ours.then(|| OpenedFile { path: self.path.clone(), contents })
    }

    pub fn remove(&self) -> io::Result<()> {
        std::fs::remove_file(&self.path)
    }
}

impl OpenedFile {
    /// Entries of the journal in the image.
    pub fn seq(&self) -> i64 {
        self.contents.seq
    }

    /// Whether it was made under this root.
    pub fn is_under(&self, root: &Hash) -> bool {
        self.contents.root == root.to_string()
    }

    /// Reads the image, hashing every part; an error when anything is not as written.
    pub fn read(&self) -> io::Result<Image> {
        let entries = &self.contents.parts;
        let part = |entry: &PartEntry| Part { table: entry.table, chunk: entry.chunk };
        let parts: Vec<Part> = entries.iter().map(part).collect();
        if !parts.is_sorted() {
            return Err(damaged());
        }
        let parts = parts.as_slice();
        let open = || -> io::Result<_> {
            let mut file = File::open(&self.path)?;
            Ok(move |part: Part, bytes: &mut Vec<u8>| {
                let index = parts.binary_search(&part).map_err(|_| damaged())?;
                read_part(&mut file, &entries[index], bytes)
            })
        };
        image::read_image(parts, open)?.ok_or_else(damaged)
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not the image that was written")
}

/// What the bytes depend on. Measures are kept by their number, so their list counts.
fn made_by() -> String {
    let measures: Vec<&str> = MEASURES.iter().map(|spec| spec.code).collect();
    let (version, format) = (env!("CARGO_PKG_VERSION"), image::FORMAT);
    format!("tici {version}, format {format}, measures {}", measures.join(" "))
}

fn write_file(path: &Path, snapshot: &Snapshot, root: &Hash) -> io::Result<()> {
    let mut file = BufWriter::new(create_private(path)?);
    let mut contents = Contents {
        made_by: made_by(),
        seq: snapshot.seq,
        root: root.to_string(),
        parts: Vec::new(),
    };
    let mut at = 0;
    for parts in snapshot.image_parts().chunks(PARTS_TOGETHER) {
        let made: Vec<(Vec<u8>, String)> = parts
            .par_iter()
            .map(|part| {
                let bytes = snapshot.image_part(*part);
                let sha256 = Hash::of(&bytes).to_string();
                (bytes, sha256)
            })
            .collect();
        for (part, (bytes, sha256)) in parts.iter().zip(made) {
            file.write_all(&bytes)?;
            let (table, chunk, bytes) = (part.table, part.chunk, bytes.len() as u64);
            contents.parts.push(PartEntry { table, chunk, at, bytes, sha256 });
            at += bytes;
        }
    }
    let list = serde_json::to_vec(&contents)?;
    file.write_all(&list)?;
    file.write_all(&Hash::of(&list).0)?;
    file.write_all(&(list.len() as u64).to_le_bytes())?;
    file.write_all(MAGIC)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// The image holds what the ledger holds: nobody else on the machine shall read it.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn read_contents(path: &Path) -> io::Result<Contents> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let tail_at = length.checked_sub(TAIL_BYTES).ok_or_else(damaged)?;
    file.seek(SeekFrom::Start(tail_at))?;
    let mut tail = [0; TAIL_BYTES as usize];
    file.read_exact(&mut tail)?;
    let (hash, rest) = tail.split_at(32);
    let (list_bytes, magic) = rest.split_at(8);
    let list_bytes = u64::from_le_bytes(list_bytes.try_into().expect("eight bytes"));
    let list_at = tail_at.checked_sub(list_bytes).ok_or_else(damaged)?;
    if magic != MAGIC || list_bytes > LIST_BYTES_MAX {
        return Err(damaged());
    }
    file.seek(SeekFrom::Start(list_at))?;
    let mut list = vec![0; list_bytes as usize];
    file.read_exact(&mut list)?;
    if Hash::of(&list).0 != hash {
        return Err(damaged());
    }
    let contents: Contents = serde_json::from_slice(&list)?;
    // Parts lie before their list, one behind the other.
    let mut at = 0;
    let in_order = contents.parts.iter().all(|part| {
        let here = part.at == at;
        at = at.saturating_add(part.bytes);
        here
    });
    if in_order && at == list_at { Ok(contents) } else { Err(damaged()) }
}

fn read_part(file: &mut File, part: &PartEntry, bytes: &mut Vec<u8>) -> io::Result<()> {
    file.seek(SeekFrom::Start(part.at))?;
    // No more than is there: a wrong length must not ask for all memory.
    file.take(part.bytes).read_to_end(bytes)?;
    if Hash::of(bytes).to_string() == part.sha256 { Ok(()) } else { Err(damaged()) }
}
