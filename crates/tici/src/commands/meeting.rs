//! `tici meeting agenda|decide|minutes`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_domain::Problem;
use tici_engine::agenda::Why;
use tici_ops::hold_meeting::{
    MeetingPage, NewDecision, NewMeeting, close_meeting, decide, prepare_meeting, view_meeting,
    view_meetings,
};
use tici_ops::{Action, Desk, OpsError, Session};
use tici_web::pages::dispatch::{standing_words, write_minutes};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Print which projects should come to the next meeting, and why
    Agenda {
        /// Write the meeting, with the rule file's number of projects
        #[arg(long, value_name = "TITLE")]
        prepare: Option<String>,
        /// Its day; today when left out
        #[arg(long, requires = "prepare")]
        on: Option<Date>,
    },
    /// Take down a decision on one item
    Decide {
        /// Number on the agenda, from 1
        item: usize,
        /// What is to be done
        title: String,
        /// The unit that does it
        #[arg(long)]
        owner: String,
        /// The day by which it is done, such as 2026-06-24
        #[arg(long)]
        due: Date,
        /// Which meeting; the newest when left out
        #[arg(long)]
        meeting: Option<i64>,
    },
    /// Close the meeting, with a closing word; what was decided stays
    Close {
        /// The closing word of the minutes
        #[arg(default_value = "")]
        words: String,
        /// Which meeting; the newest when left out
        #[arg(long)]
        meeting: Option<i64>,
    },
    /// Print the minutes, or write them as a workbook
    Minutes {
        /// Which meeting; the newest when left out
        #[arg(long)]
        meeting: Option<i64>,
        /// Write them to this .xlsx file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.what.run(context))
    }
}

impl What {
    fn run(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        match self {
            What::Agenda { prepare, on } => {
                agenda(context, &desk, prepare.as_deref(), on.unwrap_or(context.today()))?;
            }
            What::Decide { item, title, owner, due, meeting } => {
                let session = context.session(&desk, Action::RunMeeting)?;
                let series = newest(context, &desk, &session, *meeting)?;
                let (title, owner) = (title.clone(), owner.clone());
                let decision = NewDecision { title, owner, due: Some(*due) };
                let missing = || OpsError::not_found("agenda item", item);
                let at = (series, item.checked_sub(1).ok_or_else(missing)?);
                let (now, today) = (context.now(), context.today());
                decide(&desk, &session, at, &[decision], now, today)?;
                if context.global.json {
                    say::json(&serde_json::json!({ "meeting": series, "item": item }));
                } else {
                    say::line(context.t.t1("cli-meeting-done", &[("n", item)]));
                }
            }
            What::Close { words, meeting } => {
                let session = context.session(&desk, Action::RunMeeting)?;
                let series = newest(context, &desk, &session, *meeting)?;
                close_meeting(&desk, &session, series, words, context.now())?;
                if context.global.json {
                    say::json(&serde_json::json!({ "meeting": series }));
                } else {
                    say::line(context.t.t1("cli-meeting-closed", &[("n", &series)]));
                }
            }
            What::Minutes { meeting, out } => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let series = newest(context, &desk, &session, *meeting)?;
                let page = view_meeting(&desk, &session, series, context.today())?;
                minutes(context, &page, out.as_ref())?;
            }
        }
        Ok(exit_code::DONE)
    }
}

fn newest(
    context: &Context,
    desk: &Desk,
    session: &Session,
    asked: Option<i64>,
) -> Result<i64, OpsError> {
    let newest = || {
        let page = view_meetings(desk, session, context.today())?;
        let first = page.meetings.first().map(|line| line.series);
        first.ok_or_else(|| OpsError::problem(Problem::error("cli-meeting-none")))
    };
    asked.map_or_else(newest, Ok)
}

fn agenda(context: &Context, desk: &Desk, prepare: Option<&str>, on: Date) -> Result<(), OpsError> {
    let t = &context.t;
    let right = if prepare.is_some() { Action::RunMeeting } else { Action::ReadLedger };
    let session = context.session(desk, right)?;
    let page = view_meetings(desk, &session, context.today())?;
    let series = match prepare {
        None => None,
        Some(title) => {
            let chosen = page.candidates.iter().take(page.rules.items_max);
            let item = |view: &tici_ops::hold_meeting::CandidateView| {
                let why = view.candidate.why.first().copied().unwrap_or(Why::Asked);
                (view.candidate.project, why)
            };
            let new = NewMeeting {
                title: title.to_owned(),
                on,
                chair: String::new(),
                items: chosen.map(item).collect(),
            };
            Some(prepare_meeting(desk, &session, &new, context.now())?.1)
        }
    };
    let rows: Vec<_> = page.candidates.iter().enumerate().collect();
    if context.global.json {
        let projects: Vec<_> = rows
            .iter()
            .map(|(_, view)| {
                let why: Vec<_> = view.candidate.why.iter().map(|why| why.code()).collect();
                serde_json::json!({ "code": view.row.entry.project.code, "why": why })
            })
            .collect();
        say::json(&serde_json::json!({ "meeting": series, "projects": projects }));
        return Ok(());
    }
    let line = |(index, view): &(usize, &tici_ops::hold_meeting::CandidateView)| {
        let why = view.candidate.why.iter().map(|why| t.t(&format!("meeting-why-{}", why.code())));
        vec![
            (index + 1).to_string(),
            view.row.entry.project.code.clone(),
            view.row.entry.project.name.get(t.lang).to_owned(),
            t.list(&why.collect::<Vec<_>>()),
        ]
    };
    let head = ["minutes-n", "task-code", "column-name", "meeting-why"].map(|key| t.t(key));
    say::table(head.to_vec(), rows.iter().map(line).collect());
    Ok(())
}

fn minutes(context: &Context, page: &MeetingPage, out: Option<&PathBuf>) -> Result<(), OpsError> {
    let t = &context.t;
    if let Some(file) = out {
        let bytes = write_minutes(*t, page)?;
        std::fs::write(file, bytes).map_err(|error| {
            OpsError::Store(tici_store::StoreError::Io { path: file.clone(), error })
        })?;
        say::note(t.t1("cli-meeting-file", &[("file", &file.display())]));
        return Ok(());
    }
    let today = context.today();
    let decided = page.items.iter().flat_map(|item| item.decisions.iter().map(move |v| (item, v)));
    if context.global.json {
        let tasks: Vec<_> = decided.map(|(_, view)| &view.task).collect();
        say::json(&serde_json::json!({ "meeting": page.meeting, "decisions": tasks }));
        return Ok(());
    }
    say::line(page.meeting.title.get(t.lang));
    let rows = decided.map(|(item, view)| {
        let owner = view.task.owner.as_ref().map_or("", |owner| owner.get(t.lang));
        vec![
            (item.index + 1).to_string(),
            item.row.entry.project.name.get(t.lang).to_owned(),
            view.task.title.get(t.lang).to_owned(),
            owner.to_owned(),
            view.task.due.map_or_else(|| t.t("app-none"), |due| due.to_string()),
            standing_words(*t, view.standing, today),
        ]
    });
    let head = ["minutes-n", "column-name", "task-what", "task-who", "task-when", "task-now"];
    say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
    Ok(())
}
