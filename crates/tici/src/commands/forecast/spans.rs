//! Which columns of a file say how long each row was watched and how that ended.

use std::path::PathBuf;

use tici_domain::Problem;
use tici_engine::forecast::events::{Covariates, Events};
use tici_ops::OpsError;

use super::table::Table;

#[derive(clap::Args, Debug)]
pub struct Spans {
    /// CSV file with a head; - reads what is piped in
    file: PathBuf,
    /// Column with the time at which watching ended
    #[arg(long, value_name = "COLUMN", default_value = "time")]
    time: String,
    /// Column that says whether the event came: not 0, or COLUMN=VALUE
    #[arg(long, value_name = "COLUMN[=VALUE]", default_value = "event")]
    event: String,
    /// Column with the time at which watching began
    #[arg(long, value_name = "COLUMN")]
    entry: Option<String>,
    /// Column with how often a row counts
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
}

/// The file, its spans, and the names of groups.
pub struct Read {
    pub table: Table,
    pub events: Events,
    pub groups: Vec<String>,
}

impl Spans {
    /// Reads the file; rows are grouped by column `by`.
    pub fn read(&self, by: Option<&str>) -> Result<Read, OpsError> {
        let table = Table::read(&self.file)?;
        let optional = |name: &Option<String>| match name {
            Some(name) => table.numbers(name),
            None => Ok(Vec::new()),
        };
        let mut events = Events {
            entry: optional(&self.entry)?,
            exit: table.numbers(&self.time)?,
            cause: self.happened(&table)?,
            weight: optional(&self.weight)?,
            ..Events::default()
        };
        let mut groups = Vec::new();
        if let Some(by) = by {
            let words = table.words(by)?;
            groups = levels(words);
            let of = |word: &String| groups.binary_search(word).map_or(0, |index| index as u32);
            events.stratum = words.iter().map(of).collect();
        }
        Ok(Read { table, events, groups })
    }

    fn happened(&self, table: &Table) -> Result<Vec<u32>, OpsError> {
        if let Some((name, value)) = self.event.split_once('=') {
            let words = table.words(name)?.iter();
            return Ok(words.map(|word| u32::from(word == value)).collect());
        }
        let flags = table.numbers(&self.event)?;
        match flags.iter().position(|flag| flag.is_nan()) {
            Some(row) => {
                let problem = Problem::error("forecast-cell-not-a-number");
                let problem = problem.arg("column", &self.event).arg("value", "");
                let file = self.file.display().to_string();
                Err(OpsError::problem(problem.at(&file, "", &format!("{}:1", row + 2))))
            }
            None => Ok(flags.iter().map(|flag| u32::from(*flag != 0.0)).collect()),
        }
    }
}

fn levels(words: &[String]) -> Vec<String> {
    let mut levels = words.to_vec();
    levels.sort();
    levels.dedup();
    levels
}

/// Covariates from columns: numbers as they are, words as an indicator for every value but the
/// first in alphabetical order.
pub fn covariates(table: &Table, names: &[String]) -> Result<Covariates, OpsError> {
    let mut columns = Vec::new();
    for name in names {
        if table.is_numbers(name)? {
            columns.push((name.clone(), table.numbers(name)?));
            continue;
        }
        let words = table.words(name)?;
        for level in levels(words).iter().skip(1) {
            let is = words.iter().map(|word| f64::from(u8::from(word == level)));
            columns.push((format!("{name}={level}"), is.collect()));
        }
    }
    Ok(Covariates::from_columns(columns))
}
