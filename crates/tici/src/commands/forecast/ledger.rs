//! `tici forecast ledger`

use std::process::ExitCode;

use tici_ops::lens::LensQuery;
use tici_ops::view_forecast::{ForecastPage, view_forecast};
use tici_ops::{Action, OpsError};
use tici_web::api::forecast::answer;
use tici_web::forecast_words as words;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let page = view_forecast(&desk, &session, LensQuery::default(), context.today())?;
            match context.global.json {
                true => say::json(&answer(context.t, &page)),
                false => print(context, &page),
            }
            Ok::<_, OpsError>(exit_code::DONE)
        })
    }
}

/// Deadline, promises, then the projects likeliest to miss their own day.
fn print(context: &Context, page: &ForecastPage) {
    let (t, today) = (context.t, page.lens.today);
    say::line(words::learnt(t, &page.learnt, today));
    if let Some(of) = &page.deadline {
        let day = t.day(of.aim.due, today);
        let args: &[(&str, &dyn std::fmt::Display)] = &[("n", &of.aim.cohort), ("day", &day)];
        say::line(format!("{}: {}", t.t1("forecast-deadline", args), words::lead(t, of)));
    }
    for (promise, of) in &page.promises {
        say::line(format!("{}: {}", promise.name.get(t.lang), words::lead(t, of)));
    }
    let none = || t.t("app-none");
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(none, |day| day.to_string());
    let rows = page.next.iter().map(|(row, next)| {
        vec![
            row.entry.project.code.clone(),
            t.stage(next.stage),
            day(next.own_day),
            day(next.mid),
            format!("{} – {}", day(next.low), day(next.high)),
            next.by_own_day.map_or_else(none, words::chance),
        ]
    });
    let head = ["project", "stage", "own-day", "mid", "interval", "p"];
    say::table(head.map(|key| t.t(&format!("cli-forecast-{key}"))).to_vec(), rows.collect());
}
