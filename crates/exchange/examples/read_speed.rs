//! Makes a workbook of 50,000 rows and 12 columns and times reading it: as a workbook, and
//! all the way to projects. `read_speed [FILE]` also writes the workbook to FILE.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::time::Instant;
use tici_domain::Problem;
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;
use tici_exchange::sheet::{OpenOptions, open};

const ROWS: u32 = 50_000;

const MAP: &str = r#"
[period]
fixed = "2026-05"
[[columns]]
header = ["项目编号"]
field = "code"
[[columns]]
header = ["项目名称"]
field = "name"
[[columns]]
header = ["项目单位"]
field = "enterprise"
[[columns]]
header = ["建设地点"]
field = "place"
[[columns]]
header = ["项目类别"]
field = "sector"
[[columns]]
header = ["总投资（万元）"]
field = "figure.total_investment"
[[columns]]
header = ["年度计划（万元）"]
field = "plan"
[[columns]]
header = ["当月完成（万元）"]
field = "figure.invest_month"
[[columns]]
header = ["累计完成（万元）"]
field = "figure.invest_ytd"
[[columns]]
header = ["形象进度（%）"]
field = "figure.progress_percent"
[[columns]]
header = ["开工时间"]
field = "stage.started"
[[columns]]
header = ["备注"]
field = "figure.note_text"
"#;

fn main() {
    let bytes = generate();
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(&path, &bytes).expect("the file can be written");
    }
    println!("{ROWS} rows x 12 columns, {} bytes", bytes.len());
    for _ in 0..3 {
        let started = Instant::now();
        let (workbook, problems) = open("a.xlsx", &bytes, OpenOptions::default());
        assert!(problems.is_empty() && workbook.is_some(), "{problems:?}");
        println!("workbook {:>6.0} ms", started.elapsed().as_secs_f64() * 1e3);
    }
    let map = Map::parse("map", MAP).expect("the map is sound");
    let started = Instant::now();
    let (intake, problems) = read_projects(&[("a.xlsx", &bytes)], &map, &Links::default());
    assert!(!Problem::any_error(&problems), "{problems:?}");
    assert_eq!(intake.rows.len(), ROWS as usize);
    println!("projects {:>6.0} ms", started.elapsed().as_secs_f64() * 1e3);
}

fn generate() -> Vec<u8> {
    let headers: Vec<&str> = MAP.split('"').filter(|text| !text.is_ascii()).collect();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in headers.iter().enumerate() {
        sheet.write(0, column as u16, *header).expect("a cell");
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for row in 1..=ROWS {
        let texts = [
            format!("P{row:05}"),
            format!("江临县第{row}号产业项目"),
            format!("江临实业{}有限公司", row % 9_000),
            format!("第{}镇", row % 14),
            format!("类别{}", row % 6),
        ];
        for (column, text) in texts.iter().enumerate() {
            sheet.write(row, column as u16, text).expect("a cell");
        }
        let total = f64::from(row % 90_000) + 1_000.5;
        for (column, share) in [(5, 1.0), (6, 0.3), (7, 0.02), (8, 0.11)] {
            sheet.write(row, column, (total * share).round()).expect("a cell");
        }
        sheet.write(row, 9, f64::from(row % 1_000) / 10.0).expect("a cell");
        let day = ExcelDateTime::from_serial_datetime(46_000 + row % 300).expect("a day");
        sheet.write_with_format(row, 10, &day, &date).expect("a cell");
        sheet.write(row, 11, format!("说明 {}", row % 40)).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}
