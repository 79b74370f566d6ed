//! `tici forecast score FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::scores::{self, Bin, Corp, Murphy};
use tici_ops::OpsError;

use super::table::Table;
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV file with a forecast in each row; - reads what is piped in
    file: PathBuf,
    /// Column of probabilities
    #[arg(long, default_value = "p", value_name = "COLUMN")]
    p: String,
    /// Column of what happened: 1 or 0
    #[arg(long, default_value = "y", value_name = "COLUMN")]
    happened: String,
    /// Steps of the reliability diagram
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=100))]
    bins: u8,
}

#[derive(Serialize)]
struct Answer {
    cases: usize,
    brier: f64,
    log: f64,
    murphy: Murphy,
    corp: Corp,
    calibration_error: f64,
    bins: Vec<Bin>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        let ask = || {
            let table = Table::read(&self.file)?;
            let (p, happened) = self.columns(&table)?;
            let bins = scores::reliability(&p, &happened, usize::from(self.bins));
            Ok(Answer {
                cases: p.len(),
                brier: scores::brier(&p, &happened),
                log: scores::log(&p, &happened),
                murphy: scores::murphy(&p, &happened),
                corp: scores::corp(&p, &happened),
                calibration_error: scores::calibration_error(&bins),
                bins,
            })
        };
        say::answer(context, ask, print)
    }

    fn columns(&self, table: &Table) -> Result<(Vec<f64>, Vec<bool>), OpsError> {
        let (p, y) = (table.numbers(&self.p)?, table.numbers(&self.happened)?);
        let wrong = |(p, y): (&f64, &f64)| !(0.0..=1.0).contains(p) || (*y != 0.0 && *y != 1.0);
        if p.is_empty() {
            return Err(OpsError::problem(Problem::error("forecast-score-nothing")));
        }
        if let Some(row) = p.iter().zip(&y).position(wrong) {
            let problem = Problem::error("forecast-score-row").arg("row", row + 2);
            return Err(OpsError::problem(problem));
        }
        Ok((p, y.iter().map(|y| *y == 1.0).collect()))
    }
}

fn print(context: &Context, answer: &Answer) {
    let t = &context.t;
    let number = |value: f64| format!("{value:.4}");
    say::line(t.t1(
        "forecast-score-said",
        &[
            ("n", &answer.cases),
            ("brier", &number(answer.brier)),
            ("log", &number(answer.log)),
            ("error", &number(answer.calibration_error)),
        ],
    ));
    super::report::said(t, &answer.bins, "forecast-said-happened").iter().for_each(say::line);
}
