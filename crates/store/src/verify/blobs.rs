//! The bytes of attachments against their hashes.

use super::{Bad, BadKind, Findings};
use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::journal::Hash;

/// Hashes every attachment again; gives how many there are and how many are missing.
pub(super) fn check(live: &mut Conn, findings: &mut Findings) -> Result<(u64, u64), StoreError> {
    let mut wrong = Vec::new();
    let mut blobs = 0;
    live.query("SELECT sha256, bytes FROM attachment_blob", &[], &mut |row| {
        blobs += 1;
        let kept_as = row.text(0)?;
        if Hash::of(row.bytes(1)?).to_string() != kept_as {
            wrong.push(kept_as.to_string());
        }
        Ok(())
    })?;
    for sha256 in wrong {
        let sql = "SELECT id, entry FROM attachment WHERE sha256 = $1 ORDER BY id LIMIT 1";
        let owner = live.query_one(sql, &[Value::from(sha256.as_str())], |row| {
            Ok((row.int(0)?, row.int(1)?))
        })?;
        // Bytes that no entry names prove nothing and break nothing.
        let Some((id, seq)) = owner else { continue };
        findings.add(Bad {
            seq,
            what: BadKind::Blob,
            table: Some("attachment".into()),
            id: Some(id.to_string()),
            detail: format!("the bytes kept as {sha256} have another hash"),
        });
    }
    let missing = live.query_int(
        "SELECT COUNT(*) FROM attachment a WHERE NOT EXISTS \
         (SELECT b.sha256 FROM attachment_blob b WHERE b.sha256 = a.sha256)",
        &[],
    )?;
    Ok((blobs, missing as u64))
}
