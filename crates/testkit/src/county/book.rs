//! The workbooks towns send every month: a title, the unit, two header rows, one row per
//! project and a total, as such forms have them.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

/// One project in a return. Amounts in 万元.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub name: String,
    pub firm: String,
    pub town: &'static str,
    pub total: i64,
    pub plan: i64,
    pub month: i64,
    pub year_to_date: i64,
    pub progress: String,
    pub workers: i64,
    pub since_start: i64,
    /// Done of the total, in hundredths of a percent.
    pub percent: i64,
    pub issue: Option<String>,
}

/// Row of the first project, counted from 1 as a spreadsheet does.
pub(crate) const FIRST_ROW: usize = 7;

/// Columns that figures come from.
pub(crate) mod column {
    pub const MONTH: char = 'G';
    pub const YEAR_TO_DATE: char = 'H';
    pub const PROGRESS: char = 'I';
    pub const WORKERS: char = 'J';
    pub const SINCE_START: char = 'K';
    pub const PERCENT: char = 'L';
    pub const ISSUE: char = 'M';
}

/// Name of a cell: `cell('H', 0)` is the first project's `H7`.
pub(crate) fn cell(column: char, index: usize) -> String {
    format!("{column}{}", FIRST_ROW + index)
}

const HEADER: [&str; 13] = [
    "序号",
    "项目名称",
    "建设单位",
    "属地",
    "总投资",
    "本年计划",
    "当月完成",
    "本年累计",
    "形象进度",
    "在场用工（人）",
    "开工以来累计",
    "占总投资（%）",
    "存在问题",
];

/// A workbook of `sheets`, each a name and its projects.
pub(crate) fn monthly(title: &str, unit: &str, sheets: &[(&str, Vec<Line>)]) -> Vec<u8> {
    let mut book = undated_workbook();
    for (name, lines) in sheets {
        let sheet = book.add_worksheet();
        fill(sheet, name, title, unit, lines)
            .expect("a short sheet name and short texts cannot be refused");
    }
    book.save_to_buffer().expect("a workbook in memory has no disk to fail on")
}

/// A workbook whose file properties do not depend on the clock.
pub(crate) fn undated_workbook() -> Workbook {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 6, 18).expect("a day of the calendar");
    let properties = DocProperties::new().set_title("示例数据").set_creation_datetime(&created);
    book.set_properties(&properties);
    book
}

type Written = Result<(), rust_xlsxwriter::XlsxError>;

fn fill(sheet: &mut Worksheet, name: &str, title: &str, unit: &str, lines: &[Line]) -> Written {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    sheet.set_name(name)?;
    sheet.merge_range(0, 0, 0, 12, title, &bold)?;
    sheet.write(1, 0, "示例数据：县、企业、项目和数字都是虚构的")?;
    sheet.write(2, 0, format!("填报单位：{unit}"))?;
    sheet.write(2, 12, "单位：万元")?;
    // Two header rows: the amounts done share a head, all others span both rows.
    sheet.merge_range(4, 6, 4, 7, "完成投资", &bold)?;
    for (index, text) in HEADER.iter().enumerate() {
        let column = index as u16;
        if matches!(index, 6 | 7) {
            sheet.write_with_format(5, column, *text, &bold)?;
        } else {
            sheet.merge_range(4, column, 5, column, text, &bold)?;
        }
    }
    for (index, line) in lines.iter().enumerate() {
        write_line(sheet, index, line)?;
    }
    total(sheet, lines)
}

fn write_line(sheet: &mut Worksheet, index: usize, line: &Line) -> Written {
    let row = (FIRST_ROW - 1 + index) as u32;
    let whole = Format::new().set_num_format("#,##0");
    let tenth = Format::new().set_num_format("0.0");
    sheet.write(row, 0, index as u32 + 1)?;
    for (column, text) in [(1, &line.name), (2, &line.firm), (8, &line.progress)] {
        sheet.write(row, column, text)?;
    }
    sheet.write(row, 3, line.town)?;
    let amounts = [
        (4, line.total),
        (5, line.plan),
        (6, line.month),
        (7, line.year_to_date),
        (9, line.workers),
        (10, line.since_start),
    ];
    for (column, amount) in amounts {
        sheet.write_with_format(row, column, amount as f64, &whole)?;
    }
    sheet.write_with_format(row, 11, tenths(line.percent) as f64 / 10.0, &tenth)?;
    if let Some(issue) = &line.issue {
        sheet.write(row, 12, issue)?;
    }
    Ok(())
}

/// Hundredths of a percent in tenths, half up.
pub(crate) fn tenths(hundredths: i64) -> i64 {
    (hundredths + 5) / 10
}

fn total(sheet: &mut Worksheet, lines: &[Line]) -> Written {
    let row = (FIRST_ROW - 1 + lines.len()) as u32;
    let bold = Format::new().set_bold().set_num_format("#,##0");
    let sum = |of: fn(&Line) -> i64| lines.iter().map(of).sum::<i64>() as f64;
    sheet.write_with_format(row, 1, "合计", &bold)?;
    let sums = [
        (4, sum(|line| line.total)),
        (5, sum(|line| line.plan)),
        (6, sum(|line| line.month)),
        (7, sum(|line| line.year_to_date)),
        (9, sum(|line| line.workers)),
        (10, sum(|line| line.since_start)),
    ];
    for (column, amount) in sums {
        sheet.write_with_format(row, column, amount, &bold)?;
    }
    Ok(())
}
