//! Exports: exact, harmless, and readable by the reader of this crate.

use tici_domain::Money;
use tici_domain::money::Magnitude;
use tici_exchange::export::{self, CellOut, ColumnOut, Document, Kind, TableOut, neutral};
use tici_exchange::sheet::{self, CellValue, OpenOptions};

fn document() -> Document {
    let yi = |yuan| CellOut::money(Money::yuan(yuan), Magnitude::YI);
    let table = TableOut {
        title: "重大项目: 2026年5月".into(),
        columns: vec![
            ColumnOut::new("项目", None, Kind::Text),
            ColumnOut::new("总投资", Some("亿元"), Kind::Decimal(2)),
            ColumnOut::new("用工", Some("人"), Kind::Integer),
            ColumnOut::new("完成率", None, Kind::Percent),
            ColumnOut::new("开工", None, Kind::Date),
        ],
        rows: vec![
            vec![
                CellOut::text("=SUM(A1:A9)"),
                yi(326_500_000),
                CellOut::Integer(1_200),
                CellOut::Scaled { value: 369, power: 3 },
                CellOut::Date(jiff::civil::date(2026, 5, 13)),
            ],
            vec![CellOut::text("甲,乙"), yi(-5_000_000), CellOut::Missing, CellOut::Missing],
        ],
        totals: vec![CellOut::text("合计"), yi(321_500_000)],
        notes: vec!["口径：列市项目，含本级。".into()],
    };
    Document { title: "月报".into(), tables: vec![table], notes: vec!["来源：台账".into()] }
}

#[test]
fn csv_is_exact_and_neutral() {
    let options = export::csv::CsvOptions { bom: true, prose: false };
    let text = String::from_utf8(export::csv::write(&document(), options)).unwrap();
    let expected = "\u{feff}项目,总投资/亿元,用工/人,完成率,开工\r\n\
        '=SUM(A1:A9),3.27,1200,36.9%,2026-05-13\r\n\
        \"甲,乙\",-0.05,,\r\n合计,3.22\r\n";
    assert_eq!(text, expected);
    let options = export::csv::CsvOptions { bom: false, prose: true };
    let text = String::from_utf8(export::csv::write(&document(), options)).unwrap();
    assert!(text.starts_with("重大项目: 2026年5月\r\n项目,"), "{text}");
    assert!(text.ends_with("口径：列市项目，含本级。\r\n来源：台账\r\n"), "{text}");
}

#[test]
fn risky_texts_get_an_apostrophe_and_no_others() {
    let risky = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "=HYPERLINK(\"x\")", "＝1"];
    for text in risky {
        assert_eq!(neutral(text), format!("'{text}"));
    }
    for text in ["", "1", "甲", "a=b", " x", "'=1"] {
        assert_eq!(neutral(text), text);
    }
}

#[test]
fn xlsx_reads_back() {
    let words = export::xlsx::XlsxWords { notes_sheet: "说明" };
    let bytes = export::xlsx::write(&document(), words).unwrap();
    assert_eq!(bytes, export::xlsx::write(&document(), words).unwrap(), "not the same bytes twice");
    let (workbook, problems) = sheet::open("a.xlsx", &bytes, OpenOptions::default());
    assert!(problems.is_empty(), "{problems:?}");
    let workbook = workbook.unwrap();
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["重大项目  2026年5月", "说明"]);
    let sheet = &workbook.sheets[0];
    let show = |row, column| sheet.cell(row, column).value.show();
    assert_eq!(show(0, 0), "重大项目: 2026年5月");
    assert_eq!(show(1, 1), "总投资/亿元");
    assert_eq!(sheet.cell(2, 0).value, CellValue::Text("=SUM(A1:A9)".into()));
    assert!(!sheet.cell(2, 0).formula);
    assert_eq!(sheet.cell(2, 1).value, CellValue::Number(3.27));
    assert_eq!(sheet.cell(2, 3).value, CellValue::Number(0.369));
    assert_eq!(show(2, 4), "2026-05-13");
    assert_eq!(sheet.cell(3, 2).value, CellValue::Empty);
    assert_eq!((show(4, 0), show(4, 1)), ("合计".into(), "3.22".into()));
    assert_eq!(show(6, 0), "口径：列市项目，含本级。");
    assert_eq!(workbook.sheets[1].cell(2, 0).value.show(), "来源：台账");
}

#[test]
fn json_keeps_what_is_missing_and_what_is_exact() {
    let bytes = export::json::write(&document());
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let table = &value["tables"][0];
    assert_eq!(table["rows"][0]["总投资/亿元"], "3.26500000");
    assert_eq!(table["rows"][0]["用工/人"], 1_200);
    assert!(table["rows"][1]["用工/人"].is_null());
    assert_eq!(table["totals"]["项目"], "合计");
    assert_eq!(table["columns"][1]["kind"]["decimal"], 2);
}
