//! The snapshot as it was earlier: the newest one without what came since, and with the rows
//! back that were replaced.

use tici_engine::Snapshot;
use tici_engine::snapshot::Gone;
use tici_store::{Past, Store};

use crate::OpsError;

/// Makes the snapshot after `seq` entries from a later one of the same ledger. It is equal to
/// what a replay of the journal from its beginning gives.
pub(crate) fn rewind(store: &Store, now: &Snapshot, seq: i64) -> Result<Snapshot, OpsError> {
    let judged = now.judged_since(seq);
    let (rewinding, past) = rayon::join(
        || now.rewind(seq),
        || -> Result<Past, OpsError> { Ok(store.read()?.past(seq, &judged)?) },
    );
    let past = past?;
    let rows = past.gone.into_iter().map(|(table, id)| Gone::Row(table, id));
    let gone: Vec<Gone> = rows.chain(past.gone_settings.into_iter().map(Gone::Setting)).collect();
    Ok(rewinding.put_back(&gone, &past.rows))
}
