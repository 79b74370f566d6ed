//! What columns say beside each other: doubles, words below a header, codes by their shape.

use super::{GuessedColumn, Reason};
use crate::map::{Field, fold_header};
use crate::read::{is_no_stage, is_running_number, period_in_header, stage_word, state_word};
use crate::table::{Role, View};
use tici_domain::project_code::ProjectCode;

/// A field that can be filled once stays with the column that is surest of it; plans of
/// different periods may stand side by side.
pub(super) fn settle_doubles(columns: &mut [GuessedColumn]) {
    for index in 0..columns.len() {
        let column = &columns[index];
        if column.field == Field::Ignore {
            continue;
        }
        let period = period_in_header(&column.header, None);
        let rival = columns.iter().enumerate().find(|(other, rival)| {
            let surer = rival.confidence > column.confidence
                || rival.confidence == column.confidence && *other < index;
            *other != index && rival.field == column.field && surer
        });
        let Some((_, rival)) = rival else { continue };
        let own_period =
            column.field == Field::Plan && period != period_in_header(&rival.header, None);
        if !own_period {
            let taken = Reason::Taken(rival.header.clone());
            let column = &mut columns[index];
            (column.field, column.reason, column.confidence) = (Field::Ignore, taken, 0);
        }
    }
}

/// The first values of a column of projects, blank ones left out.
fn values(view: &View<'_>, roles: &[Role], column: usize) -> Vec<String> {
    let rows = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data);
    let texts = rows.map(|(row, _)| view.cell(row, column).value.show());
    texts.filter(|text| !text.trim().is_empty()).take(100).collect()
}

/// 项目状态 heads stages (在建, 已开工) in one list and states (正常, 停工) in the next: the
/// words below decide. A column of neither would fail in every row, and is left out.
pub(super) fn settle_by_words(view: &View<'_>, roles: &[Role], columns: &mut [GuessedColumn]) {
    for index in 0..columns.len() {
        if !matches!(columns[index].field, Field::State | Field::Stage) {
            continue;
        }
        let values = values(view, roles, columns[index].index);
        let is_stage = |text: &&String| stage_word(text).is_some() || is_no_stage(text);
        let stages = values.iter().filter(is_stage).count();
        let states = values.iter().filter(|text| state_word(text).is_some()).count();
        let (field, reason, confidence) = match (stages, states) {
            _ if values.is_empty() => continue,
            (0, 0) if columns[index].field == Field::Stage => continue,
            (0, 0) => (Field::Ignore, Reason::Nothing, 0),
            (stages, states) if stages > states => (Field::Stage, Reason::Values("stage"), 90),
            _ => (Field::State, Reason::Values("state"), 90),
        };
        if field == columns[index].field {
            continue;
        }
        let taken = columns.iter().find(|other| field != Field::Ignore && other.field == field);
        let (field, reason, confidence) = match taken {
            Some(rival) => (Field::Ignore, Reason::Taken(rival.header.clone()), 0),
            None => (field, reason, confidence),
        };
        let column = &mut columns[index];
        (column.field, column.reason, column.confidence) = (field, reason, confidence);
    }
}

/// A share is a package's only where a column says of what; elsewhere 占比 is any rate.
pub(super) fn settle_shares(columns: &mut [GuessedColumn]) {
    if columns.iter().any(|column| column.field == Field::Parent) {
        return;
    }
    for column in columns.iter_mut().filter(|column| column.field == Field::ParentShare) {
        (column.field, column.reason, column.confidence) = (Field::Ignore, Reason::Nothing, 0);
    }
}

/// Columns without a telling header: codes and days are known by their shape.
pub(super) fn guess_from_values(view: &View<'_>, roles: &[Role], columns: &mut [GuessedColumn]) {
    for column in columns.iter_mut() {
        let code_field = matches!(column.field, Field::Code | Field::NationalCode);
        if column.reason != Reason::Nothing && !code_field {
            continue;
        }
        let values = values(view, roles, column.index);
        let coded = values.iter().filter(|text| ProjectCode::parse(text.trim()).is_ok()).count();
        if coded > 0 && coded * 10 >= values.len() * 8 {
            (column.field, column.confidence) = (Field::NationalCode, 90);
            column.reason = Reason::Values("national_code");
        } else if is_running_number(&fold_header(&column.header), &values) {
            (column.field, column.confidence) = (Field::Ignore, 90);
            column.reason = Reason::Values("running_number");
        } else if column.field == Field::NationalCode {
            // 项目代码 of an office's own.
            (column.field, column.confidence) = (Field::Code, 70);
        }
    }
    if !columns.iter().any(|column| column.field == Field::Name) {
        let texts = |column: &GuessedColumn| {
            let long = column.samples.iter().filter(|text| text.chars().count() >= 4).count();
            let numbers = column.samples.iter().any(|text| text.parse::<f64>().is_ok());
            long == column.samples.len() && long > 0 && !numbers
        };
        let free = |column: &&mut GuessedColumn| column.reason == Reason::Nothing && texts(column);
        if let Some(column) = columns.iter_mut().find(free) {
            (column.field, column.confidence) = (Field::Name, 40);
            column.reason = Reason::Values("name");
        }
    }
}
