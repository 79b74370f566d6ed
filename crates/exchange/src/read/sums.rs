//! Rows of sums: left out of the list, and compared with it.

use super::amount;
use super::columns::{Columns, Resolved, short};
use crate::map::Field;
use crate::table::{Role, View, group_name};
use tici_domain::measure::Unit as MeasureUnit;
use tici_domain::money::Magnitude;
use tici_domain::{Currency, Problem};

/// Compares every total, subtotal and counted heading with the rows it speaks of.
pub fn check(view: &View<'_>, columns: &Columns<'_>, currency: Currency) -> Vec<Problem> {
    let roles = &columns.roles;
    let mut problems = Vec::new();
    for (row, role) in roles.iter().enumerate() {
        let rows = match role {
            Role::Total => rows_of_all(roles),
            Role::Subtotal => rows_around(roles, row),
            Role::Group => rows_below(roles, row),
            _ => continue,
        };
        problems.extend(check_count(view, row, *role, rows.len()));
        for column in columns.fields.iter().filter(|column| column.column.field.adds_up()) {
            problems.extend(check_sum(view, column, row, &rows, currency));
        }
    }
    problems
}

fn rows_of_all(roles: &[Role]) -> Vec<usize> {
    (0..roles.len()).filter(|row| roles[*row] == Role::Data).collect()
}

fn is_border(role: Role) -> bool {
    matches!(role, Role::Group | Role::Total | Role::Subtotal | Role::Header | Role::Note)
}

fn rows_below(roles: &[Role], row: usize) -> Vec<usize> {
    let below = roles.iter().enumerate().skip(row + 1);
    let until = below.take_while(|(_, role)| !is_border(**role));
    until.filter(|(_, role)| **role == Role::Data).map(|(row, _)| row).collect()
}

/// The rows above a subtotal; where there are none, those below it.
fn rows_around(roles: &[Role], row: usize) -> Vec<usize> {
    let above = roles[..row].iter().enumerate().rev();
    let until = above.take_while(|(_, role)| !is_border(**role));
    let rows: Vec<usize> =
        until.filter(|(_, role)| **role == Role::Data).map(|(row, _)| row).collect();
    if rows.is_empty() { rows_below(roles, row) } else { rows }
}

fn check_count(view: &View<'_>, row: usize, role: Role, counted: usize) -> Option<Problem> {
    let first = *view.filled(row).first()?;
    let label = view.cell(row, first).value.show();
    let (_, stated) = group_name(&label);
    let stated = stated.filter(|stated| *stated != counted)?;
    // A heading over subheadings has no rows right below it, and nothing to count.
    if role == Role::Group && counted == 0 {
        return None;
    }
    let problem = Problem::warning("count-differs").arg("label", short(&label));
    Some(problem.arg("stated", stated).arg("counted", counted).at(
        "",
        "",
        &view.address(row, first),
    ))
}

fn check_sum(
    view: &View<'_>,
    column: &Resolved<'_>,
    row: usize,
    rows: &[usize],
    currency: Currency,
) -> Option<Problem> {
    let is_count = matches!(&column.column.field, Field::Figure(measure)
        if measure.spec().unit == MeasureUnit::Count);
    let value = |row: usize| {
        let value = &view.cell(row, column.index).value;
        if is_count {
            amount::parse_count(value)
        } else {
            amount::parse(value, column.magnitude, currency).ok()
        }
    };
    let stated = value(row)?;
    let values: Vec<i64> = rows.iter().filter_map(|row| value(*row)).collect();
    if values.is_empty() {
        return None;
    }
    let summed: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let difference = i128::from(stated) - summed;
    // Amounts printed with decimals were rounded one by one, and so was their sum.
    let decimals = rows.iter().map(|row| decimals(view, *row, column)).max().unwrap_or(0);
    let digits = column.magnitude.0 + currency.stored_digits();
    let last_place = 10_i128.pow(digits.saturating_sub(decimals));
    let allowed = if decimals == 0 { 0 } else { last_place * (values.len() as i128 + 1) / 2 };
    if difference.abs() <= allowed {
        return None;
    }
    let show = |amount: i128| {
        if is_count { amount.to_string() } else { print(amount, column.magnitude, currency) }
    };
    let problem = Problem::warning("total-differs").arg("column", short(&column.header));
    let problem = problem
        .arg("stated", show(i128::from(stated)))
        .arg("summed", show(summed))
        .arg("difference", show(difference));
    Some(problem.at("", "", &view.address(row, column.index)))
}

fn decimals(view: &View<'_>, row: usize, column: &Resolved<'_>) -> u32 {
    let text = view.cell(row, column.index).value.show();
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.bytes().take_while(u8::is_ascii_digit).count().min(6) as u32
}

fn print(amount: i128, magnitude: Magnitude, currency: Currency) -> String {
    let power = magnitude.0 + currency.stored_digits();
    let text = tici_domain::money::print_scaled(amount, power, power.min(6));
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text,
    }
}
