//! The sheet that lists every problem, each with a link to its cell.

use super::archive::{Archive, Book, broken};
use super::{Formats, Mark, Words, xml};
use std::fmt::Write;
use tici_domain::Problem;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const PART: &str = "xl/worksheets/ticiProblems.xml";
/// Characters of a sheet's name.
const NAME_CHARS_MAX: usize = 31;

pub fn add_sheet(
    archive: &mut Archive<'_>,
    book: &Book,
    marks: &[Mark],
    formats: Formats,
    words: &Words,
) -> Result<(), Box<Problem>> {
    if archive.has(PART) {
        // A marked file handed in as it was: its old list makes room for the new one.
        archive.put(PART, sheet(marks, formats, words));
        return Ok(());
    }
    let text = archive.text(&book.path)?.ok_or_else(broken)?;
    let ids = xml::attributes(&text, "sheet", "sheetId");
    let id = ids.iter().filter_map(|id| id.parse::<u32>().ok()).max().unwrap_or(0) + 1;
    let prefix = xml::prefix(&text);
    let name = xml::escape(&free_name(&words.sheet, book));
    let entry = format!(
        "<{prefix}sheet xmlns:r=\"{OFFICE}\" name=\"{name}\" sheetId=\"{id}\" \
         r:id=\"rIdTiciProblems\"/>"
    );
    let text = xml::append_into(&text, "sheets", &entry)?.ok_or_else(broken)?;
    archive.put(&book.path, text);
    archive.relate(&book.path, "rIdTiciProblems", "worksheet", &format!("/{PART}"))?;
    archive.declare(&format!("/{PART}"), "spreadsheetml.worksheet+xml")?;
    archive.put(PART, sheet(marks, formats, words));
    Ok(())
}

/// The name wanted, or with a number behind it where the file has such a sheet.
fn free_name(wanted: &str, book: &Book) -> String {
    let legal: String = wanted.chars().filter(|c| !"[]:*?/\\'".contains(*c)).collect();
    let cut = |chars: usize| legal.chars().take(chars).collect::<String>();
    let taken = |name: &str| book.sheets.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let first = cut(NAME_CHARS_MAX);
    if !taken(&first) {
        return first;
    }
    let numbered = (2..).map(|n| format!("{} {n}", cut(NAME_CHARS_MAX - 4)));
    numbered.take(1_000).find(|name| !taken(name)).unwrap_or(first)
}

fn sheet(marks: &[Mark], formats: Formats, words: &Words) -> String {
    let mut rows = String::new();
    let mut links = String::new();
    row(&mut rows, 1, &words.headings.each_ref().map(String::as_str));
    for (number, mark) in (2..).zip(marks) {
        let state = if mark.error { &words.error } else { &words.warning };
        let place = [mark.sheet.as_str(), mark.cell.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        row(&mut rows, number, &[&place.join(" "), state, &mark.text, &mark.fix]);
        if xml::address(&mark.cell).is_some() && !mark.sheet.is_empty() {
            let target = format!("'{}'!{}", mark.sheet.replace('\'', "''"), mark.cell);
            let _ = write!(
                links,
                "<hyperlink ref=\"A{number}\" location=\"{}\"/>",
                xml::escape(&target)
            );
        }
    }
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let heading = xml::always("", "A1:D1", formats.heading, 1);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"{MAIN}\">\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols><col min=\"1\" max=\"1\" width=\"22\" customWidth=\"1\"/>\
         <col min=\"2\" max=\"2\" width=\"12\" customWidth=\"1\"/>\
         <col min=\"3\" max=\"4\" width=\"60\" customWidth=\"1\"/></cols>\
         <sheetData>{rows}</sheetData>{heading}{links}</worksheet>"
    )
}

fn row(rows: &mut String, number: usize, cells: &[&str; 4]) {
    let _ = write!(rows, "<row r=\"{number}\">");
    for (letter, text) in ["A", "B", "C", "D"].iter().zip(cells) {
        let text: String = text.chars().take(32_000).collect();
        let text = xml::escape(&text);
        let _ = write!(
            rows,
            "<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t>\
             </is></c>"
        );
    }
    rows.push_str("</row>");
}
