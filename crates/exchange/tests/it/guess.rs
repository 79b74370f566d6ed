//! Guessing: what is found, why, and how sure it is; and the preview of the same sheet.

use crate::fixture::xlsx;
use tici_domain::Period;
use tici_exchange::guess::{Reason, guess};
use tici_exchange::map::{Field, PeriodRule};
use tici_exchange::preview::preview;
use tici_exchange::sheet::{self, OpenOptions, Workbook};
use tici_exchange::table::Role;

fn month_return() -> Workbook {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/month_return.grid");
    let bytes = xlsx(&std::fs::read_to_string(path).unwrap());
    sheet::open("a.xlsx", &bytes, OpenOptions::default()).0.unwrap()
}

#[test]
fn a_month_return_is_understood() {
    let guess = guess(&month_return(), "a.xlsx", None).unwrap();
    assert_eq!(guess.sheet, "月报");
    assert_eq!(guess.map.header, Some([3, 4]));
    let period = Period::month(2026, 5).unwrap();
    assert_eq!(guess.map.period, Some(PeriodRule::Fixed(period)));
    assert_eq!(guess.map.groups, Some(Field::Place));
    let found: Vec<(&str, String, bool)> = guess
        .columns
        .iter()
        .map(|c| (c.letters.as_str(), c.field.to_string(), c.confidence >= 60))
        .collect();
    let expected = [
        ("A", "ignore", true),
        ("B", "name", true),
        ("C", "national_code", true),
        ("D", "enterprise", true),
        ("E", "figure.total_investment", true),
        ("F", "plan", true),
        ("G", "figure.invest_month", true),
        ("H", "figure.invest_ytd", true),
        ("I", "figure.invest_since_start", true),
        ("J", "figure.progress_percent", true),
        ("K", "build_span", true),
        ("L", "figure.note_text", true),
    ];
    let expected: Vec<(&str, String, bool)> =
        expected.iter().map(|(a, b, c)| (*a, b.to_string(), *c)).collect();
    assert_eq!(found, expected);
    assert!(matches!(guess.columns[1].reason, Reason::SameHeader(_)));
    assert_eq!(guess.columns[2].reason, Reason::Values("national_code"));
    assert_eq!(guess.columns[1].samples[0], "临江新材料一期");
}

#[test]
fn strange_tables_are_not_forced() {
    let open =
        |text: &str| sheet::open("a.csv", text.as_bytes(), OpenOptions::default()).0.unwrap();
    let guess = guess(&open("alpha,beta,gamma\n1,2,3\n4,5,6\n"), "a.csv", None).unwrap();
    assert!(guess.columns.iter().all(|column| column.field == Field::Ignore), "{guess:?}");
}

#[test]
fn the_preview_has_rows_as_the_sheet_numbers_them() {
    let workbook = month_return();
    let shown = preview(&workbook, None, None, 0, 100).unwrap();
    assert_eq!(shown.columns[..3], ["A", "B", "C"]);
    let roles: Vec<(u32, Role)> = shown.rows.iter().map(|row| (row.number, row.role)).collect();
    let expected = [
        Role::Title,
        Role::Unit,
        Role::Header,
        Role::Header,
        Role::Header,
        Role::Total,
        Role::Group,
        Role::Data,
        Role::Data,
        Role::Group,
        Role::Data,
        Role::Note,
    ];
    let expected: Vec<(u32, Role)> = (1..).zip(expected).collect();
    assert_eq!(roles, expected);
    assert_eq!(shown.rows[7].cells[1], "临江新材料一期");
    let page = preview(&workbook, Some("月报"), None, 7, 2).unwrap();
    assert_eq!(page.rows.len(), 2);
    assert_eq!(page.rows[0].number, 8);
    assert!(preview(&workbook, Some("没有"), None, 0, 9).is_none());
}

fn guessed(grid: &str) -> tici_exchange::guess::Guess {
    let workbook = sheet::open("a.xlsx", &xlsx(grid), OpenOptions::default()).0.unwrap();
    guess(&workbook, "a.xlsx", None).unwrap()
}

#[test]
fn words_below_a_status_header_tell_stages_from_states() {
    let cases = [
        ("状态", "在建|已开工|前期", "stage"),
        ("项目状态", "续建项目|新开工|未开工", "stage"),
        ("建设状态", "已竣工|已投产|签约", "stage"),
        ("项目当前状态", "落地|竣工|开工", "stage"),
        ("狀態", "在建|已開工|已簽約", "stage"),
        ("Status", "Under construction|Completed|Not started", "stage"),
        ("状态", "正常|停工|终止", "state"),
        ("建设状态", "正常|缓建|正常", "state"),
        ("項目狀態", "正常|暫停|終止", "state"),
        ("status", "active|on hold|cancelled", "state"),
        ("状态", "材料齐|材料缺|材料齐", "ignore"),
    ];
    for (header, values, expected) in cases {
        let rows: Vec<String> = (1..)
            .zip(values.split('|'))
            .map(|(n, value)| format!("{n} | 城北项目{n} | {n}00 | {value}"))
            .collect();
        let grid = format!("序号 | 项目名称 | 总投资（万元） | {header}\n{}", rows.join("\n"));
        let guess = guessed(&grid);
        assert_eq!(guess.columns[3].field.to_string(), expected, "{header} {values}");
        let mut map = guess.map;
        map.period = Some(PeriodRule::Fixed(Period::month(2026, 5).unwrap()));
        let (intake, problems) = tici_exchange::read::read_projects(
            &[("a.xlsx", &xlsx(&grid))],
            &map,
            &tici_exchange::map::Links::default(),
        );
        assert_eq!(intake.rows.len(), 3);
        let errors = problems.iter().filter(|p| p.severity == tici_domain::Severity::Error);
        assert_eq!(errors.count(), 0, "{header} {values} {problems:?}");
    }
}
