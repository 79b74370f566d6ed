//! The workbook given back: marked, commented, with its list of problems, and otherwise as it
//! was.

use rust_xlsxwriter::{Color, DataValidation, Format, Note, Workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use tici_exchange::marked::{Mark, Words, mark};
use tici_exchange::sheet::{self, Workbook as Opened};

fn words() -> Words {
    Words {
        sheet: "问题清单".into(),
        author: "项目办".into(),
        headings: ["格", "处理", "问题", "可以这样办"].map(String::from),
        error: "不入库".into(),
        warning: "提醒".into(),
    }
}

fn marks() -> Vec<Mark> {
    let mark = |sheet: &str, cell: &str, error, text: &str, fix: &str| Mark {
        sheet: sheet.into(),
        cell: cell.into(),
        error,
        text: text.into(),
        fix: fix.into(),
    };
    vec![
        mark("月报", "C3", true, "读到“6.2亿”，这一列要填万元数字 <&>", "按 62000 填入"),
        mark("月报", "C3", false, "和上月差得多", ""),
        mark("月报", "H9", false, "没有填", "补上"),
        mark("月报", "B2", true, "项目重名", "改名"),
        mark("", "", true, "整个文件的问题", ""),
        mark("Other's", "A1", false, "it's odd", "look"),
    ]
}

/// A workbook as an office makes it: formats, a note of its own, a list to choose from.
fn made(with_note: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EEFF));
    let sheet = book.add_worksheet().set_name("月报").unwrap();
    for (column, text) in ["序号", "项目名称", "总投资（万元）"].iter().enumerate() {
        sheet.write_with_format(0, column as u16, *text, &bold).unwrap();
    }
    sheet.write(1, 0, 1).unwrap();
    sheet.write(1, 1, "城北水厂").unwrap();
    sheet.write(2, 2, "6.2亿").unwrap();
    sheet.merge_range(4, 0, 4, 2, "注", &bold).unwrap();
    let choice = DataValidation::new().allow_list_strings(&["在建", "停工"]).unwrap();
    sheet.add_data_validation(1, 3, 9, 3, &choice).unwrap();
    if with_note {
        sheet.insert_note(1, 1, &Note::new("填表人的话")).unwrap();
    }
    book.add_worksheet().set_name("Other's").unwrap().write(0, 0, "x").unwrap();
    book.save_to_buffer().unwrap()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = 0..zip.len();
    let read = |index| {
        let mut part = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    count.map(read).collect()
}

fn open(bytes: &[u8]) -> Opened {
    let (workbook, problems) = sheet::open("a.xlsx", bytes, Default::default());
    workbook.unwrap_or_else(|| panic!("{problems:?}"))
}

#[test]
fn the_file_comes_back_marked_and_otherwise_as_it_was() {
    for with_note in [false, true] {
        let before = made(with_note);
        let after = mark(&before, &marks(), &words()).unwrap();
        let (old, new) = (parts(&before), parts(&after));
        for (name, content) in &old {
            let touched = ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"];
            let may_change = touched.contains(&name.as_str())
                || name.contains("_rels/")
                || name.contains("worksheets/")
                || name.contains("omments")
                || name.contains("vmlDrawing");
            assert!(may_change || new[name] == *content, "{name}");
        }
        // Cells, merged ranges and lists to choose from are the same bytes.
        let sheet = |parts: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).unwrap()
        };
        let (was, is) = (sheet(&old), sheet(&new));
        for (from, to) in
            [("<sheetData>", "</mergeCells>"), ("<dataValidations", "</dataValidations>")]
        {
            let piece = &was[was.find(from).unwrap()..was.find(to).unwrap() + to.len()];
            assert!(is.contains(piece), "{from}");
        }
        let rule = is.find("<conditionalFormatting").unwrap();
        assert!(rule > is.find("</mergeCells>").unwrap() && rule < is.find("<dataValid").unwrap());
        let (read_before, read_after) = (open(&before), open(&after));
        assert_eq!(read_after.sheets.len(), read_before.sheets.len() + 1);
        assert_eq!(read_after.sheets[..2], read_before.sheets[..]);
        let list = &read_after.sheets[2];
        assert_eq!(list.name, "问题清单");
        assert_eq!(list.rows.len(), marks().len() + 1);
        assert_eq!(list.cell(1, 0).value.show(), "月报 C3");
        assert_eq!(list.cell(1, 2).value.show(), marks()[0].text);
        let comments =
            new.iter().filter(|(name, _)| name.contains("omments") && name.ends_with(".xml"));
        let comments: String =
            comments.map(|(_, text)| String::from_utf8_lossy(text).into_owned()).collect();
        // B2 has the reporter's own note, where there is one, and keeps it.
        assert_eq!(comments.matches("<comment ").count(), 4, "{comments}");
        assert_eq!(comments.contains("填表人的话"), with_note);
        assert!(comments.contains("&lt;&amp;&gt;"));
    }
}

#[test]
fn marked_twice_it_has_the_marks_of_the_second_time() {
    let once = mark(&made(false), &marks(), &words()).unwrap();
    let twice = mark(&once, &marks()[2..3], &words()).unwrap();
    let sheet = String::from_utf8(parts(&twice)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert_eq!(sheet.matches("<conditionalFormatting").count(), 1, "{sheet}");
    assert_eq!(sheet.matches("<legacyDrawing").count(), 1);
    let workbook = open(&twice);
    assert_eq!(workbook.sheets.len(), 3);
    assert_eq!(workbook.sheets[2].rows.len(), 2);
    let clean = mark(&once, &[], &words()).unwrap();
    let sheet = String::from_utf8(parts(&clean)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(!sheet.contains("<conditionalFormatting"));
}

#[test]
fn what_is_no_xlsx_is_said_to_be_none() {
    for bytes in [&b"a,b\n1,2\n"[..], b"PK\x03\x04broken", b""] {
        assert!(mark(bytes, &marks(), &words()).is_err());
    }
    let odd = |cell: &str| Mark { cell: cell.into(), ..marks()[0].clone() };
    let cells = ["e9", "E0", "ZZZZ9", "E99999999", "12:5", "A1:B2", "\"/>", ""];
    let marks: Vec<Mark> = cells.into_iter().map(odd).collect();
    let after = mark(&made(false), &marks, &words()).unwrap();
    assert_eq!(open(&after).sheets[2].rows.len(), marks.len() + 1);
}

/// LibreOffice's reading of a workbook as flat XML; `None` where there is no LibreOffice.
fn in_libreoffice(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("marked.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let run = |name: &str| {
        std::process::Command::new(name)
            .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
            .args(["--headless", "--convert-to", "fods", "--outdir"])
            .arg(folder.path())
            .arg(&file)
            .output()
    };
    let out = ["soffice", "libreoffice"].into_iter().find_map(|name| run(name).ok())?;
    let path = folder.path().join("marked.fods");
    Some(std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{error} {out:?}")))
}

#[test]
fn libreoffice_opens_it_with_its_comments_and_colours() {
    let before = made(true);
    let Some(text) = in_libreoffice(&mark(&before, &marks(), &words()).unwrap()) else {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "LibreOffice absent");
        eprintln!("skipped: LibreOffice absent");
        return;
    };
    assert_eq!(text.matches("<office:annotation ").count(), 4);
    assert!(text.contains("填表人的话") && text.contains("没有填"));
    assert!(text.contains("table:name=\"问题清单\""));
    assert!(text.contains("<calcext:conditional-format "));
    assert!(text.contains("6.2亿") && text.contains("城北水厂"));
}

#[test]
fn a_large_return_of_others_comes_back_marked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/messy-tables/m09_towns_fund_round6.xlsx");
    let Ok(before) = std::fs::read(&path) else {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "{} absent", path.display());
        eprintln!("skipped: {} absent", path.display());
        return;
    };
    let sheet = "3 - Programme Progress";
    let mut odd = marks();
    for mark in &mut odd {
        mark.sheet = sheet.into();
    }
    let after = mark(&before, &odd, &words()).unwrap();
    let (old, new) = (open(&before), open(&after));
    assert_eq!(new.sheets[..old.sheets.len()], old.sheets[..]);
    assert_eq!(new.sheets.len(), old.sheets.len() + 1);
}
