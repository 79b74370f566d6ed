//! Runs of the ledger on the command line.

use std::process::ExitCode;

use tici_domain::{Period, RunPurpose};
use tici_ops::assess::{
    NewRun, RunPage, RunQuery, Step, draw_inputs, list_runs, open_run, replay_run, start_run,
    step_run,
};
use tici_ops::{Action, OpsError};
use tici_web::api::assessment::{answer, answer_one};

use crate::commands::choices::choices;
use crate::{Context, exit_code, say};

/// A scheme and a period.
#[derive(clap::Args, Debug)]
pub struct Of {
    /// Key of the scheme
    scheme: String,
    /// Period, such as 2026-Q2 or 2026-05
    #[arg(value_parser = period)]
    period: Period,
}

/// Reads a period as it is written everywhere.
pub fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "2026-Q2, 2026-05, 2026-H1, 2026".to_owned())
}

impl Of {
    pub fn draw(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            context.session(&desk, Action::ReadLedger)?;
            let snapshot = desk.snapshot()?;
            let of = (self.scheme.as_str(), self.period);
            let drawn = draw_inputs(&desk, &snapshot, of, context.today())?;
            say::json(&drawn.frozen);
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct Reckon {
    #[command(flatten)]
    of: Of,
    /// What it is for
    #[arg(long, default_value = "regular",
          value_parser = choices(RunPurpose::ALL, RunPurpose::code))]
    purpose: RunPurpose,
    /// Number of the run that it reckons again
    #[arg(long)]
    again: Option<i64>,
    /// Why, as the journal keeps it
    #[arg(long, default_value = "")]
    reason: String,
}

impl Reckon {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let new = NewRun {
                scheme: self.of.scheme.clone(),
                period: self.of.period,
                purpose: self.purpose,
                again: self.again,
                reason: self.reason.clone(),
            };
            let at = (context.now(), context.today());
            let started = start_run(&desk, &session, &new, at)?;
            for warning in &started.warnings {
                say::note(context.t.problem_line(warning));
            }
            say::written(context, Some(started.run), &started.written);
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct List {}

impl List {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let lines = list_runs(&desk, &session)?;
            if context.global.json {
                say::json(&answer(lines));
                return Ok(exit_code::DONE);
            }
            let t = &context.t;
            let row = |line: &tici_ops::assess::RunLine| {
                let run = &line.row;
                let day = |day: Option<jiff::civil::Date>| {
                    day.map_or_else(|| "—".to_owned(), |day| day.to_string())
                };
                vec![
                    run.series.to_string(),
                    run.period.to_string(),
                    format!("{} {}", run.scheme, run.version),
                    t.code("run-purpose", run.purpose.code()),
                    t.code("run-state", run.state.code()),
                    day(run.published),
                    day(run.objections_until),
                    format!("{}/{}", line.open_objections, line.objections),
                ]
            };
            let head =
                ["run", "period", "scheme", "purpose", "state", "published", "until", "open"];
            let head = head.map(|key| t.t(&format!("cli-assess-{key}")));
            say::table(head.to_vec(), lines.iter().map(row).collect());
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct Show {
    /// Number of the run; the newest when left out
    run: Option<i64>,
}

impl Show {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let page = open_run(&desk, &session, &RunQuery { run: self.run })?;
            match context.global.json {
                true => say::json(&answer_one(&page)),
                false => print(context, &page),
            }
            Ok(exit_code::DONE)
        })
    }
}

fn print(context: &Context, page: &RunPage) {
    let t = &context.t;
    let run = &page.row;
    say::line(format!(
        "#{} {} {} {} {}",
        run.series,
        page.opened.rules.title.get(t.lang),
        t.period(run.period),
        t.code("run-purpose", run.purpose.code()),
        t.code("run-state", run.state.code())
    ));
    let grades = page.opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let row = |at: &usize| {
        let unit = &page.opened.run.units[*at];
        let number = |number: Option<&tici_engine::assess::score::Number>, decimals| {
            number.map_or_else(|| "—".to_owned(), |number| number.print(decimals))
        };
        let grade = unit.grade.and_then(|grade| grades.get(grade));
        let spread = page.opened.spreads().get(*at).filter(|spread| spread.q5.is_finite());
        vec![
            number(unit.rank.as_ref(), 0),
            unit.name.clone(),
            number(unit.published.as_ref(), 1),
            grade.map_or_else(|| "—".to_owned(), |grade| grade.name.get(t.lang).to_owned()),
            spread.map_or_else(String::new, |s| format!("{:.0}–{:.0}", s.q5.floor(), s.q95.ceil())),
        ]
    };
    let head = ["rank", "unit", "score", "grade", "interval"];
    let head = head.map(|key| t.t(&format!("cli-assess-{key}")));
    let groups = page.opened.run.groups.iter();
    say::table(head.to_vec(), groups.flat_map(|group| group.units.iter().map(row)).collect());
    if !page.opened.is_same {
        say::note(t.t("assess-differs"));
    }
}

#[derive(clap::Args, Debug)]
pub struct Replay {
    /// Number of the run
    run: i64,
}

impl Replay {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let same = replay_run(&desk, &session, self.run)?;
            let key = if same { "assess-replay-same" } else { "assess-replay-differs" };
            match context.global.json {
                true => say::json(&serde_json::json!({ "run": self.run, "same": same })),
                false => say::line(context.t.t1(key, &[("run", &self.run)])),
            }
            Ok(if same { exit_code::DONE } else { exit_code::INPUT })
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct StepArgs {
    /// Number of the run
    run: i64,
    /// Why, as the journal keeps it
    #[arg(long, default_value = "")]
    reason: String,
}

impl StepArgs {
    pub fn run(&self, context: &Context, step: Step) -> ExitCode {
        say::run(context, || -> Result<u8, OpsError> {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let at = (context.now(), context.today());
            let written = step_run(&desk, &session, (self.run, step, &self.reason), at)?;
            say::written(context, Some(self.run), &written);
            Ok(exit_code::DONE)
        })
    }
}
