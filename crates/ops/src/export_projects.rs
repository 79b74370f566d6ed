//! Gives the rows of a ledger view to be written as a file.

use jiff::civil::Date;

use crate::view_ledger::{LedgerPage, LedgerQuery, LedgerRow, all_rows};
use crate::{Desk, OpsError, Session};

/// The rows of an export with the page around them.
#[derive(Clone, Debug)]
pub struct ProjectExport {
    /// Totals, rule and lens of what is exported.
    pub page: LedgerPage,
    pub rows: Vec<LedgerRow>,
}

/// Reads every row of a query, in its order.
pub fn export_projects(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    today: Date,
) -> Result<ProjectExport, OpsError> {
    let (page, rows) = all_rows(desk, session, query, today)?;
    Ok(ProjectExport { page, rows })
}
