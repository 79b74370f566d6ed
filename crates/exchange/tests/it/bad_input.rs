//! What people and attackers hand in: each is one problem, soon, and never a crash.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use tici_domain::Problem;
use tici_exchange::limits;
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;
use tici_exchange::sheet::{self, Encoding, OpenOptions};
use zip::write::SimpleFileOptions;

/// Opening must be over by then even in a build without optimisation.
const TIME_MAX: Duration = Duration::from_secs(30);

fn check(name: &str, bytes: &[u8], key: &str) {
    let started = Instant::now();
    let (workbook, problems) = sheet::open(name, bytes, OpenOptions::default());
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert!(workbook.is_none(), "{name} was opened");
    assert_eq!(keys, [key], "{name}: {problems:?}");
    assert!(problems.iter().all(|problem| problem.file == name), "{problems:?}");
    assert!(started.elapsed() < TIME_MAX, "{name} took {:?}", started.elapsed());
}

#[test]
fn what_is_no_table() {
    check("empty.csv", b"", "file-empty");
    check("blank.csv", b"\n\n\n", "file-empty");
    check(
        "page.xls",
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "file-is-web-page",
    );
    check("paper.csv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "file-not-workbook");
    check(
        "picture.xlsx",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0",
        "file-not-workbook",
    );
    check("text.docx", &zip(&[("word/document.xml", b"<w/>".to_vec())]), "file-not-workbook");
    check("book.xlsb", &zip(&[("xl/workbook.bin", vec![0; 9])]), "file-format-unsupported");
    check("letter.xls", &ole(&[("WordDocument", vec![1; 5_000])]), "file-is-document");
    check("other.xls", &ole(&[("Contents", vec![1; 5_000])]), "file-not-workbook");
}

#[test]
fn what_is_broken_or_locked() {
    let book = crate::fixture::xlsx("项目名称 | 总投资\n甲 | 1");
    check("cut.xlsx", &book[..book.len() / 2], "file-broken");
    check("cut.csv.gz", &gzip(&[b'a'; 9_000])[..20], "file-broken");
    check("cut.xls", &ole(&[("Workbook", vec![1; 5_000])])[..700], "file-broken");
    check("locked.xlsx", &ole(&[("EncryptedPackage", vec![7; 5_000])]), "file-password");
    let empty_sheet = sheet_xml("<c r=\"A1\"><v>1</v>");
    check("broken.xlsx", &workbook(&empty_sheet, None), "file-broken");
    let manifest = b"<m><manifest:encryption-data/></m>".to_vec();
    let locked = zip(&[("content.xml", b"<x/>".to_vec()), ("META-INF/manifest.xml", manifest)]);
    check("locked.ods", &locked, "file-password");
    check("locked.xls", &ole(&[("Workbook", biff(&[(0x2f, vec![1; 54])], &[]))]), "file-password");
}

#[test]
fn what_would_fill_the_memory() {
    let spaces = vec![b' '; 300 << 20];
    let bomb = workbook(&spaces, None);
    assert!(bomb.len() < 1 << 20, "the bomb is small: {}", bomb.len());
    check("bomb.xlsx", &bomb, "file-unpacks-too-large");
    check("bomb.csv.gz", &gzip(&spaces), "file-unpacks-too-large");
    let cell = |address: &str| sheet_xml(&format!("<row><c r=\"{address}\"><v>1</v></c></row>"));
    check("far.xlsx", &workbook(&cell("A1048576"), None), "sheet-too-many-rows");
    check("wide.xlsx", &workbook(&cell("XFD1"), None), "sheet-too-many-columns");
    let merges: String = (1..=50_000).map(|n| format!("<mergeCell ref=\"A{n}:B{n}\"/>")).collect();
    let merged = format!("<worksheet><sheetData/><mergeCells>{merges}</mergeCells></worksheet>");
    check("merged.xlsx", &workbook(merged.as_bytes(), None), "sheet-too-many-merges");
    let strings = "<sst uniqueCount=\"4000000000\"><si><t>a</t></si></sst>";
    check("strings.xlsx", &workbook(&cell("A1"), Some(strings)), "workbook-too-many-strings");
    let repeated = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\
        \"1000000\"><table:table-cell table:number-columns-repeated=\"4000\" \
        office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    check("bomb.ods", &zip(&[("content.xml", repeated.into())]), "workbook-too-many-cells");
    let number = |row: u16, column: u16| {
        let mut content = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        content.extend(1.5_f64.to_le_bytes());
        (0x0203, content)
    };
    let far = biff(&[], &[number(0, 0), number(65_535, 255)]);
    check("far.xls", &ole(&[("Workbook", far)]), "workbook-too-many-cells");
    let wide = biff(&[], &[number(0, 0), number(65_535, 65_535)]);
    check("wide.xls", &ole(&[("Workbook", wide)]), "sheet-too-many-columns");
    let claims = [0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0].to_vec();
    let claimed = biff(&[], &[(0x0200, claims)]);
    check("claims.xls", &ole(&[("Workbook", claimed)]), "sheet-too-many-rows");
}

#[test]
fn what_is_too_much_text() {
    check("wide.csv", ",x".repeat(limits::COLUMNS_MAX).as_bytes(), "sheet-too-many-columns");
    check("long.csv", "a,b\n".repeat(limits::ROWS_MAX + 1).as_bytes(), "sheet-too-many-rows");
    let cell = "长".repeat(limits::TEXT_BYTES_MAX / 3 + 1);
    check("cell.csv", format!("a,{cell}\n").as_bytes(), "cell-too-long");
    check("large.csv", &vec![b'a'; limits::FILE_BYTES_MAX + 1], "file-too-large");
}

#[test]
fn a_lie_about_sizes_is_found_while_unpacking() {
    let mut bytes = workbook(&vec![b' '; 300 << 20], None);
    // Uncompressed sizes in the local and the central header, set to a kibibyte.
    let honest = (300_u32 << 20).to_le_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == honest) {
        bytes[at + found..at + found + 4].copy_from_slice(&1024_u32.to_le_bytes());
        at += found + 4;
    }
    let started = Instant::now();
    let (workbook, problems) = sheet::open("lie.xlsx", &bytes, OpenOptions::default());
    assert!(workbook.is_none());
    assert!(matches!(problems[0].key.as_str(), "file-unpacks-too-large" | "file-broken"));
    assert!(started.elapsed() < TIME_MAX);
}

#[test]
fn text_in_another_encoding_than_stated() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("项目名称,总投资\n甲,1\n");
    let options = OpenOptions { encoding: Some(Encoding::Utf8), delimiter: None };
    let (workbook, problems) = sheet::open("a.csv", &bytes, options);
    assert!(workbook.is_none());
    assert_eq!(problems[0].key, "text-wrong-encoding");
    assert!(problems[0].args.contains(&("encoding".into(), "UTF-8".into())));
}

#[test]
fn a_formula_without_its_result() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>项目名称</t></is></c>\
        <c r=\"B1\" t=\"inlineStr\"><is><t>总投资（万元）</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲</t></is></c>\
        <c r=\"B2\"><f>SUM(C2:C9)</f></c></row>";
    let bytes = workbook(&sheet_xml(rows), None);
    let text = "[[columns]]\nheader = [\"项目名称\"]\nfield = \"name\"\n\
        [[columns]]\nheader = [\"总投资\"]\nfield = \"figure.total_investment\"\n";
    let map = Map::parse("map", text).unwrap();
    let (intake, problems) = read_projects(&[("a.xlsx", &bytes)], &map, &Links::default());
    let errors: Vec<(&str, &str, &str)> = problems
        .iter()
        .filter(|problem| Problem::any_error(std::slice::from_ref(problem)))
        .map(|problem| (problem.sheet.as_str(), problem.cell.as_str(), problem.key.as_str()))
        .collect();
    assert_eq!(errors, [("One", "B2", "formula-without-value")]);
    assert!(intake.rows[0].figures.is_empty());
}

#[test]
fn files_without_a_table_and_too_many_files() {
    let map = Map::parse("map", "[[columns]]\nheader = [\"项目\"]\nfield = \"name\"\n").unwrap();
    let (_, problems) = read_projects(&[("a.csv", b"1,2\n3,4\n")], &map, &Links::default());
    assert_eq!(problems[0].key, "no-table");
    let files = vec![("a.csv", b"x".as_slice()); limits::FILES_MAX + 1];
    let (_, problems) = read_projects(&files, &map, &Links::default());
    assert_eq!(problems[0].key, "too-many-files");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

pub fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn sheet_xml(rows: &str) -> Vec<u8> {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

/// The least an XLSX needs around one sheet.
pub fn workbook(sheet: &[u8], strings: Option<&str>) -> Vec<u8> {
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
    let mut parts = vec![
        ("_rels/.rels", root.into_bytes()),
        ("xl/workbook.xml", book.into_bytes()),
        ("xl/_rels/workbook.xml.rels", book_rels.into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    parts.extend(strings.map(|strings| ("xl/sharedStrings.xml", strings.as_bytes().to_vec())));
    zip(&parts)
}

/// A container of old Office files with these streams, each of 4,096 bytes or more.
fn ole(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let sectors_of = |bytes: usize| bytes.div_ceil(512).max(8);
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[24..34].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    let mut put = |at: usize, value: u32| header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let end = 0xffff_fffe_u32;
    let fat_sectors = 4;
    for (at, value) in [(44, fat_sectors), (48, fat_sectors), (56, 4096), (60, end), (68, end)] {
        put(at, value);
    }
    for index in 0..109 {
        put(76 + index * 4, if index < 4 { index as u32 } else { u32::MAX });
    }
    let mut fat = vec![0xffff_fffd_u32; 4];
    fat.push(end);
    let mut directory = entry("Root Entry", 5, end, 0);
    let mut content = Vec::new();
    for (name, bytes) in streams {
        let start = fat.len() as u32;
        let sectors = sectors_of(bytes.len());
        fat.extend((1..sectors as u32).map(|step| start + step).chain([end]));
        let mut padded = bytes.clone();
        padded.resize(sectors * 512, 0);
        directory.extend(entry(name, 2, start, padded.len() as u32));
        content.extend(padded);
    }
    fat.resize(4 * 128, u32::MAX);
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

/// A workbook stream of one sheet: records of the globals and of the sheet.
fn biff(globals: &[(u16, Vec<u8>)], cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |(kind, content): &(u16, Vec<u8>)| {
        let size = (content.len() as u16).to_le_bytes();
        [kind.to_le_bytes().to_vec(), size.to_vec(), content.clone()].concat()
    };
    let begin = (0x0809, vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let begin_sheet = (0x0809, vec![0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = (0x000a, Vec::new());
    let mut head: Vec<u8> = std::iter::once(&begin).chain(globals).flat_map(record).collect();
    let sheet_at = head.len() + 4 + 11 + 4;
    let mut listed = (sheet_at as u32).to_le_bytes().to_vec();
    listed.extend([0, 0, 3, 0]);
    listed.extend(b"One");
    head.extend(record(&(0x0085, listed)));
    head.extend(record(&end));
    assert_eq!(head.len(), sheet_at);
    let sheet = std::iter::once(&begin_sheet).chain(cells).chain(std::iter::once(&end));
    head.extend(sheet.flat_map(record));
    head.resize(head.len().max(5_000), 0);
    head
}
