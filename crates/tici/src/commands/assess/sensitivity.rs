//! `tici assess sensitivity`

use std::path::PathBuf;
use std::process::ExitCode;

use tici_domain::Problem;
use tici_engine::assess::run::sensitivity::{Asked, Sensitivity, sensitivity};
use tici_ops::OpsError;

use super::read_units::UnitArgs;
use super::tables::{File, Table};
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scheme file, or the name of a preset
    #[arg(long, value_name = "SCHEME")]
    scheme: String,
    #[command(flatten)]
    units: UnitArgs,
    /// How far every weight moves, in percent of itself
    #[arg(long, default_value_t = 25.0, value_name = "PERCENT")]
    noise: f64,
    /// Recomputations
    #[arg(long, default_value_t = 1000, value_name = "COUNT")]
    replications: usize,
    /// The same seed draws the same weights
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Correlation from which two items are said to repeat each other
    #[arg(long, default_value_t = 0.9, value_name = "R")]
    repeats_from: f64,
    /// Folder for the tables
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (scheme, mut problems) = super::scheme_arg::scheme(&self.scheme)?;
            let inputs = self.units.read(&scheme)?;
            let asked = Asked {
                noise: (self.noise / 100.0).clamp(0.0, 1.0),
                replications: self.replications,
                seed: self.seed,
                repeats_from: self.repeats_from,
            };
            // Of several periods the last is looked at.
            let Some(last) = inputs.last() else { return Ok(exit_code::DONE) };
            let (found, more) = sensitivity(&scheme, last, &asked);
            problems.extend(more);
            let Some(found) = found else { return Err(OpsError::Problems(problems)) };
            if let Some(folder) = &self.out {
                super::run::write(folder, &files(&found))?;
            }
            if context.global.json {
                let is_error = Problem::any_error(&problems);
                say::json(&serde_json::json!({
                    "sensitivity": found, "problems": problems, "has_errors": is_error,
                }));
                return Ok(exit_code::DONE);
            }
            print(context, &found);
            say::problems(&context.t, &problems);
            Ok(exit_code::DONE)
        })
    }
}

/// A number of a table of doubles; nothing where there is none.
fn shown(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

fn files(found: &Sensitivity) -> Vec<File> {
    let head = ["code", "nominal", "mean", "median", "q5", "q95", "best", "worst"];
    let mut spreads = Table::new("rank-spreads", &head);
    for (unit, of) in found.units.iter().zip(&found.spreads) {
        let numbers = [of.nominal, of.mean, of.median, of.q5, of.q95, of.best, of.worst];
        let mut row = vec![unit.clone()];
        row.extend(numbers.map(shown));
        spreads.add(row);
    }
    let mut head = vec!["without", "mean_abs_shift"];
    head.extend(found.units.iter().map(String::as_str));
    let mut without = Table::new("without", &head);
    for left in &found.without {
        let mut row = vec![left.node.clone(), left.mean_abs_shift.map_or_else(String::new, shown)];
        row.extend(left.ranks.iter().map(|rank| shown(*rank)));
        without.add(row);
    }
    let head = ["node", "weight", "effective_weight", "correlation", "influence"];
    let mut say = Table::new("influences", &head);
    for of in &found.say {
        say.add(vec![
            of.node.clone(),
            shown(of.weight),
            shown(of.effective_weight),
            of.correlation.map_or_else(String::new, shown),
            of.influence.map_or_else(String::new, shown),
        ]);
    }
    let mut repeats = Table::new("repeats", &["first", "second", "correlation"]);
    for pair in &found.repeats {
        repeats.add(vec![pair.first.clone(), pair.second.clone(), shown(pair.correlation)]);
    }
    let mut flat = Table::new("flat", &["item", "why"]);
    for (item, why) in &found.flat {
        let why = serde_json::to_string(why).unwrap_or_default();
        flat.add(vec![item.clone(), why.trim_matches('"').to_owned()]);
    }
    [spreads, without, say, repeats, flat].map(Table::file).into()
}

fn print(context: &Context, found: &Sensitivity) {
    let head = |keys: &[&str]| -> Vec<String> {
        keys.iter().map(|key| context.t.t(&format!("assess-col-{key}"))).collect()
    };
    let number = |value: f64| if value.is_finite() { format!("{value:.2}") } else { "—".into() };
    let spreads =
        found.units.iter().zip(&found.spreads).map(|(unit, of)| {
            vec![unit.clone(), number(of.nominal), number(of.q5), number(of.q95)]
        });
    say::table(head(&["unit", "nominal", "low", "high"]), spreads.collect());
    let weight = |node: &str| found.say.iter().find(|say| say.node == node);
    let without = found.without.iter().map(|left| {
        let change = left.mean_abs_shift.unwrap_or(f64::NAN);
        let weight = weight(&left.node).map_or(f64::NAN, |say| say.effective_weight);
        vec![left.node.clone(), number(change), number(weight)]
    });
    say::table(head(&["without", "mean-change", "weight"]), without.collect());
    if !found.repeats.is_empty() {
        let repeats = found
            .repeats
            .iter()
            .map(|pair| vec![pair.first.clone(), pair.second.clone(), number(pair.correlation)]);
        say::table(head(&["first", "second", "correlation"]), repeats.collect());
    }
}
