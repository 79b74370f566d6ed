//! The ledger's filter as options, shared by `totals` and `export`.

use tici_domain::{Basis, Light, ListTier, Period, SideState, Stage};
use tici_engine::rule::{Packages, Threshold};
use tici_engine::{Filter, Snapshot};
use tici_ops::OpsError;
use tici_ops::lens::LensQuery;
use tici_ops::view_ledger::LedgerQuery;

#[derive(clap::Args, Clone, Debug)]
pub struct FilterArgs {
    /// Month up to which figures count, such as 2026-05
    #[arg(long, value_parser = parse_period)]
    period: Option<Period>,
    /// reported, verified or statistical
    #[arg(long, value_parser = |text: &str| Basis::parse(text).ok_or("no such basis"))]
    basis: Option<Basis>,
    /// Place and everything in it, by code or name (repeatable)
    #[arg(long)]
    place: Vec<String>,
    /// province, city or county (repeatable)
    #[arg(long, value_parser = |text: &str| ListTier::parse(text).ok_or("no such tier"))]
    tier: Vec<ListTier>,
    /// On any list of the year
    #[arg(long)]
    listed: bool,
    /// signed, landed, started, in_progress, completed, in_production, at_capacity (repeatable)
    #[arg(long, value_parser = |text: &str| Stage::parse(text).ok_or("no such stage"))]
    stage: Vec<Stage>,
    /// Industry chain (repeatable)
    #[arg(long)]
    chain: Vec<String>,
    /// red, amber, green or unreported (repeatable)
    #[arg(long, value_parser = |text: &str| Light::parse(text).ok_or("no such light"))]
    light: Vec<Light>,
    /// active, suspended, terminated or withdrawn (repeatable); active and suspended when
    /// left out
    #[arg(long, value_parser = |text: &str| SideState::parse(text).ok_or("no such state"))]
    state: Vec<SideState>,
    /// Not started yet
    #[arg(long)]
    not_started: bool,
    /// Words in the names of project or firm, or their codes
    #[arg(long, default_value = "")]
    text: String,
    /// Total investment of at least this many stored units (yuan, cents, pence)
    #[arg(long)]
    at_least: Option<i64>,
    /// Count packages one by one instead of their project
    #[arg(long)]
    split: bool,
    /// As known after this many journal entries
    #[arg(long, value_name = "ENTRIES")]
    as_of: Option<i64>,
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "such as 2026-05, 2026-Q2, 2026-H1 or 2026".to_owned())
}

impl FilterArgs {
    pub fn query(&self, snapshot: &Snapshot) -> Result<LedgerQuery, OpsError> {
        let place = |text: &String| {
            let found = snapshot.places.values().find(|place| {
                place.code.code == *text || place.name.text == *text || place.short.text == *text
            });
            found.map(|place| place.id).ok_or_else(|| OpsError::not_found("place", text))
        };
        let filter = Filter {
            places: self.place.iter().map(place).collect::<Result<_, _>>()?,
            stages: self.stage.clone(),
            tiers: self.tier.clone(),
            listed: self.listed,
            chains: self.chain.clone(),
            lights: self.light.clone(),
            states: self.state.clone(),
            text: self.text.clone(),
            not_started: self.not_started,
            threshold: self.at_least.map(|amount| Threshold { amount, inclusive: true }),
            packages: if self.split { Packages::Split } else { Packages::Whole },
            ..Filter::default()
        };
        Ok(LedgerQuery {
            filter,
            lens: LensQuery { period: self.period, basis: self.basis, ..LensQuery::default() },
            descending: true,
            as_of: self.as_of,
            ..LedgerQuery::default()
        })
    }
}
