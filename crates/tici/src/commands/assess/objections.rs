//! Objections on the command line.

use std::process::ExitCode;

use tici_domain::ObjectionState;
use tici_ops::assess::{NewObjection, answer_objection, file_objection, view_objections};
use tici_ops::{Action, OpsError};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct List {
    /// Number of the run; all when left out
    run: Option<i64>,
}

impl List {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let (snapshot, views) = view_objections(&desk, &session, self.run)?;
            if context.global.json {
                say::json(&views.iter().map(|view| &view.row).collect::<Vec<_>>());
                return Ok(exit_code::DONE);
            }
            let t = &context.t;
            let row = |view: &tici_ops::assess::ObjectionView| {
                let place = snapshot.places.get(&view.row.place);
                vec![
                    view.row.series.to_string(),
                    view.row.run.to_string(),
                    place.map_or_else(String::new, |place| place.short.get(t.lang).to_owned()),
                    view.row.about.clone(),
                    t.code("objection-state", view.row.state.code()),
                    view.row.claim.clone(),
                    view.row.answer.clone().unwrap_or_default(),
                ]
            };
            let head = ["objection", "run", "unit", "about", "state", "claim", "answer"];
            let head = head.map(|key| t.t(&format!("cli-assess-{key}")));
            say::table(head.to_vec(), views.iter().map(row).collect());
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct Object {
    /// Number of the run
    run: i64,
    /// Code or name of the place
    place: String,
    /// Key of the item; the whole score when left out
    #[arg(long, default_value = "")]
    about: String,
    /// What is wrong, and by what
    #[arg(long)]
    claim: String,
}

impl Object {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::FileObjection)?;
            let snapshot = desk.snapshot()?;
            let is_called = |place: &&tici_domain::Place| {
                place.code.code == self.place || place.short.text == self.place
            };
            let place = snapshot.places.values().find(is_called);
            let place = place.ok_or_else(|| OpsError::not_found("place", &self.place))?.id;
            let (about, claim) = (self.about.clone(), self.claim.clone());
            let new = NewObjection { run: self.run, place, about, claim };
            let at = (context.now(), context.today());
            say::written(context, None, &file_objection(&desk, &session, &new, at)?);
            Ok(exit_code::DONE)
        })
    }
}

#[derive(clap::Args, Debug)]
pub struct Answer {
    /// Number of the objection
    objection: i64,
    /// What is answered
    #[arg(long)]
    text: String,
    /// It is right: the run is reckoned again, with the figures as they stand now
    #[arg(long)]
    uphold: bool,
}

impl Answer {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::RunAssessment)?;
            let state = if self.uphold { ObjectionState::Upheld } else { ObjectionState::Rejected };
            let at = (context.now(), context.today());
            let answer = (self.objection, state, self.text.as_str());
            let (written, started) = answer_objection(&desk, &session, answer, at)?;
            say::written(context, started.map(|started| started.run), &written);
            Ok(exit_code::DONE)
        })
    }
}
