//! Rule files, moments and small text files as options of several commands.

use std::path::PathBuf;

use jiff::civil::Date;
use tici_domain::Problem;
use tici_ops::as_of::AsOf;
use tici_ops::{Desk, OpsError};

use crate::Context;

/// Name and text of a file; bytes that are no text are told so.
pub fn read_text(path: &PathBuf) -> Result<(String, String), OpsError> {
    let bytes = std::fs::read(path).map_err(|error| {
        OpsError::Store(tici_store::StoreError::Io { path: path.clone(), error })
    })?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(_) => Err(OpsError::problem(Problem::error("rules-not-utf8").at(&name, "", ""))),
    }
}

/// The desk as a command looks at it, and the day that counts as today: where a moment is
/// given, back at it, on its own day unless `--today` says another.
pub fn look(context: &Context, desk: Desk, text: Option<&str>) -> Result<(Desk, Date), OpsError> {
    let Some(moment) = moment(context, text)? else { return Ok((desk, context.today())) };
    let day = moment.day().filter(|_| context.global.today.is_none());
    let then = desk.looking_back(moment.entries(&desk)?);
    Ok((then, day.unwrap_or_else(|| context.today())))
}

/// A moment to look back to.
pub fn moment(context: &Context, text: Option<&str>) -> Result<Option<AsOf>, OpsError> {
    let read = |text: &str| {
        AsOf::parse(text, &context.zone())
            .ok_or_else(|| OpsError::problem(Problem::error("cli-no-moment").arg("text", text)))
    };
    text.map(read).transpose()
}
