//! The order of all projects by code and by name, found once and kept while no code or
//! name changes: comparing numbers is many times faster than comparing words.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::snapshot::{ProjectEntry, Snapshot};

/// Places of the rows of a facts table in some orders, each found when first asked for.
#[derive(Debug)]
pub(crate) struct Ranks {
    /// What each chunk of projects is called, and the last entry that wrote it.
    chunks: Vec<(Option<i64>, u64)>,
    codes: OnceLock<Vec<u32>>,
    names: OnceLock<Vec<u32>>,
}

impl Ranks {
    /// The ranks of a snapshot: the earlier ones where the words are the same.
    pub fn of(snapshot: &Snapshot, earlier: Option<&Arc<Ranks>>) -> Arc<Ranks> {
        let chunk = |(index, entries): (usize, &Arc<Vec<Option<Arc<ProjectEntry>>>>)| {
            let last = snapshot.projects.last_entry(index);
            let known = earlier.and_then(|earlier| earlier.chunks.get(index));
            match known.filter(|(entry, _)| *entry == last) {
                Some(known) => *known,
                None => (last, hash_of_words(entries)),
            }
        };
        let chunks: Vec<_> = snapshot.projects.chunks().par_iter().enumerate().map(chunk).collect();
        let has_words = |earlier: &&Arc<Ranks>| {
            earlier.chunks.iter().map(|(_, words)| words).eq(chunks.iter().map(|(_, words)| words))
        };
        match earlier.filter(has_words) {
            Some(earlier) if earlier.chunks == chunks => earlier.clone(),
            Some(earlier) => Arc::new(Ranks {
                codes: earlier.codes.clone(),
                names: earlier.names.clone(),
                chunks,
            }),
            None => Arc::new(Ranks { chunks, codes: OnceLock::new(), names: OnceLock::new() }),
        }
    }

    pub fn codes(&self, snapshot: &Snapshot) -> &[u32] {
        self.codes.get_or_init(|| ranked(snapshot, |entry| entry.project.code.as_str()))
    }

    pub fn names(&self, snapshot: &Snapshot) -> &[u32] {
        self.names.get_or_init(|| {
            ranked(snapshot, |entry| {
                (entry.project.name.text.as_str(), entry.project.code.as_str())
            })
        })
    }
}

/// The place of every project, in the order of ids, when sorted by `key`, then by id.
fn ranked<'a, K: Ord + Send>(
    snapshot: &'a Snapshot,
    key: impl Fn(&'a ProjectEntry) -> K,
) -> Vec<u32> {
    let projects = snapshot.projects.iter();
    let mut order: Vec<(K, u32)> =
        projects.zip(0..).map(|(entry, row)| (key(entry), row)).collect();
    order.par_sort_unstable();
    let mut ranks = vec![0; order.len()];
    for (rank, (_, row)) in (0..).zip(order) {
        ranks[row as usize] = rank;
    }
    ranks
}

fn hash_of_words(chunk: &[Option<Arc<ProjectEntry>>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for entry in chunk.iter().flatten() {
        let project = &entry.project;
        (project.id, &project.code, &project.name.text).hash(&mut hasher);
    }
    hasher.finish()
}
