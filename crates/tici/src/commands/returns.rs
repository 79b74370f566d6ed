//! `tici returns open | list | remind | submit FILE… | accept | return | lock | unlock`

mod list;
mod send;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use tici_domain::Period;
use tici_ops::returns::{
    Judgement, Side, SubmitOptions, judge_return, lock_round, open_round, place_named,
    unlock_return,
};
use tici_ops::{Action, Desk, OpsError};

use crate::{Context, exit_code, say};
use list::{list, newest, remind};
use send::submit;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Open a month for all places
    Open {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
        /// Last day in time, such as 2026-07-03; by the ledger's setting when left out
        #[arg(long)]
        due: Option<Date>,
    },
    /// Who has reported, who is late, whom to remind
    List {
        /// The newest round when left out
        #[arg(long, value_parser = period)]
        period: Option<Period>,
        /// As it stood at an earlier moment: a day, a time, or so many entries
        #[arg(long)]
        as_of: Option<String>,
    },
    /// Whom to remind, one line for each place, to copy and send
    Remind {
        /// The newest round when left out
        #[arg(long, value_parser = period)]
        period: Option<Period>,
    },
    /// Hand in filled workbooks, each whole or not at all
    Submit {
        /// Filled workbooks (.xlsx)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Whose value stays where somebody else changed a cell since the form was taken
        #[arg(long)]
        conflicts: Option<Whose>,
        /// Leave out rows that are not the place's
        #[arg(long)]
        leave_out_bad_rows: bool,
        /// Say what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Accept a place's return
    Accept(At),
    /// Send a place's return back
    Return {
        #[command(flatten)]
        at: At,
        /// What has to be put right
        #[arg(long)]
        reason: String,
    },
    /// Close a round
    Lock {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
    },
    /// Open a round again, or one place's return
    Unlock {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
        /// Only this place's return, by code or name
        #[arg(long)]
        place: Option<String>,
        /// Why it is opened again
        #[arg(long)]
        reason: String,
    },
}

#[derive(clap::Args, Debug)]
struct At {
    /// Month of the round, such as 2026-06
    #[arg(long, value_parser = period)]
    period: Period,
    /// Place by code or name
    #[arg(long)]
    place: String,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Mine,
    Theirs,
}

fn period(text: &str) -> Result<Period, &'static str> {
    Period::parse(text).ok_or("such as 2026-06")
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        let t = context.t;
        say::run(context, || self.act(context).map_err(|error| in_words(t, error)))
    }

    fn act(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = |action| context.session(&desk, action);
        let now = context.now();
        let (t, runs) = (context.t, Action::RunReturns);
        match &self.what {
            What::Open { period, due } => {
                let session = session(runs)?;
                let done = open_round(&desk, &session, *period, *due, now, context.today())?;
                let round = done.snapshot.records.round_of("monthly", *period);
                let due = round.map_or_else(String::new, |kept| kept.row.due.to_string());
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("period", &t.period(*period)), ("due", &due)];
                done_line(context, t.t1("cli-returns-opened", &args), &done.entries)
            }
            What::List { period, as_of } => {
                let session = session(Action::ReadLedger)?;
                let (then, _) = super::rule_args::look(context, desk, as_of.as_deref())?;
                list(context, &newest(context, &then, &session, *period)?)
            }
            What::Remind { period } => {
                let session = session(Action::ReadLedger)?;
                remind(context, &newest(context, &desk, &session, *period)?)
            }
            What::Submit { files, conflicts, leave_out_bad_rows, dry_run } => {
                let options = SubmitOptions {
                    leave_out: *leave_out_bad_rows,
                    conflicts: conflicts.map(|whose| match whose {
                        Whose::Mine => Side::Mine,
                        Whose::Theirs => Side::Theirs,
                    }),
                    dry_run: *dry_run,
                };
                submit(context, &desk, &session(Action::SubmitReturn)?, files, options)
            }
            What::Accept(at) => {
                judge(context, &desk, at, (Judgement::Accept, "cli-returns-accepted"))
            }
            What::Return { at, reason } => {
                let judgement = Judgement::Return { reason: reason.clone() };
                judge(context, &desk, at, (judgement, "cli-returns-returned"))
            }
            What::Lock { period } => {
                let done = lock_round(&desk, &session(runs)?, *period, now)?;
                let line = t.t1("cli-returns-locked", &[("period", &t.period(*period))]);
                done_line(context, line, &done.entries)
            }
            What::Unlock { period, place, reason } => {
                let session = session(runs)?;
                let snapshot = desk.snapshot()?;
                let place = match place {
                    Some(name) => Some(place_named(&snapshot, &session, name)?.id),
                    None => None,
                };
                let done = unlock_return(&desk, &session, *period, place, reason, now)?;
                let line = t.t1("cli-returns-unlocked", &[("period", &t.period(*period))]);
                done_line(context, line, &done.entries)
            }
        }
    }
}

/// Says what the office says of a place's return.
fn judge(
    context: &Context,
    desk: &Desk,
    at: &At,
    (judgement, words): (Judgement, &str),
) -> Result<u8, OpsError> {
    let session = context.session(desk, Action::RunReturns)?;
    let snapshot = desk.snapshot()?;
    let place = place_named(&snapshot, &session, &at.place)?;
    let done = judge_return(desk, &session, (at.period, place.id), &judgement, context.now())?;
    done_line(context, about(context, words, place, at.period), &done.entries)
}

fn about(context: &Context, key: &str, place: &tici_domain::Place, period: Period) -> String {
    let t = context.t;
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("place", &place.short.get(t.lang)), ("period", &t.period(period))];
    t.t1(key, &args)
}

fn done_line(context: &Context, line: String, entries: &[i64]) -> Result<u8, OpsError> {
    if context.global.json {
        say::json(&serde_json::json!({ "entries": entries }));
    } else {
        say::line(line);
    }
    Ok(exit_code::DONE)
}

/// Problems name columns and stages by code; people read their words.
fn in_words(t: tici_web::i18n::T, error: OpsError) -> OpsError {
    match error {
        OpsError::Problems(problems) => {
            OpsError::Problems(problems.iter().map(|problem| t.return_problem(problem)).collect())
        }
        other => other,
    }
}
