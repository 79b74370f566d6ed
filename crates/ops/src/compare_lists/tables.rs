//! A list, read with or without a map, as the comparison takes it.

use std::collections::BTreeMap;

use tici_domain::figure::Value;
use tici_domain::intake::{At, DateRole, Intake, ProjectRow};
use tici_domain::measure::Unit;
use tici_domain::{Measure, Period, Problem};
use tici_engine::list_diff::{ColumnRole, ListCell, ListColumn, ListRow, ListTable};
use tici_exchange::list_rows::{self, ListRows, ListRowsColumn};
use tici_exchange::map::{DateOrder, Field};

/// From how sure a field is that its role is used.
const CONFIDENCE_MIN: u8 = 60;

/// A list as it stands. `period` names the column that says which period a row speaks of.
pub fn of_list(
    list: &ListRows,
    period: Option<&str>,
    orders: &[DateOrder],
) -> Result<ListTable, Box<Problem>> {
    let mut table = ListTable { columns: list.columns.iter().map(column).collect(), rows: vec![] };
    let period = match period {
        None => None,
        Some(name) => Some(
            table
                .column(name)
                .ok_or_else(|| Box::new(Problem::error("diff-no-column").arg("column", name)))?,
        ),
    };
    if let Some(at) = period {
        table.columns[at].role = ColumnRole::Ignored;
    }
    for row in &list.rows {
        let day = period.and_then(|at| list_rows::day(row.cells.get(at)?, orders));
        table.rows.push(ListRow {
            at: row.at.clone(),
            period: day.map(Period::month_of),
            cells: row.cells.iter().map(ListCell::new).collect(),
        });
    }
    Ok(table)
}

fn column(column: &ListRowsColumn) -> ListColumn {
    let sure = column.confidence >= CONFIDENCE_MIN;
    let role = match &column.field {
        _ if column.is_counter => ColumnRole::Ignored,
        Field::Code | Field::NationalCode if sure => ColumnRole::Code,
        Field::Name if sure => ColumnRole::Name,
        Field::Place | Field::LeadUnit | Field::Enterprise if sure => ColumnRole::Place,
        Field::Plan if sure => ColumnRole::Amount,
        Field::Figure(measure) if sure && is_number(*measure) => ColumnRole::Amount,
        _ => ColumnRole::Other,
    };
    ListColumn { name: column.name.clone(), role, period: column.period }
}

/// Rows read by a map: a column for each field, values as the ledger would keep them, so that
/// lists of different layouts can be compared. `periods` when the map says which period each
/// row speaks of.
pub fn of_intake(intake: &Intake, periods: bool) -> ListTable {
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut table = ListTable::default();
    for row in &intake.rows {
        let at = match row.sheet.is_empty() {
            true => row.cell.clone(),
            false => format!("{}!{}", row.sheet, row.cell),
        };
        let period = row.period.filter(|_| periods);
        let mut out = ListRow { at, period, cells: Vec::new() };
        for (name, role, period, cell) in cells(row) {
            let place = *columns.entry(name.clone()).or_insert_with(|| {
                table.columns.push(ListColumn { name, role, period });
                table.columns.len() - 1
            });
            if out.cells.len() <= place {
                out.cells.resize(place + 1, ListCell::blank());
            }
            out.cells[place] = cell;
        }
        table.rows.push(out);
    }
    table
}

type Cell = (String, ColumnRole, Option<Period>, ListCell);

fn cells(row: &ProjectRow) -> Vec<Cell> {
    let mut found: Vec<Cell> = Vec::new();
    let mut put = |name: &str, role: ColumnRole, cell: Option<ListCell>| {
        found.extend(cell.map(|cell| (name.to_owned(), role, None, cell)));
    };
    let text = |at: &Option<At<String>>| at.as_ref().map(|at| ListCell::new(&at.value));
    let other = ColumnRole::Other;
    put("code", ColumnRole::Code, text(&row.code));
    put("national_code", ColumnRole::Code, text(&row.national_code));
    put("name", ColumnRole::Name, row.name.as_ref().map(|at| ListCell::new(&at.value.text)));
    put("parent", other, text(&row.parent));
    put("enterprise", ColumnRole::Place, text(&row.enterprise));
    put("place", ColumnRole::Place, text(&row.place));
    put("chain", other, text(&row.chain));
    put("industry", other, text(&row.industry));
    put("sector", other, text(&row.sector));
    put("content", other, text(&row.content));
    put("lead_unit", ColumnRole::Place, text(&row.lead_unit));
    put("sponsor", other, text(&row.sponsor));
    let day = |at: &At<jiff::civil::Date>| ListCell::saying(&at.raw, &at.value.to_string());
    put("build_from", other, row.build_from.as_ref().map(day));
    put("build_to", other, row.build_to.as_ref().map(day));
    put("state", other, row.state.as_ref().map(|at| ListCell::new(at.value.code())));
    let tier = |at: &At<(tici_domain::ListTier, i16)>| {
        ListCell::new(format!("{} {}", at.value.1, at.value.0.code()))
    };
    put("tier", other, row.tier.as_ref().map(tier));
    for at in &row.stages {
        match at.value {
            (stage, Some(on)) => {
                let name = format!("stage.{}", stage.code());
                put(&name, other, Some(ListCell::saying(&at.raw, &on.to_string())));
            }
            (stage, None) => put("stage", other, Some(ListCell::saying(&at.raw, stage.code()))),
        }
    }
    for at in &row.milestones {
        let role = match at.value.role {
            DateRole::Planned => "planned",
            DateRole::Actual => "actual",
            DateRole::Expected => "expected",
            DateRole::PlannedFrom => "planned_from",
            DateRole::ActualFrom => "actual_from",
        };
        let name = format!("milestone.{}.{role}", at.value.key);
        put(&name, other, Some(ListCell::saying(&at.raw, &at.value.on.to_string())));
    }
    for (measure, at) in &row.figures {
        put(&format!("figure.{}", measure.code()), role_of(*measure), Some(figure(at)));
    }
    for (period, at) in &row.plans {
        let cell = ListCell::saying(&at.raw, &at.value.to_string());
        found.push((format!("plan {period}"), ColumnRole::Amount, None, cell));
    }
    found
}

fn role_of(measure: Measure) -> ColumnRole {
    if is_number(measure) { ColumnRole::Amount } else { ColumnRole::Other }
}

fn is_number(measure: Measure) -> bool {
    !matches!(measure.spec().unit, Unit::Text | Unit::Date)
}

fn figure(at: &At<Value>) -> ListCell {
    match &at.value {
        Value::Int(number) => ListCell::saying(&at.raw, &number.to_string()),
        Value::Date(day) => ListCell::saying(&at.raw, &day.to_string()),
        Value::Text(text) => ListCell::new(text),
    }
}
