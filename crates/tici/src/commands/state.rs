//! `tici state CODE [STATE]`

use std::process::ExitCode;

use jiff::civil::Date;
use tici_domain::SideState;
use tici_ops::change_state::{NewState, change_state};
use tici_ops::view_project::{project_by_code, view_project};
use tici_ops::{Action, OpsError};
use tici_web::api::claims::state_of;

use super::choices::choices;
use super::claim::EvidenceArgs;
use super::verify_claim::done;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Project code
    project: String,
    /// What becomes of it (active is restarted); its history is printed when left out
    #[arg(value_parser = choices(&SideState::ALL, SideState::code), requires = "reason")]
    state: Option<SideState>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    /// The day; today when left out
    #[arg(long)]
    on: Option<Date>,
    #[command(flatten)]
    evidence: EvidenceArgs,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || match self.state {
            Some(state) => self.change(context, state),
            None => self.show(context),
        })
    }

    fn change(&self, context: &Context, state: SideState) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::StopProject)?;
        let (now, today) = (context.now(), context.today());
        let new = NewState {
            project: project_by_code(&desk, &session, &self.project)?,
            state,
            on: self.on.unwrap_or(today),
            reason: self.reason.clone().unwrap_or_default(),
            evidence: self.evidence.read()?,
        };
        let written = change_state(&desk, &session, &new, now, today)?;
        done(context, &written.entries, "cli-state-done");
        Ok(exit_code::DONE)
    }

    fn show(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::ReadLedger)?;
        let project = project_by_code(&desk, &session, &self.project)?;
        let page = view_project(&desk, &session, project, Default::default(), context.today())?;
        let t = &context.t;
        if context.global.json {
            say::json(&state_of(page));
            return Ok(exit_code::DONE);
        }
        say::line(t.state(page.row.facts.state));
        say::line(tici_web::pages::claims::shown::stat_line(*t, &page.scrutiny.entered).join(" "));
        let rows = page.scrutiny.stops.iter().map(|stop| {
            let by = stop.by.as_ref().map_or_else(String::new, |by| by.title.get(t.lang).into());
            let what = t.code("stops-did", stop.change.state.code());
            vec![stop.change.on.to_string(), what, stop.change.reason.clone(), by]
        });
        let head = ["cli-state-day", "cli-state-now", "stops-reason", "cli-state-by"];
        say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
        Ok(exit_code::DONE)
    }
}
