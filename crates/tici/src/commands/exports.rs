//! `tici export KIND …`: what can be taken out of the ledger, one line for each kind.

use std::process::ExitCode;

use clap::Subcommand;

use super::{export, export_schedule, export_standard, export_tables, statistics};
use crate::Context;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// The ledger's projects as the page lists them: CSV, XLSX, JSON or Parquet
    Projects(export::Args),
    /// Every table of the ledger with its history and a data dictionary: CSV, Parquet or XLSX
    Tables(export_tables::Args),
    /// A project's steps and packages as Microsoft Project XML
    Schedule(export_schedule::Args),
    /// Promises, steps, tasks and meetings as iCalendar
    Calendar(export_schedule::CalendarArgs),
    /// Figures by place and period: DHIS2 data values, SDMX-CSV
    Statistics(statistics::ExportArgs),
    /// Projects as a package of OC4IDS 0.9.5, with what it cannot carry
    Oc4ids(export_standard::Oc4idsArgs),
    /// Projects as points of GeoJSON, in a stated coordinate system
    Geojson(export_standard::GeojsonArgs),
    /// Projects as activities of IATI 2.03
    Iati(export_standard::IatiArgs),
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.kind {
            Kind::Projects(args) => args.run(context),
            Kind::Tables(args) => args.run(context),
            Kind::Schedule(args) => args.run(context),
            Kind::Calendar(args) => args.run(context),
            Kind::Statistics(args) => args.run(context),
            Kind::Oc4ids(args) => args.run(context),
            Kind::Geojson(args) => args.run(context),
            Kind::Iati(args) => args.run(context),
        }
    }
}
