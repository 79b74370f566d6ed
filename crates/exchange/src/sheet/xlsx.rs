//! XLSX: plain sheets through [`super::plain`], the others cell by cell through calamine's
//! cell reader, so that a lone cell far away costs one cell and not the rectangle up to it.

use super::container::Parts;
use super::probe::Probed;
use super::{Cell, CellValue, Format, Merge, Opened, SheetBuilder, Workbook, guarded, over};
use crate::limits::{CELLS_MAX, MERGES_MAX, SHARED_STRINGS_MAX, SHEETS_MAX, TEXT_BYTES_MAX};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;
use tici_domain::Problem;

pub fn read(parts: Parts) -> Opened {
    refuse_too_many_strings(&parts)?;
    let paths = sheet_paths(&parts);
    let mut merges = HashMap::new();
    for (name, path) in &paths {
        if let Some(xml) = parts.get(path) {
            merges.insert(name.clone(), read_merges(name, xml)?);
        }
    }
    let probed = Probed::of(&parts, &paths);
    if !probed.is_empty() {
        let zip = parts.stored_zip_with(|part| probed.probe_of(part))?;
        let read = open_book(zip, &merges, Some(&probed))?;
        if let Some(workbook) = read {
            return Ok((workbook, Vec::new()));
        }
    }
    drop(probed);
    let workbook = open_book(parts.into_stored_zip()?, &merges, None)?;
    workbook.map(|workbook| (workbook, Vec::new())).ok_or_else(|| broken_at("probe"))
}

pub(super) type Book = Xlsx<Cursor<Vec<u8>>>;

/// `None` when the probes did not answer as they should.
fn open_book(
    zip: Vec<u8>,
    merges: &Merges,
    probed: Option<&Probed<'_>>,
) -> Result<Option<Workbook>, Box<Problem>> {
    guarded(move || {
        let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(zip)).map_err(broken)?;
        let epoch_1904 = xlsx.has_1904_epoch();
        let sheets = read_sheets(&mut xlsx, merges, probed)?;
        let book = |sheets| Workbook { format: Format::Xlsx, encoding: None, sheets, epoch_1904 };
        Ok(sheets.map(book))
    })
}

type Merges = HashMap<String, Vec<Merge>>;

fn read_sheets(
    xlsx: &mut Book,
    merges: &Merges,
    probed: Option<&Probed<'_>>,
) -> Result<Option<Vec<super::Sheet>>, Box<Problem>> {
    let listed = xlsx.sheets_metadata().to_vec();
    if listed.len() > SHEETS_MAX {
        return over("workbook-too-many-sheets", "sheets", listed.len(), SHEETS_MAX);
    }
    if probed.is_some_and(|probed| !probed.fits(&listed)) {
        return Ok(None);
    }
    let mut strings = HashMap::new();
    let mut cells_left = CELLS_MAX;
    let mut sheets = Vec::new();
    for entry in listed.iter().filter(|entry| entry.typ == SheetType::WorkSheet) {
        let hidden = entry.visible != SheetVisible::Visible;
        let mut builder = SheetBuilder::new(&entry.name, hidden, cells_left);
        match probed.and_then(|probed| probed.sheet(&entry.name)) {
            Some(sheet) if !sheet.read(xlsx, &mut builder, &mut strings)? => return Ok(None),
            Some(_) => {}
            None => read_cells(xlsx, &mut builder, &mut strings)?,
        }
        cells_left = builder.cells_left;
        builder.sheet.merges = merges.get(&entry.name).cloned().unwrap_or_default();
        sheets.push(builder.sheet);
    }
    Ok(Some(sheets))
}

/// Shared strings by their address in the reader's own table, so that a text used a
/// thousand times is kept once.
pub(super) type Shared = HashMap<usize, Arc<str>>;

fn read_cells(
    xlsx: &mut Book,
    builder: &mut SheetBuilder,
    strings: &mut Shared,
) -> Result<(), Box<Problem>> {
    let name = builder.sheet.name.clone();
    let mut reader = match xlsx.worksheet_cells_reader(&name) {
        Ok(reader) => reader,
        // A chart sheet listed as a worksheet, or a sheet without rows.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(broken(error)),
    };
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let formula = record.formula.is_some();
        let value = cell_value(record.value, strings)?;
        if value == CellValue::Empty && !formula {
            continue;
        }
        let (row, column) = record.pos;
        builder.put(row as usize, column as usize, Cell { value, formula })?;
    }
    Ok(())
}

pub(super) fn cell_value(
    value: DataRef<'_>,
    strings: &mut Shared,
) -> Result<CellValue, Box<Problem>> {
    Ok(match value {
        DataRef::Empty => CellValue::Empty,
        DataRef::Int(number) => CellValue::Number(number as f64),
        DataRef::Float(number) => CellValue::Number(number),
        DataRef::Bool(value) => CellValue::Bool(value),
        DataRef::SharedString(text) if text.trim().is_empty() => CellValue::Empty,
        DataRef::SharedString(text) => {
            let key = text.as_ptr() as usize;
            if let Some(known) = strings.get(&key) {
                return Ok(CellValue::Text(known.clone()));
            }
            let kept: Arc<str> = short_enough(text)?.into();
            strings.insert(key, kept.clone());
            CellValue::Text(kept)
        }
        DataRef::String(text) | DataRef::DurationIso(text) if text.trim().is_empty() => {
            CellValue::Empty
        }
        DataRef::String(text) | DataRef::DurationIso(text) => {
            CellValue::Text(short_enough(&text)?.into())
        }
        DataRef::DateTime(day) => super::xls::date_value(day),
        DataRef::DateTimeIso(text) => super::xls::iso_value(&text),
        DataRef::Error(error) => CellValue::Error(error.to_string().into()),
    })
}

pub(super) fn short_enough(text: &str) -> Result<&str, Box<Problem>> {
    if text.len() > TEXT_BYTES_MAX {
        return over("cell-too-long", "bytes", text.len(), TEXT_BYTES_MAX);
    }
    Ok(text)
}

pub(super) fn broken(error: calamine::XlsxError) -> Box<Problem> {
    let detail = match error {
        calamine::XlsxError::Password => return Box::new(Problem::error("file-password")),
        other => other.to_string(),
    };
    broken_at(&detail)
}

fn broken_at(detail: &str) -> Box<Problem> {
    Box::new(Problem::error("file-broken").arg("detail", detail))
}

/// The reader makes room for as many strings as the part says it has: it must not lie.
fn refuse_too_many_strings(parts: &Parts) -> Result<(), Box<Problem>> {
    for (name, xml) in parts.iter().filter(|(name, _)| name.ends_with("haredStrings.xml")) {
        let head = String::from_utf8_lossy(&xml[..xml.len().min(4_096)]);
        let stated = attribute(&head, "uniqueCount").and_then(|count| count.parse().ok());
        let stated: usize = stated.unwrap_or(0);
        let counted = xml.windows(3).filter(|window| window == b"<si").count();
        let found = stated.max(counted);
        if found > SHARED_STRINGS_MAX {
            let limit = SHARED_STRINGS_MAX;
            return over("workbook-too-many-strings", "strings", found, limit)
                .map_err(|problem: Box<Problem>| Box::new(problem.arg("part", name)));
        }
    }
    Ok(())
}

/// Names of sheets and the parts they are in.
pub type SheetPaths = Vec<(String, String)>;

/// The part of the workbook of an XLSX, and names of its sheets with their parts. An error for
/// any other kind of file.
pub fn workbook_parts(bytes: &[u8]) -> Result<(String, SheetPaths), Box<Problem>> {
    let parts = super::container::unpack(bytes)?;
    if parts.kind != super::container::Kind::Xlsx {
        return Err(Box::new(Problem::error("file-not-workbook")));
    }
    Ok(("xl/workbook.xml".into(), sheet_paths(&parts)))
}

/// Names of sheets and the parts they are in, from the workbook and its relationships.
fn sheet_paths(parts: &Parts) -> SheetPaths {
    let (Some(book), Some(rels)) =
        (parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels"))
    else {
        return Vec::new();
    };
    let (book, rels) = (String::from_utf8_lossy(book), String::from_utf8_lossy(rels));
    let targets: HashMap<String, String> = tags(&rels, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
        .collect();
    tags(&book, "sheet")
        .filter_map(|tag| {
            let target = targets.get(&attribute(tag, "r:id")?)?;
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_string(),
                None => format!("xl/{target}"),
            };
            Some((attribute(tag, "name")?, path))
        })
        .collect()
}

/// Merged ranges, which stand behind the cells: found from the end of the part.
fn read_merges(name: &str, xml: &[u8]) -> Result<Vec<Merge>, Box<Problem>> {
    const END: &[u8] = b"sheetData";
    let Some(at) = xml.windows(END.len()).rposition(|window| window == END) else {
        return Ok(Vec::new());
    };
    let tail = String::from_utf8_lossy(&xml[at..]);
    let mut merges = Vec::new();
    for tag in tags(&tail, "mergeCell") {
        if merges.len() == MERGES_MAX {
            let found = tags(&tail, "mergeCell").count();
            let mut problem = Problem::error("sheet-too-many-merges");
            problem = problem.arg("merges", found).arg("limit", MERGES_MAX);
            problem.sheet = name.into();
            return Err(Box::new(problem));
        }
        merges.extend(attribute(tag, "ref").and_then(|range| parse_range(&range)));
    }
    Ok(merges)
}

/// The insides of every `<name …>`, whatever its namespace prefix.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').filter_map(move |piece| {
        let (tag, _) = piece.split_once('>')?;
        let (full, rest) = tag.split_once(char::is_whitespace)?;
        let local = full.rsplit(':').next()?;
        (local == name).then_some(rest)
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(found) = tag[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let starts = at == 0 || tag[..at].ends_with(|c: char| c.is_whitespace());
        let Some(rest) = tag[from..].trim_start().strip_prefix('=') else { continue };
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let (true, Some(quote)) = (starts, quote) {
            let value = rest[1..].split(quote).next()?;
            return Some(unescape(value));
        }
    }
    None
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Reads `A1:B2`.
fn parse_range(range: &str) -> Option<Merge> {
    let (from, to) = range.split_once(':')?;
    let ((top, left), (bottom, right)) = (parse_address(from)?, parse_address(to)?);
    (top <= bottom && left <= right).then_some(Merge { top, left, bottom, right })
}

/// Reads `B7` as row 6, column 1.
pub fn parse_address(address: &str) -> Option<(u32, u32)> {
    let address = address.trim_matches('$');
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = address.split_at(digits);
    let letters = letters.trim_end_matches('$');
    if letters.is_empty() || letters.len() > 3 || number.len() > 7 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row: u32 = number.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}
