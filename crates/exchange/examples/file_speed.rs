//! Makes large lists and times reading them, one task a process so that its peak of memory
//! is its own: `file_speed make FILE ROWS`, `file_speed open FILE`, `file_speed import FILE`.
//!
//! `make` writes an XLSX by our own exporter, or a CSV, of 12 columns; `open` reads cells,
//! `import` reads projects with every check that needs no ledger. Prints one line of JSON:
//! seconds, processor seconds, the most memory held (VmHWM), rows and problems.

use std::time::Instant;
use tici_domain::Problem;
use tici_exchange::export::csv::{CsvOptions, write as write_csv};
use tici_exchange::export::xlsx::{XlsxWords, write as write_xlsx};
use tici_exchange::export::{CellOut, ColumnOut, Document, Kind, TableOut};
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;
use tici_exchange::sheet::{OpenOptions, open};

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
header = ["总投资/万元"]
field = "figure.total_investment"
[[columns]]
header = ["年度计划/万元"]
field = "plan"
[[columns]]
header = ["当月完成/万元"]
field = "figure.invest_month"
[[columns]]
header = ["累计完成/万元"]
field = "figure.invest_ytd"
[[columns]]
header = ["形象进度/%"]
field = "figure.progress_percent"
[[columns]]
header = ["开工时间"]
field = "stage.started"
[[columns]]
header = ["备注"]
field = "figure.note_text"
"#;

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let started = Instant::now();
    let (rows, problems) = match arguments.as_slice() {
        ["make", file, rows] => make(file, rows.parse().expect("a number of rows")),
        ["open", file] => {
            let (workbook, problems) = open(file, &bytes(file), OpenOptions::default());
            (workbook.map_or(0, |book| book.sheets[0].rows.len()), problems.len())
        }
        ["import", file] => {
            let map = Map::parse("map", MAP).expect("the map is sound");
            let (intake, problems) =
                read_projects(&[(file, &bytes(file))], &map, &Links::default());
            assert!(!Problem::any_error(&problems), "{problems:?}");
            (intake.rows.len(), problems.len())
        }
        _ => {
            eprintln!("usage: file_speed make FILE ROWS | open FILE | import FILE");
            return 2.into();
        }
    };
    let seconds = started.elapsed().as_secs_f64();
    let (cpu, peak) = (processor_seconds(), peak_kib());
    println!(
        "{{\"seconds\": {seconds:.3}, \"cpu\": {cpu:.2}, \"peak_mib\": {:.0}, \"rows\": {rows}, \
         \"problems\": {problems}}}",
        peak as f64 / 1_024.0
    );
    0.into()
}

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(file).expect("the file can be read")
}

fn make(file: &str, rows: i64) -> (usize, usize) {
    let column = |header: &str, unit: Option<&str>, kind| ColumnOut::new(header, unit, kind);
    let columns = vec![
        column("项目编号", None, Kind::Text),
        column("项目名称", None, Kind::Text),
        column("项目单位", None, Kind::Text),
        column("建设地点", None, Kind::Text),
        column("项目类别", None, Kind::Text),
        column("总投资", Some("万元"), Kind::Decimal(1)),
        column("年度计划", Some("万元"), Kind::Decimal(0)),
        column("当月完成", Some("万元"), Kind::Decimal(0)),
        column("累计完成", Some("万元"), Kind::Decimal(0)),
        column("形象进度", Some("%"), Kind::Decimal(1)),
        column("开工时间", None, Kind::Date),
        column("备注", None, Kind::Text),
    ];
    let table = TableOut {
        title: "重点项目月报".into(),
        columns,
        rows: (1..=rows).map(row).collect(),
        ..TableOut::default()
    };
    let document = Document { title: "速度".into(), tables: vec![table], notes: Vec::new() };
    let bytes = match file.ends_with(".csv") {
        true => write_csv(&document, CsvOptions::default()),
        false => write_xlsx(&document, XlsxWords { notes_sheet: "说明" }).expect("a workbook"),
    };
    std::fs::write(file, bytes).expect("the file can be written");
    (rows as usize, 0)
}

fn row(row: i64) -> Vec<CellOut> {
    let total = row % 90_000 * 10 + 10_005;
    let share = |percent: i64| CellOut::Integer(total * percent / 1_000);
    let day = jiff::civil::date(2025, 12, 1).checked_add(jiff::Span::new().days(row % 300));
    vec![
        CellOut::Text(format!("P{row:06}")),
        CellOut::Text(format!("江临县第{row}号产业项目")),
        CellOut::Text(format!("江临实业{}有限公司", row % 9_000)),
        CellOut::Text(format!("第{}镇", row % 14)),
        CellOut::Text(format!("类别{}", row % 6)),
        CellOut::Scaled { value: total, power: 1 },
        share(30),
        share(2),
        share(11),
        CellOut::Scaled { value: row % 1_000, power: 1 },
        CellOut::Date(day.expect("a day of this century")),
        CellOut::Text(format!("说明 {}", row % 40)),
    ]
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Of this process so far, its own and the system's for it, in hundredths as Linux counts.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = behind.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
