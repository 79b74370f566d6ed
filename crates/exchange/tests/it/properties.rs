//! Whatever the bytes, the readers return.

use crate::bad_input::zip;
use proptest::prelude::*;
use tici_exchange::map::{Links, Map, Unit, fold_header, unit_in_header};
use tici_exchange::read::{date, read_projects};
use tici_exchange::sheet::{self, OpenOptions};
use tici_exchange::table::{group_name, is_total_label};
use tici_exchange::{guess, preview};

fn read_everything(name: &str, bytes: &[u8]) {
    let (workbook, problems) = sheet::open(name, bytes, OpenOptions::default());
    assert!(workbook.is_some() || !problems.is_empty());
    let Some(workbook) = workbook else { return };
    let _ = preview::preview(&workbook, None, None, 0, 20);
    if let Some(guess) = guess::guess(&workbook, name, None) {
        let _ = read_projects(&[(name, bytes)], &guess.map, &Links::default());
    }
}

/// A small book of each zipped format, to be damaged.
fn books() -> Vec<(&'static str, Vec<u8>)> {
    let xlsx = crate::fixture::xlsx(
        "!merge A1:B1\n标题\n项目名称 | 总投资（万元）\n甲 | 1\n@2026-01-01 | =1+1 -> 2",
    );
    let ods = "<a><table:table table:name=\"x\"><table:table-row><table:table-cell \
        office:value-type=\"string\"><text:p>项目</text:p></table:table-cell></table:table-row>\
        </table:table></a>";
    vec![("a.xlsx", xlsx), ("a.ods", zip(&[("content.xml", ods.into())]))]
}

/// Places and bytes to put there.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
}

/// Words that steer the search for a table, and others.
const WORDS: &str = "(项目名称|总投资（万元）|合计|一、甲（2项）|2026年5月|[0-9]{1,9}|-|6.2亿|=a|)";

#[test]
fn english_days_are_read_by_the_name_of_the_month() {
    for (text, first, last) in [
        ("13 May 2026", "2026-05-13", "2026-05-13"),
        ("13 Sept 2026", "2026-09-13", "2026-09-13"),
        ("Sep 2026", "2026-09-01", "2026-09-30"),
        ("13-Jun-26", "2026-06-13", "2026-06-13"),
        ("13 Ju 2026", "", ""),
        ("13 Maybe 2026", "", ""),
    ] {
        let found = date::parse(text, &[]).map(|days| (days.first, days.last));
        let wanted = first.parse().ok().zip(last.parse().ok());
        assert_eq!(found, wanted, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes(start in 0..6_usize, bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let magic: [&[u8]; 6] = [
            b"", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\xff\xfe", b"a,b\n",
        ];
        read_everything("x.csv", &[magic[start], &bytes].concat());
    }

    #[test]
    fn damaged_books(which in 0..2_usize, damage in damage()) {
        let (name, mut bytes) = books().swap_remove(which);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_everything(name, &bytes);
    }

    #[test]
    fn damaged_sheets(damage in damage()) {
        let mut sheet = crate::bad_input::sheet_xml(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>项目名称</t></is></c>\
             <c r=\"B1\"><f>A1</f><v>46155</v></c></row>\
             <row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
        );
        for (at, byte) in damage {
            let at = at.index(sheet.len());
            sheet[at] = byte;
        }
        read_everything("a.xlsx", &crate::bad_input::workbook(&sheet, None));
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        let _ = date::parse(&text, &[]);
        let _ = date::parse_span(&text, &[]);
        let _ = Map::parse("m", &text);
        let _ = Links::parse("l", &text);
        let _ = (Unit::parse(&text), unit_in_header(&text), fold_header(&text));
        let _ = (group_name(&text), is_total_label(&text));
        read_everything("x.csv", text.as_bytes());
    }

    #[test]
    fn tables_of_any_words(rows in proptest::collection::vec(
        proptest::collection::vec(WORDS, 1..6), 1..12,
    )) {
        let text: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        read_everything("x.csv", text.join("\n").as_bytes());
    }

    #[test]
    fn written_days_are_read(year in 1950_i16..2100, month in 1_i8..=12, day in 1_i8..=28) {
        let expected = jiff::civil::date(year, month, day);
        for text in [
            format!("{year}-{month:02}-{day:02}"), format!("{year}/{month}/{day}"),
            format!("{year}.{month}.{day}"), format!("{year}年{month}月{day}日"),
            format!("{year}{month:02}{day:02}"), format!("{year}-{month}-{day} 00:00:00"),
        ] {
            let span = date::parse(&text, &[]).expect("a day");
            prop_assert_eq!((span.first, span.last), (expected, expected));
        }
    }
}
