//! `tici events list|show|add|withdraw`

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_domain::EventKind;
use tici_ops::keep_events::{
    EventLine, EventPage, EventProject, NewEvent, put_event, view_event, view_events,
    withdraw_event,
};
use tici_ops::{Action, OpsError};
use tici_web::api::events::{answer, answer_one};

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
    /// List ceremonies, the latest first
    List,
    /// Show one with its projects, its sums, and the sentence of a bulletin
    Show {
        /// Its number, as the list shows it
        series: i64,
    },
    /// Write a ceremony down; amounts are the ledger's of this day
    Add {
        /// What it is called
        name: String,
        /// What its projects are counted for
        #[arg(long, value_parser = choices(&EventKind::ALL, EventKind::code))]
        kind: EventKind,
        /// The day it was held, such as 2026-06-18
        #[arg(long)]
        on: Date,
        /// Where it was held, in words
        #[arg(long, default_value = "")]
        site: String,
        /// The place that held it, by code or name; the whole region when left out
        #[arg(long)]
        place: Option<String>,
        /// Codes of its projects
        #[arg(long, required = true, num_args = 1..)]
        projects: Vec<String>,
        /// The event that this corrects, by its number
        #[arg(long, requires = "reason")]
        corrects: Option<i64>,
        /// Why an earlier one is corrected
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take a ceremony back; its projects may then be counted in another
    Withdraw {
        /// Its number, as the list shows it
        series: i64,
        /// Why it is taken back
        #[arg(long)]
        reason: String,
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
        let (now, today) = (context.now(), context.today());
        match self {
            What::List => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let page = view_events(&desk, &session, today)?;
                match context.global.json {
                    true => say::json(&answer(context.t, &page)),
                    false => print(context, &page.lines),
                }
            }
            What::Show { series } => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let page = view_event(&desk, &session, *series, today)?;
                match context.global.json {
                    true => say::json(&answer_one(context.t, &page)),
                    false => print_one(context, &page),
                }
            }
            What::Add { name, kind, on, site, place, projects, corrects, reason } => {
                let session = context.session(&desk, Action::KeepEvents)?;
                let snapshot = desk.snapshot()?;
                let place = place.as_ref().map(|text| place_of(&snapshot, text)).transpose()?;
                let code =
                    |code: &String| EventProject { code: code.clone(), ..Default::default() };
                let new = NewEvent {
                    series: *corrects,
                    kind: *kind,
                    name: name.clone(),
                    on: *on,
                    site: site.clone(),
                    place: place.or(session.actor.place),
                    projects: projects.iter().map(code).collect(),
                    reason: reason.clone(),
                };
                let (written, series) = put_event(&desk, &session, &new, now, today)?;
                say::written(context, Some(series), &written);
            }
            What::Withdraw { series, reason } => {
                let session = context.session(&desk, Action::KeepEvents)?;
                let written = withdraw_event(&desk, &session, *series, reason, now)?;
                say::written(context, Some(*series), &written);
            }
        }
        Ok(exit_code::DONE)
    }
}

fn print(context: &Context, lines: &[EventLine]) {
    let t = &context.t;
    let mut rows = Vec::new();
    for line in lines {
        let event = &line.event;
        for (currency, sum) in &line.totals.all {
            rows.push(vec![
                event.series.to_string(),
                event.on.to_string(),
                t.code("event-kind", event.kind.code()),
                event.name.get(t.lang).to_owned(),
                sum.projects.to_string(),
                t.money_wide(sum.total, *currency),
                t.money_wide(sum.plan_year, *currency),
                if event.withdrawn { t.t("event-withdrawn") } else { String::new() },
            ]);
        }
    }
    let head = ["series", "on", "kind", "name", "projects", "total", "plan", "state"];
    say::table(head.map(|key| t.t(&format!("cli-events-{key}"))).to_vec(), rows);
}

fn print_one(context: &Context, page: &EventPage) {
    let t = &context.t;
    print(context, std::slice::from_ref(&page.line));
    say::line(t.words(&page.line.said));
    let rows = page.rows.iter().map(|row| {
        let entry = page.snapshot.projects.get(row.item.project);
        let currency = entry.map_or(tici_domain::Currency::CNY, |entry| entry.project.currency);
        let money = |amount: Option<i64>| match amount {
            Some(amount) => t.money_wide(amount.into(), currency),
            None => t.t("app-none"),
        };
        let seen = row.row.as_ref();
        vec![
            seen.map_or_else(String::new, |row| row.entry.project.code.clone()),
            seen.map_or_else(
                || t.t("promise-row-elsewhere"),
                |row| row.entry.project.name.get(t.lang).to_owned(),
            ),
            money(row.item.total),
            money(row.item.plan_year),
        ]
    });
    let head = ["code", "project", "total", "plan"];
    say::table(head.map(|key| t.t(&format!("cli-events-{key}"))).to_vec(), rows.collect());
}
