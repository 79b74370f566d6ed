//! `tici forecast km|cox|hazard|…`: the forecast's methods over files, without a ledger.

mod backtest;
mod counts;
mod cox;
mod fan;
mod hazard;
mod km;
mod report;
mod score;
mod spans;
mod table;

use std::process::ExitCode;

use clap::Subcommand;

use crate::Context;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Kaplan–Meier: the share that has not happened yet, by group, with intervals
    Km(km::Args),
    /// Cox: which covariates make the event come sooner
    Cox(cox::Args),
    /// Month by month: the chance of the event, with groups drawn towards each other
    Hazard(hazard::Args),
    /// How many of many will make it: the exact distribution of a count
    Counts(counts::Args),
    /// What the year's investment may come to, with a shared shock
    Fan(fan::Args),
    /// How good forecasts were: proper scores and calibration
    Score(score::Args),
    /// What would have been forecast at earlier reports, and what came of it
    Backtest(backtest::Args),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.what {
            What::Km(args) => args.run(context),
            What::Cox(args) => args.run(context),
            What::Hazard(args) => args.run(context),
            What::Counts(args) => args.run(context),
            What::Fan(args) => args.run(context),
            What::Score(args) => args.run(context),
            What::Backtest(args) => args.run(context),
        }
    }
}
