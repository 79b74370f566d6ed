//! `tici export oc4ids|geojson|iati [--out FILE]`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use tici_domain::{Basis, Lang};
use tici_engine::rule::StageStatus;
use tici_exchange::standards::{Choices, Crs, Standard};
use tici_ops::publish_projects::{PublishQuery, publish_projects, standard_file};
use tici_ops::{Action, OpsError};
use tici_store::StoreError;

use super::choices::choices;
use super::filter_args::FilterArgs;
use crate::{Context, exit_code, say};

/// What all standards take.
#[derive(clap::Args, Debug)]
struct Common {
    #[command(flatten)]
    filter: FilterArgs,
    /// Series of figures that go out (repeatable); all when left out
    #[arg(long, value_parser = choices(&Basis::ALL, Basis::code))]
    series: Vec<Basis>,
    /// For the public: money and progress, no words of reporters, posts, workers and files
    #[arg(long)]
    public: bool,
    /// Which claims of stages count; the ledger's own rule when left out
    #[arg(long, value_parser = choices(&STATUSES, status_code))]
    stages: Option<StageStatus>,
    /// Language of names, where they have it; as first given when left out
    #[arg(long, value_parser = choices(&Lang::ALL, Lang::tag))]
    names_in: Option<Lang>,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

const STATUSES: [StageStatus; 2] = [StageStatus::Claimed, StageStatus::Verified];

fn status_code(status: StageStatus) -> &'static str {
    match status {
        StageStatus::Claimed => "claimed",
        StageStatus::Verified => "verified",
    }
}

#[derive(clap::Args, Debug)]
pub struct Oc4idsArgs {
    #[command(flatten)]
    common: Common,
    /// Prefix of identifiers, registered with the keepers of the standard
    #[arg(long, value_name = "oc4ids-xxxxxx")]
    prefix: Option<String>,
    /// Address the file will be published at
    #[arg(long)]
    uri: Option<String>,
}

#[derive(clap::Args, Debug)]
pub struct GeojsonArgs {
    #[command(flatten)]
    common: Common,
    /// Coordinate system of the points; the standard itself means WGS-84
    #[arg(long, default_value = "wgs84", value_parser = choices(&Crs::ALL, Crs::code))]
    crs: Crs,
}

#[derive(clap::Args, Debug)]
pub struct IatiArgs {
    #[command(flatten)]
    common: Common,
    /// Identifier of the publishing organisation
    #[arg(long)]
    organisation: Option<String>,
}

impl Oc4idsArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        let query = PublishQuery {
            prefix: self.prefix.clone(),
            uri: self.uri.clone(),
            ..PublishQuery::default()
        };
        self.common.run(context, (Standard::Oc4ids, Crs::Wgs84), query)
    }
}

impl GeojsonArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        self.common.run(context, (Standard::Geojson, self.crs), PublishQuery::default())
    }
}

impl IatiArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        let organisation = self.organisation.clone();
        let query = PublishQuery { organisation, ..PublishQuery::default() };
        self.common.run(context, (Standard::Iati, Crs::Wgs84), query)
    }
}

impl Common {
    fn run(
        &self,
        context: &Context,
        (standard, crs): (Standard, Crs),
        query: PublishQuery,
    ) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ExportProjects)?;
            let (desk, ledger, today) = self.filter.look(context, desk)?;
            let query = PublishQuery {
                ledger,
                bases: self.series.clone(),
                public: self.public,
                stages: self.stages,
                lang: self.names_in,
                ..query
            };
            let published = publish_projects(&desk, &session, &query, (today, context.now()))?;
            let basis = self.series.first().copied().unwrap_or(Basis::Reported);
            let (bytes, notes) = standard_file(&published, standard, Choices { crs, basis });
            if let Some(path) = &self.out {
                let io = |error| OpsError::Store(StoreError::Io { path: path.clone(), error });
                std::fs::write(path, &bytes).map_err(io)?;
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("count", &published.records.len()), ("file", &path.display())];
                say::note(context.t.t1("cli-export-done", &args));
            } else {
                // A reader that has gone away wants no more.
                drop(std::io::stdout().write_all(&bytes));
            }
            say::problems(&context.t, &notes);
            Ok(exit_code::DONE)
        })
    }
}
