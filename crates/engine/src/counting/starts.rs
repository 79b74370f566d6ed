//! Starts and what follows them: planned, due, made this year, completed, entered with the
//! statistics bureau. A start is counted by the day of its claim, never by a report.

use serde::Serialize;
use tici_domain::{Percent, Stage};

use crate::facts::{Facts, FactsTable, Lens};
use crate::rule::StageStatus;
use crate::snapshot::{ProjectEntry, Snapshot};

/// Counts of one cohort. "Of the year" is the calendar year of the lens's period, up to
/// its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Starts {
    /// 计划新开工: planned to start this year.
    pub planned: usize,
    /// Of these, started.
    pub planned_started: usize,
    /// 应开工: planned to have started by the lens's day.
    pub due: usize,
    pub due_started: usize,
    /// 新开工: started this year, planned or not.
    pub in_year: usize,
    /// Started within the lens's period.
    pub in_period: usize,
    /// 续建: started before this year.
    pub continuing: usize,
    /// Started on a day nobody has stated.
    pub undated: usize,
    /// 竣工 and 投产 of this year.
    pub completed: usize,
    pub in_production: usize,
    /// 纳统: entered with the statistics bureau, whatever the stage.
    pub stat_entered: usize,
}

impl Starts {
    /// 开工率: started of those planned to start; exact, from counts.
    pub fn rate(&self) -> Option<Percent> {
        Percent::of(self.planned_started as i128, self.planned as i128)
    }

    /// Started of those that should have by now.
    pub fn due_rate(&self) -> Option<Percent> {
        Percent::of(self.due_started as i128, self.due as i128)
    }

    pub(super) fn add(&mut self, snapshot: &Snapshot, table: &FactsTable, facts: &Facts) {
        let Some(entry) = snapshot.projects.get(facts.project) else { return };
        let lens = &table.lens;
        let year = lens.period.calendar_year();
        let started = facts.has_started();
        let planned = entry.milestone(Stage::Started.code()).and_then(|row| row.planned);
        if let Some(planned) = planned.filter(|day| day.year() == year) {
            self.planned += 1;
            self.planned_started += usize::from(started);
            self.due += usize::from(planned <= lens.today);
            self.due_started += usize::from(planned <= lens.today && started);
        }
        match reached(entry, lens, Stage::Started) {
            Some(day) if day.year() == year => {
                self.in_year += 1;
                self.in_period += usize::from(lens.period.contains(day));
            }
            Some(day) if day.year() < year => self.continuing += 1,
            Some(_) => {}
            None => self.undated += usize::from(started),
        }
        let this_year = |stage| reached(entry, lens, stage).is_some_and(|day| day.year() == year);
        self.completed += usize::from(this_year(Stage::Completed));
        self.in_production += usize::from(this_year(Stage::InProduction));
        self.stat_entered += usize::from(reached(entry, lens, Stage::StatEntered).is_some());
    }
}

/// The day a stage was reached, where its claim counts under the lens.
pub fn reached(entry: &ProjectEntry, lens: &Lens, stage: Stage) -> Option<jiff::civil::Date> {
    let state = entry.claim(stage)?;
    let counts = match lens.stage_status {
        StageStatus::Claimed => state.stands(),
        StageStatus::Verified => state.is_verified(),
    };
    (counts && state.claim.on <= lens.today).then_some(state.claim.on)
}
