//! A CSV file by columns.

use std::path::{Path, PathBuf};

use tici_domain::Problem;
use tici_ops::OpsError;

/// Columns of a file, every cell as it is written.
pub struct Table {
    file: PathBuf,
    names: Vec<String>,
    columns: Vec<Vec<String>>,
}

impl Table {
    /// Reads `file`, or what is piped in where it is `-`.
    pub fn read(file: &Path) -> Result<Table, OpsError> {
        let input: Box<dyn std::io::Read> = match file == Path::new("-") {
            true => Box::new(std::io::stdin()),
            false => Box::new(std::fs::File::open(file).map_err(|_| {
                OpsError::problem(Problem::error("cli-no-file").arg("file", file.display()))
            })?),
        };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let unreadable = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            let problem = Problem::error("forecast-file-unreadable").arg("line", line);
            OpsError::problem(problem.at(&file.display().to_string(), "", &format!("{line}:1")))
        };
        let head = reader.headers().map_err(unreadable)?;
        let names: Vec<String> =
            head.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let mut columns = vec![Vec::new(); names.len()];
        for record in reader.records() {
            for (column, cell) in columns.iter_mut().zip(record.map_err(unreadable)?.iter()) {
                column.push(cell.to_owned());
            }
        }
        Ok(Table { file: file.to_owned(), names, columns })
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    pub fn words(&self, name: &str) -> Result<&[String], OpsError> {
        let index = self.names.iter().position(|other| other == name).ok_or_else(|| {
            let known = self.names.join(", ");
            let problem = Problem::error("forecast-no-column").arg("column", name);
            OpsError::problem(problem.arg("known", known).at(
                &self.file.display().to_string(),
                "",
                "",
            ))
        })?;
        Ok(&self.columns[index])
    }

    /// A column of numbers; NaN where nothing is written, a problem where words are.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, OpsError> {
        let mut numbers = Vec::with_capacity(self.rows());
        for (row, cell) in self.words(name)?.iter().enumerate() {
            let number = number(cell).ok_or_else(|| {
                let problem = Problem::error("forecast-cell-not-a-number");
                let problem = problem.arg("column", name).arg("value", cell);
                let cell = format!("{}:1", row + 2);
                OpsError::problem(problem.at(&self.file.display().to_string(), "", &cell))
            })?;
            numbers.push(number);
        }
        Ok(numbers)
    }

    /// Whether a column can be read as numbers.
    pub fn is_numbers(&self, name: &str) -> Result<bool, OpsError> {
        Ok(self.words(name)?.iter().all(|cell| number(cell).is_some()))
    }
}

fn number(cell: &str) -> Option<f64> {
    match cell {
        "" | "NA" => Some(f64::NAN),
        text => text.parse().ok(),
    }
}
