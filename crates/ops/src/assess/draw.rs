//! Inputs of a run as the ledger has them now.

use jiff::civil::Date;
use tici_domain::{Period, RunState, Scheme, ScoreRun};
use tici_engine::assess::run::draw::draw;
use tici_engine::assess::run::frozen::{Frozen, FrozenBefore};
use tici_engine::assess::scheme::Scheme as Rules;
use tici_engine::{Lens, Snapshot};

use super::open_run::opened;
use super::schemes::current_scheme;
use crate::lens::{LensQuery, lens};
use crate::{Desk, OpsError};

/// Scheme and inputs for a period.
pub struct Drawn {
    pub row: Scheme,
    pub rules: Rules,
    pub frozen: Frozen,
}

/// Draws the inputs of a scheme for a period. Counted figures are those of its last month, or
/// of the newest month that has come in, where that is earlier.
pub fn draw_inputs(
    desk: &Desk,
    snapshot: &Snapshot,
    (key, period): (&str, Period),
    today: Date,
) -> Result<Drawn, OpsError> {
    let (row, rules) = current_scheme(snapshot, key, period)?;
    let table = desk.facts(snapshot, &lens_of(snapshot, period, today));
    let before = match run_before(snapshot, key, period) {
        Some(run) => {
            let opened = opened(desk, snapshot, run)?;
            Some(FrozenBefore::of_run(&run.period.to_string(), &opened.run))
        }
        None => None,
    };
    let frozen = draw(&rules, snapshot, &table, (period, before));
    Ok(Drawn { row, rules, frozen })
}

/// The month whose facts a period is counted on.
pub(super) fn lens_of(snapshot: &Snapshot, period: Period, today: Date) -> Lens {
    let last = period.months().next_back().unwrap_or(Period::month_of(period.last_day()));
    let newest = lens(snapshot, LensQuery::default(), today).period;
    let month = if newest.last_day() < last.last_day() { newest } else { last };
    lens(snapshot, LensQuery { period: Some(month), ..LensQuery::default() }, today)
}

/// The newest run of the period before that stands.
pub(super) fn run_before<'a>(
    snapshot: &'a Snapshot,
    key: &str,
    period: Period,
) -> Option<&'a ScoreRun> {
    let runs = snapshot.records.runs.values().map(|kept| &kept.row);
    let stands = |run: &&ScoreRun| {
        run.scheme == key
            && run.period == period.previous()
            && matches!(run.state, RunState::Published | RunState::Final)
    };
    runs.filter(stands).max_by_key(|run| (run.published, run.series))
}
