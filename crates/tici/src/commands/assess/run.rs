//! `tici assess run`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tici_domain::Problem;
use tici_engine::assess::run::{Run, UnitRun, run_periods};
use tici_engine::assess::scheme::Scheme;
use tici_ops::OpsError;
use tici_web::i18n::T;

use super::read_units::UnitArgs;
use super::tables::{File, tables};
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scheme file, or the name of a preset
    #[arg(long, value_name = "SCHEME")]
    scheme: String,
    #[command(flatten)]
    units: UnitArgs,
    /// Folder for the tables of every stage; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show how each score of this unit was made
    #[arg(long, value_name = "UNIT")]
    explain: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (scheme, mut problems) = super::scheme_arg::scheme(&self.scheme)?;
            let inputs = self.units.read(&scheme)?;
            let (runs, found) = run_periods(&scheme, &inputs);
            problems.extend(found);
            if Problem::any_error(&problems) {
                return Err(OpsError::Problems(problems));
            }
            let t = &context.t;
            if let Some(folder) = &self.out {
                write(folder, &tables(t, &scheme, &runs))?;
            }
            if context.global.json {
                say::json(&serde_json::json!({ "runs": runs, "problems": problems }));
                return Ok(exit_code::DONE);
            }
            match &self.explain {
                Some(unit) => explain(t, &scheme, &runs, unit)?,
                None => runs.iter().for_each(|run| print(t, &scheme, run)),
            }
            say::problems(t, &problems);
            if let Some(folder) = &self.out {
                let count = tables(t, &scheme, &runs).len();
                let folder = folder.display();
                say::note(t.t1("cli-assess-written", &[("count", &count), ("folder", &folder)]));
            }
            Ok(exit_code::DONE)
        })
    }
}

/// Writes all files; they were made before the first is written.
pub fn write(folder: &Path, files: &[File]) -> Result<(), OpsError> {
    let io = |path: &Path, error| {
        OpsError::Store(tici_store::StoreError::Io { path: path.to_owned(), error })
    };
    std::fs::create_dir_all(folder).map_err(|error| io(folder, error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| io(&path, error))?;
    }
    Ok(())
}

/// Groups with their units, best first, then the awards.
fn print(t: &T, scheme: &Scheme, run: &Run) {
    let columns = ["rank", "unit", "total", "grade", "note"];
    let head = columns.map(|key| t.t(&format!("assess-col-{key}"))).to_vec();
    for group in &run.groups {
        let title = scheme.title.get(t.lang);
        let name = group.name.get(t.lang);
        let name = if name == title { String::new() } else { format!(" · {name}") };
        say::line(format!("{title}{name} {}", run.period).trim_end());
        let rows = group.units.iter().map(|unit| line(t, scheme, &run.units[*unit])).collect();
        say::table(head.clone(), rows);
    }
    if !run.awards.is_empty() {
        let head = ["award", "unit", "by"].map(|key| t.t(&format!("assess-col-{key}"))).to_vec();
        let winners = run.awards.iter().flat_map(|award| {
            let name = scheme.awards[award.award].name.get(t.lang).to_owned();
            award.winners.iter().map(move |winner| (name.clone(), winner))
        });
        let rows = winners.map(|(award, winner)| {
            vec![award, run.units[winner.unit].name.clone(), t.words(&winner.by)]
        });
        say::table(head, rows.collect());
    }
}

fn line(t: &T, scheme: &Scheme, unit: &UnitRun) -> Vec<String> {
    let decimals = scheme.rounding.total.unwrap_or(4);
    let grades = scheme.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let mut notes: Vec<String> =
        unit.vetoes.iter().map(|veto| scheme.vetoes[veto.veto].name.get(t.lang).into()).collect();
    notes.extend(unit.tie.as_ref().map(|tie| t.words(tie)));
    let missing = || t.t("league-missing");
    let total = unit.published.as_ref().map_or_else(missing, |total| total.print(decimals));
    vec![
        unit.rank.as_ref().map_or_else(|| "—".to_owned(), |rank| rank.brief(1)),
        unit.name.clone(),
        if unit.is_incomplete { format!("{total}*") } else { total },
        unit.grade.map_or_else(String::new, |grade| grades[grade].name.get(t.lang).into()),
        notes.join("; "),
    ]
}

/// Every score of one unit, with its formula and its part of the total.
fn explain(t: &T, scheme: &Scheme, runs: &[Run], named: &str) -> Result<(), OpsError> {
    let is_it = |unit: &&UnitRun| unit.code == named || unit.name == named;
    let found: Vec<(&Run, &UnitRun)> =
        runs.iter().filter_map(|run| Some((run, run.units.iter().find(is_it)?))).collect();
    if found.is_empty() {
        return Err(OpsError::not_found("place", named));
    }
    let head = ["item", "points", "how"].map(|key| t.t(&format!("assess-col-{key}"))).to_vec();
    for (run, unit) in found {
        say::line(format!("{} {}", unit.name, run.period).trim_end());
        let rows = scheme.items.iter().zip(&unit.items).map(|(item, of)| {
            let points = of.points.as_ref().map_or_else(|| t.t("league-missing"), |p| p.print(2));
            vec![item.name.get(t.lang).to_owned(), points, t.words(&of.how)]
        });
        say::table(head.clone(), rows.collect());
    }
    Ok(())
}
