//! The snapshot of a ledger at its head: from its tables, or from the image in a file and
//! the entries that came since.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tici_domain::{Change, Table};
use tici_engine::Snapshot;
use tici_engine::snapshot::image;
use tici_store::{ReadTx, Scope, Share, Store};

use crate::OpsError;
use crate::snapshot_file::{OpenedFile, SnapshotFile};

/// Readers at the same time at most; the pool has more, which stay free for requests.
const READERS_MAX: usize = 4;

/// Fewer figures than this are read by one reader: a second connection costs more.
const FIGURES_TOGETHER_MIN: i64 = 50_000;

/// Shares of the figures, so that no reader waits long for the last one.
const FIGURE_SHARES: usize = 16;

/// A snapshot and how many changes it is ahead of the image it was made from.
pub(crate) struct Loaded {
    pub snapshot: Snapshot,
    /// `None` when it was made from the tables.
    pub ahead: Option<usize>,
}

/// Loads the snapshot at the head, from the file where it can be trusted.
pub(crate) fn load(store: &Store, file: Option<&SnapshotFile>) -> Result<Loaded, OpsError> {
    if let Some(opened) = file.and_then(SnapshotFile::open) {
        match from_file(store, &opened)? {
            Some(loaded) => return Ok(loaded),
            None => tracing::info!("the snapshot beside the ledger is not of it; reading tables"),
        }
    }
    Ok(Loaded { snapshot: snapshot_from_tables(store)?, ahead: None })
}

/// The image in a file, brought to the head; `None` when it is not one of this ledger.
fn from_file(store: &Store, file: &OpenedFile) -> Result<Option<Loaded>, OpsError> {
    let mut moment = store.read()?;
    let head = moment.head()?;
    let note = store.checkpoint_at(file.seq())?;
    if file.seq() > head || !note.is_some_and(|note| file.is_under(&note.checkpoint.root)) {
        return Ok(None);
    }
    let (image, small) = rayon::join(
        || file.read(),
        || {
            let mut small = Snapshot::default();
            let tables = Table::ALL.into_iter().filter(|table| !image::IN_IMAGE.contains(table));
            scan(&mut moment, tables, &mut small).map(|()| small)
        },
    );
    let Ok(image) = image.inspect_err(|error| tracing::warn!("snapshot beside ledger: {error}"))
    else {
        return Ok(None);
    };
    let mut snapshot = small?;
    snapshot.put_image(image);
    // The other tables are at the head already.
    let mut ahead = 0;
    moment.each_entry(file.seq(), head, &mut |entry| {
        ahead += entry.changes.len();
        let changes = entry.changes.iter().filter(|change| image::holds(change));
        changes.for_each(|change| snapshot.apply(entry.seq, change));
    })?;
    snapshot.finish(head);
    Ok(Some(Loaded { snapshot, ahead: Some(ahead) }))
}

/// Reads the current rows of every table into a snapshot. Figures and plans are read as
/// bare values by several readers of one moment; what comes out does not depend on how
/// many there are.
pub fn snapshot_from_tables(store: &Store) -> Result<Snapshot, OpsError> {
    let mut first = store.read()?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(READERS_MAX);
    let is_large = first.last_figure()? >= FIGURES_TOGETHER_MIN;
    let mut moments = match is_large && threads > 1 {
        true => {
            drop(first);
            store.read_together(threads)?
        }
        false => vec![first],
    };
    let head = moments[0].head()?;
    let jobs: Vec<Job> = [Job::Records, Job::Plans]
        .into_iter()
        .chain(Share::all(if is_large { FIGURE_SHARES } else { 1 }).map(Job::Figures))
        .collect();
    let mut parts = in_parallel(&mut moments, &jobs)?.into_iter();
    let mut snapshot = parts.next().unwrap_or_default();
    parts.for_each(|part| snapshot.absorb(part));
    snapshot.finish(head);
    Ok(snapshot)
}

/// What one reader does at a time.
#[derive(Clone, Copy, Debug)]
enum Job {
    /// All tables but those of the other jobs.
    Records,
    Plans,
    Figures(Share),
}

impl Job {
    fn run(self, moment: &mut ReadTx) -> Result<Snapshot, OpsError> {
        let mut part = Snapshot::default();
        match self {
            Job::Records => {
                let is_record = |table: &Table| !matches!(table, Table::Figure | Table::Plan);
                scan(moment, Table::ALL.into_iter().filter(is_record), &mut part)?;
            }
            Job::Plans => moment.plan_cells(Share { index: 0, of: 1 }, &mut |cell| {
                let of = (cell.project, cell.period);
                part.put_plan((cell.id, cell.entry), of, cell.amount, cell.version);
            })?,
            Job::Figures(share) => moment.figure_cells(share, &mut |cell| {
                part.put_figure((cell.id, cell.entry), cell.key, &cell.value);
            })?,
        }
        Ok(part)
    }
}

fn scan(
    moment: &mut ReadTx,
    tables: impl Iterator<Item = Table>,
    into: &mut Snapshot,
) -> Result<(), OpsError> {
    for table in tables {
        moment.scan(table, Scope::Current, &mut |entry: i64, change: Change| {
            into.apply(entry, &change);
        })?;
    }
    Ok(())
}

/// Does the jobs, each reader the next one that is free; the results in the jobs' order.
fn in_parallel(moments: &mut [ReadTx], jobs: &[Job]) -> Result<Vec<Snapshot>, OpsError> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = |moment: &mut ReadTx| {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return };
            let result = job.run(moment);
            let is_error = result.is_err();
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
            if is_error {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        let (first, others) = moments.split_first_mut().expect("there is one reader at least");
        for moment in others {
            scope.spawn(|| work(moment));
        }
        work(first);
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
