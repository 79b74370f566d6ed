//! `tici forecast counts FILE`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::counts::{Counts, with_shock};
use tici_ops::OpsError;

use super::km::share;
use super::table::Table;
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV file with a probability for each project; - reads what is piped in
    file: PathBuf,
    /// Column of probabilities
    #[arg(long, default_value = "p", value_name = "COLUMN")]
    p: String,
    /// Correlation by a shared shock: 0 for none, 0.05 to 0.1 for the projects of one county
    #[arg(long, default_value_t = 0.0)]
    rho: f64,
    /// Coverage of the interval
    #[arg(long, default_value_t = 0.8, value_parser = share)]
    level: f64,
    /// Also the probability of this many or more
    #[arg(long, value_name = "COUNT")]
    at_least: Option<usize>,
}

/// Levels at which quantiles are printed.
const LEVELS: [f64; 9] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

#[derive(Serialize)]
struct Answer {
    rho: f64,
    #[serde(flatten)]
    counts: Counts,
    quantiles: BTreeMap<String, usize>,
    interval: (usize, usize),
    /// Probability that all make it.
    all: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    problems: Vec<Problem>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        let ask = || {
            let table = Table::read(&self.file)?;
            let (counts, problems) = with_shock(&table.numbers(&self.p)?, self.rho);
            if Problem::any_error(&problems) {
                return Err(OpsError::Problems(problems));
            }
            Ok(Answer {
                rho: self.rho,
                quantiles: LEVELS.map(|at| (at.to_string(), counts.quantile(at))).into(),
                interval: counts.interval(self.level),
                all: counts.exactly(counts.n),
                at_least: self.at_least.map(|at| counts.at_least(at)),
                counts,
                problems,
            })
        };
        say::answer(context, ask, |context, answer| self.print(context, answer))
    }

    fn print(&self, context: &Context, answer: &Answer) {
        let t = &context.t;
        let mean = format!("{:.1}", answer.counts.mean);
        let percent = |share: f64| format!("{:.0}%", 100.0 * share);
        say::line(t.t1(
            "forecast-counts-said",
            &[
                ("n", &answer.counts.n),
                ("mean", &mean),
                ("low", &answer.interval.0),
                ("high", &answer.interval.1),
                ("level", &percent(self.level)),
            ],
        ));
        if let (Some(count), Some(p)) = (self.at_least, answer.at_least) {
            let p = percent(p);
            say::line(t.t1("forecast-counts-at-least", &[("count", &count), ("p", &p)]));
        }
        let rows = answer.quantiles.iter().map(|(level, k)| vec![level.clone(), k.to_string()]);
        let head = ["forecast-col-level", "forecast-col-count"];
        say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
    }
}
