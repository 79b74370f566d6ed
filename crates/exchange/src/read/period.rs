//! The period the figures of a row belong to.

use super::date;
use crate::map::{DateOrder, PeriodKind};
use crate::sheet::CellValue;
use jiff::civil::Date;
use tici_domain::Period;

/// The period of a kind around a day.
pub fn around(day: Date, kind: PeriodKind) -> Period {
    let (year, month) = (day.year(), day.month() as u8);
    let period = match kind {
        PeriodKind::Year => Some(Period::year(year)),
        PeriodKind::Half => Period::half(year, (month - 1) / 6 + 1),
        PeriodKind::Quarter => Period::quarter(year, (month - 1) / 3 + 1),
        PeriodKind::Month => Some(Period::month_of(day)),
        PeriodKind::TenDays => {
            Period::ten_days(year, month, ((day.day() as u8 - 1) / 10 + 1).min(3))
        }
    };
    period.expect("a day lies in every kind of period")
}

/// Reads a cell of a column of periods: a day, a serial number, a period code, or a text.
pub fn in_cell(
    value: &CellValue,
    kind: PeriodKind,
    orders: &[DateOrder],
    epoch_1904: bool,
) -> Option<Period> {
    match value {
        CellValue::Date(day) => Some(around(*day, kind)),
        CellValue::Number(number) => match kind {
            PeriodKind::Year if (1990.0..2100.0).contains(number) => {
                Some(Period::year(*number as i16))
            }
            _ => date::from_serial(*number, epoch_1904).map(|day| around(day, kind)),
        },
        CellValue::Text(text) => match Period::parse(text.trim()) {
            Some(period) => Some(period),
            None => date::parse(text, orders).map(|span| around(span.first, kind)),
        },
        _ => None,
    }
}

/// Finds a year, and a month or day where the kind needs one, in the name of a file:
/// `return-2026-05.xlsx`, `2026年5月.xls`, `uk_2014.csv`, `20260513.csv`.
pub fn in_file_name(name: &str, kind: PeriodKind) -> Option<Period> {
    let runs = digit_runs(name);
    for (index, run) in runs.iter().enumerate() {
        let year: i16 = run.get(..4).and_then(|year| year.parse().ok())?;
        if !(1990..=2100).contains(&year) {
            continue;
        }
        let follows = |step: usize| runs.get(index + step).filter(|run| run.len() <= 2);
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<i8>().ok());
        let month = number(run.get(4..6).or_else(|| follows(1).map(String::as_str)));
        let day = number(run.get(6..8).or_else(|| follows(2).map(String::as_str)));
        if kind == PeriodKind::Year {
            return Some(Period::year(year));
        }
        if let (PeriodKind::Quarter, Some(quarter)) = (kind, quarter_in(name)) {
            return Period::quarter(year, quarter);
        }
        let day = Date::new(year, month?, if kind == PeriodKind::TenDays { day? } else { 1 });
        return day.ok().map(|day| around(day, kind));
    }
    None
}

fn quarter_in(name: &str) -> Option<u8> {
    let upper = name.to_ascii_uppercase();
    let at = upper.find(['Q'])?;
    let digit = upper[at + 1..].chars().next()?.to_digit(10)?;
    (1..=4).contains(&digit).then_some(digit as u8)
}

/// Runs of digits of a name; those too short to hold a year are kept for what follows one.
fn digit_runs(name: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    for c in name.chars().chain([' ']) {
        if c.is_ascii_digit() {
            run.push(c);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    let first_year = runs.iter().position(|run| matches!(run.len(), 4 | 6 | 8));
    first_year.map(|at| runs.split_off(at)).unwrap_or_default()
}
