//! Files to upload on the import page: what a town might send, faults and all. They are
//! kept in `samples/county`; the example `write_samples` writes them there.

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use tici_domain::{Basis, Change, Figure, Measure, Period, Subject, Value};

use crate::county::{County, thousands, undated_workbook};

/// A ten-day return of the Economic Development Zone with five faults, the same one put
/// right, and the return of May that Luting still owes, as text in GB 18030.
pub fn files(county: &County) -> Vec<(String, Vec<u8>)> {
    let faulty = ten_days(&ROWS).expect("short texts and numbers cannot be refused");
    let right = ten_days(&put_right()).expect("short texts and numbers cannot be refused");
    vec![
        ("经开区6月旬报.xlsx".to_owned(), faulty),
        ("经开区6月旬报（更正）.xlsx".to_owned(), right),
        ("芦汀镇5月月报.csv".to_owned(), owed(county)),
    ]
}

/// A cell as somebody typed it.
#[derive(Clone, Copy)]
enum Typed {
    Number(i64),
    Text(&'static str),
}

use Typed::{Number as N, Text as T};

/// Project, firm, total, plan of the year, done in the first half of June, done this year,
/// progress. Amounts in 万元.
type Row = (Typed, &'static str, Typed, i64, i64, i64, &'static str);

/// Faults: E9 holds a unit, G11 is negative and H11 falls by as much, B14 is no name the
/// ledger knows, H6 rises by less than G6 says.
const ROWS: [Row; 15] = [
    (T("生物基尼龙一体化一期"), "柘光新材", N(326_000), 98_000, 4_300, 40_518, "主厂房钢结构 92%"),
    (T("车规级芯片封测基地"), "芯屿电子", N(285_000), 94_000, 3_840, 38_440, "桩基完成，承台施工"),
    (T("高精度减速器扩能"), "砚锋精工", N(128_000), 50_900, 1_900, 24_200, "设备安装 52%"),
    (T("矿用无人车总装"), "石麓智造", N(96_000), 33_500, 1_410, 12_610, "总装线基础"),
    (T("重组蛋白原料药"), "北汀生物", N(84_000), 16_300, 690, 3_390, "环评公示"),
    (T("介入导管产线"), "鹭衡医械", T("6.2亿"), 18_600, 580, 7_880, "净化车间装修"),
    (T("钠电池正极材料"), "陇熙储能", N(180_000), 17_700, 540, 2_640, "平整土地"),
    (T("微显示模组"), "砚芯光电", N(75_000), 17_200, -260, 3_040, "消防审图"),
    (T("五轴机床核心部件"), "澄岳数控", N(56_000), 10_700, 380, 6_980, "竣工验收"),
    (T("可降解薄膜二期"), "柘塑科技", N(48_000), 2_500, 0, 2_100, "已投产"),
    (T("水处理设备"), "枫泷装备", N(39_000), 11_000, 550, 4_150, "基础施工"),
    (T("标准厂房四期"), "经开区平台公司", N(68_000), 28_400, 1_120, 11_320, "四栋封顶"),
    (T("复合铜箔载体膜"), "禾屿新材", N(52_000), 12_500, 580, 3_180, "用地已批，待开工"),
    (T("光模块封装"), "屿联通信", N(45_000), 14_300, 570, 4_970, "桩基施工"),
    (T("电子级清洗剂"), "砚净化学", N(31_000), 4_000, 0, 0, "6月8日签约"),
];

/// Rows of [`ROWS`] that have faults, counted from the first project.
const FAULTS: [usize; 4] = [2, 5, 7, 10];

fn put_right() -> [Row; 15] {
    let mut rows = ROWS;
    let [rising, unit, negative, name] = FAULTS;
    rows[rising].5 = 24_800;
    rows[unit].2 = N(62_000);
    (rows[negative].4, rows[negative].5) = (260, 3_560);
    rows[name].0 = T("水处理成套装备");
    rows
}

type Written = Result<(), XlsxError>;

fn ten_days(rows: &[Row; 15]) -> Result<Vec<u8>, XlsxError> {
    let mut book = undated_workbook();
    amounts(book.add_worksheet(), rows)?;
    people(book.add_worksheet(), rows)?;
    notes(&mut book)?;
    book.save_to_buffer()
}

/// Row of the first project, counted from 0.
const FIRST: u32 = 3;

fn amounts(sheet: &mut Worksheet, rows: &[Row; 15]) -> Written {
    let bold = Format::new().set_bold();
    let whole = Format::new().set_num_format("#,##0");
    sheet.set_name("列省列市")?;
    let title = "砚溪经开区列省列市项目进度旬报（截至 2026 年 6 月 15 日）（示例数据）";
    sheet.merge_range(0, 0, 0, 8, title, &bold)?;
    sheet.write(1, 0, "填报单位：经开区管委会")?;
    sheet.write(1, 8, "单位：万元")?;
    let heads = [
        "序号",
        "项目名称",
        "建设单位",
        "属地",
        "总投资",
        "本年计划",
        "6月上半月",
        "累计完成",
        "形象进度",
    ];
    for (column, head) in heads.into_iter().enumerate() {
        sheet.write_with_format(2, column as u16, head, &bold)?;
    }
    for (row, line) in (FIRST..).zip(rows) {
        sheet.write(row, 0, row - FIRST + 1)?;
        typed(sheet, row, 1, line.0, &whole)?;
        sheet.write(row, 2, line.1)?;
        sheet.write(row, 3, "经开区")?;
        typed(sheet, row, 4, line.2, &whole)?;
        for (column, amount) in [(5, line.3), (6, line.4), (7, line.5)] {
            sheet.write_with_format(row, column, amount as f64, &whole)?;
        }
        sheet.write(row, 8, line.6)?;
    }
    totals(sheet, rows, &whole)
}

fn typed(sheet: &mut Worksheet, row: u32, column: u16, value: Typed, whole: &Format) -> Written {
    match value {
        N(number) => sheet.write_with_format(row, column, number as f64, whole)?,
        T(text) => sheet.write(row, column, text)?,
    };
    Ok(())
}

/// Formulas with their results, as a spreadsheet would have kept them: text counts nothing.
fn totals(sheet: &mut Worksheet, rows: &[Row; 15], whole: &Format) -> Written {
    let row = FIRST + rows.len() as u32;
    sheet.write(row, 1, "合计")?;
    let total = |row: &Row| match row.2 {
        N(number) => number,
        T(_) => 0,
    };
    let sums: [i64; 4] = [
        rows.iter().map(total).sum(),
        rows.iter().map(|row| row.3).sum(),
        rows.iter().map(|row| row.4).sum(),
        rows.iter().map(|row| row.5).sum(),
    ];
    for (column, sum) in (4_u16..).zip(sums) {
        let letter = char::from(b'A' + column as u8);
        let formula = format!("=SUM({letter}{}:{letter}{row})", FIRST + 1);
        let formula = Formula::new(formula).set_result(sum.to_string());
        sheet.write_formula_with_format(row, column, formula, whole)?;
    }
    Ok(())
}

/// People on site, of all but the project that has only been signed.
fn people(sheet: &mut Worksheet, rows: &[Row; 15]) -> Written {
    sheet.set_name("用工")?;
    sheet.write(0, 0, "在场用工（示例数据）")?;
    for (column, head) in ["项目名称", "在场用工（人）"].into_iter().enumerate() {
        sheet.write(2, column as u16, head)?;
    }
    for (row, line) in (FIRST..).zip(&rows[..rows.len() - 1]) {
        typed(sheet, row, 0, line.0, &Format::new())?;
        sheet.write(row, 1, (line.4.abs() / 14 + 20) as f64)?;
    }
    Ok(())
}

fn notes(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    sheet.set_name("填表说明")?;
    let lines = [
        "示例数据：县、企业、项目和数字都是虚构的",
        "一、金额单位为万元，填整数；没有发生填 0，不知道的留空。",
        "二、累计完成从 1 月 1 日算起；核减要附说明。",
        "三、合计行不导入，只用来核对。",
    ];
    for (row, line) in lines.into_iter().enumerate() {
        sheet.write(row as u32, 0, line)?;
    }
    Ok(())
}

/// Luting's return of May: what it told the office by telephone, and the project that
/// could not be reached.
fn owed(county: &County) -> Vec<u8> {
    let mut text = String::from(
        "芦汀镇重大项目进度月报（2026年5月）（示例数据）,,,,,,,,\r\n\
         填报单位：芦汀镇,,,,,,,,单位：万元\r\n\
         序号,项目名称,建设单位,属地,总投资,本年计划,当月完成,累计完成,形象进度\r\n",
    );
    for (index, line) in luting(county).into_iter().enumerate() {
        text.push_str(&format!("{},{}\r\n", index + 1, line.join(",")));
    }
    GB18030.encode(&text).0.into_owned()
}

/// The four listed projects of Luting, each as the cells after its number.
fn luting(county: &County) -> Vec<Vec<String>> {
    let codes = ["YX26-042", "YX26-043", "YX26-044", "YX26-045"];
    codes.into_iter().filter_map(|code| line(county, code)).collect()
}

fn line(county: &County, code: &str) -> Option<Vec<String>> {
    let all = || county.operations.iter().flat_map(|operation| &operation.changes);
    let project = all().find_map(|change| match change {
        Change::Project(row) if row.code == code => Some(row),
        _ => None,
    })?;
    let firm = all().find_map(|change| match change {
        Change::Enterprise(row) if Some(row.id) == project.enterprise => Some(row),
        _ => None,
    })?;
    let figures: Vec<&Figure> = all()
        .filter_map(|change| match change {
            Change::Figure(row) if row.subject == Subject::Project(project.id) => Some(row),
            _ => None,
        })
        .filter(|row| row.basis == Basis::Reported)
        .collect();
    let may = Period::month(2026, 5)?;
    let last = |measure| figures.iter().rfind(|row| row.measure == measure);
    let of_may = |measure| figures.iter().rfind(|row| row.measure == measure && row.period == may);
    let wan = |figure: Option<&&Figure>| {
        figure.and_then(|row| row.value.as_int()).map(|yuan| yuan / 10_000)
    };
    let mut plan = all().filter_map(|change| match change {
        Change::Plan(row) if row.project == project.id && row.period == Period::year(2026) => {
            Some(row.amount / 10_000)
        }
        _ => None,
    });
    // The firm that could not be reached has bought its first equipment.
    let month = wan(of_may(Measure::INVEST_MONTH)).unwrap_or(1_950);
    let year = wan(of_may(Measure::INVEST_YTD)).unwrap_or(1_950);
    let progress = of_may(Measure::PROGRESS_TEXT).map(|row| &row.value);
    let progress = progress.and_then(Value::as_text).unwrap_or("基坑支护");
    let quoted = |amount: i64| match thousands(amount) {
        plain if plain.contains(',') => format!("\"{plain}\""),
        plain => plain,
    };
    Some(vec![
        project.name.text.clone(),
        firm.short.text.clone(),
        "芦汀镇".to_owned(),
        quoted(wan(last(Measure::TOTAL_INVESTMENT)).unwrap_or(0)),
        quoted(plan.next_back().unwrap_or(0)),
        quoted(month),
        quoted(year),
        progress.to_owned(),
    ])
}
