//! Imports files of published standards: looked at first, or written.

use jiff::Timestamp;
use tici_domain::Problem;
use tici_domain::intake::Intake;
use tici_exchange::standards::{Incoming, read};

use crate::import::ImportOptions;
use crate::import_projects::{ImportOutcome, import_projects, preview_import};
use crate::{Desk, OpsError, Session};

/// Reads files of a standard and says what they would change; with a moment, writes it. As
/// with lists, nothing is written while there is an error, unless bad rows are left out.
pub fn import_standard(
    desk: &Desk,
    session: &Session,
    (incoming, files): (Incoming, &[(String, Vec<u8>)]),
    options: &ImportOptions,
    write_at: Option<Timestamp>,
) -> Result<ImportOutcome, OpsError> {
    let (intake, problems) = read_all(incoming, files);
    match write_at {
        Some(now) => import_projects(desk, session, (intake, files), &problems, options, now),
        None => preview_import(desk, session, &intake, &problems, options),
    }
}

fn read_all(incoming: Incoming, files: &[(String, Vec<u8>)]) -> (Intake, Vec<Problem>) {
    let mut all = (Intake::default(), Vec::new());
    for (name, bytes) in files {
        let (mut intake, problems) = read(incoming, name, bytes);
        let index = all.0.files.len();
        intake.rows.iter_mut().for_each(|row| row.file = index);
        all.0.files.extend(intake.files);
        all.0.rows.extend(intake.rows);
        all.1.extend(problems);
    }
    all
}
