//! Putting a backup in the place of a ledger, after it has proved itself.

use crate::backup::{beside, copy_all, finish, remove_if_there, single_file};
use crate::conn::pool::Origin;
use crate::conn::{Conn, open_file};
use crate::{Location, Signer, Store, StoreError, VerifyReport, migrate, tables, verify, write};
use std::path::{Path, PathBuf};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreReport {
    /// The verification of the copy.
    pub verified: VerifyReport,
    /// Where the ledger that stood there before has been kept (SQLite only).
    pub kept: Option<PathBuf>,
}

impl Store {
    /// Verifies a backup and puts it in the place of the ledger at `to`. Sessions and
    /// undecided uploads are left out. No server may have a SQLite ledger open meanwhile;
    /// the ledger that stood there is kept beside it.
    pub fn restore(
        from: &Path,
        to: &Location,
        signer: &Signer,
    ) -> Result<RestoreReport, StoreError> {
        match to {
            Location::Sqlite(path) => {
                let copy = beside(path, "restoring");
                let report = restore_file(from, path, &copy, signer);
                remove_if_there(&copy)?;
                report
            }
            Location::Postgres(_) => {
                let folder = tempfile::Builder::new()
                    .prefix("tici-restore-")
                    .tempdir()
                    .map_err(|error| StoreError::io(std::env::temp_dir(), error))?;
                let (mut copy, verified) =
                    checked_copy(from, &folder.path().join("copy.sqlite"), signer)?;
                let mut conn = Origin::of(to, None).connect()?;
                migrate::run(&mut conn)?;
                conn.begin_write()?;
                copy_all(&mut copy, &mut conn)?;
                conn.commit()?;
                Ok(RestoreReport { verified, kept: None })
            }
            Location::Memory => Err(StoreError::Database {
                detail: "an in-memory ledger has no place to restore to".into(),
            }),
        }
    }
}

fn restore_file(
    from: &Path,
    to: &Path,
    copy: &Path,
    signer: &Signer,
) -> Result<RestoreReport, StoreError> {
    let (mut conn, verified) = checked_copy(from, copy, signer)?;
    single_file(&mut conn)?;
    drop(conn);
    let kept = set_aside(to)?;
    finish(copy, to)?;
    Ok(RestoreReport { verified, kept })
}

/// Copies the backup, brings it to this program's schema, verifies it, and removes what a
/// restored ledger starts without.
fn checked_copy(
    from: &Path,
    copy: &Path,
    signer: &Signer,
) -> Result<(Conn, VerifyReport), StoreError> {
    remove_if_there(copy)?;
    std::fs::copy(from, copy).map_err(|error| StoreError::io(from, error))?;
    // Whatever is wrong from here on is wrong with the copy, not with the ledger.
    prove(copy, signer).map_err(|error| match error {
        StoreError::Damaged { detail, .. } | StoreError::Database { detail } => {
            StoreError::BadCopy { path: from.into(), detail }
        }
        StoreError::BadCopy { detail, .. } => StoreError::BadCopy { path: from.into(), detail },
        other => other,
    })
}

fn prove(copy: &Path, signer: &Signer) -> Result<(Conn, VerifyReport), StoreError> {
    let bad = |detail: String| StoreError::BadCopy { path: copy.into(), detail };
    let mut conn = open_file(copy, true)?;
    if migrate::version(&mut conn)? == 0 {
        return Err(bad("there is no ledger in it".into()));
    }
    migrate::run(&mut conn)?;
    let verified = verify::verify(&mut conn, signer, None)?;
    if let Some(found) = &verified.first_bad {
        return Err(bad(format!("entry {}: {}", found.seq + 1, found.detail)));
    }
    conn.begin_write()?;
    for table in tables::NOT_RESTORED {
        write::clear(&mut conn, table)?;
    }
    conn.commit()?;
    Ok((conn, verified))
}

/// Moves the ledger that stands at `path` out of the way, with its companions.
fn set_aside(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let free = (1..).map(|number| beside(path, &format!("before-restore-{number}")));
    let kept = free.into_iter().find(|kept| !kept.exists());
    let kept = kept.ok_or_else(|| StoreError::Exists { path: path.into() })?;
    for suffix in ["", "-wal", "-shm"] {
        let part = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        if part(path).exists() {
            std::fs::rename(part(path), part(&kept))
                .map_err(|error| StoreError::io(part(path), error))?;
        }
    }
    Ok(Some(kept))
}
