//! Every shape of table that lists come in, written down small: `layouts.txt` has the sheets
//! and what is found on them, in the words of `messy.expect`.

use crate::fixture::xlsx;
use crate::messy::{actual, where_it_is};
use tici_exchange::layout::{self, Layout};
use tici_exchange::sheet::{self, Workbook};

/// Checks the lines expected of a workbook of one sheet; gives what is wrong.
fn wrong(name: &str, workbook: &Workbook, layout: &Layout, expected: &str) -> Vec<String> {
    let tables = &layout.sheets[0].tables;
    let all: Vec<String> = tables.iter().map(where_it_is).collect();
    let mut wrong = Vec::new();
    let mut at = 0;
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let found = match line.split_once(' ') {
            Some(("tables", _)) => format!("tables {}", all.len()),
            Some(("table", area)) => {
                let found = all.iter().position(|table| table == area);
                at = found.unwrap_or(at);
                found.map_or(format!("{all:?}"), |_| line.to_string())
            }
            _ => tables.get(at).map_or("no table".into(), |table| actual(workbook, 0, table, line)),
        };
        if found != line {
            wrong.push(format!("{name}\n  expected {line}\n  found    {found}"));
        }
    }
    wrong
}

fn cases() -> Vec<(&'static str, &'static str, &'static str)> {
    let text = include_str!("layouts.txt");
    let cases = text.split("\n== ").skip(1);
    cases
        .map(|case| {
            let (name, rest) = case.split_once('\n').unwrap();
            let (grid, expected) = rest.split_once("\n--\n").unwrap_or_else(|| panic!("{name}"));
            (name, grid, expected)
        })
        .collect()
}

#[test]
fn layouts_are_found() {
    let cases = cases();
    assert!(cases.len() >= 20, "{}", cases.len());
    let mut all_wrong = Vec::new();
    for (name, grid, expected) in cases {
        let bytes = xlsx(grid);
        let workbook = sheet::open("a.xlsx", &bytes, Default::default()).0.unwrap();
        let layout = layout::survey(&workbook);
        assert_eq!(layout, layout::survey(&workbook), "{name}");
        all_wrong.extend(wrong(name, &workbook, &layout, expected));
    }
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}

#[test]
fn text_files_of_every_encoding_are_found() {
    let simplified = "某县2026年5月项目表,,\n单位：万元,,\n序号,项目名称,总投资\n\
         1,城北水厂,\"1,300\"\n2,城南泵站,500\n合计,2个,\"1,800\"\n";
    let traditional = "某縣2026年5月項目表\t\t\n單位：萬元\t\t\n序號\t項目名稱\t總投資\n\
         1\t城北水廠\t300\n2\t城南泵站\t500\n合計\t2個\t800\n";
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let mark = std::iter::once(0xfeff_u16);
        let units = mark.chain(text.encode_utf16());
        units
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    };
    let files: [(&str, Vec<u8>); 6] = [
        ("utf-8", simplified.into()),
        ("gb18030", encoding_rs::GB18030.encode(simplified).0.into_owned()),
        ("big5", encoding_rs::BIG5.encode(traditional).0.into_owned()),
        ("utf-16le", utf16(simplified, true)),
        ("utf-16be", utf16(traditional, false)),
        ("utf-8 tabs", traditional.into()),
    ];
    let expected = "tables 1\ntable list A3:C6 header 3\ntitle 1\ndated 2026-05-01..2026-05-31\n\
                    rows data 4-5, total 6\nsum 6 stated 2 found 2 agree all";
    for (name, bytes) in files {
        let workbook = sheet::open("a.csv", &bytes, Default::default()).0.unwrap();
        let layout = layout::survey(&workbook);
        let wrong = wrong(name, &workbook, &layout, expected);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let column = &layout.sheets[0].tables[0].columns[2];
        assert_eq!(column.field.to_string(), "figure.total_investment", "{name}");
        assert!(column.unit.is_some(), "{name}");
    }
}

#[test]
fn next_month_has_the_fingerprint_of_this_one() {
    let of = |month: u8, row: &str| {
        let grid = format!(
            "!merge A1:D1\n某县2026年{month}月进展表\n序号 | 项目名称 | 1-{month}月完成投资（万元） | 形象进度\n{row}"
        );
        let workbook = sheet::open("a.xlsx", &xlsx(&grid), Default::default()).0.unwrap();
        layout::survey(&workbook).sheets[0].tables[0].fingerprint.clone()
    };
    assert_eq!(of(5, "1 | 城北水厂 | 300 | 打桩"), of(6, "1 | 城南泵站 | 20 | 封顶"));
}

#[test]
fn a_wide_and_tall_sheet_takes_no_time_to_speak_of() {
    let started = std::time::Instant::now();
    let header = (0..4_000).map(|n| format!("h{n}")).collect::<Vec<_>>().join(",");
    let wide = format!("{header}\n{}\n", header.replace('h', "1"));
    let row = "1,城北水厂,300,开工,2026-05-13\n".repeat(20_000);
    let tall = format!("序号,项目名称,总投资（万元）,状态,开工时间\n{row}");
    // Lines of lone words, headers all the way down, and nothing but gaps.
    let lone = "甲\n\n".repeat(20_000);
    let headers = "项目名称,总投资,年度计划\n序号,名称,区域\n".repeat(5_000);
    let staircase: String = (0..1_500).map(|n| format!("{}x\n", ",".repeat(n % 700))).collect();
    for text in [wide, tall, lone, headers, staircase] {
        let (workbook, problems) = sheet::open("a.csv", text.as_bytes(), Default::default());
        let Some(workbook) = workbook else { panic!("{problems:?}") };
        layout::survey(&workbook);
    }
    // A debug build on a busy machine; what is guarded against takes hours.
    assert!(started.elapsed().as_secs() < 180, "{:?}", started.elapsed());
}
