//! `tici verify-claim ID`, `tici recheck SERIES`

use std::process::ExitCode;

use jiff::civil::Date;
use tici_domain::{Finding, change::Verdict};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::{Action, OpsError};

use super::choices::choices;
use super::claim::EvidenceArgs;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// The claim's number, as `tici claim list` shows it
    claim: i64,
    /// Turn it down, with the reason
    #[arg(long, value_name = "REASON", conflicts_with = "reverse")]
    reject: Option<String>,
    /// Take an earlier verification back, with the reason
    #[arg(long, value_name = "REASON")]
    reverse: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.judge(context))
    }

    fn judge(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::JudgeClaim)?;
        let (verdict, reason) = match (&self.reject, &self.reverse) {
            (Some(reason), _) => (Verdict::Rejected, Some(reason.as_str())),
            (None, Some(reason)) => (Verdict::Reversed, Some(reason.as_str())),
            (None, None) => (Verdict::Verified, None),
        };
        let (now, today) = (context.now(), context.today());
        let written = judge_claim(&desk, &session, self.claim, verdict, reason, now, today)?;
        done(context, &written.entries, "cli-verdict-done");
        Ok(exit_code::DONE)
    }
}

#[derive(clap::Args, Debug)]
pub struct RecheckArgs {
    /// The task's number, as `tici tasks list` shows it
    series: i64,
    /// What was found
    #[arg(value_parser = choices(&Finding::ALL, Finding::code))]
    finding: Finding,
    /// The day of the visit; today when left out
    #[arg(long)]
    on: Option<Date>,
    /// What was seen, in words
    #[arg(long, default_value = "")]
    note: String,
    #[command(flatten)]
    evidence: EvidenceArgs,
}

impl RecheckArgs {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.record(context))
    }

    fn record(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = context.session(&desk, Action::JudgeClaim)?;
        let (now, today) = (context.now(), context.today());
        let new = NewFinding {
            finding: self.finding,
            on: self.on.unwrap_or(today),
            note: self.note.clone(),
            evidence: self.evidence.read()?,
        };
        let written = record_finding(&desk, &session, self.series, &new, now, today)?;
        done(context, &written.entries, "cli-finding-done");
        Ok(exit_code::DONE)
    }
}

/// Entries for machines, a sentence for people.
pub fn done(context: &Context, entries: &[i64], key: &str) {
    match context.global.json {
        true => say::json(&serde_json::json!({ "entries": entries })),
        false => say::line(context.t.t(key)),
    }
}
