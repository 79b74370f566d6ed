//! `tici forecast cox FILE --covariates …`

use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::cox::{
    Baseline, Concordance, CoxFit, CoxOptions, ProportionalTest, Ridge, Ties, concordance, fit,
    proportional,
};
use tici_ops::OpsError;

use super::spans::{Spans, covariates};
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    spans: Spans,
    /// Columns that may matter; words become indicators
    #[arg(long, value_delimiter = ',', required = true, value_name = "COLUMNS")]
    covariates: Vec<String>,
    /// Column whose values have a baseline of their own each
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// efron or breslow
    #[arg(long, default_value = "efron", value_parser = ties)]
    ties: Ties,
    /// Penalty: half of it times the sum of squared coefficients
    #[arg(long, default_value_t = 0.0)]
    ridge: f64,
    /// The penalty is on covariates divided by their standard deviation
    #[arg(long)]
    scaled: bool,
}

fn ties(text: &str) -> Result<Ties, &'static str> {
    Ties::parse(text).ok_or("efron or breslow")
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    fit: CoxFit,
    concordance: Concordance,
    /// With all covariates 0.
    baseline: Vec<Baseline>,
    strata: Vec<String>,
    /// Whether hazards stay proportional: one test for each covariate, one for all.
    proportional: Vec<ProportionalTest>,
    problems: Vec<Problem>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::answer(context, || self.answer(), print)
    }

    fn answer(&self) -> Result<Answer, OpsError> {
        let mut read = self.spans.read(self.strata.as_deref())?;
        read.events.covariates = covariates(&read.table, &self.covariates)?;
        let ridge = match (self.ridge, self.scaled) {
            (0.0, _) => Ridge::None,
            (strength, false) => Ridge::Raw(strength),
            (strength, true) => Ridge::Scaled(strength),
        };
        let options = CoxOptions { ties: self.ties, cause: None, ridge };
        let (fit, problems) = fit(&read.events, &options);
        let Some(fit) = fit else { return Err(OpsError::Problems(problems)) };
        let (events, _) = read.events.checked();
        let risk: Vec<f64> =
            (0..events.len()).map(|row| fit.linear(events.covariates.row(row))).collect();
        let terms: Vec<Vec<usize>> = (0..fit.coefficients.len()).map(|index| vec![index]).collect();
        Ok(Answer {
            concordance: concordance(&events, None, &risk, |_| 1.0),
            baseline: fit.baseline(&events),
            proportional: proportional(&fit, &events, &terms),
            strata: read.groups,
            problems,
            fit,
        })
    }
}

fn print(context: &Context, answer: &Answer) {
    let t = &context.t;
    say::problems(t, &answer.problems);
    let rows = answer.fit.coefficients.iter().map(|c| {
        let cells = [c.value, c.value.exp(), c.std_err, c.z, c.p];
        let cells = cells.iter().map(|value| format!("{value:.4}"));
        std::iter::once(c.name.clone()).chain(cells).collect()
    });
    let head = ["covariate", "coefficient", "ratio", "std-err", "z", "p"];
    say::table(head.map(|key| t.t(&format!("forecast-col-{key}"))).to_vec(), rows.collect());
    let share = format!("{:.4}", answer.concordance.share);
    let (rows, events) = (&answer.fit.rows, &answer.fit.events);
    say::line(t.t1(
        "forecast-cox-summary",
        &[("rows", rows), ("events", events), ("concordance", &share)],
    ));
    let drifting = answer.proportional.iter().filter(|test| test.covariates.len() == 1);
    for test in drifting.filter(|test| test.p < 0.01) {
        let p = format!("{:.4}", test.p);
        say::note(
            t.t1("forecast-not-proportional", &[("covariate", &test.covariates[0]), ("p", &p)]),
        );
    }
}
