//! Cells that two people changed, and what was corrected after the lock.

use tici_domain::{Stage, Value};
use tici_ops::returns::form::RowOut;
use tici_ops::returns::{Column, Conflict, Correction, PlacePage, Side, cell_key};

use super::{print, who};
use crate::{T, Visit};

pub struct ConflictView {
    pub project: String,
    pub column: String,
    pub base: String,
    pub mine: String,
    pub theirs: String,
    pub decided_mine: bool,
    pub decided_theirs: bool,
    pub key: String,
}

pub struct CorrectionView {
    pub project: String,
    pub href: String,
    pub column: String,
    pub was: String,
    pub is: String,
    pub why: String,
    pub by: String,
}

/// A cell that two people changed, with both values.
pub fn conflict(t: T, page: &PlacePage, found: &Conflict) -> ConflictView {
    let row = page.form.rows.iter().find(|row| row.project == found.project);
    let column = Column::find(found.column);
    let print = |value: &Value| match (row, column) {
        (Some(row), Some(column)) => shown(t, column, value, row),
        _ => String::new(),
    };
    ConflictView {
        project: row.map_or_else(String::new, |row| format!("{} {}", row.code, row.name)),
        column: t.form_column(found.column),
        base: found.base.as_ref().map_or_else(|| t.t("app-none"), print),
        mine: print(&found.mine),
        theirs: print(&found.theirs),
        decided_mine: found.decided == Some(Side::Mine),
        decided_theirs: found.decided == Some(Side::Theirs),
        key: cell_key(found.project, found.column),
    }
}

fn shown(t: T, column: &Column, value: &Value, row: &RowOut) -> String {
    let stage = value.as_text().and_then(Stage::parse).filter(|_| column.is_stage());
    stage.map_or_else(|| print(column, value, row), |stage| t.stage(stage))
}

/// What was corrected after the lock.
pub fn corrections(visit: &Visit, page: &PlacePage) -> Vec<CorrectionView> {
    let t = visit.t;
    let view = |found: &Correction| {
        let row = page.form.rows.iter().find(|row| row.project == found.project)?;
        let column = Column::of(found.measure)?;
        Some(CorrectionView {
            project: format!("{} {}", row.code, row.name),
            href: format!("/projects/{}", row.project),
            column: t.form_column(column.key),
            was: found
                .before
                .as_ref()
                .map_or_else(|| t.t("app-none"), |value| shown(t, column, value, row)),
            is: shown(t, column, &found.figure.value, row),
            why: found.figure.reason.clone().unwrap_or_default(),
            by: who(visit, &found.by),
        })
    };
    page.corrections.iter().filter_map(view).collect()
}
