//! A scheme by the name of a preset or as a file.

use std::path::PathBuf;

use tici_domain::Problem;
use tici_engine::assess::scheme::{Scheme, preset};
use tici_ops::OpsError;

use crate::commands::rule_args::read_text;

/// The scheme, or every problem of its file. Warnings come beside it.
pub fn scheme(named: &str) -> Result<(Scheme, Vec<Problem>), OpsError> {
    let path = PathBuf::from(named);
    if let Some(scheme) = preset(named).filter(|_| !path.exists()) {
        return Ok((scheme, Vec::new()));
    }
    let (file, text) = read_text(&path)?;
    let (scheme, problems) = Scheme::parse(&text, &file);
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    Ok((scheme, problems))
}
