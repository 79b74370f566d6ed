//! The large tables of a snapshot as bytes and back, so that a server need not read
//! millions of rows before its first answer.
//!
//! An image holds the tables of [`IN_IMAGE`] and nothing else: whoever takes one up reads
//! all other tables from the ledger, so a new kind of small record needs nothing here. The
//! bytes come in parts of some hundred subjects each, to be written and read in parallel.
//! What an image is worth (whose it is, whether it is whole) is for its keeper to know.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use tici_domain::change::Enterprise;
use tici_domain::{Change, Table};

use super::bytes::{In, Out};
use super::keyed::KeyedSet;
use super::project_bytes::{read_enterprise, write_enterprise};
use super::projects::Projects;
use super::{Keyed, Snapshot};

/// Raised whenever the bytes of a part come to mean something else.
pub const FORMAT: u32 = 1;

/// Tables whose rows an image holds.
pub const IN_IMAGE: [Table; 8] = [
    Table::Enterprise,
    Table::Project,
    Table::ListMembership,
    Table::StageClaim,
    Table::StageVerdict,
    Table::Milestone,
    Table::Figure,
    Table::Plan,
];

/// One part of an image: a stretch of one of its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    /// 0 is what is kept beside the columns, 1 the enterprises, 2 the projects, then the
    /// sets of values.
    pub table: u8,
    pub chunk: u32,
}

const BESIDE: u8 = 0;
const ENTERPRISES: u8 = 1;
const PROJECTS: u8 = 2;
const KEYED: u8 = 3;

/// Enterprises in one part.
const ENTERPRISES_PER_PART: usize = 1024;

/// Whether an image holds what a change wrote.
pub fn holds(change: &Change) -> bool {
    IN_IMAGE.contains(&change.table())
}

impl Snapshot {
    /// The parts of its image, in order.
    pub fn image_parts(&self) -> Vec<Part> {
        let chunks =
            |table, count: usize| (0..count as u32).map(move |chunk| Part { table, chunk });
        let mut parts = vec![Part { table: BESIDE, chunk: 0 }];
        let enterprises = self.enterprises.len().div_ceil(ENTERPRISES_PER_PART);
        parts.extend(chunks(ENTERPRISES, enterprises));
        parts.extend(chunks(PROJECTS, self.projects.chunks().len()));
        for (index, keyed) in Keyed::ALL.into_iter().enumerate() {
            parts.extend(chunks(KEYED + index as u8, self.keyed(keyed).chunk_count()));
        }
        parts
    }

    /// The bytes of one part.
    pub fn image_part(&self, part: Part) -> Vec<u8> {
        let mut out = Out::default();
        match (part.table, keyed_of(part.table)) {
            (BESIDE, _) => self.write_beside(&mut out),
            (ENTERPRISES, _) => {
                let skipped = part.chunk as usize * ENTERPRISES_PER_PART;
                let rows = self.enterprises.values().skip(skipped).take(ENTERPRISES_PER_PART);
                out.list(&rows.collect::<Vec<_>>(), |out, row| write_enterprise(out, row));
            }
            (PROJECTS, _) => self.projects.write_chunk(part.chunk as usize, &mut out),
            (_, Some(keyed)) => self.keyed(keyed).write_chunk(part.chunk as usize, &mut out),
            _ => {}
        }
        out.0
    }

    /// Takes the large tables from an image; the small ones stay as they are.
    pub fn put_image(&mut self, image: Image) {
        let mut enterprises = Vec::new();
        for (part, piece) in image.pieces {
            match piece {
                Piece::Enterprises(rows) => enterprises.extend(rows),
                piece => self.put_piece(part, piece),
            }
        }
        self.enterprises = Arc::new(enterprises.into_iter().map(|row| (row.id, row)).collect());
    }

    fn put_piece(&mut self, part: Part, piece: Piece) {
        let chunk = part.chunk as usize;
        match piece {
            Piece::Beside { months, plan_versions } => {
                self.months = Arc::new(months);
                self.plan_versions = Arc::new(plan_versions.into_iter().collect());
            }
            Piece::Enterprises(_) => {}
            Piece::Projects(entries) => self.projects.put_chunk(chunk, entries),
            Piece::Keyed(keyed, values) => self.keyed_mut(keyed).put_chunk(chunk, values),
        }
    }

    fn write_beside(&self, out: &mut Out) {
        out.list(&self.months.iter().copied().collect::<Vec<_>>(), |out, month| {
            out.int((*month).into());
        });
        let versions: Vec<_> = self.plan_versions.iter().collect();
        out.list(&versions, |out, ((project, period), version)| {
            out.int(*project);
            out.int((*period).into());
            out.int(**version);
        });
    }
}

/// The large tables of a snapshot, read back.
#[derive(Debug)]
pub struct Image {
    pieces: Vec<(Part, Piece)>,
}

/// Reads an image in parallel. `open` gives what reads the bytes of one part after the
/// other into a buffer. `None` when they are not those of an image.
pub fn read_image<E: Send, R: FnMut(Part, &mut Vec<u8>) -> Result<(), E>>(
    parts: &[Part],
    open: impl Fn() -> Result<R, E> + Sync,
) -> Result<Option<Image>, E> {
    // Neighbours are read together: fewer, longer reads.
    let together = parts.len().div_ceil(8 * rayon::current_num_threads()).max(1);
    let read_some = |parts: &[Part]| {
        let (mut read, mut bytes) = (open()?, Vec::new());
        let mut pieces = Vec::with_capacity(parts.len());
        for part in parts {
            bytes.clear();
            read(*part, &mut bytes)?;
            pieces.push(Piece::read(*part, &bytes).map(|piece| (*part, piece)));
        }
        Ok(pieces)
    };
    let pieces: Vec<Vec<Option<(Part, Piece)>>> =
        parts.par_chunks(together).map(read_some).collect::<Result<_, E>>()?;
    let pieces: Option<Vec<_>> = pieces.into_iter().flatten().collect();
    Ok(pieces.map(|pieces| Image { pieces }))
}

/// A part that has been read.
#[derive(Debug)]
enum Piece {
    Beside { months: BTreeSet<i32>, plan_versions: Vec<((i64, i32), i64)> },
    Enterprises(Vec<Enterprise>),
    Projects(super::projects::Chunk),
    Keyed(Keyed, super::keyed::Chunk),
}

impl Piece {
    fn read(part: Part, bytes: &[u8]) -> Option<Piece> {
        let mut read = In(bytes);
        let piece = match (part.table, keyed_of(part.table)) {
            (BESIDE, _) => Piece::read_beside(&mut read)?,
            (ENTERPRISES, _) => Piece::Enterprises(read.list(read_enterprise)?),
            (PROJECTS, _) => Piece::Projects(Projects::read_chunk(&mut read)?),
            (_, Some(keyed)) => Piece::Keyed(keyed, KeyedSet::read_chunk(&mut read)?),
            _ => return None,
        };
        read.is_empty().then_some(piece)
    }

    fn read_beside(read: &mut In<'_>) -> Option<Piece> {
        let ordinal = |read: &mut In<'_>| i32::try_from(read.int()?).ok();
        let months = read.list(ordinal)?.into_iter().collect();
        let plan_versions = read.list(|read| Some(((read.int()?, ordinal(read)?), read.int()?)))?;
        Some(Piece::Beside { months, plan_versions })
    }
}

fn keyed_of(table: u8) -> Option<Keyed> {
    Keyed::ALL.get(usize::from(table.checked_sub(KEYED)?)).copied()
}
