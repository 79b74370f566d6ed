//! Writing the prefilled workbook of one place.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use tici_domain::measure::Unit;
use tici_domain::money::{Magnitude, Money};
use tici_domain::{Currency, Measure, Problem, Stage, Value};

use super::{COLUMNS, Column, FormOut, FormWords, Holds, LAYOUT, RowOut, keys};
use crate::sheet::column_letters;

const ROW_TITLE: u32 = 0;
const ROW_HINT: u32 = 1;
const ROW_KEYS: u32 = 2;
const ROW_HEAD: u32 = 3;
const ROW_DATA: u32 = 4;

/// Writes the workbook. The same form gives the same bytes: it carries no time of its making.
pub fn write(form: &FormOut, words: &FormWords) -> Result<Vec<u8>, Box<Problem>> {
    build(form, words)
        .map_err(|error| Box::new(Problem::error("export-failed").arg("detail", error)))
}

fn build(form: &FormOut, words: &FormWords) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&words.title).set_creation_datetime(&made);
    workbook.set_properties(&properties);
    fill(workbook.add_worksheet().set_name(&words.sheet)?, form, words)?;
    notes(workbook.add_worksheet().set_name(&words.notes_sheet)?, words)?;
    hidden(workbook.add_worksheet().set_name(keys::SHEET)?, form)?;
    workbook.save_to_buffer()
}

/// Formats of one workbook, made once.
struct Formats {
    title: Format,
    hint: Format,
    head: Format,
    head_locked: Format,
    open: Vec<Format>,
    locked: Vec<Format>,
}

impl Formats {
    fn new() -> Formats {
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_top(FormatBorder::Medium)
            .set_border_bottom(FormatBorder::Thin);
        let ink = Color::RGB(0x5C6863);
        let open = |column: &Column| {
            let format = Format::new().set_unlocked().set_border(FormatBorder::Hair);
            format.set_background_color(Color::RGB(0xE2ECF3)).set_num_format(number_format(column))
        };
        let locked = |column: &Column| {
            Format::new().set_font_color(ink).set_num_format(number_format(column))
        };
        Formats {
            title: Format::new().set_bold().set_font_size(14),
            hint: Format::new().set_font_color(ink),
            head_locked: head.clone().set_font_color(ink),
            head,
            open: COLUMNS.iter().map(open).collect(),
            locked: COLUMNS.iter().map(locked).collect(),
        }
    }
}

fn number_format(column: &Column) -> &'static str {
    match column.unit() {
        None => "@",
        Some(Unit::Money) => "#,##0.####",
        Some(Unit::PercentHundredths) => "0.0#",
        Some(_) => "#,##0",
    }
}

fn fill(sheet: &mut Worksheet, form: &FormOut, words: &FormWords) -> Result<(), XlsxError> {
    let formats = Formats::new();
    sheet.write_string_with_format(ROW_TITLE, 0, &words.title, &formats.title)?;
    sheet.write_string_with_format(ROW_HINT, 0, &words.hint, &formats.hint)?;
    for (index, column) in COLUMNS.iter().enumerate() {
        let at = index as u16;
        sheet.write_string(ROW_KEYS, at, format!("{}{}", keys::KEY_MARK, column.key))?;
        let head = if column.is_open() { &formats.head } else { &formats.head_locked };
        let header = words.headers.get(index).map_or(column.key, String::as_str);
        sheet.write_string_with_format(ROW_HEAD, at, header, head)?;
        sheet.set_column_width(at, width(column))?;
    }
    for (index, row) in form.rows.iter().enumerate() {
        one_row(sheet, ROW_DATA + index as u32, row, words, &formats)?;
    }
    validate(sheet, form.rows.len() as u32, words)?;
    sheet.set_row_hidden(ROW_KEYS)?;
    sheet.set_row_height(ROW_HEAD, 34)?;
    sheet.set_freeze_panes(ROW_DATA, 2)?;
    sheet.set_repeat_rows(ROW_HEAD, ROW_HEAD)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    let allowed = ProtectionOptions {
        sort: true,
        use_autofilter: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    };
    sheet.protect_with_options(&allowed);
    Ok(())
}

fn one_row(
    sheet: &mut Worksheet,
    line: u32,
    row: &RowOut,
    words: &FormWords,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (index, column) in COLUMNS.iter().enumerate() {
        let format = match column.is_open() {
            true => &formats.open[index],
            false => &formats.locked[index],
        };
        let at = index as u16;
        let fixed = match column.holds {
            Holds::Code => Some(&row.code),
            Holds::Name => Some(&row.name),
            Holds::Firm => Some(&row.firm),
            _ => None,
        };
        if let Some(text) = fixed {
            sheet.write_string_with_format(line, at, text, format)?;
            continue;
        }
        match row.values.get(column.key) {
            None => sheet.write_blank(line, at, format)?,
            Some(Value::Int(number)) => {
                let number = shown(column, *number, row.currency);
                sheet.write_number_with_format(line, at, number, format)?
            }
            Some(Value::Date(day)) => {
                sheet.write_string_with_format(line, at, day.to_string(), format)?
            }
            Some(Value::Text(text)) => {
                let text = stage_word(column, text, words).unwrap_or(text);
                sheet.write_string_with_format(line, at, text, format)?
            }
        };
    }
    Ok(())
}

fn stage_word<'a>(column: &Column, text: &str, words: &'a FormWords) -> Option<&'a str> {
    let stage = Stage::parse(text).filter(|_| column.is_stage())?;
    words.stages.iter().find(|(known, _)| *known == stage).map(|(_, word)| word.as_str())
}

/// A stored number as the form states it. The nearest double prints back as the same
/// decimal, so nothing is lost on the way.
fn shown(column: &Column, number: i64, currency: Currency) -> f64 {
    let text = match column.unit() {
        Some(Unit::Money) => {
            let digits = Magnitude::WAN.0 + currency.stored_digits();
            Money { amount: number, currency }.print(Magnitude::WAN, digits)
        }
        Some(Unit::PercentHundredths) => tici_domain::money::print_scaled(number.into(), 2, 2),
        _ => number.to_string(),
    };
    text.replace(',', "").replace('−', "-").parse().unwrap_or_default()
}

/// Width in characters.
fn width(column: &Column) -> f64 {
    match column.holds {
        Holds::Name => 30.0,
        Holds::Firm | Holds::Code => 13.0,
        Holds::Figure(Measure::REASON_TEXT) => 24.0,
        Holds::Figure(Measure::PROGRESS_TEXT | Measure::ISSUE_TEXT) => 30.0,
        _ => 11.5,
    }
}

/// Drop-downs and limits, with words of our own. Whatever gets past them is found on reading.
fn validate(sheet: &mut Worksheet, rows: u32, words: &FormWords) -> Result<(), XlsxError> {
    if rows == 0 {
        return Ok(());
    }
    let (first, last) = (ROW_DATA, ROW_DATA + rows - 1);
    for (index, column) in COLUMNS.iter().enumerate() {
        let rule = match (column.figure(), column.unit()) {
            (Some(_), _) if column.is_stage() => {
                let stages: Vec<&str> =
                    words.stages.iter().map(|(_, word)| word.as_str()).collect();
                let rule = DataValidation::new().allow_list_strings(&stages)?;
                rule.set_error_message(&words.stage_wanted)?
            }
            (Some(_), Some(_)) => {
                let cell = format!("{}{}", column_letters(index), first + 1);
                let formula = format!("OR(ISNUMBER({cell}),{cell}=\"{}\")", words.no_change);
                let rule = DataValidation::new().allow_custom(Formula::new(formula));
                rule.set_error_message(&words.number_wanted)?
            }
            _ => continue,
        };
        // A warning, not a wall: what was copied from elsewhere must not be lost.
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        sheet.add_data_validation(first, index as u16, last, index as u16, &rule)?;
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, words: &FormWords) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 100)?;
    for (index, note) in words.notes.iter().enumerate() {
        sheet.write_string_with_format(index as u32, 0, note, &wrapped)?;
    }
    Ok(())
}

fn hidden(sheet: &mut Worksheet, form: &FormOut) -> Result<(), XlsxError> {
    let head = &form.head;
    let lines = [
        (keys::ROW_MARK, keys::MARK, LAYOUT.to_owned()),
        (keys::ROW_FORM, "form", head.form.clone()),
        (keys::ROW_PLACE, "place", head.place.to_string()),
        (keys::ROW_PERIOD, "period", head.period.to_string()),
        (keys::ROW_ROUND, "round", head.round.to_string()),
        (keys::ROW_BASE, "base", head.base.to_string()),
    ];
    for (row, name, value) in lines {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    sheet.write_string(keys::ROW_PLACE, 2, &head.place_code)?;
    let open: Vec<&Column> = COLUMNS.iter().filter(|column| column.is_open()).collect();
    for (index, column) in open.iter().enumerate() {
        sheet.write_string(keys::ROW_COLUMNS, (keys::LEAD + index) as u16, column.key)?;
    }
    for (index, row) in form.rows.iter().enumerate() {
        let line = keys::ROW_COLUMNS + 1 + index as u32;
        let lead = [row.project.to_string(), row.code.clone(), row.name.clone()];
        for (at, text) in lead.iter().enumerate() {
            sheet.write_string(line, at as u16, text)?;
        }
        sheet.write_string(line, 3, row.currency.code())?;
        for (at, column) in open.iter().enumerate() {
            if let Some(value) = row.values.get(column.key) {
                sheet.write_string(line, (keys::LEAD + at) as u16, keys::keep(value))?;
            }
        }
    }
    sheet.set_hidden(true);
    Ok(())
}
