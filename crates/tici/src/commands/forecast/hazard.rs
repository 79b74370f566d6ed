//! `tici forecast hazard FILE --covariates … --groups …`

use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::hazard::{
    Factor, Hazard, HazardFit, HazardOptions, HazardRows, Link, fit, person_months,
};
use tici_ops::OpsError;

use super::spans::{Spans, covariates};
use super::table::Table;
use crate::{Context, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    spans: Spans,
    /// Columns that may matter; words become indicators
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    covariates: Vec<String>,
    /// Columns whose values are groups drawn towards each other, such as place,kind,sponsor
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    groups: Vec<String>,
    /// Months at which the chance may change with waiting
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "MONTHS",
        default_value = "1,2,3,4,6,9,12,18,24"
    )]
    waits: Vec<u32>,
    /// How much of the file's time makes one month, such as 30.4 where it is in days
    #[arg(long, default_value_t = 1.0, value_name = "TIME")]
    month: f64,
    /// Penalty: half of it times the sum of squared coefficients
    #[arg(long, default_value_t = 1.0)]
    ridge: f64,
    /// The penalty is on covariates as they are, not divided by their standard deviation
    #[arg(long)]
    unscaled: bool,
    /// log(−log) in the place of log odds
    #[arg(long)]
    cloglog: bool,
    /// Also the chances of rows still open in this many months from now
    #[arg(long, value_name = "MONTHS")]
    ahead: Option<u32>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    fit: HazardFit,
    /// How many months were looked at.
    months: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open: Vec<Open>,
    problems: Vec<Problem>,
}

/// A row on which nothing has happened yet.
#[derive(Serialize)]
struct Open {
    /// From 1, the head not counted.
    row: usize,
    /// Chance that it happens within the months asked for.
    within: f64,
    /// The next month, with its reasons.
    next: Hazard,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::answer(context, || self.answer(), print)
    }

    fn answer(&self) -> Result<Answer, OpsError> {
        let mut read = self.spans.read(None)?;
        read.events.covariates = covariates(&read.table, &self.covariates)?;
        let per_month = |time: &mut f64| *time /= self.month;
        read.events.exit.iter_mut().for_each(per_month);
        read.events.entry.iter_mut().for_each(per_month);
        // Rows are numbered from the file: none may be left out in silence.
        let (_, wrong) = read.events.checked();
        if !wrong.is_empty() {
            return Err(OpsError::Problems(wrong));
        }
        let (mut rows, of) = person_months(&read.events, None, &self.waits);
        rows.factors = self.factors(&read.table, &of)?;
        let options = HazardOptions {
            link: if self.cloglog { Link::CLogLog } else { Link::Logit },
            ridge: self.ridge,
            scale: !self.unscaled,
            ..HazardOptions::default()
        };
        let (fit, problems) = fit(&rows, &options);
        let Some(fit) = fit else { return Err(OpsError::Problems(problems)) };
        let open = self.open(&fit, &rows, &of, &read.events.cause);
        Ok(Answer { months: rows.len(), open, problems, fit })
    }

    fn factors(&self, table: &Table, of: &[(u32, u32)]) -> Result<Vec<Factor>, OpsError> {
        let factor = |name: &String| {
            let words = table.words(name)?;
            let of_rows: Vec<&str> = of.iter().map(|row| words[row.0 as usize].as_str()).collect();
            Ok(Factor::from_words(name, &of_rows))
        };
        self.groups.iter().map(factor).collect()
    }

    /// Rows still open at their last month, and the months that follow it.
    fn open(
        &self,
        fit: &HazardFit,
        rows: &HazardRows,
        of: &[(u32, u32)],
        cause: &[u32],
    ) -> Vec<Open> {
        let Some(ahead) = self.ahead else { return Vec::new() };
        let bands: Vec<u32> = self.waits.iter().copied().filter(|first| *first > 1).collect();
        let is_last = |at: usize| of.get(at + 1).is_none_or(|next| next.0 != of[at].0);
        let last = (0..of.len()).filter(|at| is_last(*at) && cause[of[*at].0 as usize] == 0);
        last.map(|at| {
            let levels: Vec<u32> = rows.factors.iter().map(|factor| factor.of_row[at]).collect();
            let in_month = |month: u32| {
                let mut x = rows.covariates.row(at).to_vec();
                let band = bands.partition_point(|first| *first <= month);
                for (index, value) in x[..bands.len()].iter_mut().enumerate() {
                    *value = f64::from(u8::from(index + 1 == band));
                }
                x
            };
            let (row, month) = of[at];
            let still: f64 =
                (1..=ahead).map(|k| 1.0 - fit.p(&in_month(month + k), &levels)).product();
            let next = fit.hazard(&in_month(month + 1), &levels);
            Open { row: row as usize + 1, within: 1.0 - still, next }
        })
        .collect()
    }
}

fn print(context: &Context, answer: &Answer) {
    let t = &context.t;
    say::problems(t, &answer.problems);
    let rows = answer.fit.coefficients.iter().map(|c| {
        let cells = [c.value, c.value.exp(), c.std_err].map(|value| format!("{value:.4}"));
        std::iter::once(c.name.clone()).chain(cells).collect()
    });
    let head = ["covariate", "coefficient", "odds", "std-err"];
    say::table(head.map(|key| t.t(&format!("forecast-col-{key}"))).to_vec(), rows.collect());
    for group in &answer.fit.groups {
        let (spread, levels) = (format!("{:.3}", group.spread), group.effects.len());
        say::line(t.t1(
            "forecast-group-spread",
            &[("group", &group.name), ("levels", &levels), ("spread", &spread)],
        ));
    }
    let months = &answer.months;
    say::line(
        t.t1("forecast-hazard-summary", &[("months", months), ("events", &answer.fit.events)]),
    );
    for open in &answer.open {
        let reasons = open.next.reasons.iter().map(|reason| {
            let level = if reason.level.is_empty() { "" } else { " " };
            format!("{}{level}{} {:+.2}", reason.covariate, reason.level, reason.contribution)
        });
        let (within, reasons) =
            (format!("{:.1}%", open.within * 100.0), t.list(&reasons.collect::<Vec<_>>()));
        say::line(t.t1(
            "forecast-open",
            &[("row", &open.row), ("within", &within), ("reasons", &reasons)],
        ));
    }
}
