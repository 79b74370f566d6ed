//! Figures: one value of one measure of one subject in one period on one basis.

use super::{In, Ledger, Out, Spec, Style, int, text};
use crate::StoreError;
use jiff::civil::Date;
use tici_domain::measure::Unit;
use tici_domain::{Basis, Change, Figure, Measure, Period, Subject, Table, figure::Value};

pub(super) const LEDGER: Ledger = Ledger {
    table: Table::Figure,
    spec: Spec {
        name: "figure",
        data: &[
            int("id"),
            text("subject_kind"),
            int("subject_id"),
            text("measure"),
            text("period"),
            text("basis"),
            int("value_int"),
            text("value_text"),
            text("raw"),
            text("sheet"),
            text("cell"),
            int("replaces"),
            text("reason"),
        ],
        key: &["id"],
        style: Style::Superseding {
            natural_key: &["subject_kind", "subject_id", "measure", "period", "basis"],
        },
    },
    encode,
    decode,
};

fn encode<'a>(change: &'a Change, out: &mut Out<'a, '_>) {
    let Change::Figure(row) = change else { unreachable!("only figures are written here") };
    out.int(row.id).text(row.subject.kind()).int(row.subject.id()).text(row.measure.code());
    out.printed(row.period).text(row.basis.code());
    match &row.value {
        Value::Int(value) => out.int(*value).opt_text(None),
        Value::Text(words) => out.opt_int(None).text(words),
        Value::Date(date) => out.opt_int(None).printed(date),
    };
    out.opt_text(row.raw.as_deref()).opt_text(row.sheet.as_deref()).opt_text(row.cell.as_deref());
    out.opt_int(row.replaces).opt_text(row.reason.as_deref());
}

fn decode(cells: &mut In<'_>) -> Result<Change, StoreError> {
    let id = cells.int()?;
    let (kind, subject) = (cells.str()?, cells.int()?);
    let subject = Subject::from_parts(kind, subject)
        .ok_or_else(|| StoreError::damaged(format!("unknown subject {kind:?}")))?;
    let measure = cells.code(Measure::parse)?;
    Ok(Change::Figure(Figure {
        id,
        subject,
        measure,
        period: cells.code(Period::parse)?,
        basis: cells.code(Basis::parse)?,
        value: figure_value(measure, cells.opt_int()?, cells.opt_str()?)?,
        raw: cells.opt_text()?,
        sheet: cells.opt_text()?,
        cell: cells.opt_text()?,
        replaces: cells.opt_int()?,
        reason: cells.opt_text()?,
    }))
}

/// The value in the two value columns. Words are a date only for a measure of dates.
pub(crate) fn figure_value(
    measure: Measure,
    number: Option<i64>,
    words: Option<&str>,
) -> Result<Value, StoreError> {
    match (number, words) {
        (Some(number), None) => Ok(Value::Int(number)),
        (None, Some(words)) => Ok(typed(measure, words.to_string())),
        _ => Err(StoreError::damaged("a figure has one value")),
    }
}

/// JSON does not tell words from dates. The measure does, and both ways of reading a
/// figure (from its row and from the journal) have to agree.
pub(crate) fn normalise(change: &mut Change) {
    let Change::Figure(figure) = change else { return };
    match &mut figure.value {
        Value::Int(_) => {}
        Value::Date(date) if figure.measure.spec().unit != Unit::Date => {
            figure.value = Value::Text(date.to_string());
        }
        Value::Date(_) => {}
        Value::Text(words) => figure.value = typed(figure.measure, std::mem::take(words)),
    }
}

fn typed(measure: Measure, words: String) -> Value {
    if measure.spec().unit == Unit::Date
        && let Ok(date) = words.parse::<Date>()
        && date.to_string() == words
    {
        return Value::Date(date);
    }
    Value::Text(words)
}
