//! Files made to hurt, by name: each is opened within bounds or refused with one problem, and
//! what is left behind is said. [`crate::bad_input`] has the others.

use crate::bad_input::{ole_with, sheet_xml, workbook, zip};
use std::io::Write;
use std::time::{Duration, Instant};
use tici_exchange::limits;
use tici_exchange::sheet::{self, CellValue, Workbook};

/// Each is over by then, even in a build without optimisation on a busy machine.
const TIME_MAX: Duration = Duration::from_secs(120);

fn open(name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<String>) {
    let started = Instant::now();
    let (workbook, problems) = sheet::open(name, bytes, Default::default());
    assert!(started.elapsed() < TIME_MAX, "{name} took {:?}", started.elapsed());
    (workbook, problems.into_iter().map(|problem| problem.key).collect())
}

fn refused(name: &str, bytes: &[u8], key: &str) {
    let (workbook, keys) = open(name, bytes);
    assert!(workbook.is_none(), "{name} was opened");
    assert_eq!(keys, [key], "{name}");
}

/// The longest text of a workbook, in bytes.
fn longest(workbook: &Workbook) -> usize {
    let cells = workbook.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    cells.map(|cell| cell.value.show().len()).max().unwrap_or(0)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn archives_inside_archives() {
    let book = crate::fixture::xlsx("项目名称 | 总投资\n甲 | 1");
    assert!(open("book.xlsx.gz", &gzip(&book)).0.is_some(), "one wrapping is usual");
    refused("twice.csv.gz.gz", &gzip(&gzip(b"a,b\n1,2\n")), "file-not-workbook");
    refused("zip-in-zip.zip", &zip(&[("book.xlsx", book)]), "file-not-workbook");
    // A zip that holds itself over and over is still one layer that is never opened.
    let mut nested = b"a,b\n".repeat(1_000);
    for _ in 0..6 {
        nested = zip(&[("a.zip", nested.clone()), ("b.zip", nested)]);
    }
    refused("forty-two.zip", &nested, "file-not-workbook");
}

/// Ten entities, each ten of the one before: a gigabyte, were they expanded.
fn laughs() -> String {
    let mut dtd = String::from("<!DOCTYPE x [<!ENTITY a0 \"hahahahaha\">");
    for n in 1..9 {
        let before = format!("&a{};", n - 1).repeat(10);
        dtd.push_str(&format!("<!ENTITY a{n} \"{before}\">"));
    }
    dtd + "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>"
}

#[test]
fn xml_entities_are_never_expanded() {
    let dtd = laughs();
    for entity in ["&a8;", "&file;"] {
        let inline = format!(
            "<?xml version=\"1.0\"?>{dtd}<worksheet><sheetData><row>\
             <c t=\"inlineStr\"><is><t>{entity}</t></is></c><c><v>1</v></c></row>\
             </sheetData></worksheet>"
        );
        let strings = format!("<?xml version=\"1.0\"?>{dtd}<sst><si><t>{entity}</t></si></sst>");
        let shared = sheet_xml("<row><c t=\"s\"><v>0</v></c><c><v>1</v></c></row>");
        let ods = format!(
            "<?xml version=\"1.0\"?>{dtd}<table:table table:name=\"a\"><table:table-row>\
             <table:table-cell office:value-type=\"string\"><text:p>{entity}</text:p>\
             </table:table-cell></table:table-row></table:table>"
        );
        let files = [
            ("inline.xlsx", workbook(inline.as_bytes(), None)),
            ("shared.xlsx", workbook(&shared, Some(&strings))),
            ("content.ods", zip(&[("content.xml", ods.into())])),
        ];
        for (name, bytes) in files {
            let (workbook, keys) = open(name, &bytes);
            match workbook {
                Some(workbook) => assert!(longest(&workbook) < 64, "{name} {entity}"),
                None => assert_eq!(keys, ["file-broken"], "{name} {entity}"),
            }
        }
    }
}

#[test]
fn a_million_columns() {
    refused("wide.csv", ",x".repeat(1_000_000).as_bytes(), "sheet-too-many-columns");
    let far = sheet_xml("<row r=\"1\"><c r=\"BDWGN1\"><v>1</v></c></row>");
    let (opened, keys) = open("far.xlsx", &workbook(&far, None));
    assert!(opened.is_none() && keys.len() == 1, "{keys:?}");
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    let wide = sheet_xml(&format!("<row r=\"1\">{cells}</row>"));
    refused("cells.xlsx", &workbook(&wide, None), "sheet-too-many-columns");
    let table = "<table:table table:name=\"a\"><table:table-row><table:table-cell \
        table:number-columns-repeated=\"1000000\" office:value-type=\"float\" office:value=\"1\"/>\
        </table:table-row></table:table>";
    refused("wide.ods", &zip(&[("content.xml", table.into())]), "sheet-too-many-columns");
}

#[test]
fn a_thousand_million_rows() {
    let declared = "<worksheet><dimension ref=\"A1:C1000000000\"/><sheetData><row r=\"1\">\
        <c r=\"A1\"><v>7</v></c></row></sheetData></worksheet>";
    let (opened, _) = open("declared.xlsx", &workbook(declared.as_bytes(), None));
    assert!(opened.is_none_or(|book| book.sheets[0].rows.len() == 1), "what is said is not made");
    let row = sheet_xml("<row r=\"1000000000\"><c r=\"A1000000000\"><v>1</v></c></row>");
    let (opened, keys) = open("row.xlsx", &workbook(&row, None));
    assert!(opened.is_none() && keys.len() == 1, "{keys:?}");
    let repeated = |cell: &str| {
        let rows = "<table:table-row table:number-rows-repeated=\"1000000000\">";
        let table = format!("<table:table table:name=\"a\">{rows}{cell}</table:table-row>");
        // Twice, so that a count of rows would overflow if it could.
        let huge = "<table:table-row table:number-rows-repeated=\"18446744073709551615\"/>";
        let end = "<table:table-row><table:table-cell office:value-type=\"float\" \
            office:value=\"2\" table:number-rows-spanned=\"4294967296\" \
            table:number-columns-spanned=\"2\"/></table:table-row></table:table>";
        zip(&[("content.xml", format!("{table}{huge}{huge}{end}").into())])
    };
    let value = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
    refused("rows.ods", &repeated(value), "workbook-too-many-cells");
    refused("blank.ods", &repeated("<table:table-cell/>"), "sheet-too-many-rows");
}

/// Each of 250 sheets has one cell far down: a sheet costs 32 bytes a row above its cell.
#[test]
fn many_sheets_with_a_cell_far_away() {
    let mut content = String::new();
    for n in 0..250 {
        content.push_str(&format!(
            "<table:table table:name=\"s{n}\"><table:table-row \
             table:number-rows-repeated=\"190000\"/><table:table-row><table:table-cell \
             office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>"
        ));
    }
    refused("far.ods", &zip(&[("content.xml", content.into())]), "workbook-too-many-cells");
}

#[test]
fn bombs_of_shared_strings() {
    // One text of 100 kB that 20,000 cells name is kept once.
    let text = "长".repeat(33_000);
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{text}</t></si></sst>");
    let rows: String = (0..2_000)
        .map(|_| format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10)))
        .collect();
    let (opened, keys) = open("named.xlsx", &workbook(&sheet_xml(&rows), Some(&strings)));
    let opened = opened.unwrap_or_else(|| panic!("{keys:?}"));
    let texts: Vec<_> = opened.sheets[0].rows.iter().flat_map(|row| &row.cells).collect();
    assert_eq!(texts.len(), 20_000);
    let (CellValue::Text(first), CellValue::Text(last)) = (&texts[0].value, &texts[19_999].value)
    else {
        panic!("texts")
    };
    assert!(std::sync::Arc::ptr_eq(first, last));
    // A text longer than a cell can be, in many runs.
    let runs = "<r><t>aaaaaaaaaaaaaaaa</t></r>".repeat(limits::TEXT_BYTES_MAX / 16 + 1);
    let strings = format!("<sst><si>{runs}</si></sst>");
    let named = sheet_xml("<row><c t=\"s\"><v>0</v></c></row>");
    refused("long.xlsx", &workbook(&named, Some(&strings)), "cell-too-long");
    // More strings than any list has, in few bytes each.
    let many = format!("<sst>{}</sst>", "<si/>".repeat(limits::SHARED_STRINGS_MAX + 1));
    refused("many.xlsx", &workbook(&named, Some(&many)), "workbook-too-many-strings");
    // A number of a string that is not there.
    let none = sheet_xml("<row><c t=\"s\"><v>4294967295</v></c></row>");
    let (opened, keys) = open("none.xlsx", &workbook(&none, Some("<sst/>")));
    assert!(opened.is_some() || keys == ["file-broken"], "{keys:?}");
}

#[test]
fn broken_entries_of_a_zip() {
    let book = crate::fixture::xlsx("项目名称 | 总投资\n甲 | 1");
    // A checksum that does not fit, in the central directory and beside the part.
    let mut wrong = book.clone();
    let central = position(&wrong, b"PK\x01\x02");
    for at in [14, central + 16] {
        wrong[at] ^= 0xff;
    }
    let (opened, keys) = open("checksum.xlsx", &wrong);
    assert!(opened.is_none() && keys == ["file-broken"], "{keys:?}");
    // The directory says there is a part where there is none.
    let mut lost = book.clone();
    lost[central + 42..central + 46].copy_from_slice(&u32::MAX.to_le_bytes());
    refused("lost.xlsx", &lost, "file-broken");
    // An entry that says it needs a password.
    let mut locked = book.clone();
    for at in [6, central + 8] {
        locked[at] |= 1;
    }
    refused("locked.xlsx", &locked, "file-password");
    // Names that lead out of a folder are names like any other: nothing is unpacked to a disk.
    let (opened, _) = open(
        "slip.xlsx",
        &zip(&[("../../etc/passwd", b"x".to_vec()), ("/xl/workbook.xml", b"<x/>".to_vec())]),
    );
    assert!(opened.is_none());
    for length in (0..book.len()).step_by(book.len() / 40) {
        let (opened, keys) = open("cut.xlsx", &book[..length]);
        assert!(opened.is_none() && keys.len() == 1, "{length}: {keys:?}");
    }
}

fn position(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).position(|window| window == word).expect("it is there")
}

#[test]
fn macros_are_not_run_and_links_not_followed() {
    let sheet = sheet_xml("<row><c><v>1</v></c></row>");
    let book = workbook(&sheet, None);
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        parts.push((name, content));
    }
    let link = b"<externalLink><externalBook r:id=\"r1\"/></externalLink>".to_vec();
    let target = b"<Relationships><Relationship Id=\"r1\" TargetMode=\"External\" \
        Target=\"http://198.51.100.7/x.xlsx\"/></Relationships>";
    parts.push(("xl/vbaProject.bin".into(), vec![0xcc; 4_000]));
    parts.push(("xl/externalLinks/externalLink1.xml".into(), link));
    parts.push(("xl/externalLinks/_rels/externalLink1.xml.rels".into(), target.to_vec()));
    let borrowed: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    let (opened, keys) = open("book.xlsm", &zip(&borrowed));
    assert!(opened.is_some());
    assert_eq!(keys, ["file-macros-ignored", "file-links-not-followed"]);
    let content = "<table:table table:name=\"a\"><table:table-row><table:table-cell \
        office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    let ods = zip(&[("content.xml", content.into()), ("Basic/Standard/Module1.xml", vec![])]);
    assert_eq!(open("book.ods", &ods).1, ["file-macros-ignored"]);
    let (opened, keys) = open("book.xls", &ole_with("_VBA_PROJECT_CUR", &[(0x01ae, vec![1; 40])]));
    assert!(opened.is_some());
    assert_eq!(keys, ["file-macros-ignored", "file-links-not-followed"]);
}
