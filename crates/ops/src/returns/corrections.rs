//! What was changed in a return after it had been closed.

use tici_domain::{Basis, Figure, FigureKey, Measure, Period, Subject, Value};
use tici_exchange::form::FormOut;

use super::SheetMeta;
use super::versions::is_closed;
use crate::OpsError;
use crate::view_project::{EntryMeta, Metas};

/// A figure that was changed after the return had been closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub project: i64,
    pub measure: Measure,
    /// What stood when it was closed; `None` for nothing.
    pub before: Option<Value>,
    pub figure: Figure,
    pub by: EntryMeta,
}

/// Figures written after the return was first closed.
pub(super) fn corrections(
    metas: &Metas,
    form: &FormOut,
    period: Period,
    versions: &[SheetMeta],
) -> Result<Vec<Correction>, OpsError> {
    let closed = versions.iter().rev().find(|meta| is_closed(meta.sheet.state));
    let Some(closed) = closed.map(|meta| meta.by.seq) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in &form.rows {
        let figures = metas.snapshot.project_figures.of_subject(row.project);
        let late: Vec<Measure> = figures
            .filter(|cell| {
                // The words for it stand beside each correction, not as one of their own.
                let is_figure = cell.measure != Measure::REASON_TEXT;
                is_figure
                    && cell.period == period
                    && cell.basis == Basis::Reported
                    && cell.entry > closed
            })
            .map(|cell| cell.measure)
            .collect();
        for measure in late {
            let subject = Subject::Project(row.project);
            let key = FigureKey { subject, measure, period, basis: Basis::Reported };
            let history = metas.desk.store.figure_history(&key)?;
            let before = history.iter().find(|(_, meta)| meta.seq <= closed);
            let before = before.map(|(figure, _)| figure.value.clone());
            let Some((figure, meta)) = history.into_iter().next() else { continue };
            let by = metas.meta_of(meta);
            found.push(Correction { project: row.project, measure, before, figure, by });
        }
    }
    Ok(found)
}
