//! What the targets share: files around a part that is fuzzed, and a count of the memory that
//! is held, so that a target can say how much an input may cost.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Counts the bytes that are held and the most that were.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Bytes any file may cost, however small it is: limits that are free, tables of encodings,
/// buffers.
pub const FREE_BYTES: usize = 32 << 20;
/// Bytes of memory for one byte of a file, unpacked.
pub const PER_BYTE: usize = 256;

/// Runs `read` on a file that has `size` bytes unpacked, and fails where it held more than
/// the bound.
pub fn bounded<T>(size: usize, read: impl FnOnce() -> T) -> T {
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let out = read();
    let peak = PEAK.load(Ordering::Relaxed).saturating_sub(before);
    let bound = FREE_BYTES + PER_BYTE * size;
    assert!(peak <= bound, "{size} bytes cost {peak}, more than {bound}");
    out
}

/// Parts as a zip without compression.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(*name, options).expect("a name");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// The least an XLSX needs around one sheet, and its strings.
pub fn xlsx(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let root = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{rels}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><sheets>\
         <sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let book_rels = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{rels}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    zip(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book_rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// A container of old Office files around a workbook stream.
pub fn ole(stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let mut content = stream.to_vec();
    content.resize(content.len().max(4_096).div_ceil(512) * 512, 0);
    let sectors = content.len() / 512;
    let fat_sectors = (sectors + 200).div_ceil(128);
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[24..34].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    let mut put = |at: usize, value: u32| header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let directory_at = fat_sectors as u32;
    for (at, value) in [(44, directory_at), (48, directory_at), (56, 4_096), (60, END), (68, END)] {
        put(at, value);
    }
    for index in 0..109 {
        put(76 + index * 4, if index < fat_sectors { index as u32 } else { u32::MAX });
    }
    let mut fat = vec![0xffff_fffd_u32; fat_sectors];
    fat.push(END);
    let start = fat.len() as u32;
    fat.extend((1..sectors as u32).map(|step| start + step).chain([END]));
    fat.resize(fat_sectors * 128, u32::MAX);
    let mut directory = entry("Root Entry", 5, END, 0);
    directory.extend(entry("Workbook", 2, start, content.len() as u32));
    directory.resize(512, 0);
    let fat: Vec<u8> = fat.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, fat, directory, content].concat()
}

fn entry(name: &str, kind: u8, start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0_u8; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64] = units.len() as u8 + 2;
    entry[66] = kind;
    entry[68..80].fill(0xff);
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&size.to_le_bytes());
    entry
}
