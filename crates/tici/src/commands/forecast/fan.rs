//! `tici forecast fan FILE`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::fan::{Draws, Part, Shocks, fan};
use tici_ops::OpsError;

use super::table::Table;
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV file with a row for each project; - reads what is piped in
    file: PathBuf,
    /// Column of what is invested so far this year
    #[arg(long, default_value = "actual", value_name = "COLUMN")]
    done: String,
    /// Column of what the plan still has for this year
    #[arg(long, default_value = "remaining_plan", value_name = "COLUMN")]
    rest: String,
    /// Column of the probability that the rest is spent; certain without one
    #[arg(long, value_name = "COLUMN")]
    goes_on: Option<String>,
    /// Column of the group whose shock projects share, such as the town
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Spread of the logarithm by the shock all share
    #[arg(long, default_value_t = Shocks::default().common)]
    sigma_common: f64,
    /// The same within a group
    #[arg(long, default_value_t = Shocks::default().group)]
    sigma_group: f64,
    /// The same for each project alone
    #[arg(long, default_value_t = Shocks::default().own)]
    sigma_own: f64,
    /// Correlation of starts
    #[arg(long, default_value_t = Shocks::default().rho)]
    rho: f64,
    /// How many years are drawn
    #[arg(long, default_value_t = Draws::default().count)]
    draws: usize,
    /// The same seed gives the same draws
    #[arg(long, default_value_t = Draws::default().seed)]
    seed: u64,
    /// The year's plan; what is done and the rest unless given
    #[arg(long, value_name = "AMOUNT")]
    plan: Option<f64>,
}

/// More draws than this would only use up the machine.
const DRAWS_MAX: usize = 10_000_000;

#[derive(Serialize)]
struct Answer {
    shocks: Shocks,
    draws: Draws,
    projects: usize,
    mean: f64,
    sd: f64,
    quantiles: BTreeMap<String, f64>,
    plan: f64,
    /// Probability of the plan, and of 95% of it.
    reaches_plan: f64,
    reaches_95_percent: f64,
    problems: Vec<Problem>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::answer(context, || self.answer(), print)
    }

    fn answer(&self) -> Result<Answer, OpsError> {
        let parts = self.parts(&Table::read(&self.file)?)?;
        let shocks = Shocks {
            common: self.sigma_common,
            group: self.sigma_group,
            own: self.sigma_own,
            rho: self.rho,
        };
        let draws = Draws { count: self.draws.clamp(1, DRAWS_MAX), seed: self.seed };
        let (found, problems) = fan(&parts, &shocks, draws);
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        let plan = self.plan.unwrap_or_else(|| parts.iter().map(|p| p.done + p.rest).sum());
        let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
        Ok(Answer {
            shocks,
            draws,
            projects: parts.len(),
            mean: found.mean,
            sd: found.sd,
            quantiles: levels.map(|level| (level.to_string(), found.quantile(level))).into(),
            plan,
            reaches_plan: found.reaches(plan),
            reaches_95_percent: found.reaches(0.95 * plan),
            problems,
        })
    }

    fn parts(&self, table: &Table) -> Result<Vec<Part>, OpsError> {
        let (done, rest) = (table.numbers(&self.done)?, table.numbers(&self.rest)?);
        let goes_on = self.goes_on.as_ref().map(|name| table.numbers(name)).transpose()?;
        let groups = self.group.as_ref().map(|name| table.words(name)).transpose()?;
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let part = |row: usize| {
            let group = groups.map_or("", |groups| groups[row].as_str());
            let next = numbers.len();
            Part {
                done: done[row],
                rest: rest[row],
                goes_on: goes_on.as_ref().map_or(1.0, |goes_on| goes_on[row]),
                group: *numbers.entry(group).or_insert(next),
            }
        };
        Ok((0..table.rows()).map(part).collect())
    }
}

fn print(context: &Context, answer: &Answer) {
    let t = &context.t;
    let amount = |amount: f64| format!("{amount:.0}");
    let percent = |share: f64| format!("{:.0}%", 100.0 * share);
    let at = |level: &str| amount(answer.quantiles.get(level).copied().unwrap_or_default());
    say::line(t.t1(
        "forecast-fan-said",
        &[
            ("middle", &at("0.5")),
            ("low", &at("0.1")),
            ("high", &at("0.9")),
            ("plan", &amount(answer.plan)),
            ("p", &percent(answer.reaches_plan)),
        ],
    ));
    let rows = answer.quantiles.iter().map(|(level, total)| vec![level.clone(), amount(*total)]);
    let head = ["forecast-col-level", "forecast-col-total"];
    say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
}
