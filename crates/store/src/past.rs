//! What stood at an earlier moment and does not now. Rows are only added, each with its
//! entry, so the tables say it themselves; of registers, whose rows are written over, the
//! journal does.

use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::journal::read_registers;
use crate::read::ReadTx;
use crate::tables::{self, In, LEDGER};
use std::collections::{BTreeMap, BTreeSet};
use tici_domain::{Change, Table};

/// Claims asked for in one statement.
const CLAIMS_PER_QUERY: usize = 500;

/// The difference between the ledger as it stands and as it was after `seq` entries, but for
/// rows that were simply added since.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Rows that stood and were replaced since, with the entries that wrote them: registers
    /// as their last entry before the moment had them, verdicts on claims that were judged
    /// again or replaced. In the order of the tables, those of a table in that of their ids.
    pub rows: Vec<(i64, Change)>,
    /// Rows of registers, and files, that were written again since, or first.
    pub gone: Vec<(Table, i64)>,
    pub gone_settings: Vec<String>,
}

/// Rows of registers to be looked for in an entry's payload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub rows: BTreeSet<(Table, i64)>,
    pub settings: BTreeSet<String>,
}

impl ReadTx {
    /// Reads what stood after `seq` entries. `judged` are claims written before of which
    /// something was said since.
    pub fn past(&mut self, seq: i64, judged: &[i64]) -> Result<Past, StoreError> {
        let conn = self.conn();
        let mut past = Past::default();
        registers(conn, seq, &mut past)?;
        for ledger in LEDGER.iter().filter(|ledger| ledger.spec.supersedes()) {
            replaced(conn, ledger, seq, &mut past.rows)?;
        }
        verdicts(conn, seq, judged, &mut past.rows)?;
        past.rows.sort_by_key(|(_, change)| (change.table(), change.id()));
        Ok(past)
    }
}

/// Finds the registers' rows that were written since, and what they were before.
fn registers(conn: &mut Conn, seq: i64, past: &mut Past) -> Result<(), StoreError> {
    let before = "MAX(CASE WHEN entry < $1 THEN entry END)";
    let mut wanted: BTreeMap<i64, Wanted> = BTreeMap::new();
    let sql = format!(
        "SELECT register, id, {before} FROM register_entry \
         GROUP BY register, id HAVING MAX(entry) >= $1"
    );
    conn.query(&sql, &[Value::Int(seq)], &mut |row| {
        let (name, id) = (row.text(0)?, row.int(1)?);
        let table = Table::ALL.into_iter().find(|table| table.name() == name);
        let unknown = || StoreError::damaged(format!("no register {name:?}"));
        let table = table.ok_or_else(unknown)?;
        past.gone.push((table, id));
        if let Some(entry) = row.opt_int(2)? {
            wanted.entry(entry).or_default().rows.insert((table, id));
        }
        Ok(())
    })?;
    let sql =
        format!("SELECT key, {before} FROM setting_entry GROUP BY key HAVING MAX(entry) >= $1");
    conn.query(&sql, &[Value::Int(seq)], &mut |row| {
        let key = row.text(0)?.to_owned();
        if let Some(entry) = row.opt_int(1)? {
            wanted.entry(entry).or_default().settings.insert(key.clone());
        }
        past.gone_settings.push(key);
        Ok(())
    })?;
    let sql = "SELECT id FROM attachment WHERE entry >= $1";
    conn.query(sql, &[Value::Int(seq)], &mut |row| {
        past.gone.push((Table::Attachment, row.int(0)?));
        Ok(())
    })?;
    for (entry, wanted) in &wanted {
        read_registers(conn, *entry, wanted, &mut |change| past.rows.push((*entry, change)))?;
    }
    Ok(())
}

/// Rows of a table that were current and that a later entry has superseded.
fn replaced(
    conn: &mut Conn,
    ledger: &tables::Ledger,
    seq: i64,
    into: &mut Vec<(i64, Change)>,
) -> Result<(), StoreError> {
    let spec = &ledger.spec;
    // Written so that the replaced rows are gone through, and not those that replaced them.
    let sql = format!(
        "SELECT {} FROM {} t CROSS JOIN {} s WHERE t.superseded_by IS NOT NULL \
         AND s.id = t.superseded_by AND t.entry < $1 AND s.entry >= $1",
        spec.select_columns(),
        spec.name,
        spec.name,
    );
    let entry = spec.data.len();
    conn.query(&sql, &[Value::Int(seq)], &mut |row| {
        let change = (ledger.decode)(&mut In::new(row))?;
        into.push((row.int(entry)?, change));
        Ok(())
    })
}

/// Verdicts given before on claims that were replaced or judged again since.
fn verdicts(
    conn: &mut Conn,
    seq: i64,
    judged: &[i64],
    into: &mut Vec<(i64, Change)>,
) -> Result<(), StoreError> {
    let replaced = into.iter().filter_map(|(_, change)| match change {
        Change::StageClaim(row) => Some(row.id),
        _ => None,
    });
    let claims: BTreeSet<i64> = judged.iter().copied().chain(replaced).collect();
    let claims: Vec<i64> = claims.into_iter().collect();
    let ledger = tables::of(Table::StageVerdict);
    let entry = ledger.spec.data.len();
    for some in claims.chunks(CLAIMS_PER_QUERY) {
        let places: Vec<String> = (2..).take(some.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT {} FROM stage_verdict t WHERE t.entry < $1 AND t.claim IN ({})",
            ledger.spec.select_columns(),
            places.join(", "),
        );
        let params: Vec<Value<'_>> =
            [seq].iter().chain(some).map(|value| Value::Int(*value)).collect();
        conn.query(&sql, &params, &mut |row| {
            let change = (ledger.decode)(&mut In::new(row))?;
            into.push((row.int(entry)?, change));
            Ok(())
        })?;
    }
    Ok(())
}
