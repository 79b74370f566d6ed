//! Lets the journal prove itself: every hash, every signature, every row.

use tici_store::VerifyReport;

use crate::{Action, Desk, OpsError, Session};

/// Verifies the whole ledger, and that it continues an earlier signed checkpoint when one
/// is given.
pub fn verify_ledger(
    desk: &Desk,
    session: &Session,
    earlier: Option<&str>,
) -> Result<VerifyReport, OpsError> {
    session.need(Action::VerifyLedger)?;
    Ok(desk.store.verify(earlier)?)
}

/// The newest signed checkpoint, to be kept somewhere else.
pub fn newest_checkpoint(desk: &Desk, session: &Session) -> Result<Option<String>, OpsError> {
    session.need(Action::ReadLedger)?;
    Ok(desk.checkpoint()?.map(|note| note.to_string()))
}
