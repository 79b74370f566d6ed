//! The files of `samples/county` are the ones the generator makes, with the faults of the
//! import page where it shows them.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx};
use tici_testkit::samples;

use crate::base;

fn sheet(file: &str, name: &str) -> Range<Data> {
    let files = samples::files(base());
    let bytes = files.into_iter().find(|(found, _)| found == file).expect("a sample").1;
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    book.worksheet_range(name).expect("a sheet")
}

fn cell(sheet: &Range<Data>, name: &str) -> String {
    let column = u32::from(name.as_bytes()[0] - b'A');
    let row: u32 = name[1..].parse().expect("a row");
    sheet.get_value((row - 1, column)).expect("a value").to_string()
}

#[test]
fn the_folder_holds_what_is_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/county");
    for (name, bytes) in samples::files(base()) {
        let kept = std::fs::read(folder.join(&name)).unwrap_or_default();
        assert!(kept == bytes, "{name} differs: run the example write_samples");
    }
}

#[test]
fn faults_stand_where_the_import_page_shows_them() {
    let faulty = sheet("经开区6月旬报.xlsx", "列省列市");
    let right = sheet("经开区6月旬报（更正）.xlsx", "列省列市");
    let table = [
        ("A3", "序号", "序号"),
        ("H6", "24200", "24800"),
        ("E9", "6.2亿", "62000"),
        ("G11", "-260", "260"),
        ("H11", "3040", "3560"),
        ("B14", "水处理设备", "水处理成套装备"),
        ("B18", "电子级清洗剂", "电子级清洗剂"),
        ("B19", "合计", "合计"),
        ("G19", "16200", "16720"),
    ];
    for (name, wrong, put_right) in table {
        assert_eq!((cell(&faulty, name), cell(&right, name)), (wrong.into(), put_right.into()));
    }
}

#[test]
fn the_text_file_is_gb18030_and_gives_the_missing_project() {
    let files = samples::files(base());
    let (_, bytes) = files.last().expect("three files");
    assert!(std::str::from_utf8(bytes).is_err());
    let (text, _, malformed) = encoding_rs::GB18030.decode(bytes);
    assert!(!malformed);
    let line = text.lines().find(|line| line.contains("芦康养老")).expect("the missing one");
    assert_eq!(
        line,
        "3,医养综合体,芦康养老,芦汀镇,\"20,000\",\"8,000\",\"1,950\",\"1,950\",基坑支护"
    );
}
