//! `tici export statistics` and `tici import statistics`: figures of places by period, as
//! DHIS2 and SDMX have them.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use tici_domain::{Basis, Period, Problem};
use tici_exchange::statistics::mapping::Mapping;
use tici_exchange::statistics::sdmx::{self, Structure, Version};
use tici_exchange::statistics::{Observation, dhis2_write};
use tici_ops::import_observations::{import_observations, preview_observations};
use tici_ops::observe::{ObserveAsk, observe};
use tici_ops::{Action, OpsError};

use super::choices::choices;
use super::export_schedule::{io, put};
use super::rule_args::{look, read_text};
use crate::{Context, exit_code, say};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Dhis2Json,
    Dhis2Csv,
    SdmxCsv,
    SdmxCsv1,
}

impl Format {
    const ALL: [Format; 4] =
        [Format::Dhis2Json, Format::Dhis2Csv, Format::SdmxCsv, Format::SdmxCsv1];

    fn code(self) -> &'static str {
        match self {
            Format::Dhis2Json => "dhis2-json",
            Format::Dhis2Csv => "dhis2-csv",
            Format::SdmxCsv => "sdmx-csv",
            Format::SdmxCsv1 => "sdmx-csv-1",
        }
    }
}

#[derive(clap::Args, Debug)]
pub struct ExportArgs {
    /// Period such as 2026-05, 2026-Q2 or 2026 (repeatable); a month has the counts of
    /// projects as well
    #[arg(long, required = true, value_parser = parse_period)]
    period: Vec<Period>,
    /// Kind of file: sdmx-csv is version 2.0 of the format
    #[arg(long, default_value = "sdmx-csv", value_parser = choices(&Format::ALL, Format::code))]
    format: Format,
    /// Which series of figures
    #[arg(long, value_parser = choices(&Basis::ALL, Basis::code))]
    basis: Option<Basis>,
    /// File that says which data element is which measure, and which unit which place (TOML)
    #[arg(long)]
    map: Option<PathBuf>,
    /// Agency of the structure that SDMX names
    #[arg(long, default_value = "TICI")]
    agency: String,
    /// As known after this many journal entries, or at a moment: 2026-05-31, 2026-06-05T16:42
    #[arg(long, value_name = "ENTRIES|TIME")]
    as_of: Option<String>,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

fn parse_period(text: &str) -> Result<Period, &'static str> {
    Period::parse(text).ok_or("such as 2026-05, 2026-Q2, 2026-H1 or 2026")
}

fn mapping(path: Option<&PathBuf>) -> Result<Mapping, OpsError> {
    let Some(path) = path else { return Ok(Mapping::default()) };
    let (name, text) = read_text(path)?;
    Mapping::parse(&name, &text).map_err(OpsError::Problems)
}

impl ExportArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let mapping = mapping(self.map.as_ref())?;
            let desk = context.open()?;
            let session = context.session(&desk, Action::ExportProjects)?;
            let (desk, today) = look(context, desk, self.as_of.as_deref())?;
            let ask = ObserveAsk { periods: self.period.clone(), basis: self.basis };
            let values = observe(&desk, &session, &ask, today)?;
            put(self.out.as_deref(), &self.written(context, &values, &mapping))?;
            Ok(exit_code::DONE)
        })
    }

    fn written(&self, context: &Context, values: &[Observation], mapping: &Mapping) -> Vec<u8> {
        let structure = Structure { agency: self.agency.clone(), ..Structure::default() };
        let (bytes, left_out) = match self.format {
            Format::Dhis2Json => dhis2_write::json(values, mapping),
            Format::Dhis2Csv => dhis2_write::csv(values, mapping),
            Format::SdmxCsv => (sdmx::write(values, &structure, Version::Two), Default::default()),
            Format::SdmxCsv1 => (sdmx::write(values, &structure, Version::One), Default::default()),
        };
        let count = left_out.unmapped + left_out.periods + left_out.blanks;
        if count > 0 {
            let args: [(&str, &dyn std::fmt::Display); 3] = [
                ("unmapped", &left_out.unmapped),
                ("periods", &left_out.periods),
                ("blanks", &left_out.blanks),
            ];
            say::note(context.t.t1("observations-left-out", &args));
        }
        bytes
    }
}

#[derive(clap::Args, Debug)]
pub struct ImportArgs {
    /// DHIS2 data values, JSON or CSV
    file: PathBuf,
    /// File that says which data element is which measure, and which unit which place (TOML)
    #[arg(long)]
    map: Option<PathBuf>,
    /// Why values that stood are changed
    #[arg(long)]
    reason: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl ImportArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.import(context))
    }

    fn import(&self, context: &Context) -> Result<u8, OpsError> {
        let mapping = mapping(self.map.as_ref())?;
        let bytes = std::fs::read(&self.file).map_err(|error| io(&self.file, error))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let desk = context.open()?;
        let session = context.session(&desk, Action::ImportProjects)?;
        let file = (name.as_str(), bytes.as_slice());
        let outcome = if self.dry_run {
            preview_observations(&desk, &session, file, &mapping)?
        } else {
            let why = (self.reason.as_deref(), context.now());
            import_observations(&desk, &session, file, &mapping, why)?
        };
        let t = context.t;
        if context.global.json {
            say::json(&json!({
                "new": outcome.new, "changed": outcome.changed,
                "unchanged": outcome.unchanged, "entries": outcome.entries,
                "dry_run": self.dry_run, "problems": outcome.problems,
            }));
        } else {
            say::problems(&t, &outcome.problems);
            let args: [(&str, &dyn std::fmt::Display); 3] = [
                ("new", &outcome.new),
                ("changed", &outcome.changed),
                ("unchanged", &outcome.unchanged),
            ];
            say::line(t.t1("observations-read", &args));
            match (self.dry_run, outcome.entries.first()) {
                (true, _) => say::line(t.t("schedule-dry")),
                (false, None) => say::line(t.t("cli-import-nothing")),
                (false, Some(seq)) => {
                    say::line(t.t1("cli-written", &[("entries", &t.entry_number(*seq))]));
                }
            }
        }
        let stops = Problem::any_error(&outcome.problems);
        Ok(if stops { exit_code::INPUT } else { exit_code::DONE })
    }
}
