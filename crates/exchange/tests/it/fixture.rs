//! Workbooks written down as text, and rows and problems printed as text.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::fmt::Write;
use tici_domain::figure::Value;
use tici_domain::intake::{At, Intake, ProjectRow};
use tici_domain::{Problem, Severity};

/// Builds an XLSX from lines: `!sheet name`, `!merge A1:C1`, and rows of cells parted by
/// `|`. A cell is a number, `@2026-05-13`, `=A1+B1 -> 3` (a formula and its result),
/// `"12"` (a text), or words.
pub fn xlsx(text: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut sheets: Vec<(String, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("!sheet ") {
            Some(name) => sheets.push((name.into(), Vec::new())),
            None if sheets.is_empty() => sheets.push(("Sheet1".into(), vec![line])),
            None => sheets.last_mut().unwrap().1.push(line),
        }
    }
    for (name, lines) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let (merges, rows): (Vec<&str>, Vec<&str>) =
            lines.into_iter().partition(|line| line.starts_with("!merge "));
        for merge in merges {
            let (from, to) = merge["!merge ".len()..].trim().split_once(':').unwrap();
            let ((top, left), (bottom, right)) = (address(from), address(to));
            sheet.merge_range(top, left, bottom, right, "", &Format::new()).unwrap();
        }
        for (row, line) in rows.iter().enumerate() {
            for (column, cell) in line.split('|').enumerate() {
                write_cell(sheet, row as u32, column as u16, cell.trim());
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write_cell(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: u16, cell: &str) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    if cell.is_empty() {
    } else if let Some(day) = cell.strip_prefix('@') {
        let day = ExcelDateTime::parse_from_str(day).unwrap();
        sheet.write_datetime_with_format(row, column, &day, &date).unwrap();
    } else if let Some(formula) = cell.strip_prefix('=') {
        let (formula, result) = formula.split_once("->").unwrap();
        let formula = Formula::new(formula.trim()).set_result(result.trim());
        sheet.write_formula(row, column, formula).unwrap();
    } else if let Ok(number) = cell.parse::<f64>() {
        sheet.write_number(row, column, number).unwrap();
    } else {
        sheet.write_string(row, column, cell.trim_matches('"')).unwrap();
    }
}

fn address(text: &str) -> (u32, u16) {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = text[..digits].bytes().fold(0, |sum, b| sum * 26 + u16::from(b - b'A') + 1);
    (text[digits..].parse::<u32>().unwrap() - 1, column - 1)
}

/// Rows, then problems, one to a line.
pub fn print(intake: &Intake, problems: &[Problem]) -> String {
    let mut out = String::new();
    for row in &intake.rows {
        print_row(&mut out, row);
    }
    for problem in problems {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        let place = [problem.sheet.as_str(), problem.cell.as_str()];
        let place = place.iter().filter(|part| !part.is_empty()).copied();
        let place: Vec<&str> = place.collect();
        let args: Vec<String> =
            problem.args.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (place, args) = (place.join("!"), args.join(", "));
        writeln!(out, "{severity} {place} {} {args}", problem.key).unwrap();
    }
    out
}

fn print_value(value: &Value) -> String {
    match value {
        Value::Int(value) => value.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.clone(),
    }
}

fn print_row(out: &mut String, row: &ProjectRow) {
    let period = row.period.map_or_else(|| "-".into(), |period| period.to_string());
    writeln!(
        out,
        "row {} {period} {}",
        row.cell,
        row.currency.map_or("-".into(), |c| c.to_string())
    )
    .unwrap();
    let mut line = |name: &str, cell: &str, value: String| {
        writeln!(out, "  {name} = {value}  [{cell}]").unwrap();
    };
    let mut text = |name: &str, at: &Option<At<String>>| {
        if let Some(at) = at {
            line(name, &at.cell, at.value.clone());
        }
    };
    text("code", &row.code);
    text("national_code", &row.national_code);
    text("enterprise", &row.enterprise);
    text("enterprise_code", &row.enterprise_code);
    text("place", &row.place);
    text("chain", &row.chain);
    text("industry", &row.industry);
    text("sector", &row.sector);
    text("content", &row.content);
    text("lead_unit", &row.lead_unit);
    text("sponsor", &row.sponsor);
    text("parent", &row.parent);
    if let Some(at) = &row.parent_share {
        line("parent_share", &at.cell, at.value.to_string());
    }
    if let Some(at) = &row.name {
        let forms = [&at.value.hant, &at.value.en];
        let forms: String = forms.into_iter().flatten().map(|form| format!(" / {form}")).collect();
        line("name", &at.cell, format!("{}{forms}", at.value.text));
    }
    if let Some(code) = &row.place_code {
        line("place_code", "", format!("{} {}", code.scheme, code.code));
    }
    for (name, at) in [("build_from", &row.build_from), ("build_to", &row.build_to)] {
        if let Some(at) = at {
            line(name, &at.cell, at.value.to_string());
        }
    }
    if let Some(at) = &row.state {
        line("state", &at.cell, at.value.code().into());
    }
    if let Some(at) = &row.tier {
        line("tier", &at.cell, format!("{} {}", at.value.0.code(), at.value.1));
    }
    for at in &row.stages {
        let day = at.value.1.map_or(String::new(), |day| format!(" on {day}"));
        line("stage", &at.cell, format!("{}{day}", at.value.0.code()));
    }
    for (period, at) in &row.plans {
        line("plan", &at.cell, format!("{period}: {}", at.value));
    }
    for at in &row.milestones {
        let step = &at.value;
        line("milestone", &at.cell, format!("{} {:?} {}", step.key, step.role, step.on));
    }
    for (measure, at) in &row.figures {
        line(measure.code(), &at.cell, print_value(&at.value));
    }
}
