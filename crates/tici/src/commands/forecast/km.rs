//! `tici forecast km FILE`

use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::km::{Interval, KmCurve, KmOptions, kaplan_meier};
use tici_engine::forecast::log_rank::{LogRank, log_rank};
use tici_ops::OpsError;

use super::spans::Spans;
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    spans: Spans,
    /// Column that parts the rows into groups, compared by the log-rank test
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// log, log-log or plain
    #[arg(long, default_value = "log", value_parser = interval)]
    interval: Interval,
    /// Coverage of the intervals
    #[arg(long, default_value_t = 0.95, value_parser = share)]
    level: f64,
    /// Where the restricted mean ends; the last time unless given
    #[arg(long, value_name = "TIME")]
    horizon: Option<f64>,
}

fn interval(text: &str) -> Result<Interval, &'static str> {
    Interval::parse(text).ok_or("log, log-log or plain")
}

pub fn share(text: &str) -> Result<f64, &'static str> {
    let inside = |share: &f64| (0.0..1.0).contains(share) && *share > 0.0;
    text.parse().ok().filter(inside).ok_or("a number between 0 and 1")
}

#[derive(Serialize)]
struct Answer {
    groups: Vec<String>,
    curves: Vec<KmCurve>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_rank: Option<LogRank>,
    problems: Vec<Problem>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        let ask = || {
            let read = self.spans.read(self.by.as_deref())?;
            let options = KmOptions {
                level: self.level,
                interval: self.interval,
                cause: None,
                horizon: self.horizon,
            };
            let (curves, problems) = kaplan_meier(&read.events, &options);
            if Problem::any_error(&problems) {
                return Err(OpsError::Problems(problems));
            }
            let log_rank = log_rank(&read.events, false).0;
            Ok(Answer { groups: read.groups, curves, log_rank, problems })
        };
        say::answer(context, ask, print)
    }
}

fn print(context: &Context, answer: &Answer) {
    let t = &context.t;
    say::problems(t, &answer.problems);
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
    for curve in &answer.curves {
        if let Some(group) = answer.groups.get(curve.stratum as usize) {
            say::line(group);
        }
        let rows = curve.steps.iter().map(|step| {
            vec![
                step.time.to_string(),
                step.at_risk.to_string(),
                step.events.to_string(),
                format!("{:.4}", step.survival),
                number(step.lower),
                number(step.upper),
            ]
        });
        let head = ["time", "at-risk", "events", "survival", "lower", "upper"];
        say::table(head.map(|key| t.t(&format!("forecast-col-{key}"))).to_vec(), rows.collect());
        let median = [curve.median.time, curve.median.lower, curve.median.upper].map(number);
        let [middle, lower, upper] = &median;
        say::line(
            t.t1("forecast-median", &[("median", middle), ("lower", lower), ("upper", upper)]),
        );
    }
    if let Some(test) = &answer.log_rank {
        let (chi, p) = (format!("{:.3}", test.chi_squared), format!("{:.4}", test.p));
        say::line(t.t1("forecast-log-rank", &[("chi", &chi), ("p", &p)]));
    }
}
