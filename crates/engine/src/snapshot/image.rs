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
use tici_domain::{Change, Table};

use super::bytes::{In, Out};
use super::keyed::KeyedSet;
use super::projects::Projects;
use super::{Keyed, Snapshot};

/// Raised whenever the bytes of a part come to mean something else.
pub const FORMAT: u32 = 1;

/// Tables whose rows an image holds.
pub const IN_IMAGE: [Table; 7] = [
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
    /// 0 is what is kept beside the columns, 1 the projects, then the sets of values.
    pub table: u8,
    pub chunk: u32,
}

const BESIDE: u8 = 0;
const PROJECTS: u8 = 1;
const KEYED: u8 = 2;

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
            (PROJECTS, _) => self.projects.write_chunk(part.chunk as usize, &mut out),
            (_, Some(keyed)) => self.keyed(keyed).write_chunk(part.chunk as usize, &mut out),
            _ => {}
        }
        out.0
    }

    /// Takes the large tables from parts that `read` gives, in parallel; the small ones
    /// stay as they are. `None` when the parts are not those of an image: then nothing of
    /// this snapshot may be used.
    pub fn take_image<E: Send>(
        &mut self,
        parts: &[Part],
        read: impl Fn(&[Part]) -> Result<Vec<Vec<u8>>, E> + Sync,
    ) -> Result<Option<()>, E> {
        // Neighbours are read together: fewer, longer reads.
        let together = parts.len().div_ceil(8 * rayon::current_num_threads()).max(1);
        let pieces = parts
            .par_chunks(together)
            .map(|parts| {
                let pieces = read(parts)?;
                Ok(parts
                    .iter()
                    .zip(pieces)
                    .map(|(part, bytes)| Piece::read(*part, &bytes))
                    .collect())
            })
            .collect::<Result<Vec<Vec<Option<Piece>>>, E>>()?;
        Ok(parts.iter().zip(pieces.into_iter().flatten()).try_for_each(|(part, piece)| {
            self.put_piece(*part, piece?);
            Some(())
        }))
    }

    fn put_piece(&mut self, part: Part, piece: Piece) {
        let chunk = part.chunk as usize;
        match piece {
            Piece::Beside { months, plan_versions } => {
                self.months = Arc::new(months);
                self.plan_versions = Arc::new(plan_versions.into_iter().collect());
            }
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

/// A part that has been read.
enum Piece {
    Beside { months: BTreeSet<i32>, plan_versions: Vec<((i64, i32), i64)> },
    Projects(super::projects::Chunk),
    Keyed(Keyed, super::keyed::Chunk),
}

impl Piece {
    fn read(part: Part, bytes: &[u8]) -> Option<Piece> {
        let mut read = In(bytes);
        let piece = match (part.table, keyed_of(part.table)) {
            (BESIDE, _) => Piece::read_beside(&mut read)?,
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
