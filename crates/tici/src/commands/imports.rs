//! `tici import KIND …`: what can be read into the ledger, one line for each kind.

use std::process::ExitCode;

use clap::Subcommand;

use super::{import, import_schedule, statistics};
use crate::Context;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Lists of projects: CSV, TSV, XLSX, XLS or ODS
    Projects(import::Args),
    /// A project's schedule: Microsoft Project XML or Primavera XER
    Schedule(import_schedule::Args),
    /// Figures of places: DHIS2 data values
    Statistics(statistics::ImportArgs),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.kind {
            Kind::Projects(args) => args.run(context),
            Kind::Schedule(args) => args.run(context),
            Kind::Statistics(args) => args.run(context),
        }
    }
}
