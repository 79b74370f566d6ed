//! From the columns a map names to the columns a sheet has.

use crate::map::{
    Column, DateOrder, Field, Map, PeriodRule, PlanPeriod, Unit, fold_header, unit_in_header,
};
use crate::sheet::CellValue;
use crate::table::{Role, Table, View};
use std::collections::HashSet;
use tici_domain::measure::Unit as MeasureUnit;
use tici_domain::money::Magnitude;
use tici_domain::{Period, Problem};

/// A column of the map found on the sheet.
pub struct Resolved<'m> {
    pub column: &'m Column,
    pub index: usize,
    pub header: String,
    pub magnitude: Magnitude,
    pub share: Unit,
    /// For a plan.
    pub plan: PlanPeriod,
    pub dates: &'m [DateOrder],
}

/// Columns of one sheet, and the one its period stands in.
pub struct Columns<'m> {
    pub fields: Vec<Resolved<'m>>,
    pub period: Option<usize>,
    /// The column that names the project, for telling rows apart.
    pub key: Option<usize>,
    /// What each row of the sheet is.
    pub roles: Vec<Role>,
}

/// The headers a map knows, for finding the header row.
pub struct KnownHeaders {
    /// Whole headers, and each row of a header of several.
    whole: HashSet<String>,
    parts: Vec<String>,
    longest: usize,
}

impl KnownHeaders {
    pub fn new(map: &Map) -> KnownHeaders {
        let period: &[String] = match &map.period {
            Some(PeriodRule::Column { header, .. }) => header,
            _ => &[],
        };
        let named = map.columns.iter().flat_map(|column| &column.header);
        let named = named.chain(map.drop.iter().flat_map(|drop| &drop.header)).chain(period);
        let mut whole = HashSet::new();
        for name in named {
            let name = fold_header(name);
            whole.extend(name.split('/').map(String::from));
            whole.insert(bare(&name).to_string());
            whole.insert(name);
        }
        whole.remove("");
        let parts = map.columns.iter().flat_map(|column| &column.contains);
        let parts: Vec<String> =
            parts.map(|part| fold_header(part)).filter(|part| !part.is_empty()).collect();
        let longest = whole.iter().map(String::len).max().unwrap_or(0);
        KnownHeaders { whole, parts, longest }
    }

    pub fn has(&self, text: &str) -> bool {
        // A text much longer than any known header is none, unless a part of it counts.
        if self.parts.is_empty() && text.len() > self.longest * 4 + 64 {
            return false;
        }
        let folded = fold_header(text);
        self.whole.contains(&folded)
            || self.whole.contains(bare(&folded))
            || self.parts.iter().any(|part| folded.contains(part))
    }
}

fn contains(column: &Column, folded: &str) -> bool {
    let found = |text: &String| {
        let text = fold_header(text);
        !text.is_empty() && folded.contains(&text)
    };
    column.contains.iter().any(found)
}

/// Finds every column of the map on the sheet. Problems carry no place yet but the cell.
pub fn resolve<'m>(map: &'m Map, view: &View<'_>, table: &Table) -> (Columns<'m>, Vec<Problem>) {
    let folded: Vec<String> = table.headers.iter().map(|header| fold_header(header)).collect();
    let mut problems = Vec::new();
    let mut fields = Vec::new();
    for column in &map.columns {
        let Some(index) = find(column, &folded) else {
            if !column.optional {
                problems.push(missing(column));
            }
            continue;
        };
        fields.push((column, index));
    }
    let period = match &map.period {
        Some(PeriodRule::Column { header, .. }) => {
            let wanted = Column { header: header.clone(), ..Column::default() };
            let found = find(&wanted, &folded);
            if found.is_none() {
                problems.push(missing(&wanted));
            }
            found
        }
        _ => None,
    };
    let used: Vec<usize> = fields.iter().map(|(_, index)| *index).chain(period).collect();
    let name = |field: Field| fields.iter().find(|f| f.0.field == field).map(|f| f.1);
    let key = name(Field::Name).or(name(Field::Code)).or(name(Field::NationalCode));
    let roles = table.roles(view, key);
    let is_counter = |index: usize| {
        let rows = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data).take(100);
        let values = rows.map(|(row, _)| view.cell(row, index).value.show());
        let values: Vec<String> = values.filter(|text| !text.trim().is_empty()).collect();
        is_running_number(&folded[index], &values)
    };
    problems.extend(left_out(map, table, &folded, &used, &is_counter));
    let mut resolved = Vec::new();
    for (column, index) in fields {
        match with_unit(map, view, table, &roles, column, index) {
            Ok(column) => resolved.push(column),
            Err(problem) => problems.push(*problem),
        }
    }
    (Columns { fields: resolved, period, key, roles }, problems)
}

/// An exact header first, in the order the map lists them; a contained text after that.
fn find(column: &Column, folded: &[String]) -> Option<usize> {
    let exact = column.header.iter().find_map(|header| {
        let wanted = fold_header(header);
        folded.iter().position(|header| *header == wanted)
    });
    // The unit may be missing from the map's header, or be another year's.
    let without_unit = || {
        column.header.iter().find_map(|header| {
            let wanted = bare(&fold_header(header)).to_string();
            folded.iter().position(|header| bare(header) == wanted && !wanted.is_empty())
        })
    };
    exact.or_else(without_unit).or_else(|| folded.iter().position(|text| contains(column, text)))
}

/// A header without the unit behind it.
pub fn bare(folded: &str) -> &str {
    let end = match folded.rfind(['(', '/', '[']) {
        Some(at) => at,
        None => return folded,
    };
    match Unit::parse(folded[end..].trim_matches(['(', ')', '/', '[', ']', ' '])) {
        Some(_) => folded[..end].trim_end(),
        None => folded,
    }
}

fn missing(column: &Column) -> Problem {
    let names = column.header.iter().chain(&column.contains);
    let names: Vec<&str> = names.map(String::as_str).collect();
    Problem::error("column-missing").arg("column", names.join(" | ")).arg("field", &column.field)
}

/// Columns left out: on purpose, with the reason, or because the map does not know them.
fn left_out(
    map: &Map,
    table: &Table,
    folded: &[String],
    used: &[usize],
    is_counter: &dyn Fn(usize) -> bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut unknown = Vec::new();
    for (index, header) in folded.iter().enumerate() {
        if header.is_empty() || used.contains(&index) {
            continue;
        }
        let dropped = map.drop.iter().find(|drop| {
            drop.header
                .iter()
                .any(|name| crate::map::matches_any(header, std::slice::from_ref(name)))
        });
        match dropped {
            Some(drop) => problems.push(
                Problem::warning("column-dropped")
                    .arg("column", short(&table.headers[index]))
                    .arg("reason", if drop.reason.is_empty() { "-" } else { &drop.reason }),
            ),
            None if is_counter(index) => {}
            None => unknown.push(short(&table.headers[index])),
        }
    }
    if !unknown.is_empty() {
        let problem = Problem::warning("columns-ignored").arg("n", unknown.len());
        problems.push(problem.arg("columns", unknown.join("; ")));
    }
    problems
}

/// Whether a column only numbers the rows: 序号 by its header, 编号 by counting 1, 2, 3.
pub fn is_running_number(folded: &str, values: &[String]) -> bool {
    match folded.trim() {
        "序号" | "序號" | "行号" | "行號" | "no" | "no." | "#" | "s/n" => true,
        "编号" | "編號" | "number" => {
            let counted = values.iter().map(|text| text.trim().parse::<u32>().ok());
            !values.is_empty() && counted.zip(1..).all(|(number, at)| number == Some(at))
        }
        _ => false,
    }
}

/// Headers can be whole paragraphs; a message needs their beginning.
pub fn short(header: &str) -> String {
    const CHARS_MAX: usize = 48;
    match header.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &header[..end]),
        None => header.to_string(),
    }
}

fn with_unit<'m>(
    map: &'m Map,
    view: &View<'_>,
    table: &Table,
    roles: &[Role],
    column: &'m Column,
    index: usize,
) -> Result<Resolved<'m>, Box<Problem>> {
    let header = table.headers[index].clone();
    let in_header = unit_in_header(&header);
    let mut magnitude = Magnitude::ONE;
    if column.field.is_money() {
        let stated = in_header.and_then(Unit::magnitude);
        let mapped = column.unit.and_then(Unit::magnitude);
        if let (Some(stated), Some(mapped)) = (stated, mapped)
            && stated != mapped
        {
            return Err(Box::new(
                Problem::error("unit-differs")
                    .arg("column", short(&header))
                    .arg("stated", Unit::Money(stated))
                    .arg("mapped", Unit::Money(mapped)),
            ));
        }
        let whole = table.unit.or(map.unit).and_then(Unit::magnitude);
        magnitude = mapped.or(stated).or(whole).ok_or_else(|| {
            Box::new(Problem::error("unit-unknown").arg("column", short(&header)))
        })?;
    }
    let plan = match column.period {
        Some(PlanPeriod::Header) => {
            PlanPeriod::Fixed(period_in_header(&header, map.year).ok_or_else(|| {
                Box::new(Problem::error("header-without-period").arg("column", short(&header)))
            })?)
        }
        Some(period) => period,
        None => PlanPeriod::Year,
    };
    let share = share_unit(view, roles, column, index, in_header);
    let dates = if column.dates.is_empty() { &map.dates } else { &column.dates };
    Ok(Resolved { column, index, header, magnitude, share, plan, dates })
}

/// Whether the numbers of a column of shares are percent or fractions: as stated, or
/// fractions where none is above 1 and one lies between.
fn share_unit(
    view: &View<'_>,
    roles: &[Role],
    column: &Column,
    index: usize,
    in_header: Option<Unit>,
) -> Unit {
    let is_share = match &column.field {
        Field::ParentShare => true,
        Field::Figure(measure) => measure.spec().unit == MeasureUnit::PercentHundredths,
        _ => false,
    };
    match column.unit.or(in_header) {
        Some(unit @ (Unit::Percent | Unit::Fraction)) => return unit,
        _ if !is_share => return Unit::Percent,
        _ => {}
    }
    let data = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data);
    let numbers: Vec<f64> = data
        .filter_map(|(row, _)| match view.cell(row, index).value {
            CellValue::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    let small = numbers.iter().all(|number| (0.0..=1.0).contains(number));
    let broken = numbers.iter().any(|number| number.fract() != 0.0);
    if small && broken { Unit::Fraction } else { Unit::Percent }
}

/// The period a header names: `2026年计划`, `2026年5月计划投资`, `5月`, `2026 plan`.
pub fn period_in_header(header: &str, year: Option<i16>) -> Option<Period> {
    let chars: Vec<char> = header.chars().map(crate::map::fold_char).collect();
    let mut numbers: Vec<(usize, usize, i32)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let from = at;
        while at < chars.len() && chars[at].is_ascii_digit() {
            at += 1;
        }
        if at > from && at - from <= 4 {
            let digits: String = chars[from..at].iter().collect();
            numbers.push((at, at - from, digits.parse().ok()?));
        }
        at += 1;
    }
    let stated = numbers.iter().find(|n| n.1 == 4 && (1990..=2100).contains(&n.2));
    let year = stated.map(|n| n.2 as i16).or(year)?;
    let month = numbers.iter().find(|n| n.1 <= 2 && chars.get(n.0) == Some(&'月'));
    match month {
        Some(month) => Period::month(year, u8::try_from(month.2).ok()?),
        None => stated.map(|_| Period::year(year)),
    }
}
