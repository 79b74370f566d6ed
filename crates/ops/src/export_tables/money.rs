//! Figures, every version, each with who reported it, when, in which file, sheet and cell.

use tici_domain::measure::{Accumulation, Unit as MeasureUnit};
use tici_domain::{Subject, Table, Value};
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Codes, Column, Unit, day, int, moment, text};
use super::source::{About, Source, Written, day as date, int as number};

/// Columns that end every table of versions: what a row replaced and was replaced by, and
/// the entry that wrote it.
pub const WRITTEN: [Column; 8] = [
    int("replaces"),
    int("replaced_by"),
    int("entry").of("journal"),
    moment("written_at"),
    text("written_by"),
    text("written_by_post"),
    text("source_file"),
    text("source_sha256"),
];

/// Two lists of columns as one.
pub const fn columns<const A: usize, const B: usize, const N: usize>(
    first: [Column; A],
    second: [Column; B],
) -> [Column; N] {
    assert!(A + B == N, "as many as both together");
    let mut all = [int("id"); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < A { first[at] } else { second[at - A] };
        at += 1;
    }
    all
}

impl Source<'_> {
    /// The values of [`WRITTEN`].
    pub fn written<T>(&self, written: &Written<'_, T>, replaces: Option<i64>) -> Vec<Datum> {
        let mut out = vec![replaces.into(), written.replaced_by.into()];
        out.extend(self.provenance(written.entry));
        out
    }
}

const REPORTED: [Column; 19] = [
    int("id"),
    text("subject").codes(Codes::Subject),
    int("subject_id"),
    text("subject_code"),
    text("measure").codes(Codes::Measure),
    text("accumulation").codes(Codes::Accumulation),
    text("period"),
    day("period_from"),
    day("period_to"),
    text("basis").codes(Codes::Basis),
    int("value").unit(Unit::ByMeasure),
    text("value_text"),
    day("value_date"),
    text("unit"),
    text("currency"),
    text("raw"),
    text("sheet"),
    text("cell"),
    text("reason"),
];

pub const FIGURES: TableSpec = TableSpec {
    name: "figures",
    of: Some(Table::Figure),
    columns: &columns::<19, 8, 27>(REPORTED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Figure,
            rows_of!(Figure),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let about = match row.subject {
                    Subject::Project(id) => About::Project(id),
                    Subject::Enterprise(id) => About::Enterprise(id),
                    Subject::Place(id) => About::Place(Some(id)),
                };
                let mut out = figure(source, row);
                out.extend(source.written(&written, row.replaces));
                emit.row(about, out);
            },
        )
    },
};

fn figure(source: &Source<'_>, row: &tici_domain::Figure) -> Vec<Datum> {
    let spec = row.measure.spec();
    let (code, currency) = match row.subject {
        Subject::Project(id) => (source.project_code(id), source.currency(id)),
        Subject::Enterprise(id) => {
            let firm = source.snapshot.enterprises.get(&id);
            (Datum::from(firm.and_then(|firm| firm.code.as_ref())), Datum::from("CNY"))
        }
        Subject::Place(id) => (source.place_code(Some(id)), Datum::from("CNY")),
    };
    let is_money = spec.unit == MeasureUnit::Money;
    vec![
        number(row.id),
        row.subject.kind().into(),
        number(row.subject.id()),
        code,
        row.measure.code().into(),
        accumulation(spec.accumulation).into(),
        Datum::Text(row.period.to_string()),
        date(row.period.first_day()),
        date(row.period.last_day()),
        row.basis.code().into(),
        row.value.as_int().into(),
        match &row.value {
            Value::Text(text) => Datum::Text(text.clone()),
            _ => Datum::Missing,
        },
        row.value.as_date().into(),
        unit(spec.unit).into(),
        if is_money { currency } else { Datum::Missing },
        Datum::from(row.raw.as_ref()),
        Datum::from(row.sheet.as_ref()),
        Datum::from(row.cell.as_ref()),
        Datum::from(row.reason.as_ref()),
    ]
}

fn accumulation(of: Accumulation) -> &'static str {
    match of {
        Accumulation::Periodic => "periodic",
        Accumulation::YearToDate => "year_to_date",
        Accumulation::SinceStart => "since_start",
        Accumulation::Stock => "stock",
    }
}

fn unit(of: MeasureUnit) -> &'static str {
    match of {
        MeasureUnit::Money => Unit::Stored.code(),
        MeasureUnit::PercentHundredths => Unit::PercentHundredths.code(),
        MeasureUnit::Count => "count",
        MeasureUnit::Text => "text",
        MeasureUnit::Date => "date",
    }
}
