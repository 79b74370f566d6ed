//! `tici doctor`

use std::process::ExitCode;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let report = desk.store.doctor()?;
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
            Ok(code)
        })
    }
}
