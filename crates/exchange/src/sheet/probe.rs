//! Plain sheets, and what the workbook library has to say of them.
//!
//! A plain sheet's grid is read by [`super::plain`]. What its cells refer to (styles that
//! make a number a day, shared strings) and its odd cells are asked of the library: it is
//! given the workbook with a probe in the sheet's place, which holds each of these once.
//! An answer of another form than expected sends the whole workbook the library's way.

use super::container::Parts;
use super::plain::{Plain, PlainValue, scan};
use super::xlsx::{Book, Shared, broken, cell_value, short_enough};
use super::{Cell, CellValue, SheetBuilder, xls};
use crate::limits::CELLS_MAX;
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Sheet};
use std::collections::HashMap;
use tici_domain::Problem;

/// The first cell of every probe, by which its answer is known.
const MARK: &str = "probe of a plain sheet";

/// The plain sheets of a workbook, by name.
pub struct Probed<'a>(HashMap<String, PlainSheet<'a>>);

/// One plain sheet and its probe.
pub struct PlainSheet<'a> {
    xml: &'a [u8],
    plain: Plain,
    /// Numbers of the styles and of the shared strings that its cells use.
    styles: Vec<u32>,
    strings: Vec<u32>,
    probe: Vec<u8>,
}

impl<'a> Probed<'a> {
    /// Scans the sheets at `paths`; those that are not plain are missing.
    pub fn of(parts: &'a Parts, paths: &[(String, String)]) -> Probed<'a> {
        let mut found = HashMap::new();
        let mut cells_left = CELLS_MAX;
        for (name, path) in paths {
            let is_once = |(other, at): &&(String, String)| other == name || at == path;
            if paths.iter().filter(is_once).count() > 1 {
                continue;
            }
            let Some(xml) = parts.get(path) else { continue };
            let Some(plain) = scan(xml, cells_left) else { continue };
            cells_left -= plain.cells.len();
            found.insert(name.clone(), PlainSheet::new(xml, plain));
        }
        Probed(found)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands in the place of a part of the workbook.
    pub fn probe_of(&self, part: &[u8]) -> Option<&[u8]> {
        let found = self.0.values().find(|sheet| std::ptr::eq(sheet.xml, part));
        found.map(|sheet| sheet.probe.as_slice())
    }

    pub fn sheet(&self, name: &str) -> Option<&PlainSheet<'a>> {
        self.0.get(name)
    }

    /// Whether the library lists every sheet that has a probe, each once.
    pub fn fits(&self, listed: &[Sheet]) -> bool {
        self.0.keys().all(|name| listed.iter().filter(|sheet| sheet.name == *name).count() == 1)
    }
}

impl<'a> PlainSheet<'a> {
    fn new(xml: &'a [u8], plain: Plain) -> PlainSheet<'a> {
        let mut styles = Used::default();
        let mut strings = Used::default();
        for cell in &plain.cells {
            match cell.value {
                PlainValue::Number(_, style) => styles.add(style),
                PlainValue::Shared(index) => strings.add(index),
                _ => {}
            }
        }
        let (styles, strings) = (styles.numbers(), strings.numbers());
        let mut probe = String::from("<worksheet><sheetData><row>");
        probe.push_str(&format!("<c t=\"inlineStr\"><is><t>{MARK}</t></is></c>"));
        styles.iter().for_each(|style| probe.push_str(&format!("<c s=\"{style}\"><v>1</v></c>")));
        let shared = |index: &u32| probe.push_str(&format!("<c t=\"s\"><v>{index}</v></c>"));
        strings.iter().for_each(shared);
        let mut probe = probe.into_bytes();
        for odd in &plain.odd {
            probe.extend_from_slice(b"<c");
            probe.extend_from_slice(&xml[odd.clone()]);
        }
        probe.extend_from_slice(b"</row></sheetData></worksheet>");
        PlainSheet { xml, plain, styles, strings, probe }
    }

    /// Puts the cells into `builder`; `false` when the probe did not answer.
    pub fn read(
        &self,
        xlsx: &mut Book,
        builder: &mut SheetBuilder,
        shared: &mut Shared,
    ) -> Result<bool, Box<Problem>> {
        let epoch_1904 = xlsx.has_1904_epoch();
        let Some(answer) = self.ask(xlsx, &builder.sheet.name, shared)? else { return Ok(false) };
        let mut odd = answer.odd.into_iter();
        for cell in &self.plain.cells {
            let value = match cell.value {
                PlainValue::Number(number, style) if answer.days.has(style) => {
                    let kind = ExcelDateTimeType::DateTime;
                    xls::date_value(ExcelDateTime::new(number, kind, epoch_1904))
                }
                PlainValue::Number(number, _) => CellValue::Number(number),
                PlainValue::Shared(index) => answer.texts[index as usize].clone(),
                PlainValue::Bool(value) => CellValue::Bool(value),
                PlainValue::Inline(from, to) => inline(&self.xml[from as usize..to as usize])?,
                PlainValue::Odd => {
                    let Some(cell_read) = odd.next() else { return Ok(false) };
                    if cell_read != Cell::default() {
                        builder.put(cell.row as usize, cell.column as usize, cell_read)?;
                    }
                    continue;
                }
            };
            if value != CellValue::Empty {
                let cell_read = Cell { value, formula: false };
                builder.put(cell.row as usize, cell.column as usize, cell_read)?;
            }
        }
        Ok(odd.next().is_none())
    }

    fn ask(
        &self,
        xlsx: &mut Book,
        name: &str,
        shared: &mut Shared,
    ) -> Result<Option<Answer>, Box<Problem>> {
        let Ok(mut reader) = xlsx.worksheet_cells_reader(name) else { return Ok(None) };
        let mut next = || reader.next_cell_with_formula_metadata().map_err(broken);
        match next()?.map(|record| record.value) {
            Some(DataRef::String(text)) if text == MARK => {}
            _ => return Ok(None),
        }
        let mut days = Used::default();
        for style in &self.styles {
            match next()?.map(|record| record.value) {
                Some(DataRef::DateTime(day)) if day.is_datetime() => days.add(*style),
                Some(_) => {}
                None => return Ok(None),
            }
        }
        let mut texts = Vec::new();
        for index in &self.strings {
            let Some(record) = next()? else { return Ok(None) };
            // An answer proves that the workbook has that many strings.
            texts.resize(*index as usize, CellValue::Empty);
            texts.push(cell_value(record.value, shared)?);
        }
        let mut odd = Vec::with_capacity(self.plain.odd.len());
        while let Some(record) = next()? {
            let formula = record.formula.is_some();
            odd.push(Cell { value: cell_value(record.value, shared)?, formula });
        }
        Ok(Some(Answer { days, texts, odd }))
    }
}

/// What the library read in a probe.
struct Answer {
    /// Styles that make a number a day.
    days: Used,
    /// Shared strings by their number; empty where the sheet does not use one.
    texts: Vec<CellValue>,
    odd: Vec<Cell>,
}

fn inline(text: &[u8]) -> Result<CellValue, Box<Problem>> {
    let text = String::from_utf8_lossy(text);
    if text.trim().is_empty() {
        return Ok(CellValue::Empty);
    }
    Ok(CellValue::Text(short_enough(&text)?.into()))
}

/// A set of small numbers.
#[derive(Default)]
struct Used(Vec<u64>);

impl Used {
    fn add(&mut self, number: u32) {
        let word = number as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// All of them, the least first.
    fn numbers(&self) -> Vec<u32> {
        let bits = self.0.iter().enumerate().flat_map(|(word, bits)| {
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word as u32 * 64 + bit)
        });
        bits.collect()
    }
}
