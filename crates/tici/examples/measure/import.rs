//! Importing a workbook of 50,000 rows and 12 columns, against reading it in Python.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;

use crate::{Bench, machine, median, seconds, timed};

const ROWS: u32 = 50_000;
const RUNS: usize = 3;

/// Header and field of each column.
const COLUMNS: [(&str, &str); 12] = [
    ("项目编号", "code"),
    ("项目名称", "name"),
    ("项目单位", "enterprise"),
    ("建设地点", "place"),
    ("项目类别", "sector"),
    ("总投资（万元）", "figure.total_investment"),
    ("年度计划（万元）", "plan"),
    ("当月完成（万元）", "figure.invest_month"),
    ("累计完成（万元）", "figure.invest_ytd"),
    ("形象进度（%）", "figure.progress_percent"),
    ("开工时间", "stage.started"),
    ("备注", "figure.note_text"),
];

/// Reads the same file as an office's script would; the start of Python is not counted.
const PEER: &str = "
import sys, time
import pandas
started = time.monotonic()
rows = pandas.read_excel(sys.argv[1], engine='openpyxl')
assert rows.shape == (int(sys.argv[2]), 12), rows.shape
print(time.monotonic() - started)
";

pub fn measure(bench: &Bench) {
    let file = bench.folder.join("fifty-thousand.xlsx");
    let map = bench.folder.join("fifty-thousand.toml");
    std::fs::write(&file, generate()).expect("the workbook is written");
    std::fs::write(&map, map_text()).expect("the map is written");
    println!("| {ROWS} rows × {} columns | time | rows a second | peak memory | load |", 12);
    println!("|---|--:|--:|--:|--:|");
    let peer = bench.args.python.as_ref().map(|python| peer(python, &file));
    if let Some(peer) = peer {
        line("read by pandas and openpyxl", peer, None);
    }
    let own = median((0..RUNS).map(|_| read(&file)).collect());
    line("read to projects by Tici", own, None);
    if let Some(peer) = peer {
        println!("| reading: faster than pandas and openpyxl | {} | | | |", ratio(peer, own));
    }
    let count = bench.fresh("import").len();
    for index in 0..count {
        let (mut times, mut again, mut peak, mut name) = (Vec::new(), Vec::new(), 0, "");
        for _ in 0..RUNS {
            let ledger = bench.fresh("import").swap_remove(index);
            name = ledger.name();
            add_account(bench, &ledger, "admin", "administrator");
            add_account(bench, &ledger, "office", "project_office");
            let run = || {
                let mut command = bench.tici(&ledger);
                command.args(["import", "projects", "--create-places", "--map"]);
                command.arg(&map).arg(&file);
                timed(&mut command)
            };
            let (time, memory) = run();
            times.push(time);
            peak = peak.max(memory);
            again.push(run().0);
        }
        let time = median(times);
        line(&format!("imported and committed on {name}"), time, Some(peak));
        line(&format!("the same file again on {name}"), median(again), None);
        if let Some(peer) = peer {
            let ratio = ratio(peer, time);
            println!("| all of it on {name}, against their reading alone | {ratio} | | | |");
        }
    }
}

fn ratio(peer: Duration, own: Duration) -> String {
    format!("{:.1} ×", peer.as_secs_f64() / own.as_secs_f64())
}

/// The file to rows of projects, every value with its cell: what the peer does, and units.
fn read(file: &Path) -> Duration {
    let map = Map::parse("map", &map_text()).expect("the map is sound");
    let started = Instant::now();
    let bytes = std::fs::read(file).expect("the workbook");
    let (intake, _) = read_projects(&[("a.xlsx", &bytes)], &map, &Links::default());
    assert_eq!(intake.rows.len(), ROWS as usize);
    started.elapsed()
}

fn line(what: &str, time: Duration, peak: Option<u64>) {
    let rate = f64::from(ROWS) / time.as_secs_f64();
    let peak = peak.map(|kib| format!("{} MiB", kib / 1024)).unwrap_or_default();
    println!("| {what} | {} | {rate:.0} | {peak} | {} |", seconds(time), machine::load());
}

fn add_account(bench: &Bench, ledger: &crate::Ledger, login: &str, role: &str) {
    let mut command = bench.tici(ledger);
    command.args(["user", "add", login, "--role", role]);
    let mut child =
        command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"a long password for measuring\n").expect("the password is read");
    drop(stdin);
    assert!(child.wait().is_ok_and(|status| status.success()), "an account is added");
}

fn peer(python: &Path, file: &Path) -> Duration {
    let run = || {
        let output = Command::new(python)
            .args(["-c", PEER])
            .arg(file)
            .arg(ROWS.to_string())
            .stderr(Stdio::inherit())
            .output()
            .expect("Python runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Duration::from_secs_f64(text.trim().parse().expect("Python says how long it took"))
    };
    median((0..RUNS).map(|_| run()).collect())
}

fn map_text() -> String {
    let column = |(header, field): &(&str, &str)| {
        format!("[[columns]]\nheader = [\"{header}\"]\nfield = \"{field}\"\n")
    };
    let columns: String = COLUMNS.iter().map(column).collect();
    format!("[period]\nfixed = \"2026-05\"\n{columns}")
}

/// A list as an office makes it: codes, names, firms, towns, money, a day, a remark.
fn generate() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (header, _)) in COLUMNS.iter().enumerate() {
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
        let day = ExcelDateTime::from_serial_datetime(46_000 + row % 150).expect("a day");
        sheet.write_with_format(row, 10, &day, &date).expect("a cell");
        sheet.write(row, 11, format!("说明 {}", row % 40)).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}
