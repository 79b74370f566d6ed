//! The container of old Office files: tells a workbook from a document and from an
//! encrypted package, and makes sure that the cells of a workbook lie within bounds.

use super::{Opened, over, xls};
use crate::limits::{CELLS_MAX, SHEETS_MAX, UNPACKED_BYTES_MAX};
use tici_domain::Problem;

pub fn open(bytes: &[u8]) -> Opened {
    let container = Container::new(bytes).ok_or_else(broken)?;
    let has = |name: &str| container.entries.iter().any(|entry| entry.name == name);
    if has("EncryptedPackage") {
        return Err(Box::new(Problem::error("file-password")));
    }
    let book = container.entries.iter().find(|entry| {
        entry.name.eq_ignore_ascii_case("Workbook") || entry.name.eq_ignore_ascii_case("Book")
    });
    let Some(book) = book else {
        let key = if has("WordDocument") { "file-is-document" } else { "file-not-workbook" };
        return Err(Box::new(Problem::error(key)));
    };
    let stream = container.stream(book).ok_or_else(broken)?;
    refuse_what_would_not_fit(&stream)?;
    xls::read(bytes)
}

fn broken() -> Box<Problem> {
    Box::new(Problem::error("file-broken").arg("detail", "OLE"))
}

/// Sector numbers from here on are marks, not sectors.
const SECTOR_MARKS: u32 = 0xffff_fffa;

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_cutoff: usize,
    entries: Vec<Entry>,
    root_start: u32,
}

impl<'a> Container<'a> {
    fn new(bytes: &'a [u8]) -> Option<Container<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Container {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_cutoff: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
            root_start: 0,
        };
        for id in container.fat_sectors()? {
            let sector = container.sector_bytes(id)?;
            let numbers = sector.chunks_exact(4).map(|c| u32_at(c, 0).unwrap_or(u32::MAX));
            let numbers: Vec<u32> = numbers.collect();
            container.fat.extend(numbers);
        }
        let directory = container.chain(u32_at(bytes, 48)?, usize::MAX)?;
        container.read_directory(&directory);
        let mini = container.chain(u32_at(bytes, 60)?, usize::MAX).unwrap_or_default();
        container.mini_fat = mini.chunks_exact(4).filter_map(|c| u32_at(c, 0)).collect();
        Some(container)
    }

    /// Sectors of the allocation table: 109 in the header, the rest in a chain.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let in_header = (0..109).filter_map(|index| u32_at(self.bytes, 76 + index * 4));
        let mut sectors: Vec<u32> = in_header.filter(|id| *id < SECTOR_MARKS).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let sectors_max = self.bytes.len() / self.sector + 1;
        for _ in 0..sectors_max {
            if next >= SECTOR_MARKS {
                return Some(sectors);
            }
            let list = self.sector_bytes(next)?;
            let last = self.sector - 4;
            let ids = list[..last].chunks_exact(4).filter_map(|chunk| u32_at(chunk, 0));
            sectors.extend(ids.filter(|id| *id < SECTOR_MARKS));
            next = u32_at(list, last)?;
        }
        None
    }

    fn sector_bytes(&self, id: u32) -> Option<&'a [u8]> {
        let from = (id as usize + 1).checked_mul(self.sector)?;
        self.bytes.get(from..from + self.sector)
    }

    /// The sectors of a chain, one behind the other. The last may be cut short by the file.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut id = start;
        let sectors_max = self.bytes.len() / self.sector + 1;
        for _ in 0..=sectors_max {
            if id >= SECTOR_MARKS || content.len() >= size {
                content.truncate(size);
                return Some(content);
            }
            let from = (id as usize + 1).checked_mul(self.sector)?;
            let to = (from + self.sector).min(self.bytes.len());
            content.extend_from_slice(self.bytes.get(from..to)?);
            id = *self.fat.get(id as usize)?;
        }
        None
    }

    fn read_directory(&mut self, directory: &[u8]) {
        for entry in directory.chunks_exact(128) {
            let name_bytes = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
            let units = entry[..name_bytes].chunks_exact(2).filter_map(|c| u16_at(c, 0));
            let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
            let start = u32_at(entry, 116).unwrap_or(u32::MAX);
            let size = u32_at(entry, 120).unwrap_or(0) as usize;
            match entry[66] {
                2 => self.entries.push(Entry { name, start, size }),
                5 => self.root_start = start,
                _ => {}
            }
        }
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.size >= self.mini_cutoff {
            return self.chain(entry.start, entry.size);
        }
        let minis = self.chain(self.root_start, usize::MAX)?;
        let mut content = Vec::new();
        let mut id = entry.start;
        for _ in 0..=self.mini_fat.len() {
            if id >= SECTOR_MARKS || content.len() >= entry.size {
                break;
            }
            let from = id as usize * 64;
            content.extend_from_slice(minis.get(from..(from + 64).min(minis.len()))?);
            id = *self.mini_fat.get(id as usize)?;
        }
        content.truncate(entry.size);
        Some(content)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Records of a workbook stream: type and content.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, size) = (u16_at(stream, at)?, u16_at(stream, at + 2)?);
        let content = stream.get(at + 4..at + 4 + usize::from(size))?;
        at += 4 + usize::from(size);
        Some((kind, content))
    })
}

/// Columns an XLS sheet can have; more is a broken file.
const XLS_COLUMNS_MAX: usize = 256;

/// The reader lays cells out in the rectangle around them and makes room for what the
/// sheet says of its size, so both are looked at first, where the reader will look.
fn refuse_what_would_not_fit(stream: &[u8]) -> Result<(), Box<Problem>> {
    let globals = records(stream, 0).take_while(|(kind, _)| *kind != 0x000a);
    let starts: Vec<usize> = globals
        .filter(|(kind, _)| *kind == 0x0085)
        .filter_map(|(_, content)| Some(u32_at(content, 0)? as usize))
        .collect();
    if starts.len() > SHEETS_MAX {
        return over("workbook-too-many-sheets", "sheets", starts.len(), SHEETS_MAX);
    }
    let texts = shared_text_bytes(stream);
    let (mut cells, mut text_bytes) = (0, 0);
    for start in starts {
        let (mut rows, mut columns) = (0_usize, 0_usize);
        for (kind, content) in records(stream, start).take_while(|(kind, _)| *kind != 0x000a) {
            match kind {
                0x0200 => refuse_dimensions(content)?,
                0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203 | 0x0204 | 0x0205 | 0x027e => {
                    let row = u16_at(content, 0).map_or(0, usize::from);
                    let column = u16_at(content, 2).map_or(0, usize::from);
                    let wide = if kind == 0x00bd { content.len() / 6 } else { 0 };
                    rows = rows.max(row + 1);
                    columns = columns.max(column + 1 + wide);
                }
                _ => {}
            }
            if kind == 0x00fd {
                let index = u32_at(content, 6).unwrap_or(u32::MAX) as usize;
                text_bytes += texts.get(index).copied().unwrap_or(0);
            }
        }
        if columns > XLS_COLUMNS_MAX + 1 {
            return over("sheet-too-many-columns", "columns", columns, XLS_COLUMNS_MAX);
        }
        cells += rows * columns;
    }
    if cells > CELLS_MAX {
        return over("workbook-too-many-cells", "cells", cells, CELLS_MAX);
    }
    if text_bytes > UNPACKED_BYTES_MAX {
        return over("file-unpacks-too-large", "bytes", text_bytes, UNPACKED_BYTES_MAX);
    }
    Ok(())
}

/// First row, row behind the last, first column, column behind the last.
fn refuse_dimensions(content: &[u8]) -> Result<(), Box<Problem>> {
    let (rows, columns) = match content.len() {
        10 => (u16_at(content, 2).map_or(0, usize::from), u16_at(content, 6).unwrap_or(0)),
        14 => (u32_at(content, 4).unwrap_or(0) as usize, u16_at(content, 10).unwrap_or(0)),
        _ => return Ok(()),
    };
    let columns = usize::from(columns);
    if rows > 1 << 16 || columns > XLS_COLUMNS_MAX {
        return over("sheet-too-many-rows", "rows", rows.max(columns), 1 << 16);
    }
    Ok(())
}

/// Bytes each shared text takes. The reader copies a text into every cell that names it.
/// A text cut by the end of a record goes on in the next with a flag byte in front.
fn shared_text_bytes(stream: &[u8]) -> Vec<usize> {
    let mut pieces = Vec::new();
    for (kind, content) in records(stream, 0).skip_while(|(kind, _)| *kind != 0x00fc) {
        if !pieces.is_empty() && kind != 0x003c {
            break;
        }
        pieces.push(content);
    }
    let mut sizes = Vec::new();
    let mut cursor = Pieces { pieces, piece: 0, at: 8 };
    while let Some(size) = cursor.text_size() {
        sizes.push(size);
    }
    sizes
}

struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    fn text_size(&mut self) -> Option<usize> {
        let mut header = [0; 3];
        for byte in &mut header {
            *byte = self.byte()?;
        }
        let chars = usize::from(u16::from_le_bytes([header[0], header[1]]));
        let mut flags = header[2];
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * usize::from(u16::from_le_bytes([self.byte()?, self.byte()?]));
        }
        if flags & 4 != 0 {
            let size = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
            behind += u32::from_le_bytes(size) as usize;
        }
        let mut left = chars;
        while left > 0 {
            let width = if flags & 1 == 0 { 1 } else { 2 };
            let here = (self.pieces.get(self.piece)?.len().saturating_sub(self.at)) / width;
            let taken = here.min(left);
            self.at += taken * width;
            left -= taken;
            if left > 0 {
                (self.piece, self.at) = (self.piece + 1, 0);
                flags = self.byte()?;
            }
        }
        self.skip(behind)?;
        // Three bytes of UTF-8 a character, and what a text costs by itself.
        Some(chars * 3 + 24)
    }

    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.pieces.get(self.piece)?.len() {
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        self.at += 1;
        Some(self.pieces[self.piece][self.at - 1])
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let here = self.pieces.get(self.piece)?.len().saturating_sub(self.at);
            let taken = here.min(bytes);
            self.at += taken;
            bytes -= taken;
            if bytes > 0 {
                (self.piece, self.at) = (self.piece + 1, 0);
            }
        }
        Some(())
    }
}
