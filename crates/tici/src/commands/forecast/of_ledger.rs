//! `tici forecast backtest --history ledger`: the forecasts of past month ends, made again
//! with what the ledger knew then, against what it knows now.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use tici_engine::forecast::outlook::{JudgedCase, Track, track};
use tici_ops::lens::{LensQuery, lens};
use tici_ops::view_forecast::judged;
use tici_ops::{Action, OpsError};
use tici_store::StoreError;

use crate::{Context, exit_code, say};

#[derive(Serialize)]
struct Answer {
    track: Option<Track>,
    forecasts: Vec<JudgedCase>,
}

pub fn run(context: &Context, out: Option<&Path>) -> ExitCode {
    say::run(context, || {
        let desk = context.open()?;
        context.session(&desk, Action::ReadLedger)?;
        let snapshot = desk.snapshot()?;
        let lens = lens(&snapshot, LensQuery::default(), context.today());
        let table = desk.facts(&snapshot, &lens);
        let forecasts = judged(&desk, &snapshot, &table)?;
        let answer = Answer { track: track(&forecasts), forecasts };
        if let Some(folder) = out {
            write(folder, &answer)?;
        }
        match (context.global.json, &answer.track) {
            (true, _) => say::json(&answer),
            (false, Some(track)) => print(context, track),
            (false, None) => say::line(context.t.t("forecast-track-none")),
        }
        Ok(exit_code::DONE)
    })
}

fn print(context: &Context, track: &Track) {
    let t = context.t;
    let view = tici_web::pages::forecast::track_view(t, track);
    say::line(view.lead);
    say::line(view.sentence);
    let rows = view.bins.into_iter().map(|(class, n, given, came)| vec![class, n, given, came]);
    let head = ["class", "cases", "given", "came"].map(|key| t.t(&format!("forecast-{key}")));
    say::table(head.to_vec(), rows.collect());
    view.scores.into_iter().for_each(|(name, value)| say::line(format!("{name}: {value}")));
}

/// `forecasts.csv` with a row for each forecast, `track.json` with the sums.
fn write(folder: &Path, answer: &Answer) -> Result<(), OpsError> {
    let failed = |path: &Path, error: std::io::Error| {
        OpsError::Store(StoreError::Io { path: path.to_owned(), error })
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let mut text = String::from("made,project,stage,p,own_day,low,high,came\n");
    for one in &answer.forecasts {
        let case = &one.case;
        text += &format!(
            "{},{},{},{},{},{},{},{}\n",
            case.made,
            case.project,
            case.stage.code(),
            case.p,
            day(case.own_day),
            day(case.low),
            day(case.high),
            u8::from(one.came)
        );
    }
    let track = serde_json::to_string_pretty(&answer.track).unwrap_or_default();
    for (name, text) in [("forecasts.csv", text), ("track.json", track)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
