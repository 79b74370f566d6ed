//! Keeps places, firms and settings: the registers that lists refer to.

use jiff::Timestamp;
use tici_domain::change::{Enterprise, Setting};
use tici_domain::{Change, Place, Problem, Table};

use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A row of a register; an `id` of 0 is a new one.
#[derive(Clone, Debug)]
pub enum Register {
    Place(Place),
    Enterprise(Enterprise),
    Setting(Setting),
}

/// Writes rows of the registers in one entry. Rows that change nothing are left out.
pub fn keep_registers(
    desk: &Desk,
    session: &Session,
    rows: &[Register],
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepRegisters)?;
    write(desk, session.actor.id, "keep_registers", now, |snapshot, ids| {
        let mut changes = Vec::new();
        let mut problems = Vec::new();
        for row in rows {
            match row {
                Register::Place(place) => {
                    problems.extend(check_place(snapshot, place));
                    let mut place = place.clone();
                    if place.id == 0 {
                        place.id = ids.next(Table::Place);
                    }
                    if snapshot.places.get(&place.id) != Some(&place) {
                        changes.push(Change::Place(place));
                    }
                }
                Register::Enterprise(firm) => {
                    let mut firm = firm.clone();
                    if firm.id == 0 {
                        firm.id = ids.next(Table::Enterprise);
                    }
                    if snapshot.enterprises.get(&firm.id) != Some(&firm) {
                        changes.push(Change::Enterprise(firm));
                    }
                }
                Register::Setting(setting) => {
                    if snapshot.setting(&setting.key) != Some(&setting.value) {
                        changes.push(Change::Setting(setting.clone()));
                    }
                }
            }
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        Ok(changes)
    })
}

fn check_place(snapshot: &tici_engine::Snapshot, place: &Place) -> Vec<Problem> {
    let mut problems = Vec::new();
    let same_code = snapshot
        .places
        .values()
        .find(|known| known.id != place.id && known.code == place.code && known.valid_to.is_none());
    if let Some(known) = same_code {
        let problem = Problem::error("place-code-taken").arg("code", &place.code.code);
        problems.push(problem.arg("place", &known.name.text));
    }
    if let Some(parent) = place.parent
        && (!snapshot.places.contains_key(&parent)
            || place.id != 0 && snapshot.place_within(parent, place.id))
    {
        let problem = Problem::error("place-parent-wrong").arg("place", &place.name.text);
        problems.push(problem.arg("parent", parent));
    }
    problems
}
