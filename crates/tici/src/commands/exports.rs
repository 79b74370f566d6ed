//! `tici export KIND …`: what can be taken out of the ledger, one line for each kind.

use std::process::ExitCode;

use clap::Subcommand;

use super::export;
use crate::Context;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// The ledger's projects as the page lists them: CSV, XLSX or JSON
    Projects(export::Args),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.kind {
            Kind::Projects(args) => args.run(context),
        }
    }
}
