//! Typing into a workbook as a person would, without a spreadsheet program: cells of the
//! first sheet are replaced, everything else stays byte for byte.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What is typed into a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed<'a> {
    Number(&'a str),
    Words(&'a str),
    /// A formula, and its result as the program last kept it.
    Formula(&'a str, &'a str),
    Nothing,
}

const FIRST_SHEET: &str = "xl/worksheets/sheet1.xml";

/// The workbook with other contents in some cells of its first sheet. A cell that is not
/// there is left alone: forms have every cell they ask for.
pub fn retype(workbook: &[u8], cells: &[(&str, Typed)]) -> Vec<u8> {
    retype_on(workbook, 1, cells)
}

/// The same on another sheet, counted from 1: hidden ones too.
pub fn retype_on(workbook: &[u8], sheet: usize, cells: &[(&str, Typed)]) -> Vec<u8> {
    rewrite(workbook, &format!("xl/worksheets/sheet{sheet}.xml"), |xml| {
        cells.iter().fold(xml, |xml, (cell, typed)| put(&xml, cell, typed))
    })
}

/// The workbook with rows of its first sheet in another order, or without some: `lines` are
/// the row numbers that go to the places of the data rows, which begin at `first`.
pub fn reorder(workbook: &[u8], first: u32, lines: &[u32]) -> Vec<u8> {
    rewrite(workbook, FIRST_SHEET, |xml| {
        let (head, data, tail) = split_rows(&xml, first);
        let moved = lines.iter().zip(first..).filter_map(|(line, to)| {
            let row = data.iter().find(|(number, _)| number == line)?;
            Some(renumber(&row.1, *line, to))
        });
        format!("{head}{}{tail}", moved.collect::<String>())
    })
}

fn rewrite(workbook: &[u8], sheet: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook)).expect("a workbook is a zip");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a readable name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part unpacks");
        if name == sheet {
            let xml = String::from_utf8(bytes).expect("sheets are UTF-8");
            bytes = change(xml).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("a new part");
        to.write_all(&bytes).expect("memory takes it");
    }
    to.finish().expect("a workbook").into_inner()
}

/// Replaces `<c r="H7" …/>` or `<c r="H7" …>…</c>`, keeping its style.
fn put(xml: &str, cell: &str, typed: &Typed) -> String {
    let Some(start) = xml.find(&format!("<c r=\"{cell}\"")) else { return xml.to_owned() };
    let open = start + xml[start..].find('>').expect("a tag ends") + 1;
    let is_empty = xml[..open].ends_with("/>");
    let end = if is_empty { open } else { open + xml[open..].find("</c>").expect("closed") + 4 };
    let style = xml[start..open].split(" s=\"").nth(1).and_then(|rest| rest.split('"').next());
    let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
    let body = match typed {
        Typed::Number(number) => format!("<c r=\"{cell}\"{style}><v>{number}</v></c>"),
        Typed::Words(words) => format!(
            "<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{}</t></is></c>",
            words.replace('&', "&amp;").replace('<', "&lt;")
        ),
        Typed::Formula(formula, result) => {
            format!("<c r=\"{cell}\"{style}><f>{formula}</f><v>{result}</v></c>")
        }
        Typed::Nothing => format!("<c r=\"{cell}\"{style}/>"),
    };
    format!("{}{body}{}", &xml[..start], &xml[end..])
}

type Rows = Vec<(u32, String)>;

/// What stands before row `first`, the rows from there on, and what stands behind them.
fn split_rows(xml: &str, first: u32) -> (String, Rows, String) {
    let start = xml.find(&format!("<row r=\"{first}\"")).expect("a first row of data");
    let end = xml.find("</sheetData>").expect("rows end");
    let rows = xml[start..end].split_inclusive("</row>").map(|row| {
        let number = row.split("<row r=\"").nth(1).and_then(|rest| rest.split('"').next());
        let number = number.and_then(|number| number.parse().ok());
        (number.expect("rows have numbers"), row.to_owned())
    });
    (xml[..start].to_owned(), rows.collect(), xml[end..].to_owned())
}

fn renumber(row: &str, from: u32, to: u32) -> String {
    let row = row.replacen(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""), 1);
    let mut out = String::new();
    for piece in row.split_inclusive("<c r=\"") {
        match piece.split_once('"') {
            Some((address, rest)) if address.ends_with(&from.to_string()) => {
                let letters = address.trim_end_matches(|c: char| c.is_ascii_digit());
                out.push_str(&format!("{letters}{to}\"{rest}"));
            }
            _ => out.push_str(piece),
        }
    }
    out
}
