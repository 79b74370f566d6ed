//! `tici import oc4ids|ocds|geojson FILE… [--dry-run]`

use std::path::PathBuf;
use std::process::ExitCode;

use tici_domain::Basis;
use tici_exchange::standards::{Crs, Incoming};
use tici_ops::Action;
use tici_ops::import::ImportOptions;
use tici_ops::import_standard::import_standard;

use super::choices::choices;
use super::import;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// JSON, also packed with gzip
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Which series the figures are of that do not say so themselves
    #[arg(long, default_value = "reported",
          value_parser = choices(&Basis::ALL, Basis::code))]
    basis: Basis,
    /// Why values reported before are changed
    #[arg(long)]
    reason: Option<String>,
    /// Add places the ledger does not know
    #[arg(long)]
    create_places: bool,
    /// Leave projects with errors out and write the others
    #[arg(long)]
    leave_out_bad_rows: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args, Debug)]
pub struct GeojsonArgs {
    #[command(flatten)]
    common: Args,
    /// Coordinate system of files that state none; the standard itself means WGS-84
    #[arg(long, value_parser = choices(&Crs::ALL, Crs::code))]
    crs: Option<Crs>,
}

impl GeojsonArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        self.common.run(context, Incoming::Geojson(self.crs))
    }
}

impl Args {
    pub fn run(&self, context: &Context, incoming: Incoming) -> ExitCode {
        say::run(context, || {
            let paths = self.files.iter();
            let files = paths.map(|path| import::read(path)).collect::<Result<Vec<_>, _>>()?;
            let desk = context.open()?;
            let session = context.session(&desk, Action::ImportProjects)?;
            let options = ImportOptions {
                basis: self.basis,
                create_places: self.create_places,
                leave_out_bad_rows: self.leave_out_bad_rows,
                reason: self.reason.clone(),
                ..ImportOptions::default()
            };
            let of = (incoming, files.as_slice());
            let at = (!self.dry_run).then(|| context.now());
            let outcome = import_standard(&desk, &session, of, &options, at)?;
            import::print(context, &outcome, self.dry_run);
            let stopped = outcome.errors() > 0 && !self.leave_out_bad_rows;
            Ok(if stopped { exit_code::INPUT } else { exit_code::DONE })
        })
    }
}
