//! `tici forecast backtest --history FILE --out DIR`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use tici_domain::Problem;
use tici_engine::forecast::backtest::day::{self, Order};
use tici_engine::forecast::backtest::model::Fitting;
use tici_engine::forecast::backtest::run::Run;
use tici_engine::forecast::backtest::{
    Columns, History, Method, Settings, Sheet, Summary, load, run, summarise,
};
use tici_ops::OpsError;
use tici_store::StoreError;

use super::report;
use super::table::Table;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// CSV file with a row for each project and report
    #[arg(long, value_name = "FILE")]
    history: PathBuf,
    /// Days to forecast from, as 2016-01-01,2017-01-01; every report with a past unless given
    #[arg(long, value_delimiter = ',', value_name = "DAYS")]
    cutoffs: Vec<String>,
    /// Months ahead
    #[arg(long, value_delimiter = ',', default_value = "6,12,24", value_name = "MONTHS")]
    horizons: Vec<u16>,
    /// Folder for scores, forecasts and the report; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Column to leave out, such as one that leaks (repeatable)
    #[arg(long, value_name = "COLUMN")]
    drop: Vec<String>,
    /// Column that identifies a project; guessed unless given, like those below
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Column with the day of the report
    #[arg(long, value_name = "COLUMN")]
    report: Option<String>,
    /// Column with the day promised for completion
    #[arg(long, value_name = "COLUMN")]
    end: Option<String>,
    /// Column with the planned start
    #[arg(long, value_name = "COLUMN")]
    start: Option<String>,
    /// Column with the cost
    #[arg(long, value_name = "COLUMN")]
    cost: Option<String>,
    /// Column with the class or kind
    #[arg(long, value_name = "COLUMN")]
    class: Option<String>,
    /// Column with the phase
    #[arg(long, value_name = "COLUMN")]
    phase: Option<String>,
    /// Column with the sponsor
    #[arg(long, value_name = "COLUMN")]
    sponsor: Option<String>,
    /// Column with the rating or light
    #[arg(long, value_name = "COLUMN")]
    rating: Option<String>,
    /// Link projects by a name that is written differently from report to report
    #[arg(long)]
    link_names: bool,
    /// Days by which a promise may slip and still counts as kept
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i32).range(0..=3650))]
    tolerance: i32,
    /// Penalty on half the square of each slope of the model
    #[arg(long, default_value_t = Settings::default().fitting.ridge)]
    ridge: f64,
}

#[derive(Serialize)]
struct Answer {
    projects: usize,
    reports: usize,
    tolerance_days: i32,
    summary: Summary,
    problems: Vec<Problem>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (history, mut problems) = self.load()?;
            let settings = self.settings()?;
            let (run, wrong) = run(&history, &settings);
            problems.extend(wrong);
            if Problem::any_error(&problems) {
                return Err(OpsError::Problems(problems));
            }
            let answer = Answer {
                projects: history.projects.len(),
                reports: history.dates.len(),
                tolerance_days: self.tolerance,
                summary: summarise(&run),
                problems,
            };
            if let Some(folder) = &self.out {
                write(context, folder, &run, &answer)?;
            }
            match context.global.json {
                true => say::json(&answer),
                false => {
                    say::problems(&context.t, &answer.problems);
                    report::print(context, &answer.summary);
                }
            }
            Ok(exit_code::DONE)
        })
    }

    fn load(&self) -> Result<(History, Vec<Problem>), OpsError> {
        let table = Table::read(&self.history)?;
        let columns = Columns {
            id: self.id.clone(),
            report: self.report.clone(),
            end: self.end.clone(),
            start: self.start.clone(),
            cost: self.cost.clone(),
            class: self.class.clone(),
            phase: self.phase.clone(),
            sponsor: self.sponsor.clone(),
            rating: self.rating.clone(),
            drop: self.drop.clone(),
            link_names: self.link_names,
        };
        let (history, problems) = load(&sheet(&table)?, &columns);
        if Problem::any_error(&problems) {
            let file = self.history.display().to_string();
            let at = |problem: Problem| problem.at(&file, "", "");
            return Err(OpsError::Problems(problems.into_iter().map(at).collect()));
        }
        Ok((history, problems))
    }

    fn settings(&self) -> Result<Settings, OpsError> {
        let cutoff = |text: &String| {
            let day = Order::YearMonthDay.parse(text);
            day.ok_or_else(|| {
                OpsError::problem(Problem::error("forecast-backtest-cutoff").arg("value", text))
            })
        };
        let all = self.cutoffs.iter().any(|text| text == "all");
        let cutoffs = if all { &[][..] } else { &self.cutoffs[..] };
        let mut horizons: Vec<i32> =
            self.horizons.iter().map(|months| i32::from(*months)).collect();
        horizons.retain(|months| *months > 0);
        horizons.sort_unstable();
        horizons.dedup();
        Ok(Settings {
            cutoffs: cutoffs.iter().map(cutoff).collect::<Result<_, _>>()?,
            horizons,
            fitting: Fitting { ridge: self.ridge.max(1e-6), tolerance: self.tolerance },
            ..Settings::default()
        })
    }
}

fn sheet(table: &Table) -> Result<Sheet, OpsError> {
    let head = table.names().to_vec();
    let mut rows = vec![Vec::with_capacity(head.len()); table.rows()];
    for name in &head {
        for (row, cell) in rows.iter_mut().zip(table.words(name)?) {
            row.push(cell.clone());
        }
    }
    Ok(Sheet { head, rows })
}

/// `scores.json`, `forecasts.csv`, `report.md` and `reliability.svg`.
fn write(context: &Context, folder: &Path, run: &Run, answer: &Answer) -> Result<(), OpsError> {
    let failed = |path: &Path, error: std::io::Error| {
        OpsError::Store(StoreError::Io { path: path.to_owned(), error })
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let files = [
        ("scores.json", serde_json::to_string_pretty(answer).unwrap_or_default() + "\n"),
        ("forecasts.csv", rows(run)),
        ("report.md", report::page(&context.t, &answer.summary)),
        ("reliability.svg", report::svg(&answer.summary)),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

/// Every forecast of the model beside the probabilities of what it has to beat.
fn rows(run: &Run) -> String {
    let mut text = String::from(
        "project,cutoff,horizon_months,method,p_kept,slip_p10,slip_p50,slip_p90,slip_days,kept,\
         crps_days,reasons\n",
    );
    for one in &run.forecasts {
        let reasons = one.reasons.iter().map(|(family, weight)| format!("{family} {weight:+.2}"));
        let project = one.project.replace('"', "\"\"");
        text += &format!(
            "\"{project}\",{},{},{},{:.6},{:.0},{:.0},{:.0},{},{},{:.3},{}\n",
            day::of_number(one.cutoff),
            one.horizon,
            Method::code(one.method),
            one.p,
            one.low,
            one.median,
            one.high,
            one.slip,
            u8::from(one.held),
            one.crps,
            reasons.collect::<Vec<_>>().join("; "),
        );
    }
    text
}
