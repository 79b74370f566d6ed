//! `tici assess`: run, check, sensitivity and presets work on files, without a ledger; the
//! others on the ledger.

mod check;
mod deliver;
mod ledger;
mod objections;
mod presets;
mod read_events;
mod read_units;
mod run;
mod scheme_arg;
mod sensitivity;
mod tables;

use std::process::ExitCode;

use clap::Subcommand;
use tici_ops::assess::Step;

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
    /// Adopt a version of a scheme for the ledger
    Adopt(deliver::Adopt),
    /// Take in figures that departments deliver, from a workbook or CSV
    Deliver(deliver::Deliver),
    /// Show who must deliver what by when, and has not
    Due(deliver::Due),
    /// Print the inputs of a scheme for a period as the ledger has them now, as JSON
    Draw(ledger::Of),
    /// Reckon a run and freeze it with its scheme and inputs
    Reckon(ledger::Reckon),
    /// List the runs of the ledger
    List(ledger::List),
    /// Show the ranking of a run
    Show(ledger::Show),
    /// Make a run again from what was frozen, and say whether it is the same
    Replay(ledger::Replay),
    /// Mark a run as reviewed; by somebody else than who reckoned it
    Review(ledger::StepArgs),
    /// Publish a reviewed run and open its window of objections
    Publish(ledger::StepArgs),
    /// Make a published run final, with every objection answered
    Finish(ledger::StepArgs),
    /// Take a run back, with the reason
    Withdraw(ledger::StepArgs),
    /// List objections
    Objections(objections::List),
    /// Object to the score of a place in a published run
    Object(objections::Object),
    /// Answer an objection; what is upheld is reckoned again
    Answer(objections::Answer),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.what {
            What::Run(args) => args.run(context),
            What::Check(args) => args.run(context),
            What::Sensitivity(args) => args.run(context),
            What::Presets(args) => args.run(context),
            What::Adopt(args) => args.run(context),
            What::Deliver(args) => args.run(context),
            What::Due(args) => args.run(context),
            What::Draw(args) => args.draw(context),
            What::Reckon(args) => args.run(context),
            What::List(args) => args.run(context),
            What::Show(args) => args.run(context),
            What::Replay(args) => args.run(context),
            What::Review(args) => args.run(context, Step::Review),
            What::Publish(args) => args.run(context, Step::Publish),
            What::Finish(args) => args.run(context, Step::Finish),
            What::Withdraw(args) => args.run(context, Step::Withdraw),
            What::Objections(args) => args.run(context),
            What::Object(args) => args.run(context),
            What::Answer(args) => args.run(context),
        }
    }
}
