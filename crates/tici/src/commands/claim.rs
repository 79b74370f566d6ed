//! `tici claim list|add`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_domain::{Problem, Stage};
use tici_ops::claim_stage::{EvidenceFile, NewClaim, claim_stage};
use tici_ops::view_claims::{ClaimRow, ClaimsQuery, ClaimsWhich, view_claims};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};
use tici_web::api::claims::list_of;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List claims by what was said of them
    List {
        /// Which claims, by what was said of them
        #[arg(long, default_value = "waiting",
              value_parser = choices(&ClaimsWhich::ALL, ClaimsWhich::code))]
        which: ClaimsWhich,
        /// Only of this stage
        #[arg(long, value_parser = choices(&Stage::ALL, Stage::code))]
        stage: Option<Stage>,
        /// Only of the project of this code
        #[arg(long)]
        project: Option<String>,
        /// Which page of the list, from 1
        #[arg(long, default_value_t = 1)]
        page: usize,
    },
    /// Claim that a project has reached a stage
    Add {
        /// Project code
        project: String,
        /// The stage it has reached
        #[arg(value_parser = choices(&Stage::ALL, Stage::code))]
        stage: Stage,
        /// The day it was reached; today when left out
        #[arg(long)]
        on: Option<Date>,
        /// What the verifier should know, in words
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        evidence: EvidenceArgs,
    },
}

/// Files that show something.
#[derive(clap::Args, Debug)]
pub struct EvidenceArgs {
    /// What a file shows and where it is, such as photo=site.jpg; may come more than once
    #[arg(long, value_name = "KIND=FILE")]
    evidence: Vec<String>,
}

impl EvidenceArgs {
    /// Reads every file; all that cannot be read are named.
    pub fn read(&self) -> Result<Vec<EvidenceFile>, OpsError> {
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for text in &self.evidence {
            let Some((kind, path)) = text.split_once('=') else {
                problems.push(Problem::error("cli-evidence-shape").arg("text", text));
                continue;
            };
            match std::fs::read(path) {
                Ok(bytes) => files.push(EvidenceFile {
                    kind: kind.to_owned(),
                    file: file_name(Path::new(path)),
                    media_type: "application/octet-stream".to_owned(),
                    bytes,
                }),
                Err(_) => problems.push(Problem::error("cli-file-unreadable").arg("path", path)),
            }
        }
        if problems.is_empty() { Ok(files) } else { Err(OpsError::Problems(problems)) }
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    name.display().to_string()
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.what.run(context))
    }
}

impl What {
    fn run(&self, context: &Context) -> Result<u8, OpsError> {
        match self {
            What::List { which, stage, project, page } => {
                list(context, (*which, *stage, project.as_deref(), *page))
            }
            What::Add { project, stage, on, note, evidence } => {
                let desk = context.open()?;
                let session = context.session(&desk, Action::ClaimStage)?;
                let claim = NewClaim {
                    project: project_by_code(&desk, &session, project)?,
                    stage: *stage,
                    on: on.unwrap_or(context.today()),
                    note: note.clone(),
                    evidence: evidence.read()?,
                };
                let done = claim_stage(&desk, &session, &claim, context.now(), context.today())?;
                if context.global.json {
                    let (claim, warnings) = (done.claim, &done.warnings);
                    say::json(&serde_json::json!({ "claim": claim, "warnings": warnings }));
                } else {
                    say::line(context.t.t1("cli-claim-done", &[("id", &done.claim)]));
                    say::problems(&context.t, &done.warnings);
                }
                Ok(exit_code::DONE)
            }
        }
    }
}

fn list(
    context: &Context,
    (which, stage, project, page): (ClaimsWhich, Option<Stage>, Option<&str>, usize),
) -> Result<u8, OpsError> {
    let desk = context.open()?;
    let session = context.session(&desk, Action::ReadLedger)?;
    let code = |code| project_by_code(&desk, &session, code);
    let project = project.map(code).transpose()?;
    let page = page.saturating_sub(1);
    let query = ClaimsQuery { which, stage, place: None, project, page };
    let found = view_claims(&desk, &session, &query, context.today())?;
    if context.global.json {
        say::json(&list_of(found));
        return Ok(exit_code::DONE);
    }
    let head = [
        "cli-claim-id",
        "task-code",
        "column-name",
        "column-stage",
        "stops-on",
        "cli-claim-verdict",
        "cli-claim-files",
        "cli-claim-warnings",
    ];
    let rows = found.rows.iter().map(|row| cells(context, row)).collect();
    say::table(head.map(|key| context.t.t(key)).to_vec(), rows);
    Ok(exit_code::DONE)
}

fn cells(context: &Context, row: &ClaimRow) -> Vec<String> {
    let t = &context.t;
    let project = &row.row.entry.project;
    let verdict = match (&row.judged, row.state.verdict) {
        (Some(judged), _) => {
            let reason = judged.reason.as_ref().map(|reason| format!(" {reason}"));
            format!("{}{}", t.verdict(judged.verdict), reason.unwrap_or_default())
        }
        (None, Some((verdict, _))) => t.verdict(verdict),
        (None, None) => t.t("verdict-pending"),
    };
    let doubts: Vec<String> = row.doubts.iter().map(|problem| t.problem(problem)).collect();
    vec![
        row.state.claim.id.to_string(),
        project.code.clone(),
        project.name.get(t.lang).to_owned(),
        t.stage(row.state.claim.stage),
        row.state.claim.on.to_string(),
        verdict,
        row.evidence.len().to_string(),
        doubts.join("; "),
    ]
}
