//! Values by place, measure and period: the form in which statistics systems exchange
//! figures. DHIS2 data values in and out, SDMX-CSV out.

pub mod dhis2_read;
pub mod dhis2_write;
pub mod mapping;
pub mod periods;
pub mod sdmx;

use tici_domain::{Basis, Currency, Period};

/// Values of one file at most.
pub const VALUES_MAX: usize = 1_000_000;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Code of the place.
    pub place: String,
    /// Code of the measure: one of the ledger's, or of a count.
    pub measure: String,
    pub basis: Basis,
    pub period: Period,
    /// `value / 10^power`, in `unit`; none is not reported.
    pub value: Option<i64>,
    pub power: u8,
    pub unit: ObservedUnit,
    /// How many projects it was counted from; none where the place said it itself.
    pub projects: Option<usize>,
    /// When it was written; of a count, the newest entry it was made of.
    pub written: Option<jiff::Timestamp>,
}

/// What a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservedUnit {
    Money(Currency),
    Percent,
    Count,
}

impl Observation {
    /// The exact decimal.
    pub fn decimal(&self) -> Option<String> {
        let value = crate::export::CellOut::Scaled { value: self.value?, power: self.power };
        let text = value.decimal(None)?;
        // No zeros behind: 3.50 is 3.5, 4.00 is 4.
        Some(match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        })
    }
}
