//! `tici package set|clear|show|check`

use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::Problem;
use tici_ops::keep_packages::{NewPackage, package_problems, set_package, share_of};
use tici_ops::view_project::{ProjectPage, project_by_code, view_project};
use tici_ops::{Action, OpsError};
use tici_web::api::packages::answer;
use tici_web::pages::project::packages::words;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Make a project a package of another, or change its share
    Set {
        /// Code of the package
        project: String,
        /// Code of the whole project
        #[arg(long)]
        parent: String,
        /// Its share of the whole, such as 40 or 12.5%
        #[arg(long, value_parser = share)]
        share: Option<i64>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Let a package stand by itself again
    Clear {
        /// Code of the package
        project: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Print a project's packages, and how it came to be one
    Show {
        /// Code of the project
        project: String,
    },
    /// Name every project whose packages do not add up to the whole
    Check,
}

fn share(text: &str) -> Result<i64, &'static str> {
    share_of(text).ok_or("above 0 and at most 100, with two decimals at most")
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || match &self.what {
            What::Set { project, parent, share, reason } => {
                change(context, (project, Some(parent), *share), reason)
            }
            What::Clear { project, reason } => change(context, (project, None, None), reason),
            What::Show { project } => show(context, project),
            What::Check => check(context),
        })
    }
}

fn change(
    context: &Context,
    (project, parent, share): (&str, Option<&String>, Option<i64>),
    reason: &str,
) -> Result<u8, OpsError> {
    let desk = context.open()?;
    let session = context.session(&desk, Action::KeepPackages)?;
    let new = NewPackage {
        project: project_by_code(&desk, &session, project)?,
        parent: parent.cloned(),
        share,
        reason: reason.to_owned(),
    };
    let done = set_package(&desk, &session, &new, context.now())?;
    if context.global.json {
        let (entries, warnings) = (&done.written.entries, &done.warnings);
        say::json(&serde_json::json!({ "entries": entries, "warnings": warnings }));
        return Ok(exit_code::DONE);
    }
    super::verify_claim::done(context, &done.written.entries, "cli-package-done");
    say::problems(&context.t, &done.warnings);
    Ok(exit_code::DONE)
}

fn show(context: &Context, project: &str) -> Result<u8, OpsError> {
    let desk = context.open()?;
    let session = context.session(&desk, Action::ReadLedger)?;
    let id = project_by_code(&desk, &session, project)?;
    let page = view_project(&desk, &session, id, Default::default(), context.today())?;
    match context.global.json {
        true => say::json(&answer(&page)),
        false => print(context, &page),
    }
    Ok(exit_code::DONE)
}

fn print(context: &Context, page: &ProjectPage) {
    let t = &context.t;
    let line = |row: &tici_ops::view_ledger::LedgerRow, share: Option<i64>| {
        let project = &row.entry.project;
        let share = share.map_or_else(|| "—".to_owned(), |share| t.share(share));
        vec![project.code.clone(), project.name.get(t.lang).to_owned(), share]
    };
    let head = ["file-code", "column-name", "package-share"].map(|key| t.t(key)).to_vec();
    match &page.parent {
        Some(parent) => {
            say::line(t.t("package-of"));
            say::table(head, vec![line(parent, page.row.entry.project.parent_share)]);
        }
        None if page.packages.is_empty() => say::line(t.t("package-empty")),
        None => {
            let share = |row: &tici_ops::view_ledger::LedgerRow| row.entry.project.parent_share;
            say::table(head, page.packages.iter().map(|row| line(row, share(row))).collect());
        }
    }
    page.once.iter().for_each(|words| say::line(format!("· {}", t.words(words))));
    for step in &page.package_steps {
        let by = step.by.as_ref().map_or("", |by| by.title.get(t.lang));
        let (what, reason) = (words(*t, step), &step.change.reason);
        say::line([what.as_str(), reason, by].join(t.separator()));
    }
}

/// Errors and warnings of every project of packages; a warning does not fail the command.
fn check(context: &Context) -> Result<u8, OpsError> {
    let desk = context.open()?;
    let session = context.session(&desk, Action::ReadLedger)?;
    let problems = package_problems(&desk, &session)?;
    match context.global.json {
        true => say::json(&problems),
        false if problems.is_empty() => say::line(context.t.t("cli-package-sound")),
        false => say::problems(&context.t, &problems),
    }
    Ok(if Problem::any_error(&problems) { exit_code::INPUT } else { exit_code::DONE })
}
