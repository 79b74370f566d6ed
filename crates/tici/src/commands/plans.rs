//! `tici plans show|set`

use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::{Currency, Money, Period, Problem};
use tici_ops::keep_lists::{NewPlan, PlansPage, set_plans, view_plans};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, Desk, OpsError, Session};
use tici_web::api::lists::answer_plans;

use super::filter_args::parse_amount;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Show a project's plans of a year and its months, every version
    Show {
        /// Project code
        code: String,
        /// Year of the plans; this year when left out
        #[arg(long)]
        year: Option<i16>,
    },
    /// Set the plan of a year or a month; a new version when there is one
    Set {
        /// Project code
        code: String,
        /// A year or a month: 2026 or 2026-06
        #[arg(value_parser = |text: &str| Period::parse(text).ok_or("such as 2026 or 2026-06"))]
        period: Period,
        /// Amount with its unit: 12000万元, 1.2亿 or 120000000元; in another currency in its
        /// main unit, such as USD:30000000
        #[arg(value_parser = parse_with_unit)]
        amount: Money,
        /// Why, as the version says it
        #[arg(long, default_value = "")]
        reason: String,
        /// The post that approved it
        #[arg(long, default_value = "")]
        approver: String,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            match &self.what {
                What::Show { code, year } => {
                    let session = context.session(&desk, Action::ReadLedger)?;
                    let project = project_by_code(&desk, &session, code)?;
                    let page = view_plans(&desk, &session, project, *year, context.today())?;
                    match context.global.json {
                        true => say::json(&answer_plans(&page)),
                        false => print(context, &page),
                    }
                }
                What::Set { code, period, amount, reason, approver } => {
                    let session = context.session(&desk, Action::KeepLists)?;
                    same_currency(&desk, &session, code, *amount)?;
                    let (code, amount) = (code.clone(), amount.amount);
                    let plans = [NewPlan { code, period: *period, amount }];
                    let why = (reason.as_str(), approver.as_str());
                    let (now, today) = (context.now(), context.today());
                    let written = set_plans(&desk, &session, &plans, why, now, today)?;
                    say::written(context, None, &written);
                }
            }
            Ok(exit_code::DONE)
        })
    }
}

/// The form of the page takes 万元 and other commands yuan, so that a bare number would be
/// taken for either.
fn parse_with_unit(text: &str) -> Result<Money, &'static str> {
    let is_bare = !text.contains([':', '元', '万', '萬', '亿', '億']);
    match is_bare {
        true => Err("say the unit: 12000万元, 1.2亿, 120000000元 or USD:30000000"),
        false => parse_amount(text),
    }
}

/// An amount without a currency is the project's own; one with another is refused.
fn same_currency(
    desk: &Desk,
    session: &Session,
    code: &str,
    amount: Money,
) -> Result<(), OpsError> {
    let snapshot = desk.snapshot()?;
    let project = project_by_code(desk, session, code)?;
    let own = snapshot.projects.get(project).map(|entry| entry.project.currency);
    match own {
        Some(own) if amount.currency != own && amount.currency != Currency::CNY => {
            let problem = Problem::error("plan-currency").arg("project", code);
            Err(OpsError::problem(problem.arg("own", own).arg("given", amount.currency)))
        }
        _ => Ok(()),
    }
}

fn print(context: &Context, page: &PlansPage) {
    let t = &context.t;
    let project = &page.row.entry.project;
    let currency = page.row.facts.currency;
    let total = page.row.facts.total.map(|total| t.money_wide(total.into(), currency));
    let total = total.unwrap_or_else(|| t.t("app-none"));
    let name = project.name.get(t.lang);
    say::line(t.t1("plan-of", &[("project", &name), ("total", &total), ("year", &page.year)]));
    let rows = page.versions.iter().map(|row| {
        vec![
            row.plan.period.to_string(),
            t.money_wide(row.plan.amount.into(), currency),
            row.plan.version.to_string(),
            if row.is_current { t.t("plan-current") } else { String::new() },
            row.plan.reason.clone().unwrap_or_default(),
            row.plan.approver.clone().unwrap_or_default(),
            row.meta.title.get(t.lang).to_owned(),
            t.moment(row.meta.at, &context.zone()),
        ]
    });
    let head = ["period", "amount", "version", "state", "reason", "approver", "by", "at"];
    say::table(head.map(|key| t.t(&format!("plan-col-{key}"))).to_vec(), rows.collect());
}
