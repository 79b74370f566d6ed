//! A table of units as CSV: codes, names, groups, and a column for each figure.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tici_domain::Problem;
use tici_engine::assess::impute::Impute;
use tici_engine::assess::run::{Before, Column, Inputs, UnitIn};
use tici_engine::assess::scheme::{GroupBy, Scheme};
use tici_engine::assess::score::Number;
use tici_ops::OpsError;

use super::read_events::{events, overrides};
use crate::commands::rule_args::read_text;

/// The tables a run is made from.
#[derive(clap::Args, Debug)]
pub struct UnitArgs {
    /// Units and their figures: a CSV with a column for each figure of the scheme
    #[arg(long, value_name = "FILE")]
    units: PathBuf,
    /// The table has several periods, one after the other by the column of the period
    #[arg(long)]
    panel: bool,
    /// Column of the period; asks for --panel
    #[arg(long, value_name = "COLUMN")]
    period: Option<String>,
    /// Column of the units' codes; otherwise code, uCode, iso3, or the first
    #[arg(long, value_name = "COLUMN")]
    code: Option<String>,
    /// Column of the units' names; otherwise name, uName, country, or the codes
    #[arg(long, value_name = "COLUMN")]
    name: Option<String>,
    /// Bonus, deductions and vetoes: a CSV of unit,item,matter,points,document
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Grades changed by hand: a CSV of unit,grade,reason
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Ranks of the run before, for the best riser: its ranks.csv
    #[arg(long, value_name = "FILE")]
    before: Option<PathBuf>,
}

const CODES: &[&str] = &["code", "uCode", "iso3", "代码", "代碼"];
const NAMES: &[&str] = &["name", "uName", "country", "名称", "名稱"];
const PERIODS: &[&str] = &["period", "Time", "year", "时期", "時期"];

/// A CSV in memory: its name, its head, and its records with their lines.
pub struct Sheet {
    pub file: String,
    pub head: Vec<String>,
    pub rows: Vec<(usize, Vec<String>)>,
}

impl UnitArgs {
    /// One input for each period, in the order of the table.
    pub fn read(&self, scheme: &Scheme) -> Result<Vec<Inputs>, OpsError> {
        let sheet = Sheet::read(&self.units)?;
        let mut problems = Vec::new();
        let mut column = |named: &Option<String>, guesses: &[&str]| match named {
            Some(named) => sheet.column(named, &mut problems),
            None => guesses.iter().find_map(|guess| sheet.at(guess)),
        };
        let code = column(&self.code, CODES).unwrap_or(0);
        let name = column(&self.name, NAMES).unwrap_or(code);
        let is_panel = self.panel || self.period.is_some();
        let period = if is_panel { column(&self.period, PERIODS) } else { None };
        if is_panel && period.is_none() && problems.is_empty() {
            problems.push(Problem::error("assess-period-unnamed").at(&sheet.file, "", "1:1"));
        }
        for text in text_columns(scheme) {
            sheet.column(&text, &mut problems);
        }
        let mut periods = split(&sheet, (code, name, period));
        for inputs in &mut periods {
            fill(scheme, &sheet, period, inputs, &mut problems);
        }
        if let Some(inputs) = periods.first_mut() {
            inputs.before = self.before.as_ref().map(before).transpose()?;
        }
        let events = events(self.events.as_ref(), &mut problems)?;
        let overrides = overrides(self.overrides.as_ref(), &mut problems)?;
        for inputs in &mut periods {
            let period = inputs.period.clone();
            let of = |(name, _): &&(String, _)| name.is_empty() || *name == period;
            inputs.events = events.iter().filter(of).map(|(_, event)| event.clone()).collect();
            inputs.overrides.clone_from(&overrides);
        }
        if problems.is_empty() { Ok(periods) } else { Err(OpsError::Problems(problems)) }
    }
}

/// Columns of words that the scheme reads.
fn text_columns(scheme: &Scheme) -> Vec<String> {
    let mut columns = Vec::new();
    if let GroupBy::Column(column) = &scheme.groups.by {
        columns.push(column.clone());
    }
    let impute = scheme.index.as_ref().map(|index| &index.impute);
    if let Some(Impute::GroupMean { grouping } | Impute::GroupMedian { grouping }) = impute {
        columns.push(grouping.clone());
    }
    columns
}

/// Units by period, in the order of the table, without figures.
fn split(sheet: &Sheet, (code, name, period): (usize, usize, Option<usize>)) -> Vec<Inputs> {
    let mut periods: Vec<Inputs> = Vec::new();
    for (line, row) in &sheet.rows {
        let at = period.map_or("", |column| row[column].as_str());
        let found = periods.iter().position(|inputs| inputs.period == at);
        let found = found.unwrap_or_else(|| {
            let (file, period) = (sheet.file.clone(), at.to_owned());
            periods.push(Inputs { file, period, ..Inputs::default() });
            periods.len() - 1
        });
        let texts = sheet.head.iter().cloned().zip(row.iter().cloned()).collect();
        let (code, name) = (row[code].clone(), row[name].clone());
        let place = format!("{line}:1");
        periods[found].units.push(UnitIn { code, name, texts, place });
    }
    if periods.is_empty() {
        periods.push(Inputs { file: sheet.file.clone(), ..Inputs::default() });
    }
    periods
}

/// The figures of one period; what is no number is told with its place.
fn fill(
    scheme: &Scheme,
    sheet: &Sheet,
    period: Option<usize>,
    inputs: &mut Inputs,
    problems: &mut Vec<Problem>,
) {
    let is_of = |row: &[String]| period.is_none_or(|column| row[column] == inputs.period);
    let rows: Vec<&(usize, Vec<String>)> =
        sheet.rows.iter().filter(|(_, row)| is_of(row)).collect();
    for key in scheme.columns() {
        let Some(at) = sheet.at(key) else { continue };
        let mut column = Column::default();
        for (line, row) in &rows {
            let place = format!("{line}:{}", at + 1);
            let value = number(&row[at]).unwrap_or_else(|problem| {
                let problem = problem.arg("column", key).arg("value", &row[at]);
                problems.push(problem.at(&sheet.file, "", &place));
                None
            });
            column.values.push(value);
            column.sources.push(format!("{} {place}", sheet.file));
        }
        inputs.figures.insert(key.to_owned(), column);
    }
}

/// A cell: empty and `NA` are missing.
fn number(cell: &str) -> Result<Option<Number>, Box<Problem>> {
    let text = cell.trim();
    if text.is_empty() || text == "NA" {
        return Ok(None);
    }
    let plain = text.trim_start_matches(['+', '-', '−']).to_lowercase();
    if ["nan", "inf", "infinity", "∞"].contains(&plain.as_str()) {
        return Err(Box::new(Problem::error("assess-cell-not-finite")));
    }
    Number::parse(text).map(Some).ok_or_else(|| Box::new(Problem::error("assess-cell-not-number")))
}

/// Ranks and totals of an earlier run.
fn before(path: &PathBuf) -> Result<Before, OpsError> {
    let sheet = Sheet::read(path)?;
    let mut problems = Vec::new();
    let code = sheet.column("code", &mut problems);
    let rank = sheet.column("rank", &mut problems);
    let total = sheet.column("published", &mut problems);
    let (Some(code), Some(rank), Some(total)) = (code, rank, total) else {
        return Err(OpsError::Problems(problems));
    };
    let of = |column: usize| -> BTreeMap<String, Number> {
        let rows = sheet.rows.iter();
        rows.filter_map(|(_, row)| Some((row[code].clone(), Number::parse(&row[column])?)))
            .collect()
    };
    Ok(Before { ranks: of(rank), totals: of(total), ..Before::default() })
}

impl Sheet {
    pub fn read(path: &PathBuf) -> Result<Sheet, OpsError> {
        let (file, text) = read_text(path)?;
        let mut reader =
            csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let broken = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            let problem = Problem::error("assess-csv-broken").arg("detail", &error);
            OpsError::problem(problem.at(&file, "", &format!("{line}:1")))
        };
        let head: Vec<String> =
            reader.headers().map_err(broken)?.iter().map(|name| name.trim().to_owned()).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, |position| position.line() as usize);
            rows.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
        }
        let twice = head.iter().enumerate().find(|(at, name)| head[..*at].contains(name));
        if let Some((at, name)) = twice {
            let problem = Problem::error("assess-csv-column-twice").arg("column", name);
            return Err(OpsError::problem(problem.at(&file, "", &format!("1:{}", at + 1))));
        }
        Ok(Sheet { file, head, rows })
    }

    pub fn at(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|known| known == name)
    }

    /// A column that must be there.
    pub fn column(&self, name: &str, problems: &mut Vec<Problem>) -> Option<usize> {
        let found = self.at(name);
        if found.is_none() {
            let problem = Problem::error("assess-csv-no-column").arg("column", name);
            let problem = problem.arg("known", self.head.join(", "));
            problems.push(problem.at(&self.file, "", "1:1"));
        }
        found
    }
}
