//! One command, one file.

mod assess;
mod backup;
mod board;
mod choices;
mod claim;
mod demo;
mod doctor;
mod events;
mod excuses;
mod export;
mod filter_args;
mod forecast;
mod import;
mod league;
mod lights;
mod lists;
mod meeting;
mod migrate;
mod package;
mod pairs;
mod plans;
mod promises;
mod restore;
mod returns;
mod rule_args;
mod rules;
mod serve;
mod state;
mod tasks;
mod template;
mod totals;
mod user;
mod verify;
mod verify_claim;

use std::process::ExitCode;

use clap::Subcommand;

use crate::Context;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Open the sample county in a temporary folder and serve it
    Demo(demo::Args),
    /// Serve the ledger
    Serve(serve::Args),
    /// Read project lists into the ledger; every problem is named by sheet and cell
    Import(import::Args),
    /// Write a prefilled form for a place, or for every place
    Template(template::Args),
    /// Open, list, hand in, judge and lock monthly returns
    Returns(returns::Args),
    /// Write the ledger's projects as CSV, XLSX or JSON
    Export(export::Args),
    /// Print totals with their counting rule
    Totals(totals::Args),
    /// Compare towns and parks by the region's rules
    League(league::Args),
    /// Light every project by the region's rules, and say why
    Lights(lights::Args),
    /// Forecasting methods over CSV files: km, cox, hazard
    Forecast(forecast::Args),
    /// Score, rank and grade a table of units by a scheme, without a ledger
    Assess(assess::Args),
    /// Which rule files go from when, and adopting another
    Rules(rules::Args),
    /// Print the stage board, and whether enough is coming
    Board(board::Args),
    /// List, put down and close tasks
    Tasks(tasks::Args),
    /// Commitments with a day: list, show, make and revise them
    Promises(promises::Args),
    /// Collective ceremonies: list, show, write down, take back
    Events(events::Args),
    /// Lists of major projects: who is on them on a day, additions and removals
    Lists(lists::Args),
    /// Plans of a year or month: every version, and setting a new one
    Plans(plans::Args),
    /// Packages of a project: make one, let it stand by itself, show and check them
    Package(package::Args),
    /// Projects that may be one: list them with the reasons, decide
    Pairs(pairs::Args),
    /// Approved excuses from a light: list, enter, end
    Excuses(excuses::Args),
    /// The dispatch meeting: its agenda, a decision, its minutes
    Meeting(meeting::Args),
    /// List stage claims, or make one with its evidence
    Claim(claim::Args),
    /// Verify a claim, reject it, or reverse an earlier verification
    VerifyClaim(verify_claim::Args),
    /// Record what was found where a start was looked at again
    Recheck(verify_claim::RecheckArgs),
    /// Suspend, restart, terminate or withdraw a project, or print how it came to its state
    State(state::Args),
    /// Let the journal prove itself
    Verify(verify::Args),
    /// Bring the database to this version
    Migrate(migrate::Args),
    /// Make and list accounts
    User(user::Args),
    /// Look at the database's health
    Doctor(doctor::Args),
    /// Copy the ledger into one file, also while it is served
    Backup(backup::Args),
    /// Put a copy in the place of the ledger after it has verified
    Restore(restore::Args),
}

impl Command {
    pub fn run(&self, context: &Context) -> ExitCode {
        match self {
            Command::Demo(args) => args.run(context),
            Command::Serve(args) => args.run(context),
            Command::Import(args) => args.run(context),
            Command::Template(args) => args.run(context),
            Command::Returns(args) => args.run(context),
            Command::Export(args) => args.run(context),
            Command::Totals(args) => args.run(context),
            Command::League(args) => args.run(context),
            Command::Lights(args) => args.run(context),
            Command::Forecast(args) => args.run(context),
            Command::Assess(args) => args.run(context),
            Command::Rules(args) => args.run(context),
            Command::Board(args) => args.run(context),
            Command::Tasks(args) => args.run(context),
            Command::Promises(args) => args.run(context),
            Command::Events(args) => args.run(context),
            Command::Lists(args) => args.run(context),
            Command::Plans(args) => args.run(context),
            Command::Package(args) => args.run(context),
            Command::Pairs(args) => args.run(context),
            Command::Excuses(args) => args.run(context),
            Command::Meeting(args) => args.run(context),
            Command::Claim(args) => args.run(context),
            Command::VerifyClaim(args) => args.run(context),
            Command::Recheck(args) => args.run(context),
            Command::State(args) => args.run(context),
            Command::Verify(args) => args.run(context),
            Command::Migrate(args) => args.run(context),
            Command::User(args) => args.run(context),
            Command::Doctor(args) => args.run(context),
            Command::Backup(args) => args.run(context),
            Command::Restore(args) => args.run(context),
        }
    }
}
