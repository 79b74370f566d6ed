//! The ledger's filter as options, shared by `totals` and `export`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::{Basis, Currency, Light, ListTier, Money, Period, SideState, Stage};
use tici_engine::counting::{CohortOn, Lists};
use tici_engine::rule::{Packages, Reached, Threshold};
use tici_engine::{Filter, Snapshot};
use tici_ops::lens::LensQuery;
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::{Desk, OpsError};

use super::choices::choices;
use crate::Context;

#[derive(clap::Args, Clone, Debug)]
pub struct FilterArgs {
    /// Month up to which figures count, such as 2026-05
    #[arg(long, value_parser = parse_period)]
    period: Option<Period>,
    /// Which series of figures
    #[arg(long, value_parser = choices(&Basis::ALL, Basis::code))]
    basis: Option<Basis>,
    /// Place and everything in it, by code or name (repeatable)
    #[arg(long)]
    place: Vec<String>,
    /// On this list (repeatable)
    #[arg(long, value_parser = choices(&ListTier::ALL, ListTier::code))]
    tier: Vec<ListTier>,
    /// On any list of the year
    #[arg(long)]
    listed: bool,
    /// At this stage (repeatable)
    #[arg(long, value_parser = choices(&Stage::ALL, Stage::code))]
    stage: Vec<Stage>,
    /// Industry chain (repeatable)
    #[arg(long)]
    chain: Vec<String>,
    /// With this light (repeatable)
    #[arg(long, value_parser = choices(&Light::ALL, Light::code))]
    light: Vec<Light>,
    /// In this state (repeatable); active and suspended when left out
    #[arg(long, value_parser = choices(&SideState::ALL, SideState::code))]
    state: Vec<SideState>,
    /// Not started yet
    #[arg(long)]
    not_started: bool,
    /// Words in the names of project or firm, or their codes
    #[arg(long, default_value = "")]
    text: String,
    /// Total investment of at least this many stored units (yuan, cents, pence)
    #[arg(long, conflicts_with = "threshold")]
    at_least: Option<i64>,
    /// Total investment of this and more, such as 5亿, 3000万, 500000000; again for another
    /// currency: USD:30000000
    #[arg(long, value_name = "AMOUNT", value_parser = parse_amount)]
    threshold: Vec<Money>,
    /// Leave out what lies exactly at the threshold (不含)
    #[arg(long, requires = "threshold")]
    exclusive: bool,
    /// Total investment below this
    #[arg(long, value_name = "AMOUNT", value_parser = parse_amount)]
    below: Option<Money>,
    /// Count packages one by one instead of their project
    #[arg(long, conflicts_with = "packages")]
    split: bool,
    /// A project of packages once (whole), or each package (split)
    #[arg(long, value_parser = choices(&[Packages::Whole, Packages::Split], Packages::code))]
    packages: Option<Packages>,
    /// Day whose lists make the cohort: today, year-start, constant, or 2026-03-31
    #[arg(long, default_value = "today", value_parser = parse_cohort)]
    cohort_on: CohortOn,
    /// Take --tier list by list: a project on several counts under each
    #[arg(long)]
    each_list: bool,
    /// Only entered (yes) or not entered (no) with the statistics bureau
    #[arg(long, value_parser = parse_yes_no)]
    stat_entered: Option<bool>,
    /// Reached a stage within days: signed:2026-01-01..2026-06-30
    #[arg(long, value_name = "STAGE:FROM..TO", value_parser = parse_reached)]
    reached: Option<Reached>,
    /// As known after this many journal entries, or at a moment: 2026-05-31, 2026-06-05T16:42
    #[arg(long, value_name = "ENTRIES|TIME")]
    as_of: Option<String>,
}

fn parse_cohort(text: &str) -> Result<CohortOn, &'static str> {
    CohortOn::parse(text).ok_or("today, year-start, constant or a day")
}

fn parse_yes_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("yes or no"),
    }
}

fn parse_reached(text: &str) -> Result<Reached, &'static str> {
    Reached::parse(text).ok_or("such as signed:2026-01-01..2026-06-30")
}

pub fn parse_amount(text: &str) -> Result<Money, &'static str> {
    Money::parse_with_unit(text).ok_or("such as 5亿, 3000万, 500000000 or USD:30000000")
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "such as 2026-05, 2026-Q2, 2026-H1 or 2026".to_owned())
}

/// A place by its code or one of its names.
pub fn place_of(snapshot: &Snapshot, text: &str) -> Result<i64, OpsError> {
    let found = snapshot.places.values().find(|place| {
        place.code.code == text || place.name.text == text || place.short.text == text
    });
    found.map(|place| place.id).ok_or_else(|| OpsError::not_found("place", text))
}

impl FilterArgs {
    /// The desk looked at, the query, and the day that counts as today: a moment looked back
    /// to brings its own.
    pub fn look(
        &self,
        context: &Context,
        desk: Desk,
    ) -> Result<(Desk, LedgerQuery, Date), OpsError> {
        let (desk, today) = super::rule_args::look(context, desk, self.as_of.as_deref())?;
        let query = self.query(&*desk.snapshot()?)?;
        Ok((desk, query, today))
    }

    /// The threshold in yuan, or the first that is given.
    fn threshold(&self) -> Option<Threshold> {
        let yuan = self.threshold.iter().find(|money| money.currency == Currency::CNY);
        let amount = yuan.or(self.threshold.first()).map(|money| money.amount);
        let amount = amount.or(self.at_least)?;
        Some(Threshold { amount, inclusive: !self.exclusive })
    }

    fn threshold_in(&self) -> BTreeMap<Currency, i64> {
        let others = self.threshold.iter().filter(|money| money.currency != Currency::CNY);
        others.map(|money| (money.currency, money.amount)).collect()
    }

    fn query(&self, snapshot: &Snapshot) -> Result<LedgerQuery, OpsError> {
        let place = |text: &String| place_of(snapshot, text);
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
            threshold: self.threshold(),
            threshold_in: self.threshold_in(),
            ceiling: self.below.map(|to| Threshold { amount: to.amount, inclusive: false }),
            list_reading: if self.each_list { Lists::Each } else { Lists::Highest },
            stat_entered: self.stat_entered,
            reached: self.reached,
            packages: match self.packages {
                Some(packages) => packages,
                None if self.split => Packages::Split,
                None => Packages::Whole,
            },
            ..Filter::default()
        };
        Ok(LedgerQuery {
            filter,
            lens: LensQuery { period: self.period, basis: self.basis, cohort: self.cohort_on },
            descending: true,
            ..LedgerQuery::default()
        })
    }
}
