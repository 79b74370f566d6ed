//! `tici promises list|show|add|revise`

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_domain::{ListTier, Stage};
use tici_ops::keep_promises::{
    NewPromise, PromiseLine, PromisePage, Revision, make_promise, projects_by_code, revise_promise,
    view_promise, view_promises,
};
use tici_ops::lens::LensQuery;
use tici_ops::view_ledger::LedgerRow;
use tici_ops::{Action, Desk, OpsError};
use tici_web::api::promises::{answer, answer_one};
use tici_web::pages::promises::state;

use super::choices::choices;
use super::filter_args::place_of;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List commitments, the nearest day first
    List,
    /// Show one with its projects and the days it was given
    Show {
        /// Its number, as the list shows it
        series: i64,
    },
    /// Make a commitment; its projects are frozen as the lists stand today
    Add(Add),
    /// Give a commitment another day, or withdraw it
    Revise {
        /// Its number, as the list shows it
        series: i64,
        /// Its new day, such as 2026-09-30
        #[arg(long, required_unless_present = "withdraw")]
        due: Option<Date>,
        /// End it without a new day
        #[arg(long, conflicts_with = "due")]
        withdraw: bool,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

#[derive(clap::Args, Debug)]
struct Add {
    /// What is committed to, in words
    name: String,
    /// The stage that every project of it has to reach
    #[arg(long, value_parser = choices(&Stage::ALL, Stage::code))]
    stage: Option<Stage>,
    /// Key of a milestone, in place of a stage
    #[arg(long, conflicts_with = "stage")]
    milestone: Option<String>,
    /// The day by which they do, such as 2026-06-30
    #[arg(long)]
    due: Date,
    /// Projects on this list (repeatable)
    #[arg(long, value_parser = choices(&ListTier::ALL, ListTier::code))]
    tier: Vec<ListTier>,
    /// Projects on any list of the year
    #[arg(long)]
    listed: bool,
    /// Place and everything in it, by code or name
    #[arg(long)]
    place: Option<String>,
    /// Exactly these projects, by their codes (repeatable)
    #[arg(long)]
    project: Vec<String>,
    /// The unit that commits
    #[arg(long, default_value = "")]
    owner: String,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.what.run(context))
    }
}

impl What {
    fn run(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let (now, today) = (context.now(), context.today());
        match self {
            What::List => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let page = view_promises(&desk, &session, LensQuery::default(), today)?;
                match context.global.json {
                    true => say::json(&answer(&page)),
                    false => print(context, &page.lines),
                }
            }
            What::Show { series } => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let page = view_promise(&desk, &session, *series, LensQuery::default(), today)?;
                match context.global.json {
                    true => say::json(&answer_one(&page)),
                    false => print_one(context, &page),
                }
            }
            What::Add(add) => add.run(context, &desk)?,
            What::Revise { series, due, withdraw, reason } => {
                let session = context.session(&desk, Action::KeepPromises)?;
                let reason = reason.clone();
                let revision = Revision { due: *due, withdrawn: *withdraw, reason };
                let written = revise_promise(&desk, &session, *series, &revision, now, today)?;
                say::written(context, Some(*series), &written);
            }
        }
        Ok(exit_code::DONE)
    }
}

impl Add {
    fn run(&self, context: &Context, desk: &Desk) -> Result<(), OpsError> {
        let session = context.session(desk, Action::KeepPromises)?;
        let snapshot = desk.snapshot()?;
        let place = self.place.as_ref().map(|text| place_of(&snapshot, text)).transpose()?;
        let new = NewPromise {
            name: self.name.clone(),
            stage: self.stage,
            milestone: self.milestone.clone(),
            due: Some(self.due),
            tiers: self.tier.clone(),
            listed: self.listed,
            place: place.or(session.actor.place),
            projects: projects_by_code(desk, &session, &self.project)?,
            owner: self.owner.clone(),
        };
        let (written, series) = make_promise(desk, &session, &new, context.now(), context.today())?;
        say::written(context, Some(series), &written);
        Ok(())
    }
}

fn print(context: &Context, lines: &[PromiseLine]) {
    let t = &context.t;
    let rows = lines.iter().map(|line| {
        let PromiseLine { promise, standing } = line;
        let (_, key) = state(promise.withdrawn, standing);
        vec![
            promise.series.to_string(),
            t.t(key),
            promise.name.get(t.lang).to_owned(),
            promise.due.to_string(),
            match promise.due == promise.due_original {
                true => String::new(),
                false => promise.due_original.to_string(),
            },
            format!("{} / {}", standing.done.len(), standing.cohort),
            t.percent(standing.rate()),
            standing.silent.to_string(),
        ]
    });
    let head = ["series", "state", "name", "due", "first", "done", "rate", "silent"];
    say::table(head.map(|key| t.t(&format!("cli-promises-{key}"))).to_vec(), rows.collect());
}

fn print_one(context: &Context, page: &PromisePage) {
    let t = &context.t;
    print(context, std::slice::from_ref(&page.line));
    let elsewhere = || t.t("promise-row-elsewhere");
    let code = |row: Option<&LedgerRow>| row.map(|row| row.entry.project.code.clone());
    let name = |row: Option<&LedgerRow>| {
        row.map_or_else(elsewhere, |row| row.entry.project.name.get(t.lang).to_owned())
    };
    let day = |day: Option<Date>| day.map_or_else(|| t.t("app-none"), |day| day.to_string());
    let standing = &page.line.standing;
    let pending = standing.pending.iter().zip(&page.pending).map(|(pending, row)| {
        let late = pending.days_late.map_or_else(String::new, |days| days.to_string());
        let row = row.as_ref();
        vec![code(row).unwrap_or_default(), name(row), day(pending.expected), late]
    });
    say::line(t.t1("promise-pending", &[("n", &standing.pending.len())]));
    let head = ["code", "project", "expected", "late"];
    say::table(head.map(|key| t.t(&format!("cli-promises-{key}"))).to_vec(), pending.collect());
    say::line(t.t("promise-days"));
    let versions = page.versions.iter().map(|row| {
        let promise = &row.promise;
        let due =
            if promise.withdrawn { t.t("promise-is-withdrawn") } else { promise.due.to_string() };
        let at = t.moment(row.meta.at, &context.zone());
        let reason = promise.reason.clone().unwrap_or_default();
        vec![due, row.meta.title.get(t.lang).to_owned(), at, reason]
    });
    let head = ["promise-col-due", "promise-who", "promise-at", "promise-reason"];
    say::table(head.map(|key| t.t(key)).to_vec(), versions.collect());
}
