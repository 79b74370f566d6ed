//! A map proposed from the sheet itself, when there is none: rules only, the same sheet
//! always gives the same map, and every column says why.

mod found;
mod header;
mod settle;
mod synonyms;
mod ytd;

pub use header::{field_of_header, is_known_header, is_name_header};
use settle::{guess_from_values, settle_by_words, settle_doubles, settle_shares};

use crate::map::{
    Column, DateOrder, Field, Key, Map, PeriodKind, PeriodRule, PlanPeriod, Unit, fold_header,
    unit_in_header,
};
use crate::read::{date, period_in_header};
use crate::sheet::{CellValue, Format, Sheet, Workbook, column_letters};
use crate::table::{Role, Table, View};
use tici_domain::{Currency, Period};

/// A proposed map and the reasons for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub map: Map,
    /// Sheet the table is on; empty for a text file.
    pub sheet: String,
    pub columns: Vec<GuessedColumn>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GuessedColumn {
    pub index: usize,
    /// `A` in a workbook, `1` in a text file.
    pub letters: String,
    pub header: String,
    pub field: Field,
    pub reason: Reason,
    /// 0 to 100.
    pub confidence: u8,
    /// Up to three values, for the person who checks.
    pub samples: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The header is this synonym.
    SameHeader(String),
    /// The header contains this part.
    PartOfHeader(String),
    /// The values look like this: `national_code`, `date`, `name`.
    Values(&'static str),
    /// Another column is surer to be this field.
    Taken(String),
    Nothing,
}

impl serde::Serialize for Reason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut reason = serializer.serialize_struct("Reason", 2)?;
        reason.serialize_field("key", self.key())?;
        reason.serialize_field("detail", self.detail())?;
        reason.end()
    }
}

impl Guess {
    /// Columns that surely fill a field, or surely none.
    pub fn known_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.confidence >= 60).count()
    }
}

impl Reason {
    /// Message key; [`Reason::detail`] is its argument `detail`.
    pub fn key(&self) -> &'static str {
        match self {
            Reason::SameHeader(_) => "guess-same-header",
            Reason::PartOfHeader(_) => "guess-part-of-header",
            Reason::Values(_) => "guess-values",
            Reason::Taken(_) => "guess-taken",
            Reason::Nothing => "guess-nothing",
        }
    }

    pub fn detail(&self) -> &str {
        match self {
            Reason::SameHeader(text) | Reason::PartOfHeader(text) | Reason::Taken(text) => text,
            Reason::Values(what) => what,
            Reason::Nothing => "",
        }
    }
}

/// Proposes a map for the first visible sheet with a table, or the sheet called `only`.
/// `None` when no sheet has one.
pub fn guess(workbook: &Workbook, file_name: &str, only: Option<&str>) -> Option<Guess> {
    let text = workbook.format == Format::Text;
    let sheets = workbook.sheets.iter().filter(|sheet| match only {
        Some(name) => sheet.name == name,
        None => !sheet.hidden,
    });
    let mut best: Option<(usize, Guess)> = None;
    for sheet in sheets {
        let mut own: Option<Guess> = None;
        for transposed in [false, true] {
            let Some(guess) = guess_sheet(sheet, text, transposed, file_name) else { continue };
            if own.as_ref().is_none_or(|own| guess.known_columns() > own.known_columns()) {
                own = Some(guess);
            }
        }
        let upright = own.as_ref().filter(|own| !own.map.transposed);
        if let Some(guess) = found::better(sheet, text, file_name, upright)
            && own.as_ref().is_none_or(|own| {
                !own.map.transposed || guess.known_columns() > own.known_columns()
            })
        {
            own = Some(guess);
        }
        let Some(own) = own else { continue };
        // A first sheet that reads well is not given up for a later one like it.
        if best.as_ref().is_none_or(|(most, _)| own.known_columns() > *most) {
            best = Some((own.known_columns(), own));
        }
        if best.as_ref().is_some_and(|(found, _)| *found >= 3) {
            break;
        }
    }
    let mut guess = best?.1;
    guess.map.encoding = workbook.encoding.filter(|_| text);
    Some(guess)
}

fn guess_sheet(sheet: &Sheet, text: bool, transposed: bool, file_name: &str) -> Option<Guess> {
    let view = View::new(sheet, transposed, text);
    let table = Table::find(&view, &is_known_header, None)?;
    guess_view(&view, table, text, file_name)
}

/// The guess for a list whose header rows, and last row, are known (from 1).
fn guess_table(
    sheet: &Sheet,
    text: bool,
    (header, last): (Option<[u32; 2]>, Option<u32>),
    file_name: &str,
) -> Option<Guess> {
    let view = View::new(sheet, false, text);
    let mut table = Table::find(&view, &is_known_header, header)?;
    table.last = last.map(|row| (row as usize).saturating_sub(1));
    let mut guess = guess_view(&view, table, text, file_name)?;
    guess.map.last_row = last;
    Some(guess)
}

fn guess_view(view: &View<'_>, table: Table, text: bool, file_name: &str) -> Option<Guess> {
    let mut columns = guess_columns(view, &table, text);
    settle_doubles(&mut columns);
    let key = columns.iter().find(|column| column.field == Field::Name).map(|c| c.index);
    let roles = table.roles(view, key);
    for column in &mut columns {
        column.samples = samples(view, &roles, column.index);
    }
    guess_from_values(view, &roles, &mut columns);
    settle_by_words(view, &roles, &mut columns);
    settle_shares(&mut columns);
    let map = build_map(view, &table, &roles, &columns, file_name);
    Some(Guess { map, sheet: view.sheet.name.clone(), columns })
}

fn guess_columns(view: &View<'_>, table: &Table, text: bool) -> Vec<GuessedColumn> {
    let headers = table.headers.iter().enumerate().filter(|(_, header)| !header.is_empty());
    headers
        .map(|(index, header)| {
            let (field, reason, confidence) = field_of_header(header);
            let address = view.address(table.header.1, index);
            let letters = match text {
                true => (index + 1).to_string(),
                false => address.trim_end_matches(|c: char| c.is_ascii_digit()).to_string(),
            };
            let letters = if letters.is_empty() { column_letters(index) } else { letters };
            GuessedColumn {
                index,
                letters,
                header: header.clone(),
                field,
                reason,
                confidence,
                samples: Vec::new(),
            }
        })
        .collect()
}

/// Values of a column for the person who checks, and for telling it by its looks.
fn samples(view: &View<'_>, roles: &[Role], column: usize) -> Vec<String> {
    let rows = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data).take(200);
    let values = rows.map(|(row, _)| &view.cell(row, column).value);
    let shown = values.filter(|value| !value.is_empty()).map(CellValue::show);
    shown.take(3).map(|text| text.chars().take(60).collect()).collect()
}

fn build_map(
    view: &View<'_>,
    table: &Table,
    roles: &[Role],
    columns: &[GuessedColumn],
    file_name: &str,
) -> Map {
    let named = |field: Field| columns.iter().any(|column| column.field == field);
    let header = Some([table.header.0 as u32 + 1, table.header.1 as u32 + 1]);
    let sheets = Some(view.sheet.name.clone()).filter(|name| !name.is_empty());
    let period = guess_period(view, table, file_name);
    let year = match &period {
        Some(PeriodRule::Fixed(period)) => Some(period.calendar_year()),
        _ => None,
    };
    let dates = guess_dates(view, roles, columns);
    let money = |column: &&GuessedColumn| column.field.is_money();
    let headers: Vec<&str> = columns.iter().filter(money).map(|c| c.header.as_str()).collect();
    let stated =
        headers.iter().all(|header| unit_in_header(header).and_then(Unit::magnitude).is_some());
    Map {
        title: table.above.first().cloned().unwrap_or_default(),
        sheets: sheets.into_iter().collect(),
        header,
        transposed: view.is_transposed(),
        currency: guess_currency(&headers, &table.above),
        // Without a word about it a Chinese form means 万元; the person is asked to check.
        unit: (!stated && table.unit.is_none()).then(|| default_unit(columns)),
        dates,
        period,
        year,
        groups: roles
            .contains(&Role::Group)
            .then_some(Field::Place)
            .filter(|_| !named(Field::Place)),
        key: if named(Field::Code) || named(Field::NationalCode) { Key::Auto } else { Key::Name },
        columns: columns.iter().filter(|c| c.field != Field::Ignore).map(map_column).collect(),
        ..Map::default()
    }
}

fn map_column(column: &GuessedColumn) -> Column {
    let dated = column.field == Field::Plan && period_in_header(&column.header, None).is_some();
    Column {
        header: vec![column.header.clone()],
        field: column.field.clone(),
        period: dated.then_some(PlanPeriod::Header),
        ..Column::default()
    }
}

fn default_unit(columns: &[GuessedColumn]) -> Unit {
    let chinese = columns.iter().any(|c| c.header.chars().any(|c| ('一'..='龥').contains(&c)));
    let magnitude = if chinese {
        tici_domain::money::Magnitude::WAN
    } else {
        tici_domain::money::Magnitude::ONE
    };
    Unit::Money(magnitude)
}

fn guess_currency(headers: &[&str], above: &[String]) -> Currency {
    let all = headers.iter().copied().chain(above.iter().map(String::as_str));
    let text: String = all.collect::<Vec<_>>().join(" ").to_lowercase();
    let marks = [
        ("£", Currency::GBP),
        ("us$", Currency::USD),
        ("美元", Currency::USD),
        ("usd", Currency::USD),
        ("$", Currency::USD),
    ];
    marks.iter().find(|(mark, _)| text.contains(mark)).map_or(Currency::CNY, |mark| mark.1)
}

/// A period named above the table, else in the file's name.
fn guess_period(view: &View<'_>, table: &Table, file_name: &str) -> Option<PeriodRule> {
    let above = table.above.iter().chain(Some(&view.sheet.name));
    let titled = above.filter_map(|text| period_in_title(text)).max_by_key(|period| period.kind());
    let named = |kind| crate::read::period_in_file_name(file_name, kind);
    let month = titled.filter(|period| *period != Period::year(period.calendar_year()));
    let year = || titled.or_else(|| named(PeriodKind::Year)).map(Period::calendar_year);
    month
        .or_else(|| named(PeriodKind::Month))
        .or_else(|| month_in_headers(&table.headers, year()))
        .or(titled)
        .or_else(|| named(PeriodKind::Year))
        .map(PeriodRule::Fixed)
}

/// The month a header of the sum since January names; two of them leave it open.
fn month_in_headers(headers: &[String], year: Option<i16>) -> Option<Period> {
    let sums = headers.iter().filter_map(|header| {
        let month = ytd::last_month(&fold_header(header)).filter(|month| *month > 0)?;
        let stated = period_in_header(header, year).map(Period::calendar_year);
        Period::month(stated.or(year)?, month)
    });
    let sums: Vec<Period> = sums.collect();
    sums.first().copied().filter(|first| sums.iter().all(|period| period == first))
}

/// `某县2026年1—5月重大项目进展情况表` is of May, `2026年重大项目计划表` of 2026.
fn period_in_title(title: &str) -> Option<Period> {
    let folded = title.chars().map(crate::map::fold_char);
    let folded: String = folded.filter(|c| !c.is_whitespace()).collect();
    let at = folded.find('年')?;
    let year: String = folded[..at].chars().rev().take_while(char::is_ascii_digit).collect();
    let year: i16 = year.chars().rev().collect::<String>().parse().ok()?;
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let rest = &folded[at + '年'.len_utf8()..];
    let month = rest.split_once('月').map(|(before, _)| before).filter(|b| b.chars().count() <= 7);
    let month =
        month.map(|text| text.rsplit(['-', '—', '–', '~', '至', '到']).next().unwrap_or(text));
    match month.and_then(|month| month.trim().parse().ok()) {
        Some(month) => Period::month(year, month),
        None => Some(Period::year(year)),
    }
}

/// The first order of day, month and year that reads all sampled days.
fn guess_dates(view: &View<'_>, roles: &[Role], columns: &[GuessedColumn]) -> Vec<DateOrder> {
    let is_day = |field: &Field| {
        let text = field.to_string();
        text.starts_with("stage.") || text.starts_with("build_") || text.ends_with("forecast")
    };
    let dated = columns.iter().filter(|column| is_day(&column.field) && !column.field.is_money());
    let mut texts = Vec::new();
    for column in dated {
        let rows = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data).take(200);
        texts.extend(rows.filter_map(|(row, _)| match &view.cell(row, column.index).value {
            CellValue::Text(text) if date::parse(text, &[]).is_none() => Some(text.clone()),
            _ => None,
        }));
    }
    if texts.is_empty() {
        return Vec::new();
    }
    let read =
        |order: DateOrder| texts.iter().filter(|t| date::parse(t, &[order]).is_some()).count();
    let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
    let best =
        orders.into_iter().max_by_key(|order| (read(*order), std::cmp::Reverse(*order as u8)));
    best.filter(|order| read(*order) > 0).into_iter().collect()
}
