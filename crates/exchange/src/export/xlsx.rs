//! XLSX: one sheet per table with title, frozen header, number formats and totals, and a
//! sheet of notes with the counting rule.

use super::{CellOut, Document, Kind, TableOut, Tone, decimals};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use tici_domain::Problem;

/// Words the file needs beside its own: the name of the sheet of notes.
#[derive(Clone, Copy, Debug)]
pub struct XlsxWords<'a> {
    pub notes_sheet: &'a str,
}

/// Writes the workbook. Two exports of one document are the same bytes: the file carries
/// no time of its making.
pub fn write(document: &Document, words: XlsxWords<'_>) -> Result<Vec<u8>, Box<Problem>> {
    build(document, words)
        .map_err(|error| Box::new(Problem::error("export-failed").arg("detail", error)))
}

fn build(document: &Document, words: XlsxWords<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_title(&document.title)
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    add_tables(&mut workbook, document, words, &mut Vec::new())?;
    workbook.save_to_buffer()
}

/// Adds a sheet for each table, and one of notes; `names` are taken already.
pub(super) fn add_tables(
    workbook: &mut Workbook,
    document: &Document,
    words: XlsxWords<'_>,
    names: &mut Vec<String>,
) -> Result<(), XlsxError> {
    for table in &document.tables {
        let name = sheet_name(&table.title, names);
        write_table(workbook.add_worksheet().set_name(name)?, table)?;
    }
    if !document.notes.is_empty() {
        let name = sheet_name(words.notes_sheet, names);
        let sheet = workbook.add_worksheet().set_name(name)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 100)?;
        sheet.write_string_with_format(0, 0, &document.title, &title_format())?;
        for (index, note) in document.notes.iter().enumerate() {
            sheet.write_string_with_format(index as u32 + 2, 0, note, &wrapped)?;
        }
    }
    Ok(())
}

fn title_format() -> Format {
    Format::new().set_bold().set_font_size(14)
}

fn head_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// Ink of the rules of a table: thick above and below, thin under the head, hairs between.
const INK: Color = Color::RGB(0x1F2328);
const HAIR: Color = Color::RGB(0xC9CDD2);

fn number_format(kind: Kind) -> String {
    match kind {
        Kind::Text => "@".into(),
        Kind::Integer => "#,##0".into(),
        Kind::Decimal(0) => "#,##0".into(),
        Kind::Decimal(decimals) => format!("#,##0.{}", "0".repeat(decimals.min(9).into())),
        Kind::Percent => "0.0%".into(),
        Kind::Date => "yyyy-mm-dd".into(),
    }
}

/// Where the parts of a table lie: rows from 0.
#[derive(Clone, Copy)]
struct Places {
    /// First row of the head.
    head: u32,
    /// Last row of the head.
    names: u32,
    /// First row of the data.
    data: u32,
    /// Row of the totals, or of what would stand there.
    totals: u32,
    columns: u16,
}

impl Places {
    fn of(table: &TableOut) -> Places {
        let head = 1 + u32::from(!table.subtitle.is_empty());
        let is_grouped = table.columns.iter().any(|column| column.group.is_some());
        let names = head + u32::from(is_grouped);
        let (data, columns) = (names + 1, table.columns.len() as u16);
        Places { head, names, data, totals: data + table.rows.len() as u32, columns }
    }
}

fn write_table(sheet: &mut Worksheet, table: &TableOut) -> Result<(), XlsxError> {
    let at = Places::of(table);
    // Titles are not merged: a filter or a sort trips over merged cells above it.
    sheet.write_string_with_format(0, 0, &table.title, &title_format())?;
    if !table.subtitle.is_empty() {
        let small = Format::new().set_font_color(Color::RGB(0x57606A));
        sheet.write_string_with_format(1, 0, &table.subtitle, &small)?;
    }
    write_head(sheet, table, at)?;
    for column in 0..table.columns.len() {
        write_column(sheet, table, column, at)?;
    }
    let below = at.totals + u32::from(!table.totals.is_empty()) + 1;
    for (index, note) in table.notes.iter().enumerate() {
        sheet.write_string(below + index as u32, 0, note)?;
    }
    set_up(sheet, table, at)
}

/// Names of the columns; where columns share a heading, it stands over them, merged, and a
/// column without one fills both rows.
fn write_head(sheet: &mut Worksheet, table: &TableOut, at: Places) -> Result<(), XlsxError> {
    let top = head_format().set_border_top(FormatBorder::Medium).set_border_top_color(INK);
    let under =
        |format: Format| format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(INK);
    let whole = under(top.clone());
    let group_format = top.set_border_bottom(FormatBorder::Hair).set_border_bottom_color(HAIR);
    let name_format = under(head_format());
    // Two lines of a name with its unit.
    sheet.set_row_height(at.names, 30)?;
    let mut column = 0;
    while column < table.columns.len() {
        let of = &table.columns[column];
        let same = table.columns[column..].iter().take_while(|other| other.group == of.group);
        let (first, count) = (column as u16, if of.group.is_some() { same.count() } else { 1 });
        let last = first + count as u16 - 1;
        match &of.group {
            Some(group) if count > 1 => {
                sheet.merge_range(at.head, first, at.head, last, group, &group_format)?;
            }
            Some(group) => {
                sheet.write_string_with_format(at.head, first, group, &group_format)?;
            }
            None if at.names > at.head => {
                sheet.merge_range(at.head, first, at.names, first, &of.title(), &whole)?;
            }
            None => {
                sheet.write_string_with_format(at.head, first, of.title(), &whole)?;
            }
        }
        if of.group.is_some() {
            for (offset, of) in table.columns[column..column + count].iter().enumerate() {
                let column = first + offset as u16;
                sheet.write_string_with_format(at.names, column, of.title(), &name_format)?;
            }
        }
        column += count;
    }
    Ok(())
}

fn write_column(
    sheet: &mut Worksheet,
    table: &TableOut,
    column: usize,
    at: Places,
) -> Result<(), XlsxError> {
    let out = &table.columns[column];
    // Words stand off the number before them.
    let base = match out.kind {
        Kind::Text => Format::new().set_align(FormatAlign::Left).set_indent(1),
        _ => Format::new(),
    };
    let plain = base
        .clone()
        .set_num_format(number_format(out.kind))
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(HAIR);
    let formats = Formats::of(&plain);
    sheet.set_column_width(column as u16, width(table, column))?;
    let ends = base
        .set_num_format(number_format(out.kind))
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(INK);
    let last = Formats::of(&ends);
    for (row, cells) in table.rows.iter().enumerate() {
        let Some(cell) = cells.get(column) else { continue };
        let is_last = row + 1 == table.rows.len() && table.totals.is_empty();
        let formats = if is_last { &last } else { &formats };
        write_cell(sheet, at.data + row as u32, column as u16, (cell, out.kind), formats)?;
    }
    if !table.totals.is_empty() {
        let total = ends.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(INK);
        let cell = table.totals.get(column).unwrap_or(&CellOut::Missing);
        let formats = Formats::of(&total);
        write_cell(sheet, at.totals, column as u16, (cell, out.kind), &formats)?;
    }
    Ok(())
}

/// Frozen head, filter, and A4 across, so that it prints as it stands.
fn set_up(sheet: &mut Worksheet, table: &TableOut, at: Places) -> Result<(), XlsxError> {
    let last = at.columns.saturating_sub(1);
    sheet.set_freeze_panes(at.data, table.frozen.min(last))?;
    sheet.set_repeat_rows(at.head, at.names)?;
    if table.frozen > 0 {
        sheet.set_repeat_columns(0, table.frozen.min(at.columns) - 1)?;
    }
    if table.rows.len() > 1 {
        sheet.autofilter(at.names, 0, at.totals - 1, last)?;
    }
    const A4: u8 = 9;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    sheet.set_screen_gridlines(false);
    // An ampersand would begin a code of the footer.
    let title: String = table.title.replace('&', "&&").chars().take(200).collect();
    sheet.set_footer(format!("&L{title}&R&P / &N"));
    Ok(())
}

/// The format of a column's cells, and those of the lights in it.
struct Formats {
    plain: Format,
    tones: [Format; 4],
}

impl Formats {
    fn of(plain: &Format) -> Formats {
        let tone = |ink: u32, tint: u32| {
            let (ink, tint) = (Color::RGB(ink), Color::RGB(tint));
            plain.clone().set_font_color(ink).set_background_color(tint)
        };
        // The colours of lights on the page, in its light mode.
        let tones = [
            tone(0x23703F, 0xE0F0E5),
            tone(0x8A5800, 0xFBEFD3),
            tone(0xB02A1C, 0xFBE5E0),
            plain.clone().set_font_color(Color::RGB(0x57606A)),
        ];
        Formats { plain: plain.clone(), tones }
    }

    fn toned(&self, tone: Tone) -> (&Format, char) {
        match tone {
            Tone::Good => (&self.tones[0], '●'),
            Tone::Watch => (&self.tones[1], '▲'),
            Tone::Bad => (&self.tones[2], '◆'),
            Tone::Unknown => (&self.tones[3], '○'),
        }
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    (cell, kind): (&CellOut, Kind),
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = &formats.plain;
    match cell {
        CellOut::Missing => sheet.write_blank(row, column, format)?,
        // A string cell is never a formula, so it needs no apostrophe here.
        CellOut::Text(text) => {
            let fits: String = text.chars().take(32_767).collect();
            sheet.write_string_with_format(row, column, fits, format)?
        }
        // A shape beside the colour: paper and eyes may know no colours.
        CellOut::Toned { text, tone } => {
            let (format, shape) = formats.toned(*tone);
            sheet.write_string_with_format(row, column, format!("{shape} {text}"), format)?
        }
        CellOut::Date(day) => {
            let (year, month, day) = (day.year(), day.month(), day.day());
            match ExcelDateTime::from_ymd(year.max(0) as u16, month as u8, day as u8) {
                Ok(date) => sheet.write_datetime_with_format(row, column, &date, format)?,
                // Before 1900 a spreadsheet has no days.
                Err(_) => sheet.write_string(row, column, format!("{year}-{month:02}-{day:02}"))?,
            }
        }
        number => {
            let exact = number.decimal(decimals(kind)).unwrap_or_default();
            let value: f64 = exact.parse().unwrap_or_default();
            sheet.write_number_with_format(row, column, value, format)?
        }
    };
    Ok(())
}

/// Width of a column in characters, wide characters counted twice, within reason.
fn width(table: &TableOut, column: usize) -> f64 {
    const ROWS_LOOKED_AT: usize = 200;
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let cells = table.rows.iter().take(ROWS_LOOKED_AT).filter_map(|row| row.get(column));
    let cell_width = |cell: &CellOut| match cell {
        CellOut::Text(text) => wide(text),
        CellOut::Toned { text, .. } => wide(text) + 2,
        CellOut::Date(_) => 10,
        CellOut::Missing => 0,
        number => number.decimal(Some(2)).map_or(0, |text| text.len() + text.len() / 3),
    };
    let widest = cells.map(cell_width).max().unwrap_or(0);
    let header = wide(&table.columns[column].title()).div_ceil(2);
    widest.max(header).clamp(8, 44) as f64 + 2.0
}

/// A name a sheet may have, and none has yet: 31 characters, without `[]:*?/\`.
pub(super) fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let base: String = clean.trim().chars().take(26).collect();
    let base = if base.is_empty() { "1".to_string() } else { base };
    let mut name = base.clone();
    let mut number = 2;
    while taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        name = format!("{base} ({number})");
        number += 1;
    }
    taken.push(name.clone());
    name
}
