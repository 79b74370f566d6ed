//! A table of a page as Parquet: typed columns by their headers, exact decimals, rows only.

use std::io;

use super::{CellOut, ColumnOut, Kind, TableOut};
use crate::flat::parquet::ParquetWriter;
use crate::flat::{Datum, Field, Kind as FlatKind, RowSink};

/// Decimals of a column at most: an integer of 18 digits holds them.
const SCALE_MAX: u8 = 12;

/// Writes the rows; totals and notes are for people, and left out.
pub fn write(table: &TableOut) -> io::Result<Vec<u8>> {
    let column = |(at, column): (usize, &ColumnOut)| {
        let kind = match column.kind {
            Kind::Text => FlatKind::Text,
            Kind::Date => FlatKind::Date,
            Kind::Integer => FlatKind::Integer,
            Kind::Decimal(_) | Kind::Percent => FlatKind::Decimal(scale(table, at)),
        };
        Field { name: column.title(), kind }
    };
    let fields: Vec<Field> = table.columns.iter().enumerate().map(column).collect();
    let kinds: Vec<FlatKind> = fields.iter().map(|field| field.kind).collect();
    let mut out = Vec::new();
    let mut writer = Box::new(ParquetWriter::new(&mut out, fields, Vec::new())?);
    for row in &table.rows {
        let cells = kinds.iter().enumerate().map(|(at, kind)| datum(row.get(at), *kind));
        writer.row(&cells.collect::<Vec<_>>())?;
    }
    writer.finish()?;
    Ok(out)
}

/// The most decimals that any cell of a column has.
fn scale(table: &TableOut, column: usize) -> u8 {
    let power = |row: &Vec<CellOut>| match row.get(column) {
        Some(CellOut::Scaled { power, .. }) => *power,
        _ => 0,
    };
    table.rows.iter().map(power).max().unwrap_or(0).min(SCALE_MAX)
}

fn datum(cell: Option<&CellOut>, kind: FlatKind) -> Datum {
    let raised = |value: i64, by: u8| value.checked_mul(10_i64.checked_pow(by.into())?);
    match (cell, kind) {
        (Some(CellOut::Text(text) | CellOut::Toned { text, .. }), FlatKind::Text) => {
            Datum::Text(text.clone())
        }
        (Some(CellOut::Date(day)), FlatKind::Date) => Datum::Date(*day),
        (Some(CellOut::Integer(value)), FlatKind::Integer) => Datum::Integer(*value),
        (Some(CellOut::Integer(value)), FlatKind::Decimal(scale)) => raised(*value, scale).into(),
        (Some(CellOut::Scaled { value, power }), FlatKind::Decimal(scale)) => {
            scale.checked_sub(*power).and_then(|by| raised(*value, by)).into()
        }
        _ => Datum::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_a_column_share_their_scale() {
        let wan = |value| CellOut::Scaled { value, power: 4 };
        let kind = FlatKind::Decimal(4);
        assert_eq!(datum(Some(&wan(32_600)), kind), Datum::Integer(32_600));
        assert_eq!(datum(Some(&CellOut::Integer(3)), kind), Datum::Integer(30_000));
        let tenth = CellOut::Scaled { value: 5, power: 1 };
        assert_eq!(datum(Some(&tenth), kind), Datum::Integer(5_000));
        assert_eq!(datum(Some(&CellOut::Missing), kind), Datum::Missing);
        assert_eq!(datum(None, kind), Datum::Missing);
    }
}
