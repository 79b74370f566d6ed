//! The sheet as the import page shows it: its own row numbers and column letters, every
//! row with its role.

use crate::map::Map;
use crate::sheet::{Format, Sheet, Workbook, column_letters};
use crate::table::{Role, Table, View};

/// Part of one sheet, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub sheet: String,
    /// `A`, `B` … of a workbook; `1`, `2` … of a text file.
    pub columns: Vec<String>,
    pub rows: Vec<PreviewRow>,
    /// Rows of the sheet before the first one shown.
    pub rows_before: usize,
    /// Rows and columns of the sheet; more than are shown, perhaps.
    pub rows_total: usize,
    pub columns_total: usize,
    /// Names of all sheets with whether they are hidden, for choosing another.
    pub sheets: Vec<(String, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Row number of a workbook, line of a text file.
    pub number: u32,
    pub role: Role,
    pub cells: Vec<String>,
}

/// Columns a page can show.
pub const COLUMNS_SHOWN_MAX: usize = 60;
/// Characters of a cell a page can show.
const CELL_CHARS_MAX: usize = 200;

/// Shows up to `rows_max` rows from row `from` (counted from 0) of the named sheet, or of
/// the first visible one with a table. `None` when there is no such sheet. In a transposed
/// list rows are fields, so their roles only say what is above the header.
pub fn preview(
    workbook: &Workbook,
    sheet: Option<&str>,
    map: Option<&Map>,
    from: usize,
    rows_max: usize,
) -> Option<Preview> {
    let text = workbook.format == Format::Text;
    let transposed = map.is_some_and(|map| map.transposed);
    let of_map = map.map(crate::read::KnownHeaders::new);
    let known = |header: &str| match &of_map {
        Some(known) => known.has(header),
        None => crate::guess::is_known_header(header),
    };
    let visible = || workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    let table_on = |sheet: &Sheet| {
        let view = View::new(sheet, false, text);
        let table = Table::find(&view, &known, None)?;
        table.headers.iter().any(|header| known(header)).then_some(())
    };
    let sheet = match sheet {
        Some(name) => workbook.sheets.iter().find(|sheet| sheet.name == name)?,
        None => visible()
            .find(|sheet| table_on(sheet).is_some())
            .or_else(|| visible().next())
            .or(workbook.sheets.first())?,
    };
    let roles = if transposed { Vec::new() } else { roles(sheet, text, map, &known) };
    let width = sheet.width();
    let shown = width.min(COLUMNS_SHOWN_MAX);
    let name = |column| if text { format!("{}", column + 1) } else { column_letters(column) };
    let rows = sheet.rows.iter().enumerate().skip(from).take(rows_max);
    Some(Preview {
        sheet: sheet.name.clone(),
        columns: (0..shown).map(name).collect(),
        rows: rows
            .map(|(index, row)| PreviewRow {
                number: row.line,
                role: roles.get(index).copied().unwrap_or(Role::Data),
                cells: (0..shown)
                    .map(|column| clip(&sheet.cell(index, column).value.show()))
                    .collect(),
            })
            .collect(),
        rows_before: from.min(sheet.rows.len()),
        rows_total: sheet.rows.len(),
        columns_total: width,
        sheets: workbook.sheets.iter().map(|s| (s.name.clone(), s.hidden)).collect(),
    })
}

fn roles(sheet: &Sheet, text: bool, map: Option<&Map>, known: &dyn Fn(&str) -> bool) -> Vec<Role> {
    let view = View::new(sheet, false, text);
    let table = match map {
        Some(map) => Table::of_map(&view, known, map),
        None => Table::find(&view, known, None),
    };
    let Some(table) = table else { return Vec::new() };
    let key = match map {
        Some(map) => crate::read::key_column(map, &view, &table),
        None => table.headers.iter().position(|header| crate::guess::is_name_header(header)),
    };
    table.roles(&view, key)
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(CELL_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}
