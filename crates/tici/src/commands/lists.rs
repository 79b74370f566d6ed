//! `tici lists show|add|remove`

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_domain::ListTier;
use tici_ops::keep_lists::{ListChange, ListChangeRow, ListPage, change_list, view_list};
use tici_ops::{Action, OpsError};
use tici_web::api::lists::answer;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Show who was on a list on a day, in which version, and what changed in mid-year
    Show {
        /// Which list
        #[arg(value_parser = choices(&ListTier::ALL, ListTier::code))]
        tier: ListTier,
        /// Year of the list; this year when left out
        #[arg(long)]
        year: Option<i64>,
        /// The day it is shown as of; today when left out, or the last day of another year
        #[arg(long)]
        on: Option<Date>,
    },
    /// Put projects on a list; a new version of it
    Add(Change),
    /// Take projects off a list; a new version of it
    Remove(Change),
}

#[derive(clap::Args, Debug)]
struct Change {
    /// Which list
    #[arg(value_parser = choices(&ListTier::ALL, ListTier::code))]
    tier: ListTier,
    /// Codes of projects
    #[arg(required = true)]
    codes: Vec<String>,
    /// First day on which it holds; today when left out
    #[arg(long)]
    on: Option<Date>,
    /// Year of the list; that of the day when left out
    #[arg(long)]
    year: Option<i64>,
    /// Why, as the version says it
    #[arg(long, default_value = "")]
    reason: String,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            match &self.what {
                What::Show { tier, year, on } => {
                    let desk = context.open()?;
                    let session = context.session(&desk, Action::ReadLedger)?;
                    let asked = (*tier, *year, *on);
                    let page = view_list(&desk, &session, asked, context.today())?;
                    match context.global.json {
                        true => say::json(&answer(&page)),
                        false => print(context, &page),
                    }
                }
                What::Add(change) => change.run(context, true)?,
                What::Remove(change) => change.run(context, false)?,
            }
            Ok(exit_code::DONE)
        })
    }
}

impl Change {
    fn run(&self, context: &Context, is_added: bool) -> Result<(), OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::KeepLists)?;
        let on = self.on.unwrap_or_else(|| context.today());
        let (codes, none) = (self.codes.clone(), Vec::new());
        let (add, remove) = if is_added { (codes, none) } else { (none, codes) };
        let year = self.year.unwrap_or(i64::from(on.year()));
        let reason = self.reason.clone();
        let change = ListChange { tier: self.tier, year, add, remove, on, reason };
        let written = change_list(&desk, &session, &change, context.now())?;
        say::written(context, None, &written);
        Ok(())
    }
}

fn print(context: &Context, page: &ListPage) {
    let t = &context.t;
    let (tier, year) = (t.tier(page.tier), page.year);
    let title = match &page.version {
        Some(version) => t.t1(
            "list-version",
            &[
                ("tier", &tier),
                ("year", &year),
                ("on", &page.on),
                ("version", &version.version),
                ("from", &version.from),
                ("n", &page.members.len()),
            ],
        ),
        None => t.t1("list-none-yet", &[("tier", &tier), ("year", &year), ("on", &page.on)]),
    };
    say::line(title);
    let name = |row: &ListChangeRow| row.row.entry.project.name.get(t.lang).to_owned();
    let code = |row: &ListChangeRow| row.row.entry.project.code.clone();
    let members = page.members.iter().map(|row| {
        let stage = row.row.facts.stage.map_or_else(|| t.t("app-none"), |stage| t.stage(stage));
        vec![code(row), name(row), row.membership.from.to_string(), stage]
    });
    let head = ["code", "project", "from", "stage"];
    say::table(head.map(|key| t.t(&format!("cli-lists-{key}"))).to_vec(), members.collect());
    if !page.changes.is_empty() {
        let changes = page.changes.iter().map(|row| {
            let left = row.membership.until;
            let key = if left.is_some() { "list-left" } else { "list-joined" };
            vec![
                left.unwrap_or(row.membership.from).to_string(),
                t.t(key),
                code(row),
                name(row),
                row.membership.version.to_string(),
                row.membership.reason.clone().unwrap_or_default(),
            ]
        });
        say::line(t.t("list-changes"));
        let head = ["on", "what", "code", "project", "version", "reason"];
        say::table(head.map(|key| t.t(&format!("cli-lists-{key}"))).to_vec(), changes.collect());
    }
    say::note(t.rule_line(&page.count.all.totals.rule));
}
