//! The lens a page looks through, from the ledger's settings, today and what was asked.

use jiff::civil::Date;
use tici_domain::{Basis, Period};
use tici_engine::counting::cohort::CohortOn;
use tici_engine::promise::start_deadline;
use tici_engine::rule::StageStatus;
use tici_engine::{Lens, Snapshot};

use crate::rule_files::{light_rules, rules_day};

/// Settings of the ledger that the lens reads.
pub mod key {
    /// Name of the ledger's region, shown in the strip.
    pub const NAME: &str = "ledger.name";
    pub const NAME_HANT: &str = "ledger.name.hant";
    pub const NAME_EN: &str = "ledger.name.en";
    /// `true` marks sample data on every page.
    pub const SAMPLE: &str = "ledger.sample";
    /// Day by which this year's listed projects must have started, where nobody promised it.
    pub const START_DEADLINE: &str = tici_engine::promise::START_DEADLINE_SETTING;
    /// `verified` or `claimed`: which stage claims count.
    pub const STAGE_STATUS: &str = "rule.stage_status";
    /// Last day of the next month for this month's return, such as `3`.
    pub const RETURN_DUE_DAY: &str = "return.due_day";
}

/// What was asked for in the address or on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LensQuery {
    pub period: Option<Period>,
    pub basis: Option<Basis>,
    /// Which day's lists make the cohort.
    pub cohort: CohortOn,
}

/// The lens for a query; without a period, that of [`default_period`].
pub fn lens(snapshot: &Snapshot, query: LensQuery, today: Date) -> Lens {
    let setting = |key| snapshot.setting(key);
    let period = query.period.unwrap_or_else(|| default_period(snapshot, today));
    let verified = setting(key::STAGE_STATUS) == Some("verified");
    Lens {
        period,
        stock_period: query.period.unwrap_or_else(|| Period::month_of(today)).max(period),
        basis: query.basis.unwrap_or(Basis::Reported),
        today,
        stage_status: if verified { StageStatus::Verified } else { StageStatus::Claimed },
        cohort: query.cohort,
        start_deadline: start_deadline(snapshot, period.calendar_year()).map(|day| day.due),
        lights: light_rules(snapshot, rules_day(period, today)),
    }
}

/// The month before `today`'s, which is the one being collected. A ledger that is further
/// behind, or has been taken over from the past, is shown at its own last month.
fn default_period(snapshot: &Snapshot, today: Date) -> Period {
    let last_month = Period::month_of(today).previous();
    match snapshot.last_reported_month(last_month) {
        Some(reported) if reported < last_month.previous() => reported,
        _ => last_month,
    }
}
