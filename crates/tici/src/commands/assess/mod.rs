//! `tici assess run|check|sensitivity|presets`: assessment on files, without a ledger.

mod check;
mod presets;
mod read_events;
mod read_units;
mod run;
mod scheme_arg;
mod sensitivity;
mod tables;

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
    /// Score, rank and grade the units of a table by a scheme
    Run(run::Args),
    /// Tell everything that is wrong with a scheme, by line and column
    Check(check::Args),
    /// How sure the ranking is: noise on weights, items left out, items that repeat
    Sensitivity(sensitivity::Args),
    /// List the schemes that come with the program, or print one
    Presets(presets::Args),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.what {
            What::Run(args) => args.run(context),
            What::Check(args) => args.run(context),
            What::Sensitivity(args) => args.run(context),
            What::Presets(args) => args.run(context),
        }
    }
}
