//! What each column of a table holds, in which unit, for which period, and which field it
//! would fill.

use super::dates::{self, Dated};
use super::facts::{self, Several};
use super::grid::{Area, Grid};
use super::look::Look;
use super::rows::{Body, RowRole};
use super::units::{self, StatedUnit, UnitKind};
use super::{marks, numbers};
use crate::guess::{Reason, field_of_header};
use crate::map::Field;
use crate::read::is_running_number;
use crate::sheet::CellValue;
use serde::Serialize;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundColumn {
    pub index: usize,
    /// `A` in a workbook, `1` in a text file.
    pub letters: String,
    /// Its header rows from the top, joined by `/`; empty without a header.
    pub header: String,
    pub values: Values,
    /// Unit its header states, or the table, for columns of amounts.
    pub unit: Option<StatedUnit>,
    /// The period its header names.
    pub period: Option<Dated>,
    pub field: Field,
    pub reason: Reason,
    /// 0 to 100.
    pub confidence: u8,
    /// Records that give it.
    pub filled: usize,
}

/// What most of a column's records hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Values {
    Nothing,
    Numbers,
    Days,
    Words,
    /// 1, 2, 3.
    Counter,
    Mixed,
}

impl Values {
    pub fn code(self) -> &'static str {
        match self {
            Values::Nothing => "nothing",
            Values::Numbers => "numbers",
            Values::Days => "days",
            Values::Words => "words",
            Values::Counter => "counter",
            Values::Mixed => "mixed",
        }
    }
}

/// Something about the cells of a column a person should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    pub kind: FlagKind,
    pub column: usize,
    pub count: usize,
    /// The first such cell.
    pub cell: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// Numbers kept as texts.
    NumberTexts,
    /// Cells with several facts, kept whole.
    Several(Several),
    /// Names with ★ and the like.
    Marks,
    /// A merged cell stands for several rows.
    MergedDown,
    /// Amounts with a unit of their own behind the number.
    OwnUnits,
}

impl FlagKind {
    pub fn code(self) -> &'static str {
        match self {
            FlagKind::NumberTexts => "number-texts",
            FlagKind::Several(_) => "several-facts",
            FlagKind::Marks => "marks",
            FlagKind::MergedDown => "merged-down",
            FlagKind::OwnUnits => "own-units",
        }
    }
}

/// The column that names the records: by its header, else the first one of words.
pub fn key(grid: &Grid<'_>, area: &Area, headers: &[String], from: usize) -> usize {
    let named = headers.iter().position(|header| crate::guess::is_name_header(header));
    if let Some(at) = named {
        return area.left + at;
    }
    let rows = from..=area.bottom.min(from + 300);
    let worded = |column: &usize| {
        let (mut words, mut filled) = (0, 0);
        for row in rows.clone() {
            let look = grid.look(row, *column);
            words += usize::from(look.is_words());
            filled += usize::from(look.is_filled() && look != Look::Filler);
        }
        words >= 1 && words * 2 > filled
    };
    let mut columns = area.columns().take(12);
    columns.find(worded).unwrap_or(area.left)
}

/// Records of a column that are looked at.
const ROWS_LOOKED_AT: usize = 5_000;

/// The columns of a table whose body begins in row `from`.
pub fn read(
    grid: &Grid<'_>,
    area: &Area,
    headers: &[String],
    from: usize,
    body: &Body,
    table_unit: Option<&StatedUnit>,
) -> (Vec<FoundColumn>, Vec<Flag>) {
    let records: Vec<usize> = (0..body.roles.len())
        .filter(|index| body.roles[*index] == RowRole::Data)
        .map(|index| from + index)
        .take(ROWS_LOOKED_AT)
        .collect();
    let mut flags = Vec::new();
    let columns = area.columns().zip(headers).map(|(index, header)| {
        let seen = Seen::of(grid, &records, index);
        flags.extend(seen.flags(grid, index));
        column(grid, index, header, &seen, table_unit)
    });
    let columns: Vec<FoundColumn> = columns.collect();
    (settled(columns), flags)
}

fn column(
    grid: &Grid<'_>,
    index: usize,
    header: &str,
    seen: &Seen,
    table_unit: Option<&StatedUnit>,
) -> FoundColumn {
    let values = seen.values(header);
    let (mut field, mut reason, mut confidence) = field_of_header(header);
    let is_text = field.to_string().ends_with("_text");
    if is_text && values == Values::Numbers {
        (field, reason, confidence) = (Field::Ignore, Reason::Nothing, 0);
    }
    let amounts =
        matches!(values, Values::Numbers | Values::Mixed) || values == Values::Nothing && !is_text;
    let last = header.rsplit('/').next().unwrap_or(header);
    let own = units::in_header(last).or_else(|| units::in_header(header)).filter(|_| amounts);
    let is_money = field.is_money()
        || values == Values::Numbers && field == Field::Ignore
        || amounts && speaks_of_money(header);
    let of_table = table_unit.filter(|unit| {
        is_money
            && matches!(unit.kind, UnitKind::Money { .. })
            && !is_share(header)
            && !is_count(header)
    });
    FoundColumn {
        index,
        letters: grid.column_name(index),
        header: header.to_string(),
        values,
        unit: own.or_else(|| of_table.cloned()),
        period: dates::in_line(header),
        field,
        reason,
        confidence,
        filled: seen.filled,
    }
}

/// A field that is filled once stays with the first column that is surest of it.
fn settled(mut columns: Vec<FoundColumn>) -> Vec<FoundColumn> {
    for index in 0..columns.len() {
        let own = &columns[index];
        if own.field == Field::Ignore {
            continue;
        }
        let rival = columns.iter().enumerate().find(|(other, rival)| {
            let surer = rival.confidence > own.confidence
                || rival.confidence == own.confidence && *other < index;
            *other != index && rival.field == own.field && surer
        });
        if let Some((_, rival)) = rival {
            let taken = Reason::Taken(rival.header.clone());
            let column = &mut columns[index];
            (column.field, column.reason, column.confidence) = (Field::Ignore, taken, 0);
        }
    }
    columns
}

/// Whether a header heads rates, which do not add up.
pub fn is_share(header: &str) -> bool {
    let folded = crate::map::fold_header(header);
    let last = folded.rsplit('/').next().unwrap_or(&folded);
    let marks = [
        "%", "‰", "率", "比例", "占比", "占", "同比", "增幅", "增速", "进度", "進度", "rate",
        "percent", "share",
    ];
    marks.iter().any(|mark| last.contains(mark))
}

fn speaks_of_money(header: &str) -> bool {
    const WORDS: [&str; 12] = [
        "投资", "投資", "资金", "資金", "外资", "到资", "金额", "金額", "产值", "税收", "销售",
        "cost",
    ];
    WORDS.iter().any(|word| header.contains(word))
}

fn is_count(header: &str) -> bool {
    let folded = crate::map::fold_header(header);
    ["个数", "個數", "项目数", "項目數", "数量", "數量", "企业/", "number", "count"]
        .iter()
        .any(|word| folded.contains(word))
}

/// What the records of one column show.
#[derive(Default)]
struct Seen {
    filled: usize,
    numbers: usize,
    days: usize,
    words: usize,
    texts: Vec<String>,
    number_texts: (usize, usize),
    own_units: (usize, usize),
    marked: (usize, usize),
    several: Vec<(Several, usize, usize)>,
    merged: (usize, usize),
}

impl Seen {
    fn of(grid: &Grid<'_>, records: &[usize], column: usize) -> Seen {
        let mut seen = Seen::default();
        for row in records {
            let look = grid.look(*row, column);
            if look == Look::Blank || look == Look::Filler {
                let down = grid.merge(*row, column).filter(|m| (m.top as usize) < *row);
                if down.is_some_and(|m| grid.look(m.top as usize, m.left as usize).is_filled()) {
                    note(&mut seen.merged, *row);
                }
                continue;
            }
            seen.filled += 1;
            match look {
                look if look.is_number() => seen.numbers += 1,
                Look::Day | Look::Period => seen.days += 1,
                _ => seen.words += 1,
            }
            if let CellValue::Text(text) = &grid.cell(*row, column).value {
                seen.note_text(text, look, *row);
            }
            if seen.texts.len() < 100 {
                seen.texts.push(grid.words(*row, column));
            }
        }
        seen
    }

    fn note_text(&mut self, text: &str, look: Look, row: usize) {
        if look == Look::NumberText {
            match numbers::parse(text) {
                Some(number) if number.unit.as_deref().is_some_and(|unit| unit != "%") => {
                    note(&mut self.own_units, row);
                }
                Some(_) => note(&mut self.number_texts, row),
                // Digits with a zero in front are a code.
                None => {}
            }
            return;
        }
        if marks::has(text) {
            note(&mut self.marked, row);
        }
        if let Some(kind) = facts::several(text) {
            match self.several.iter_mut().find(|known| known.0 == kind) {
                Some(known) => known.1 += 1,
                None => self.several.push((kind, 1, row)),
            }
        }
    }

    fn values(&self, header: &str) -> Values {
        if self.filled == 0 {
            return Values::Nothing;
        }
        if is_running_number(&crate::map::fold_header(header), &self.texts) {
            return Values::Counter;
        }
        let most = |count: usize| count * 10 >= self.filled * 8;
        if most(self.numbers) {
            Values::Numbers
        } else if most(self.days) {
            Values::Days
        } else if most(self.words) {
            Values::Words
        } else {
            Values::Mixed
        }
    }

    fn flags(&self, grid: &Grid<'_>, column: usize) -> Vec<Flag> {
        let flag = |kind, (count, row): (usize, usize)| {
            (count > 0).then(|| Flag { kind, column, count, cell: grid.address(row, column) })
        };
        let mut flags: Vec<Flag> = [
            flag(FlagKind::NumberTexts, self.number_texts),
            flag(FlagKind::OwnUnits, self.own_units),
            flag(FlagKind::Marks, self.marked),
            flag(FlagKind::MergedDown, self.merged),
        ]
        .into_iter()
        .flatten()
        .collect();
        let several = self.several.iter();
        flags.extend(
            several.filter_map(|(kind, n, row)| flag(FlagKind::Several(*kind), (*n, *row))),
        );
        flags
    }
}

/// Counts, and keeps the first row.
fn note((count, first): &mut (usize, usize), row: usize) {
    if *count == 0 {
        *first = row;
    }
    *count += 1;
}
