//! `tici excuses list|add|end`

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_ops::keep_excuses::{
    ALL_RULES, ExcusesPage, NewExcuse, end_excuse, put_excuse, view_excuses,
};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};
use tici_web::api::lists::answer_excuses;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List approved excuses, those in force first
    List,
    /// Enter an excuse that a post approved
    Add {
        /// Project code
        code: String,
        /// Key of a light's rule, such as start or progress; all of them when left out
        #[arg(long, default_value = ALL_RULES)]
        rule: String,
        /// First day on which it holds; today when left out
        #[arg(long)]
        from: Option<Date>,
        /// Last day on which it holds
        #[arg(long)]
        until: Date,
        /// Why it is excused
        #[arg(long)]
        reason: String,
        /// The post that approved it
        #[arg(long)]
        approver: String,
    },
    /// End an excuse before its day
    End {
        /// Project code
        code: String,
        /// Key of the light's rule it was entered for; all of them when left out
        #[arg(long, default_value = ALL_RULES)]
        rule: String,
        /// Last day on which it holds; yesterday when left out
        #[arg(long)]
        last: Option<Date>,
        /// Why it ends before its day
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
                let page = view_excuses(&desk, &session, today)?;
                match context.global.json {
                    true => say::json(&answer_excuses(&page)),
                    false => print(context, &page),
                }
            }
            What::Add { code, rule, from, until, reason, approver } => {
                let session = context.session(&desk, Action::KeepPromises)?;
                let new = NewExcuse {
                    project: project_by_code(&desk, &session, code)?,
                    rule: rule.clone(),
                    from: from.unwrap_or(today),
                    until: *until,
                    reason: reason.clone(),
                    approver: approver.clone(),
                    withdrawn: false,
                };
                say::written(context, None, &put_excuse(&desk, &session, &new, now)?);
            }
            What::End { code, rule, last, reason } => {
                let session = context.session(&desk, Action::KeepPromises)?;
                let project = project_by_code(&desk, &session, code)?;
                let last = last.or(today.yesterday().ok()).unwrap_or(today);
                let (which, how) = ((project, rule.as_str()), (last, reason.as_str()));
                say::written(context, None, &end_excuse(&desk, &session, which, how, now)?);
            }
        }
        Ok(exit_code::DONE)
    }
}

fn print(context: &Context, page: &ExcusesPage) {
    let t = &context.t;
    let in_force: usize = page.by_rule.values().sum();
    say::line(t.t1("excuse-count", &[("n", &in_force), ("projects", &page.projects)]));
    let rows = page.lines.iter().map(|line| {
        vec![
            line.row.entry.project.code.clone(),
            line.row.entry.project.name.get(t.lang).to_owned(),
            t.excused(&page.lens.lights, &line.excuse.rule),
            t.t(&format!("excuse-is-{}", line.standing.code())),
            line.excuse.from.to_string(),
            line.excuse.until.to_string(),
            line.excuse.reason.clone(),
            line.excuse.approver.clone(),
        ]
    });
    let head = ["code", "project", "rule", "state", "from", "until", "reason", "approver"];
    say::table(head.map(|key| t.t(&format!("excuse-col-{key}"))).to_vec(), rows.collect());
}
