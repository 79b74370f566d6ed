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

#[test]
fn a_header_of_months_since_january_is_the_sum_for_the_year() {
    let grid = |title: &str, header: &str| {
        format!(
            "!merge A1:D1\n!merge A3:A4\n!merge B3:B4\n!merge C3:D3\n{title}\n\
             单位：万元\n编号 | 项目名称 | 2026年投资 | \n | | 年度计划 | {header}\n\
             1 | 城北水厂 | 300 | 120\n2 | 城南泵站 | 500 | 80"
        )
    };
    let headers = ["1-5月完成", "1—5月完成", "1至5月累计完成", "1-5月完成投资", "一至五月完成"];
    for header in headers {
        for title in ["某县2026年重点项目表", "重点项目表", "某县2026年1-5月进展表"]
        {
            let guess = guessed(&grid(title, header));
            let found: Vec<String> = guess.columns.iter().map(|c| c.field.to_string()).collect();
            assert_eq!(found, ["ignore", "name", "plan", "figure.invest_ytd"], "{header}");
            let period = Period::month(2026, 5).unwrap();
            assert_eq!(guess.map.period, Some(PeriodRule::Fixed(period)), "{title} {header}");
        }
    }
}

#[test]
fn a_column_that_numbers_the_rows_is_not_warned_about() {
    let cases = [
        ("序号", "1|2", 0),
        ("No.", "1|2", 0),
        ("#", "7|9", 0),
        ("编号", "1|2", 0),
        ("自定栏", "1|2", 1),
    ];
    for (header, values, expected) in cases {
        let (first, second) = values.split_once('|').unwrap();
        let grid = format!(
            "{header} | 项目名称 | 总投资（万元）\n{first} | 城北水厂 | 300\n\
             {second} | 城南泵站 | 500"
        );
        let map = guessed(&grid).map;
        let (intake, problems) = tici_exchange::read::read_projects(
            &[("a.xlsx", &xlsx(&grid))],
            &map,
            &tici_exchange::map::Links::default(),
        );
        assert_eq!(intake.rows.len(), 2);
        let ignored = problems.iter().filter(|p| p.key == "columns-ignored").count();
        assert_eq!(ignored, expected, "{header} {problems:?}");
    }
}

#[test]
fn the_ten_day_return_of_the_samples_is_understood() {
    let name = "经开区6月旬报.xlsx";
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/county");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let workbook = sheet::open(name, &bytes, OpenOptions::default()).0.unwrap();
    let guess = guess(&workbook, name, None).unwrap();
    let june = Period::month(2026, 6).unwrap();
    assert_eq!(guess.map.period, Some(PeriodRule::Fixed(june)));
    let field = |letters: &str| {
        let column = guess.columns.iter().find(|column| column.letters == letters).unwrap();
        column.field.to_string()
    };
    assert_eq!(field("F"), "plan");
    assert_eq!(field("G"), "figure.invest_month");
    assert_eq!(field("H"), "figure.invest_ytd");
    let mut map = guess.map.clone();
    map.period = Some(PeriodRule::Fixed(june));
    let (intake, _) = tici_exchange::read::read_projects(
        &[(name, &bytes)],
        &map,
        &tici_exchange::map::Links::default(),
    );
    assert!(intake.rows.len() >= 12, "{}", intake.rows.len());
    assert!(intake.rows.iter().all(|row| row.period == Some(june)));
}

#[test]
fn lines_about_the_form_are_notes_and_not_rows() {
    let feet = [
        "填表人：张三　联系电话：123",
        "填表人：张三 | | 联系电话：123",
        "填表人： | 张三 | 联系电话： | 123",
        "注：按月填报 | | 下同",
        "备注：无 | 下同",
        "单位负责人：李四 | | 审核人：王五",
        "县项目办 | | 盖章",
    ];
    for foot in feet {
        let grid = format!(
            "序号 | 项目名称 | 总投资（万元） | 年度计划投资（万元）\n1 | 城北：水厂 | 300 | 100\n\
             2 | 城南泵站 | |\n合计 | | 300 | 100\n{foot}"
        );
        let map = guessed(&grid).map;
        let (intake, problems) = tici_exchange::read::read_projects(
            &[("a.xlsx", &xlsx(&grid))],
            &map,
            &tici_exchange::map::Links::default(),
        );
        assert_eq!(intake.rows.len(), 2, "{foot} {problems:?}");
        assert!(problems.iter().all(|p| p.key != "row-without-key"), "{foot} {problems:?}");
    }
}
