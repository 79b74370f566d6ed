//! `tici pairs list|judge`

use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::PairVerdict;
use tici_ops::Action;
use tici_ops::keep_pairs::{NewDecision, PairsPage, judge_pair, view_pairs};
use tici_ops::view_project::project_by_code;
use tici_web::api::pairs::answer;
use tici_web::pages::pairs::why;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List projects that may be one, with the reasons
    List,
    /// Decide on two projects
    Judge {
        /// Code of one project
        first: String,
        /// Code of the other
        second: String,
        /// What they are; of the same project, the one entered later is withdrawn
        #[arg(long, value_parser = choices(&PairVerdict::ALL, PairVerdict::code))]
        verdict: PairVerdict,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let (now, today) = (context.now(), context.today());
            match &self.what {
                What::List => {
                    let session = context.session(&desk, Action::ReadLedger)?;
                    let page = view_pairs(&desk, &session, today)?;
                    match context.global.json {
                        true => say::json(&answer(&page)),
                        false => print(context, &page),
                    }
                }
                What::Judge { first, second, verdict, reason } => {
                    let session = context.session(&desk, Action::JudgePair)?;
                    let new = NewDecision {
                        first: project_by_code(&desk, &session, first)?,
                        second: project_by_code(&desk, &session, second)?,
                        verdict: *verdict,
                        reason: reason.clone(),
                    };
                    say::written(context, None, &judge_pair(&desk, &session, &new, now, today)?);
                }
            }
            Ok(exit_code::DONE)
        })
    }
}

fn print(context: &Context, page: &PairsPage) {
    let t = &context.t;
    say::line(t.t1("pair-count", &[("n", &page.lines.len())]));
    let rows = page.lines.iter().map(|line| {
        let project = |row: &tici_ops::view_ledger::LedgerRow| {
            format!("{} {}", row.entry.project.code, row.entry.project.name.get(t.lang))
        };
        let reasons = line.pair.reasons.iter().map(|reason| why(*t, line, reason));
        vec![
            line.pair.points.to_string(),
            project(&line.first),
            project(&line.second),
            t.list(&reasons.collect::<Vec<_>>()),
        ]
    });
    let head = ["pair-col-points", "pair-col-first", "pair-col-second", "pair-col-why"];
    say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
}
