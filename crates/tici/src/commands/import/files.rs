//! Reading and writing the files of an import.

use std::path::Path;

use tici_domain::Problem;
use tici_ops::OpsError;
use tici_store::StoreError;

use crate::Context;

pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Name and bytes of a file that is not too large.
pub fn read(path: &Path) -> Result<(String, Vec<u8>), OpsError> {
    let size = std::fs::metadata(path).map_err(|error| io(path, error))?.len();
    let limit = tici_exchange::limits::FILE_BYTES_MAX as u64;
    if size > limit {
        let problem = Problem::error("file-too-large").at(&name_of(path), "", "");
        return Err(OpsError::problem(problem.arg("bytes", size).arg("limit", limit)));
    }
    Ok((name_of(path), std::fs::read(path).map_err(|error| io(path, error))?))
}

pub fn text(path: &Path) -> Result<String, OpsError> {
    std::fs::read_to_string(path).map_err(|error| io(path, error))
}

pub fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}

/// A workbook with its own problems marked; an error when it is no XLSX.
pub fn marked(
    context: &Context,
    name: &str,
    bytes: &[u8],
    problems: &[Problem],
) -> Result<Vec<u8>, OpsError> {
    let own: Vec<Problem> = problems.iter().filter(|p| p.file == name).cloned().collect();
    let marked = tici_web::marked::marked(context.t, bytes, &own);
    marked.map_err(|problem| OpsError::problem(problem.at(name, "", "")))
}
