//! One table in every encoding and format reads the same.

use crate::bad_input::{workbook, zip};
use crate::fixture::xlsx;
use std::io::Write;
use tici_exchange::sheet::{self, CellValue, Encoding, OpenOptions, Workbook};

fn open(name: &str, bytes: &[u8]) -> Workbook {
    let (workbook, problems) = sheet::open(name, bytes, OpenOptions::default());
    workbook.unwrap_or_else(|| panic!("{name}: {problems:?}"))
}

fn rows(workbook: &Workbook) -> Vec<Vec<String>> {
    let rows = workbook.sheets[0].rows.iter();
    rows.map(|row| row.cells.iter().map(|cell| cell.value.show()).collect()).collect()
}

const SIMPLIFIED: &str =
    "项目名称,总投资（万元）,建设地点\n临江新材料一期,26000,经开区\n智能零部件,10000,城东镇\n";
const TRADITIONAL: &str =
    "項目名稱,總投資（萬元）,建設地點\n濱江新城,26000,城東鎮\n綠色食品園,10000,城西鎮\n";
const WESTERN: &str =
    "Project,Cost (£million),Note\nCafé Line,1.90,owner’s note – agreed\nPort,2,£ paid\n";

#[test]
fn encodings_are_told_by_their_bytes() {
    let utf16 = |text: &str, le: bool| -> Vec<u8> {
        let bytes = |unit: u16| if le { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    let gb = encoding_rs::GB18030.encode(SIMPLIFIED).0.into_owned();
    let big5 = encoding_rs::BIG5.encode(TRADITIONAL).0.into_owned();
    let western = encoding_rs::WINDOWS_1252.encode(WESTERN).0.into_owned();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
    let cases: Vec<(Vec<u8>, Encoding, &str)> = vec![
        (SIMPLIFIED.into(), Encoding::Utf8, SIMPLIFIED),
        (marked(b"\xef\xbb\xbf", SIMPLIFIED.into()), Encoding::Utf8, SIMPLIFIED),
        (utf16(SIMPLIFIED, true), Encoding::Utf16Le, SIMPLIFIED),
        (utf16(SIMPLIFIED, false), Encoding::Utf16Be, SIMPLIFIED),
        (marked(b"\xff\xfe", utf16(TRADITIONAL, true)), Encoding::Utf16Le, TRADITIONAL),
        (marked(b"\xfe\xff", utf16(TRADITIONAL, false)), Encoding::Utf16Be, TRADITIONAL),
        (gb, Encoding::Gb18030, SIMPLIFIED),
        (big5, Encoding::Big5, TRADITIONAL),
        (western, Encoding::Windows1252, WESTERN),
    ];
    for (bytes, encoding, text) in cases {
        let workbook = open("a.csv", &bytes);
        assert_eq!(workbook.encoding, Some(encoding));
        let expected: Vec<Vec<String>> =
            text.lines().map(|line| line.split(',').map(String::from).collect()).collect();
        assert_eq!(rows(&workbook), expected, "{encoding:?}");
    }
}

#[test]
fn separators_and_line_ends() {
    let expected = vec![vec!["a", "b,c", "d"], vec!["1", "2", "3"]];
    let cases = [
        ("a.csv", "a,\"b,c\",d\r\n1,2,3\r\n"),
        ("a.csv", "a;\"b,c\";d\r1;2;3\r"),
        ("a.tsv", "a\tb,c\td\n1\t2\t3\n"),
        ("a.txt", "a|b,c|d\n1|2|3"),
    ];
    for (name, text) in cases {
        assert_eq!(rows(&open(name, text.as_bytes())), expected, "{text:?}");
    }
    // A quoted line break belongs to its record; the next record knows its own line.
    let workbook = open("a.csv", b"a,\"b\nb\"\r\n\r\n\"c\rc\",d\n");
    let lines: Vec<u32> = workbook.sheets[0].rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1, 4]);
}

#[test]
fn gzip_around_any_of_them() {
    let gzip = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let book = xlsx("甲 | 1\n乙 | 2");
    let expected = vec![vec!["甲", "1"], vec!["乙", "2"]];
    assert_eq!(rows(&open("a.xlsx.gz", &gzip(&book))), expected);
    assert_eq!(rows(&open("a.csv.gz", &gzip("甲,1\n乙,2\n".as_bytes()))), expected);
}

#[test]
fn days_of_both_epochs() {
    let book = xlsx("日期 | 序号\n@2026-05-13 | 46155");
    let workbook = open("a.xlsx", &book);
    let day = jiff::civil::date(2026, 5, 13);
    assert_eq!(workbook.sheets[0].cell(1, 0).value, CellValue::Date(day));
    assert_eq!(workbook.sheets[0].cell(1, 1).value, CellValue::Number(46155.0));
    assert!(!workbook.epoch_1904);
    // The same serial numbers in a workbook of the other epoch are four years and a day on.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let (mut content, name) = (String::new(), part.name().unwrap().to_string());
        std::io::Read::read_to_string(&mut part, &mut content).unwrap();
        let content = content.replace("<workbookPr ", "<workbookPr date1904=\"1\" ");
        parts.push((name, content.into_bytes()));
    }
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    let workbook = open("b.xlsx", &zip(&parts));
    assert!(workbook.epoch_1904);
    let day = jiff::civil::date(2030, 5, 14);
    assert_eq!(workbook.sheets[0].cell(1, 0).value, CellValue::Date(day));
}

#[test]
fn open_document_sheets() {
    let content = r#"<office:document-content><office:body><office:spreadsheet>
        <table:table table:name="月报"><table:table-row>
        <table:table-cell office:value-type="string" table:number-columns-spanned="2">
        <text:p>合并<text:s/>&amp; <text:span>标题</text:span></text:p></table:table-cell>
        <table:covered-table-cell/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell/>
        <table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p>
        </table:table-cell><table:table-cell office:value-type="date"
        office:date-value="2026-05-13"/><table:table-cell table:formula="of:=1+1"
        office:value-type="float" office:value="2"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell
        table:number-columns-repeated="16384"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#;
    let workbook = open("a.ods", &zip(&[("content.xml", content.into())]));
    let sheet = &workbook.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.rows.len()), ("月报", 3));
    assert_eq!(sheet.cell(0, 0).value.show().trim(), "合并 & 标题");
    assert_eq!(sheet.merges, [sheet::Merge { top: 0, left: 0, bottom: 0, right: 1 }]);
    for row in [1, 2] {
        assert_eq!(sheet.cell(row, 1).value, CellValue::Number(12.5));
        assert_eq!(sheet.cell(row, 2).value.show(), "2026-05-13");
        assert!(sheet.cell(row, 3).formula);
    }
}

#[test]
fn empty_formatted_cells_far_away_cost_nothing() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    let sheet = crate::bad_input::sheet_xml(rows);
    let workbook = open("a.xlsx", &workbook(&sheet, None));
    assert_eq!(workbook.sheets[0].rows.len(), 1);
}
