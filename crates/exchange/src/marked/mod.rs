//! The uploaded workbook given back: the cells to look at coloured and commented, a sheet of
//! all problems behind the others, and nothing else of the file changed.
//!
//! The colour is a conditional format that always holds, so no cell's own format is touched;
//! parts without a mark keep their packed bytes.

mod archive;
mod comments;
mod problems;
mod xml;

use crate::limits::PROBLEMS_MAX;
use archive::Archive;
use std::collections::BTreeMap;
use tici_domain::Problem;

/// A cell to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Empty for a problem of the whole file.
    pub sheet: String,
    /// `E9`; empty for a problem of the whole sheet.
    pub cell: String,
    /// Whether it keeps the row out; else it is worth a look.
    pub error: bool,
    /// What is wrong, and what can be done, in the reader's language.
    pub text: String,
    pub fix: String,
}

/// The words of the sheet of problems and its headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub sheet: String,
    pub author: String,
    /// Place, result, problem, way forward.
    pub headings: [String; 4],
    pub error: String,
    pub warning: String,
}

/// Gives an XLSX back with its marks. `Err` for a file of another kind, or a broken one.
pub fn mark(bytes: &[u8], marks: &[Mark], words: &Words) -> Result<Vec<u8>, Box<Problem>> {
    let marks = &marks[..marks.len().min(PROBLEMS_MAX)];
    let mut archive = Archive::open(bytes)?;
    let book = archive.book()?;
    let styles = add_styles(&mut archive, &book)?;
    // Handed in once more, the marks of last time go.
    let is_marked = archive.has(problems::PART);
    let mut by_sheet: BTreeMap<&str, Vec<&Mark>> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| xml::address(&mark.cell).is_some()) {
        by_sheet.entry(mark.sheet.as_str()).or_default().push(mark);
    }
    for (index, (name, path)) in book.sheets.iter().enumerate() {
        let marks = by_sheet.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        if !marks.is_empty() || is_marked {
            mark_sheet(&mut archive, path, index + 1, marks, styles, words)?;
        }
    }
    problems::add_sheet(&mut archive, &book, marks, styles, words)?;
    archive.finish()
}

/// Numbers of the differential formats added: of an error, a warning and a heading.
#[derive(Clone, Copy)]
pub(crate) struct Formats {
    pub error: usize,
    pub warning: usize,
    pub heading: usize,
}

const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet \
    xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font/>\
    </fonts><fills count=\"2\"><fill/><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
    <cellXfs count=\"1\"><xf/></cellXfs></styleSheet>";

fn add_styles(archive: &mut Archive<'_>, book: &archive::Book) -> Result<Formats, Box<Problem>> {
    let styles = match book.styles.as_deref().map(|path| archive.text(path)).transpose()? {
        Some(Some(styles)) => styles,
        _ => {
            archive.relate(&book.path, "rIdTiciStyles", "styles", "styles.xml")?;
            archive.declare("/xl/styles.xml", "spreadsheetml.styles+xml")?;
            STYLES.to_string()
        }
    };
    let prefix = xml::prefix(&styles);
    let p = prefix.as_str();
    let fill = |colour: &str| {
        format!(
            "<{p}dxf><{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/>\
             <{p}bgColor rgb=\"{colour}\"/></{p}patternFill></{p}fill></{p}dxf>"
        )
    };
    let bold = format!("<{p}dxf><{p}font><{p}b/></{p}font></{p}dxf>");
    let added = format!("{}{}{bold}", fill("FFFBD5CF"), fill("FFFFEFC2"));
    let (styles, first) = xml::add_formats(&styles, &added, 3)?;
    let path = book.styles.clone().unwrap_or_else(|| "xl/styles.xml".into());
    archive.put(&path, styles);
    Ok(Formats { error: first, warning: first + 1, heading: first + 2 })
}

fn mark_sheet(
    archive: &mut Archive<'_>,
    path: &str,
    number: usize,
    marks: &[&Mark],
    formats: Formats,
    words: &Words,
) -> Result<(), Box<Problem>> {
    let Some(sheet) = archive.text(path)? else { return Ok(()) };
    let sheet = xml::without_marks(&sheet)?;
    let prefix = xml::prefix(&sheet);
    let of = |error: bool| {
        let cells = marks.iter().filter(|mark| mark.error == error).map(|mark| mark.cell.as_str());
        let mut cells: Vec<&str> = cells.collect();
        cells.sort_unstable();
        cells.dedup();
        cells.join(" ")
    };
    let mut rules = String::new();
    for (error, format) in [(true, formats.error), (false, formats.warning)] {
        let cells = of(error);
        if !cells.is_empty() {
            rules += &xml::always(&prefix, &cells, format, if error { 1 } else { 2 });
        }
    }
    let sheet = xml::insert_child(&sheet, &rules, "conditionalFormatting")?;
    let sheet = comments::add(archive, path, sheet, number, marks, words)?;
    archive.put(path, sheet);
    Ok(())
}
