//! `tici doctor`

use std::process::ExitCode;

use tici_domain::Problem;
use tici_ops::keep_packages::package_problems;
use tici_ops::{Action, Desk, OpsError};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let report = desk.store.doctor()?;
            let packages = packages(context, &desk)?;
            let healthy = report.complaints.is_empty();
            let code = if healthy { exit_code::DONE } else { exit_code::ENVIRONMENT };
            if context.global.json {
                say::json(&serde_json::json!({
                    "place": desk.store.place(),
                    "engine": report.engine,
                    "schema_version": report.schema_version,
                    "known_version": report.known_version,
                    "bytes": report.bytes,
                    "entries": report.entries,
                    "rows": report.rows,
                    "durability": report.durability,
                    "complaints": report.complaints,
                    "packages": packages,
                }));
                return Ok(code);
            }
            let t = &context.t;
            let mut rows = vec![
                vec![t.t("cli-doctor-place"), desk.store.place()],
                vec![t.t("cli-doctor-engine"), report.engine],
                vec![
                    t.t("cli-doctor-schema"),
                    format!("{} / {}", report.schema_version, report.known_version),
                ],
                vec![t.t("cli-doctor-bytes"), report.bytes.to_string()],
                vec![t.t("cli-doctor-durability"), report.durability],
                vec![t.t("cli-doctor-entries"), report.entries.to_string()],
            ];
            rows.extend(report.rows.iter().map(|(name, n)| vec![name.clone(), n.to_string()]));
            say::table(vec![t.t("cli-doctor-what"), t.t("cli-doctor-found")], rows);
            let verdict = if healthy { "cli-doctor-healthy" } else { "cli-doctor-unwell" };
            say::line(t.t(verdict));
            report.complaints.iter().for_each(|complaint| say::line(format!("  {complaint}")));
            if !packages.is_empty() {
                say::line(t.t("cli-doctor-packages"));
                say::problems(t, &packages);
            }
            Ok(code)
        })
    }
}

/// What is wrong with packages and their shares; the database is no less healthy for it. A
/// ledger without accounts has no projects yet.
fn packages(context: &Context, desk: &Desk) -> Result<Vec<Problem>, OpsError> {
    if desk.snapshot()?.actors.is_empty() {
        return Ok(Vec::new());
    }
    let session = context.session(desk, Action::ReadLedger)?;
    package_problems(desk, &session)
}
