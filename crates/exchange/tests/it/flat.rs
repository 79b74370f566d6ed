//! Flat tables: typed, exact, and the same bytes for the same rows.

use std::sync::{Arc, Mutex};

use jiff::civil::date;
use tici_exchange::flat::csv::CsvWriter;
use tici_exchange::flat::hashed::Hashed;
use tici_exchange::flat::parquet::{ParquetWriter, ROWS_PER_GROUP};
use tici_exchange::flat::xlsx::FlatWorkbook;
use tici_exchange::flat::{Datum, Field, Kind, RowSink};
use tici_exchange::sheet::{self, OpenOptions};

/// Bytes that stay after their writer is gone.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn fields() -> Vec<Field> {
    vec![
        Field::new("id", Kind::Integer),
        Field::new("name", Kind::Text),
        Field::new("on", Kind::Date),
        Field::new("at", Kind::Moment),
        Field::new("is_key", Kind::Flag),
        Field::new("share", Kind::Decimal(2)),
    ]
}

fn rows() -> Vec<Vec<Datum>> {
    let at = |text: &str| Datum::Moment(text.parse().unwrap());
    vec![
        vec![
            Datum::Integer(1),
            Datum::from("年产30万吨,\"一期\""),
            Datum::Date(date(2026, 5, 13)),
            at("2026-06-05T08:42:00.000001Z"),
            Datum::Flag(true),
            Datum::Integer(3690),
        ],
        vec![
            Datum::Integer(i64::MIN),
            Datum::from("=SUM(A1)"),
            Datum::Date(date(1899, 12, 31)),
            at("1969-12-31T23:59:59Z"),
            Datum::Flag(false),
            Datum::Integer(-5),
        ],
        vec![Datum::Missing; 6],
        vec![
            Datum::Integer(i64::MAX),
            Datum::from("第一行\n第二行"),
            Datum::Date(date(9999, 12, 31)),
            at("2026-06-05T08:42:00Z"),
            Datum::Flag(true),
            Datum::Integer(100),
        ],
    ]
}

fn written(make: impl FnOnce(Kept) -> Box<dyn RowSink>, rows: &[Vec<Datum>]) -> Vec<u8> {
    let kept = Kept::default();
    let mut writer = make(kept.clone());
    rows.iter().for_each(|row| writer.row(row).unwrap());
    writer.finish().unwrap();
    kept.0.lock().unwrap().clone()
}

#[test]
fn csv_is_exact() {
    let make = |out: Kept| -> Box<dyn RowSink> { Box::new(CsvWriter::new(out, fields()).unwrap()) };
    let text = String::from_utf8(written(make, &rows())).unwrap();
    let expected = "id,name,on,at,is_key,share\r\n\
        1,\"年产30万吨,\"\"一期\"\"\",2026-05-13,2026-06-05T08:42:00.000001Z,true,36.90\r\n\
        -9223372036854775808,=SUM(A1),1899-12-31,1969-12-31T23:59:59Z,false,-0.05\r\n\
        ,,,,,\r\n\
        9223372036854775807,\"第一行\n第二行\",9999-12-31,2026-06-05T08:42:00Z,true,1.00\r\n";
    assert_eq!(text, expected);
}

/// The case was read with Apache Arrow and DuckDB when it was written, and gave these rows.
/// `docs/exchange-formats.md` says how.
#[test]
fn parquet_is_as_outside_readers_had_it() {
    let make = |out: Kept| -> Box<dyn RowSink> {
        let notes = vec![("tici.table".to_owned(), "types".to_owned())];
        Box::new(ParquetWriter::new(out, fields(), notes).unwrap())
    };
    let bytes = written(make, &rows());
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/flat/types.parquet");
    if std::env::var_os("TICI_WRITE_CASES").is_some() {
        std::fs::write(case, &bytes).unwrap();
    }
    assert_eq!(bytes, std::fs::read(case).unwrap(), "other bytes than those that were read");
    assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
}

#[test]
fn many_rows_go_out_in_groups_of_bounded_memory() {
    let fields = vec![Field::new("n", Kind::Integer), Field::new("text", Kind::Text)];
    let rows: Vec<Vec<Datum>> = (0..ROWS_PER_GROUP as i64 + 1)
        .map(|n| vec![Datum::Integer(n), if n % 3 == 0 { Datum::Missing } else { "乙".into() }])
        .collect();
    let make = |out: Kept| -> Box<dyn RowSink> {
        Box::new(ParquetWriter::new(out, fields, Vec::new()).unwrap())
    };
    let bytes = written(make, &rows);
    // Two groups name each column twice, beside the schema that names it once.
    let names = bytes.windows(5).filter(|window| window == b"\x04text").count();
    assert_eq!(names, 3);
    assert!(bytes.len() < 400_000, "{} bytes", bytes.len());
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let kept = Kept::default();
    let mut writer = CsvWriter::new(kept, fields()).unwrap();
    for row in [vec![], vec![Datum::Missing; 5], vec![Datum::from("x"); 6]] {
        assert!(writer.row(&row).is_err(), "{row:?}");
    }
}

#[test]
fn a_workbook_keeps_types_and_what_a_spreadsheet_would_round() {
    let mut workbook = FlatWorkbook::new("t").unwrap();
    workbook.table("types", fields()).unwrap();
    rows().iter().for_each(|row| workbook.row(row).unwrap());
    workbook.table("empty", fields()).unwrap();
    let bytes = workbook.finish().unwrap();
    let (workbook, problems) = sheet::open("t.xlsx", &bytes, OpenOptions::default());
    assert!(problems.is_empty(), "{problems:?}");
    let workbook = workbook.unwrap();
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["types", "empty"]);
    let show = |row, column| workbook.sheets[0].cell(row, column).value.show();
    assert_eq!(
        (show(1, 0), show(1, 2), show(1, 5)),
        ("1".into(), "2026-05-13".into(), "36.9".into())
    );
    assert_eq!((show(2, 0), show(2, 2)), ("-9223372036854775808".into(), "1899-12-31".into()));
    assert_eq!(show(3, 0), "");
    assert!(!workbook.sheets[0].cell(2, 1).formula);
}

#[test]
fn what_goes_through_is_hashed() {
    use std::io::Write;
    let (mut out, sum) = Hashed::new(Kept::default());
    out.write_all(b"abc").unwrap();
    let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sum.read(), (3, sha.to_owned()));
}
