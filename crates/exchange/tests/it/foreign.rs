//! Tables chosen one by one, each read as it lies: what comes out of the forms, the lists on
//! their side and the lists beside and below others.

use crate::fixture::{print, xlsx};
use tici_domain::intake::IntakeFile;
use tici_exchange::guess::of_table;
use tici_exchange::layout;
use tici_exchange::map::{Links, Map};
use tici_exchange::read::{Part, read_parts};
use tici_exchange::sheet::{self, Workbook};

fn open(bytes: &[u8]) -> Workbook {
    sheet::open("a.xlsx", bytes, Default::default()).0.expect("a workbook")
}

/// Reads every table that can be imported, and prints rows and problems.
fn read(workbook: &Workbook) -> String {
    let layout = layout::survey_heads(workbook);
    let mut maps: Vec<Map> = Vec::new();
    for (sheet, found) in workbook.sheets.iter().zip(&layout.sheets) {
        for table in found.tables.iter().filter(|table| table.is_importable()) {
            let guess = of_table(workbook, (sheet, table), None, "a.xlsx");
            let text = guess.unwrap_or_else(|| panic!("{}", table.summary())).map.to_toml();
            maps.push(Map::parse("map.toml", &text).expect("a guess is a map"));
        }
    }
    let files = vec![IntakeFile { name: "a.xlsx".into(), sha256: String::new(), bytes: 0 }];
    let part = |map| Part { file: 0, workbook, map };
    let parts: Vec<Part> = maps.iter().map(part).collect();
    let (intake, problems) = read_parts(files, &parts, &Links::default(), &|_, _| {});
    print(&intake, &problems)
}

#[test]
fn tables_are_read_as_they_lie() {
    let cases = include_str!("foreign.txt").split("\n== ").skip(1);
    let mut wrong = Vec::new();
    for case in cases {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (grid, expected) = rest.split_once("\n--\n").expect("what is read");
        let found = read(&open(&xlsx(grid)));
        if found.trim_end() != expected.trim_end() {
            wrong.push(format!("== {name}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_samples_of_other_offices_are_read() {
    let cases = [
        (tici_testkit::workbook::progress_of(5), 5),
        (tici_testkit::workbook::cards(5), 2),
        (tici_testkit::workbook::turned(), 3),
    ];
    for (bytes, rows) in cases {
        let found = read(&open(&bytes));
        assert_eq!(found.lines().filter(|line| line.starts_with("row ")).count(), rows, "{found}");
    }
}

#[test]
fn a_header_moved_by_hand_is_read_from_there() {
    let workbook = open(&xlsx("甲|乙|丙\n水厂|经开区|300\n泵站|经开区|500"));
    let found = layout::survey_heads(&workbook);
    let table = &found.sheets[0].tables[0];
    assert!(!table.is_importable());
    let header = |rows| {
        let guess = of_table(&workbook, (&workbook.sheets[0], table), Some(rows), "a.xlsx");
        guess.map(|guess| guess.columns.iter().map(|c| c.header.clone()).collect::<Vec<_>>())
    };
    assert_eq!(header([1, 1]).unwrap(), ["甲", "乙", "丙"]);
    assert_eq!(header([2, 2]).unwrap(), ["水厂", "经开区", "300"]);
    assert_eq!(header([1, 2]).unwrap(), ["甲/水厂", "乙/经开区", "丙/300"]);
}
