//! `tici import KIND …`: what can be read into the ledger, one line for each kind.

use std::process::ExitCode;

use clap::Subcommand;
use tici_exchange::standards::Incoming;

use super::{import, import_schedule, import_standard, statistics};
use crate::Context;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Lists of projects: CSV, TSV, XLSX, XLS or ODS
    Projects(Box<import::Args>),
    /// A project's schedule: Microsoft Project XML or Primavera XER
    Schedule(import_schedule::Args),
    /// Figures of places: DHIS2 data values
    Statistics(statistics::ImportArgs),
    /// A package of projects of OC4IDS 0.9
    Oc4ids(import_standard::Args),
    /// Releases or records of OCDS: what became of projects, in the order of time
    Ocds(import_standard::Args),
    /// Points of projects as GeoJSON
    Geojson(import_standard::GeojsonArgs),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.kind {
            Kind::Projects(args) => args.run(context),
            Kind::Schedule(args) => args.run(context),
            Kind::Statistics(args) => args.run(context),
            Kind::Oc4ids(args) => args.run(context, Incoming::Oc4ids),
            Kind::Ocds(args) => args.run(context, Incoming::Ocds),
            Kind::Geojson(args) => args.run(context),
        }
    }
}
