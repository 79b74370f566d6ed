//! What a check looks at: the row, and what the ledger knows around it.

use std::sync::Arc;

use tici_domain::money::{Magnitude, Money};
use tici_domain::{Basis, Currency, Measure, Period, Stage};

use super::RowSaid;
use crate::Snapshot;
use crate::snapshot::ProjectEntry;

/// One row with its surroundings.
pub struct Looked<'a> {
    pub snapshot: &'a Snapshot,
    pub period: Period,
    pub basis: Basis,
    pub row: &'a RowSaid,
    pub entry: &'a Arc<ProjectEntry>,
}

impl<'a> Looked<'a> {
    /// `None` for a project that the ledger does not have.
    pub fn new(
        snapshot: &'a Snapshot,
        period: Period,
        basis: Basis,
        row: &'a RowSaid,
    ) -> Option<Looked<'a>> {
        let entry = snapshot.projects.get(row.project)?;
        Some(Looked { snapshot, period, basis, row, entry })
    }

    pub fn name(&self) -> &str {
        &self.entry.project.name.text
    }

    /// What the period's figure would be.
    pub fn now(&self, measure: Measure) -> Option<i64> {
        self.row.numbers.get(&measure).copied()
    }

    /// The figure of exactly this period, as the ledger has it.
    pub fn kept(&self, measure: Measure, period: Period) -> Option<i64> {
        let figures = &self.snapshot.project_figures;
        figures.get(self.row.project, measure, self.basis, period).map(|cell| cell.number)
    }

    /// The latest figure before the period.
    pub fn before(&self, measure: Measure) -> Option<(Period, i64)> {
        let earlier = self.period.previous();
        let figures = &self.snapshot.project_figures;
        let cell = figures.latest(self.row.project, measure, self.basis, earlier)?;
        // A quarter or a year that ends with the month before is not a month's figure.
        (cell.period < self.period).then_some((cell.period, cell.number))
    }

    /// The latest figure of the same year before the period.
    pub fn before_in_year(&self, measure: Measure) -> Option<(Period, i64)> {
        let year = self.period.calendar_year();
        self.before(measure).filter(|(period, _)| period.calendar_year() == year)
    }

    /// The cumulative figure the month's own adds to: nothing before January; unknown when
    /// the month before has none.
    pub fn ytd_before(&self) -> Option<i64> {
        if self.period.index() == 1 {
            return Some(0);
        }
        self.kept(Measure::INVEST_YTD, self.period.previous())
    }

    /// Total investment as it would stand.
    pub fn total(&self) -> Option<i64> {
        let kept = || {
            let figures = &self.snapshot.project_figures;
            let measure = Measure::TOTAL_INVESTMENT;
            figures.latest(self.row.project, measure, self.basis, self.period).map(|c| c.number)
        };
        self.now(Measure::TOTAL_INVESTMENT).or_else(kept)
    }

    pub fn plan_year(&self) -> Option<i64> {
        let year = Period::year(self.period.calendar_year());
        self.snapshot.plan(self.row.project, year).map(|cell| cell.number)
    }

    /// The highest step claimed by the period's end and not refused.
    pub fn claimed(&self) -> Option<Stage> {
        let stands = self.entry.claims.iter().filter(|state| {
            state.stands()
                && state.claim.stage != Stage::StatEntered
                && state.claim.on <= self.period.last_day()
        });
        stands.map(|state| state.claim.stage).max()
    }

    /// The stage as claimed, or as the row itself says where that is further.
    pub fn stage(&self) -> Option<Stage> {
        self.claimed().max(self.row.stage)
    }

    /// An amount as the form states it: 万 of the project's currency.
    pub fn money(&self, amount: i64) -> String {
        wan(amount, self.entry.project.currency)
    }
}

/// `36,218`, `36,218.5`: an amount in 万 without idle zeros.
pub fn wan(amount: i64, currency: Currency) -> String {
    let digits = Magnitude::WAN.0 + currency.stored_digits();
    let text = Money { amount, currency }.print(Magnitude::WAN, digits);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// `36.9` from hundredths of a percent.
pub fn percent(hundredths: i64) -> String {
    let text = tici_domain::money::print_scaled(hundredths.into(), 2, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
