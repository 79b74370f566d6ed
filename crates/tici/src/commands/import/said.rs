//! What is said of the tables of a file on the command line: which are read, where their
//! header is, what their columns are.

use std::collections::BTreeMap;

use tici_domain::Problem;
use tici_exchange::map::{Field, Unit, fold_header};
use tici_ops::OpsError;
use tici_ops::files::sheet::Workbook;
use tici_ops::foreign_tables::{Part, Picks, TableFound, Tables, header_base};
use tici_ops::remembered_layouts::Said;

/// Options that correct what was found.
#[derive(clap::Args, Debug)]
pub struct SaidArgs {
    /// Table to read: its number or cells as --show-tables prints them, or the name of a sheet
    /// for all lists and forms on it; may be given several times
    #[arg(long, value_name = "TABLE")]
    table: Vec<String>,
    /// First and last row of the header, such as 3-4 (columns of a list on its side)
    #[arg(long, value_name = "ROWS", value_parser = rows)]
    header: Option<[u32; 2]>,
    /// What a column is, by its letter or its header, such as E=figure.invest_ytd or 备注=ignore
    #[arg(long, value_name = "COLUMN=FIELD")]
    column: Vec<String>,
    /// Unit of a column of amounts, such as E=亿元
    #[arg(long, value_name = "COLUMN=UNIT")]
    column_unit: Vec<String>,
    /// Unit of every amount whose header states none, such as 万元
    #[arg(long, value_parser = unit)]
    unit: Option<String>,
    /// Column whose day says the period of each row
    #[arg(long, value_name = "COLUMN")]
    period_column: Option<String>,
    /// Do not keep for the next file what was said of this layout
    #[arg(long)]
    pub no_remember: bool,
}

fn rows(text: &str) -> Result<[u32; 2], &'static str> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if 0 < from && from <= to => Ok([from, to]),
        _ => Err("such as 3 or 3-4"),
    }
}

fn unit(text: &str) -> Result<String, &'static str> {
    Unit::parse(text).map(|_| text.to_owned()).ok_or("such as 万元, 亿元 or million")
}

impl SaidArgs {
    /// The tables of a workbook with everything that was said of them.
    pub fn tables(
        &self,
        kept: &BTreeMap<String, Said>,
        (workbook, file): (&Workbook, &str),
    ) -> Result<Tables, OpsError> {
        let mut tables = Tables::of(kept, (workbook, file), &Picks::default());
        let chosen = self.chosen(&tables.found, file)?;
        if !chosen.is_empty() {
            let picks = Picks { tables: &chosen, ..Picks::default() };
            tables = Tables::of(kept, (workbook, file), &picks);
        }
        let mut said = BTreeMap::new();
        if let Some(header) = self.header {
            said = self.headers(&tables, header);
            let picks = Picks { tables: &chosen, said: said.clone(), map: None };
            tables = Tables::of(kept, (workbook, file), &picks);
        }
        if self.says_columns() {
            for part in &tables.parts {
                let own = said.entry(part.layout.clone()).or_default();
                self.say(part, own, file)?;
            }
            let picks = Picks { tables: &chosen, said, map: None };
            tables = Tables::of(kept, (workbook, file), &picks);
        }
        Ok(tables)
    }

    fn says_columns(&self) -> bool {
        !self.column.is_empty()
            || !self.column_unit.is_empty()
            || self.unit.is_some()
            || self.period_column.is_some()
    }

    /// Keys of the tables that were named.
    fn chosen(&self, found: &[TableFound], file: &str) -> Result<Vec<String>, OpsError> {
        let mut keys = Vec::new();
        for wanted in &self.table {
            let number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let named: Vec<&TableFound> = match number {
                Some(at) => found.get(at).into_iter().collect(),
                None => found.iter().filter(|found| is_named(found, wanted)).collect(),
            };
            if named.is_empty() {
                let problem = Problem::error("cli-import-no-such-table").arg("table", wanted);
                return Err(OpsError::problem(problem.at(file, "", "")));
            }
            keys.extend(named.into_iter().map(|found| found.key.clone()));
        }
        Ok(keys)
    }

    fn headers(&self, tables: &Tables, header: [u32; 2]) -> BTreeMap<String, Said> {
        let read = tables.found.iter().filter(|found| found.is_read);
        let said = read.map(|found| {
            let base = i64::from(header_base(&found.table));
            let offset = |row: u32| i32::try_from(i64::from(row) - base).unwrap_or(0);
            let header = Some(header.map(offset));
            (found.layout().to_owned(), Said { header, ..Said::default() })
        });
        said.collect()
    }

    fn say(&self, part: &Part, said: &mut Said, file: &str) -> Result<(), OpsError> {
        let wrong = |key: &str, text: &str| {
            OpsError::problem(Problem::error(key).arg("text", text).at(file, "", ""))
        };
        let index = |column: &str| {
            index_of(part, column).ok_or_else(|| wrong("cli-import-no-such-column", column))
        };
        for text in &self.column {
            let (column, field) =
                text.rsplit_once('=').ok_or_else(|| wrong("cli-import-column-shape", text))?;
            Field::parse(field).ok_or_else(|| wrong("cli-import-no-such-field", field))?;
            said.columns.insert(index(column)?, field.to_owned());
        }
        for text in &self.column_unit {
            let (column, unit) =
                text.rsplit_once('=').ok_or_else(|| wrong("cli-import-column-shape", text))?;
            Unit::parse(unit).ok_or_else(|| wrong("cli-import-no-such-unit", unit))?;
            said.units.insert(index(column)?, unit.to_owned());
        }
        said.unit = self.unit.clone().or(said.unit.take());
        if let Some(column) = &self.period_column {
            said.period_column = i32::try_from(index(column)?).ok();
        }
        Ok(())
    }
}

/// `列省列市!A3:I19`, or `列省列市` for what can be imported from that sheet.
fn is_named(found: &TableFound, wanted: &str) -> bool {
    found.key == wanted
        || found.key.trim_start_matches('!') == wanted
        || found.sheet == wanted && found.table.is_importable()
}

fn index_of(part: &Part, column: &str) -> Option<usize> {
    let guess = part.guess.as_ref()?;
    let folded = fold_header(column);
    let by_letter = guess.columns.iter().find(|known| known.letters.eq_ignore_ascii_case(column));
    let by_header = || guess.columns.iter().find(|known| fold_header(&known.header) == folded);
    by_letter.or_else(by_header).map(|known| known.index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_rows_are_read() {
        let cases = [
            ("3", Ok([3, 3])),
            ("3-4", Ok([3, 4])),
            ("4-3", Err("such as 3 or 3-4")),
            ("0", Err("such as 3 or 3-4")),
            ("x", Err("such as 3 or 3-4")),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), expected, "{text}");
        }
    }
}
