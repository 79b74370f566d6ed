//! One row of a list to one [`ProjectRow`].

use super::amount::{self, AmountError};
use super::columns::{Resolved, short};
use super::list::SheetReader;
use super::{date, words};
use crate::map::{Field, PlanPeriod, fold_header, matches_any};
use crate::sheet::{Cell, CellValue};
use std::borrow::Cow;
use tici_domain::figure::Value;
use tici_domain::intake::{At, DateRole, MilestoneCell, ProjectRow};
use tici_domain::measure::Unit as MeasureUnit;
use tici_domain::money::MONEY_STORED_MAX;
use tici_domain::{Currency, Measure, Name, Period, PlaceCode, Problem, Severity};

/// One cell on its way into a row.
struct Reading<'r, 'm> {
    column: &'r Resolved<'m>,
    cell: &'r Cell,
    at: String,
    raw: String,
}

impl Reading<'_, '_> {
    fn at<T>(&self, value: T) -> At<T> {
        At { value, cell: self.at.clone(), raw: self.raw.clone() }
    }

    fn problem(&self, key: &str) -> Problem {
        let mut problem = Problem::error(key).arg("column", short(&self.column.header));
        problem.cell = self.at.clone();
        problem.arg("found", clip(&self.raw))
    }
}

/// What a cell says, cut to what a message can show.
fn clip(raw: &str) -> String {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    short(&line)
}

/// Marks that stand for "nothing given" in cells of numbers, days and choices.
const DASHES: [&str; 9] = ["-", "—", "–", "－", "/", "——", "--", "…", "无"];

impl SheetReader<'_, '_> {
    /// Reads a row; `None` when it names no project.
    pub fn row(&mut self, row: usize) -> Option<ProjectRow> {
        let mut out = self.empty_row(row);
        let mut notes = Vec::new();
        for index in 0..self.columns.fields.len() {
            let columns = self.columns.clone();
            let column = &columns.fields[index];
            let cell = self.view.cell(row, column.index);
            if !self.is_read(column, cell, row) {
                continue;
            }
            let at = self.view.address(row, column.index);
            let reading = Reading { column, cell, at, raw: cell.value.show() };
            if let Err(problem) = self.fill(&mut out, &reading) {
                self.unreadable(*problem, &reading, &mut notes);
            }
        }
        self.add_notes(&mut out, notes);
        if out.name.is_none() && out.code.is_none() && out.national_code.is_none() {
            self.problem(Problem::error("row-without-key"), &out.cell.clone());
            return None;
        }
        Some(out)
    }

    fn empty_row(&mut self, row: usize) -> ProjectRow {
        let first = self.view.filled(row).first().copied().unwrap_or(0);
        let mut out = ProjectRow {
            sheet: self.view.sheet.name.clone(),
            file: self.file,
            cell: self.view.address(row, first),
            period: self.period_of(row),
            ..ProjectRow::default()
        };
        let stated = |value| At { value, cell: String::new(), raw: String::new() };
        out.currency = Some(self.map.currency);
        out.state =
            self.map.state.map(|value| At { value, cell: String::new(), raw: String::new() });
        out.place = self.map.place.clone().map(stated);
        let year = self.map.year.or(out.period.map(Period::calendar_year));
        if let (Some(tier), Some(year)) = (self.map.tier, year) {
            let value = (tier, year);
            out.tier = Some(At { value, cell: String::new(), raw: String::new() });
        }
        out
    }

    /// Whether a cell has something to read; counts what was skipped and why.
    fn is_read(&mut self, column: &Resolved<'_>, cell: &Cell, row: usize) -> bool {
        if cell.formula {
            self.formulas.note(column.index, || self.view.address(row, column.index));
        }
        let CellValue::Text(text) = &cell.value else {
            return cell.formula || !cell.value.is_empty();
        };
        let dash = DASHES.contains(&text.trim()) && !is_words(&column.column.field);
        let skip =
            dash || matches_any(text, &column.column.skip) || matches_any(text, &self.map.skip);
        if skip {
            self.skipped.note(column.index, || clip(text));
        }
        !skip
    }

    fn fill(&mut self, out: &mut ProjectRow, reading: &Reading) -> Result<(), Box<Problem>> {
        match &reading.cell.value {
            CellValue::Error(_) => return Err(Box::new(reading.problem("cell-error"))),
            CellValue::Empty => return Err(Box::new(reading.problem("formula-without-value"))),
            _ => {}
        }
        let words = self.words(reading);
        if words.is_empty() {
            return Ok(());
        }
        let text = || Some(reading.at(words.clone()));
        match &reading.column.column.field {
            Field::Ignore => {}
            Field::Code => out.code = text(),
            Field::NationalCode => out.national_code = text(),
            Field::Name => {
                let name = out.name.take().map(|at| at.value).unwrap_or_default();
                // A name broken over two lines of its cell is one name.
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                // ★ is the office's mark and no part of the name; the cell as it was stays
                // beside the value.
                let bare = crate::layout::strip_marks(&words).0;
                let words = if bare.is_empty() { words } else { bare };
                let kept = self.links.follow(&words).to_string();
                out.name = Some(reading.at(Name { text: kept, ..name }));
            }
            Field::NameHant => self.name_part(out, reading).hant = Some(words),
            Field::NameEn => self.name_part(out, reading).en = Some(words),
            Field::Enterprise => out.enterprise = text(),
            Field::EnterpriseCode => out.enterprise_code = text(),
            Field::Place => out.place = text(),
            Field::PlaceCode => out.place_code = Some(self.place_code(&words, reading)?),
            Field::Currency => {
                let problem = || Box::new(reading.problem("currency-unknown"));
                out.currency = Some(Currency::parse(&words).ok_or_else(problem)?);
            }
            Field::Chain => out.chain = text(),
            Field::Industry => out.industry = text(),
            Field::Sector => out.sector = text(),
            Field::Content => out.content = text(),
            Field::LeadUnit => out.lead_unit = text(),
            Field::Sponsor => out.sponsor = text(),
            Field::Parent => out.parent = text(),
            other => self.fill_typed(out, reading, other, &words)?,
        }
        Ok(())
    }

    fn fill_typed(
        &mut self,
        out: &mut ProjectRow,
        reading: &Reading,
        field: &Field,
        words: &str,
    ) -> Result<(), Box<Problem>> {
        let unknown = || {
            let allowed = words::codes(field);
            Box::new(reading.problem("value-unknown").arg("allowed", allowed))
        };
        match field {
            Field::State => {
                out.state = Some(reading.at(words::state(words).ok_or_else(unknown)?));
            }
            Field::Tier => {
                let tier = words::tier(words).ok_or_else(unknown)?;
                let year = self.map.year.or(out.period.map(Period::calendar_year));
                let year = year.ok_or_else(|| Box::new(reading.problem("year-unknown")))?;
                out.tier = Some(reading.at((tier, year)));
            }
            Field::Stage if words::is_no_stage(words) => {
                self.skipped.note(reading.column.index, || clip(words));
            }
            Field::Stage => {
                let stage = words::stage(words).ok_or_else(unknown)?;
                out.stages.push(reading.at((stage, None)));
            }
            Field::StageOn(stage) => {
                let day = self.day(reading)?.first;
                out.stages.push(reading.at((*stage, Some(day))));
            }
            Field::ParentShare => out.parent_share = Some(reading.at(self.share(reading)?)),
            Field::BuildFrom => out.build_from = Some(reading.at(self.day(reading)?.first)),
            Field::BuildTo => out.build_to = Some(reading.at(self.day(reading)?.last)),
            Field::BuildSpan => {
                let span = match &reading.cell.value {
                    CellValue::Date(day) => Some((*day, *day)),
                    _ => date::parse_span(words, reading.column.dates),
                };
                let (from, to) =
                    span.ok_or_else(|| Box::new(reading.problem("date-unreadable")))?;
                out.build_from = Some(reading.at(from));
                out.build_to = Some(reading.at(to));
            }
            Field::Milestone(key, role) => {
                let span = self.day(reading)?;
                // A month planned is kept until it ends; a month in which it happened
                // counts from its first day.
                let on = if *role == DateRole::Actual { span.first } else { span.last };
                let cell = MilestoneCell { key: key.clone(), role: *role, on };
                out.milestones.push(reading.at(cell));
            }
            Field::Plan => {
                let period = self.plan_period(out, reading)?;
                let amount = self.amount(out, reading, false)?;
                out.plans.push((period, reading.at(amount)));
            }
            Field::Figure(measure) => {
                let value = self.figure(out, reading, *measure, words)?;
                out.figures.push((*measure, reading.at(value)));
            }
            _ => {}
        }
        Ok(())
    }

    /// The period a plan is for: as its column says, else the year of the row or the map.
    fn plan_period(&self, out: &ProjectRow, reading: &Reading) -> Result<Period, Box<Problem>> {
        match (reading.column.plan, out.period) {
            (PlanPeriod::Fixed(period), _) => Ok(period),
            (_, Some(period)) => Ok(Period::year(period.calendar_year())),
            (_, None) => {
                let year = self.map.year.map(Period::year);
                year.ok_or_else(|| Box::new(reading.problem("year-unknown")))
            }
        }
    }

    /// The cell's words, through the map's list of values; empty when the list says so.
    fn words(&self, reading: &Reading) -> String {
        let text = reading.raw.trim();
        let values = &reading.column.column.values;
        if values.is_empty() {
            return text.to_string();
        }
        if let Some(value) = values.get(text) {
            return value.clone();
        }
        let folded = fold_header(text);
        let found = values.iter().find(|(from, _)| fold_header(from) == folded);
        found.map_or_else(|| text.to_string(), |(_, to)| to.clone())
    }

    /// The cell's value, or what the map's list of values says it means.
    fn meant<'r>(&self, reading: &'r Reading) -> Cow<'r, CellValue> {
        if reading.column.column.values.is_empty() {
            return Cow::Borrowed(&reading.cell.value);
        }
        let words = self.words(reading);
        match words == reading.raw.trim() {
            true => Cow::Borrowed(&reading.cell.value),
            false => Cow::Owned(CellValue::Text(words.into())),
        }
    }

    fn name_part<'o>(&self, out: &'o mut ProjectRow, reading: &Reading) -> &'o mut Name {
        &mut out.name.get_or_insert_with(|| reading.at(Name::default())).value
    }

    fn place_code(&self, words: &str, reading: &Reading) -> Result<PlaceCode, Box<Problem>> {
        let code = match self.map.place_scheme.as_str() {
            PlaceCode::GBT2260 => PlaceCode::gbt2260(words),
            scheme => PlaceCode::other(scheme, words),
        };
        code.ok_or_else(|| Box::new(reading.problem("place-code-shape")))
    }

    fn day(&mut self, reading: &Reading) -> Result<date::DaySpan, Box<Problem>> {
        let found = match &reading.cell.value {
            CellValue::Date(day) => Some(date::DaySpan { first: *day, last: *day }),
            CellValue::Number(number) if (1990.0..2100.0).contains(number) => {
                date::parse(&reading.raw, reading.column.dates)
            }
            CellValue::Number(number) => {
                let day = date::from_serial(*number, self.epoch_1904);
                if day.is_some() {
                    self.serials.note(reading.column.index, || reading.at.clone());
                }
                day.map(|day| date::DaySpan { first: day, last: day })
                    .or_else(|| date::parse(&reading.raw, reading.column.dates))
            }
            CellValue::Text(_) => date::parse(&self.words(reading), reading.column.dates),
            _ => None,
        };
        found.ok_or_else(|| Box::new(reading.problem("date-unreadable")))
    }

    fn figure(
        &mut self,
        out: &ProjectRow,
        reading: &Reading,
        measure: Measure,
        words: &str,
    ) -> Result<Value, Box<Problem>> {
        let number = |number: Option<i64>| {
            number.map(Value::Int).ok_or_else(|| Box::new(reading.problem("number-unreadable")))
        };
        match measure.spec().unit {
            MeasureUnit::Text => Ok(Value::Text(words.to_string())),
            MeasureUnit::Date => Ok(Value::Date(self.day(reading)?.last)),
            MeasureUnit::Money => {
                let may_fall = measure == Measure::INVEST_MONTH;
                self.amount(out, reading, may_fall).map(Value::Int)
            }
            MeasureUnit::Count => {
                let count = number(amount::parse_count(&reading.cell.value))?;
                self.not_negative(reading, count.as_int().unwrap_or(0), false)?;
                Ok(count)
            }
            MeasureUnit::PercentHundredths => {
                let value = &reading.cell.value;
                let share = number(amount::parse_percent(value, reading.column.share))?;
                let hundredths = share.as_int().unwrap_or(0);
                self.not_negative(reading, hundredths, false)?;
                if hundredths > 20_000 {
                    return Err(Box::new(reading.problem("percent-absurd")));
                }
                Ok(share)
            }
        }
    }

    /// A share of a whole, in hundredths of a percent.
    fn share(&self, reading: &Reading) -> Result<i64, Box<Problem>> {
        let share = amount::parse_percent(&self.meant(reading), reading.column.share);
        let share = share.filter(|share| (1..=10_000).contains(share));
        share.ok_or_else(|| Box::new(reading.problem("share-out-of-range")))
    }

    fn amount(
        &mut self,
        out: &ProjectRow,
        reading: &Reading,
        may_be_negative: bool,
    ) -> Result<i64, Box<Problem>> {
        let currency = out.currency.unwrap_or(self.map.currency);
        let column = reading.column;
        let read = amount::parse(&self.meant(reading), column.magnitude, currency);
        let unit = crate::map::Unit::word(column.magnitude, currency);
        let amount = read.map_err(|error| {
            Box::new(match error {
                AmountError::NotANumber => reading.problem("amount-unreadable").arg("unit", unit),
                AmountError::TooLarge => {
                    reading.problem("amount-absurd").arg("limit", MONEY_STORED_MAX)
                }
                AmountError::HasUnit(stated, suggestion) => reading
                    .problem("amount-has-unit")
                    .arg("stated", stated)
                    .arg("unit", unit)
                    .arg("suggestion", suggestion),
                AmountError::OtherCurrency(mark) => reading
                    .problem("amount-other-currency")
                    .arg("mark", mark)
                    .arg("currency", currency),
            })
        })?;
        self.not_negative(reading, amount, may_be_negative)?;
        Ok(amount)
    }

    /// Below zero is an error, unless the measure may fall or the map takes it.
    fn not_negative(
        &mut self,
        reading: &Reading,
        amount: i64,
        may_be: bool,
    ) -> Result<(), Box<Problem>> {
        if amount >= 0 || may_be {
            return Ok(());
        }
        let mut problem = reading.problem("amount-negative");
        if reading.column.column.negative {
            problem.severity = Severity::Warning;
            problem.key = "amount-negative-taken".into();
            self.problem_here(problem);
            return Ok(());
        }
        Err(Box::new(problem))
    }

    /// An error, or a note and a warning where the map says so.
    fn unreadable(&mut self, mut problem: Problem, reading: &Reading, notes: &mut Vec<String>) {
        if self.map.unreadable == crate::map::Unreadable::Warn {
            let note = format!("{}: {}", short(&reading.column.header), reading.raw.trim());
            // Two fields may read one cell, which is unreadable once.
            if notes.contains(&note) {
                return;
            }
            notes.push(note);
            problem.severity = Severity::Warning;
            problem.key = "cell-kept-as-note".into();
        }
        self.problem_here(problem);
    }

    /// Joins what could not be read, and notes of the list's own, into one note.
    fn add_notes(&self, out: &mut ProjectRow, notes: Vec<String>) {
        if notes.is_empty() {
            return;
        }
        let known = out.figures.iter_mut().find(|figure| figure.0 == Measure::NOTE_TEXT);
        match known {
            Some((_, at)) => {
                let before = at.value.as_text().unwrap_or_default().to_string();
                at.value = Value::Text(format!("{before}; {}", notes.join("; ")));
            }
            None => {
                let text = notes.join("; ");
                let at = At { value: Value::Text(text.clone()), cell: out.cell.clone(), raw: text };
                out.figures.push((Measure::NOTE_TEXT, at));
            }
        }
    }
}

/// Whether a field takes any words, so that a dash in it is a word too.
fn is_words(field: &Field) -> bool {
    match field {
        Field::Figure(measure) => measure.spec().unit == MeasureUnit::Text,
        Field::Name | Field::NameEn | Field::NameHant | Field::Code => true,
        _ => false,
    }
}
