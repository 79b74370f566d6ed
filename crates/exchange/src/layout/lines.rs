//! Lines around a table: its title, its unit, its day, notes and signatures.

use super::dates::{self, Dated};
use super::grid::{Area, Grid};
use super::heading;
use super::look::Look;
use super::units::{self, StatedUnit};
use crate::sheet::CellValue;
use serde::Serialize;

/// What a line beside a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    Title,
    Unit,
    /// A day or a period alone, or asked for: 填表日期：….
    Day,
    /// 填报单位：某镇, and other questions about the form with their answers.
    Form,
    Note,
    Signature,
    /// A number nobody says anything about.
    Figure,
}

impl LineKind {
    pub fn code(self) -> &'static str {
        match self {
            LineKind::Title => "title",
            LineKind::Unit => "unit",
            LineKind::Day => "day",
            LineKind::Form => "form",
            LineKind::Note => "note",
            LineKind::Signature => "signature",
            LineKind::Figure => "figure",
        }
    }
}

/// A text that is no part of a table's rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub row: usize,
    pub column: usize,
    pub text: String,
    pub kind: LineKind,
    pub unit: Option<StatedUnit>,
    pub dated: Option<Dated>,
    /// A merged cell holds it, over the columns up to this one.
    pub to_column: usize,
}

/// Whether a row holds lines and no records: one cell, or cells that are all about the form.
pub fn is_line(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled = grid.filled(row, area);
    match filled[..] {
        [] => true,
        [column] => !grid.look(row, column).is_number() || area.width() == 1,
        _ => {
            let about = |column: &usize| {
                let kind = kind_of(grid, row, *column);
                matches!(kind, LineKind::Unit | LineKind::Day | LineKind::Form)
            };
            // A title over most of the sheet, with a hint beside it.
            let over = |column: &usize| {
                let merge = grid.merge(row, *column);
                merge.is_some_and(|m| (m.right - m.left + 1) as usize * 2 > area.width())
            };
            let words = |column: &usize| {
                let flat = grid.merge(row, *column).is_none_or(|merge| merge.bottom == merge.top);
                let known = crate::guess::is_known_header(&grid.words(row, *column));
                grid.look(row, *column).is_words() && flat && !known
            };
            let titled = filled.len() == 2 && filled.iter().all(words) && filled.iter().any(over);
            titled || filled.iter().all(about)
        }
    }
}

/// The lines of a row.
pub fn of_row(grid: &Grid<'_>, area: &Area, row: usize) -> Vec<Line> {
    let filled = grid.filled(row, area);
    filled.into_iter().map(|column| line(grid, row, column)).collect()
}

pub fn line(grid: &Grid<'_>, row: usize, column: usize) -> Line {
    let value = &grid.cell(row, column).value;
    let text = grid.words(row, column);
    let dated = match value {
        CellValue::Date(day) => Some(Dated::day(*day)),
        CellValue::Text(_) if !grid.look(row, column).is_number() => {
            dates::in_line(&text).or_else(|| dates::in_cell(&text))
        }
        _ => None,
    };
    let to_column = grid.merge(row, column).map_or(column, |merge| merge.right as usize);
    let kind = kind_of(grid, row, column);
    Line { row, column, unit: units::in_line(&text), dated, text, kind, to_column }
}

fn kind_of(grid: &Grid<'_>, row: usize, column: usize) -> LineKind {
    let look = grid.look(row, column);
    if matches!(look, Look::Day | Look::Period) {
        return LineKind::Day;
    }
    if look.is_number() {
        return LineKind::Figure;
    }
    let text = grid.words(row, column);
    if heading::is_note(&text) {
        return LineKind::Note;
    }
    if let Some((asked, answer)) = text.split_once([':', '：']) {
        let short = asked.chars().count() <= 14;
        let says_day = asked.contains(['日', '期']) || asked.to_lowercase().contains("date");
        if short && says_day && dates::in_line(answer).or_else(|| dates::in_cell(answer)).is_some()
        {
            return LineKind::Day;
        }
        if short && units::in_line(&text).is_some() {
            return LineKind::Unit;
        }
        if heading::is_signature(&text) {
            return LineKind::Signature;
        }
        if short && asks_about_form(asked) {
            return LineKind::Form;
        }
    }
    let inner = text.trim_matches(['(', ')', '（', '）']);
    let starts = ["单位", "單位", "计量", "計量", "金额", "金額", "unit", "in ", "Unit"];
    let stated = starts.iter().any(|word| inner.starts_with(word));
    if stated && units::in_line(&text).is_some() { LineKind::Unit } else { LineKind::Title }
}

/// 填报单位, 报送期间, Organisation name: what a form asks of whoever fills it in.
fn asks_about_form(asked: &str) -> bool {
    const WORDS: [&str; 20] = [
        "单位",
        "單位",
        "部门",
        "部門",
        "人",
        "日期",
        "时间",
        "時間",
        "期间",
        "期間",
        "电话",
        "電話",
        "地区",
        "编号",
        "period",
        "date",
        "name",
        "organisation",
        "office",
        "department",
    ];
    let folded = crate::map::fold_header(asked);
    WORDS.iter().any(|word| folded.contains(word))
}

/// The title of a table among the lines above it: the last one over its first columns that
/// is neither a number of an annex nor a whole paragraph.
pub fn title<'l>(lines: &'l [Line], area: &Area) -> Option<&'l Line> {
    let over = |line: &&Line| line.column <= area.left + 1 || line.to_column > line.column;
    let short = |line: &&Line| line.kind == LineKind::Title && line.text.chars().count() <= 120;
    let annex = |line: &Line| {
        let text = line.text.as_str();
        ["附件", "附表", "Annex", "Appendix"].iter().any(|word| text.starts_with(word))
            && text.chars().count() <= 10
    };
    let found = lines.iter().rev().filter(short).filter(over).find(|line| !annex(line));
    found.or_else(|| lines.iter().rev().find(short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Cell, Row, Sheet};

    #[test]
    fn lines_are_told_apart() {
        let cases = [
            ("计量单位：万元", LineKind::Unit),
            ("（单位：亿元）", LineKind::Unit),
            ("金额单位:万美元", LineKind::Unit),
            ("填报单位：经开区管委会", LineKind::Form),
            ("填表日期：91 年 06 月17日", LineKind::Day),
            ("2026年5月", LineKind::Day),
            ("备注：可比口径", LineKind::Note),
            ("填表人：张三", LineKind::Signature),
            ("某县2026年重点项目表", LineKind::Title),
        ];
        for (text, kind) in cases {
            let cells = vec![Cell { value: CellValue::Text(text.into()), formula: false }];
            let sheet = Sheet { rows: vec![Row { line: 1, cells }], ..Sheet::default() };
            assert_eq!(kind_of(&Grid::new(&sheet, false), 0, 0), kind, "{text}");
        }
    }
}
