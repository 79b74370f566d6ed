//! `tici totals [--by FIELD] [--say]`: any total, with its rule in words and what has to be
//! said beside it.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tici_domain::measure::{Accumulation, Measure};
use tici_domain::{Currency, Money, Problem};
use tici_engine::counting::{Ask, SizeBands, Tally};
use tici_engine::statement::figures::ahead;
use tici_engine::statement::presets;
use tici_engine::statement::{Wording, sentence};
use tici_engine::totals::Sums;
use tici_ops::read_totals::{By, TotalsAnswer, TotalsAsk, read_totals};
use tici_ops::{Action, OpsError};
use tici_web::i18n::T;

use super::choices::choices;
use super::filter_args::{FilterArgs, parse_amount};
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Field by which the totals are split
    #[arg(long, value_name = "FIELD", value_parser = choices(&By::ALL, By::code))]
    by: Option<By>,
    /// Lower ends of the size bands, such as 1亿,5亿,10亿
    #[arg(long, value_name = "AMOUNTS", value_parser = parse_amount, value_delimiter = ',')]
    bands: Vec<Money>,
    /// Count the same cohort a year before as well
    #[arg(long)]
    year_before: bool,
    /// Say it in a sentence: progress, list, quarter, starts-by-size, start-rates, …
    #[arg(long, value_name = "WORDING", num_args = 0..=1, default_missing_value = presets::HOUSE)]
    say: Option<String>,
    /// Wordings of the office's own (TOML, as rules/wording.toml)
    #[arg(long, value_name = "FILE", requires = "say")]
    wordings: Option<PathBuf>,
}

/// The answer for machines, with its words.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    answer: &'a TotalsAnswer,
    rule_in_words: String,
    notes_in_words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let wording = self.wording()?;
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let (desk, query, today) = self.filter.look(context, desk)?;
            let answer = read_totals(&desk, &session, &query, &self.ask()?, today)?;
            let t = &context.t;
            let said = wording.map(|wording| in_words(t, &wording, &answer));
            let notes: Vec<String> = answer.count.notes.iter().map(|n| t.words(n)).collect();
            if context.global.json {
                say::json(&Answer {
                    rule_in_words: t.rule_line(&answer.count.all.totals.rule),
                    notes_in_words: notes,
                    sentence: said,
                    answer: &answer,
                });
                return Ok(exit_code::DONE);
            }
            match said {
                Some(said) => say::line(said),
                None => print(t, &answer, self.by),
            }
            print_rule(t, &answer, &notes);
            Ok(exit_code::DONE)
        })
    }

    fn ask(&self) -> Result<TotalsAsk, OpsError> {
        let bands = match self.bands.as_slice() {
            [] => SizeBands::default(),
            [first, ..] => {
                let from = self.bands.iter().map(|money| money.amount).collect();
                SizeBands::at(first.currency, from)
                    .ok_or_else(|| OpsError::problem(Problem::error("cli-bands-rise")))?
            }
        };
        Ok(TotalsAsk { split: Ask { by: self.by, bands }, year_before: self.year_before })
    }

    fn wording(&self) -> Result<Option<Wording>, OpsError> {
        let Some(name) = &self.say else { return Ok(None) };
        let mut known = match &self.wordings {
            None => presets::shipped(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|_| {
                    OpsError::problem(Problem::error("cli-no-file").arg("file", path.display()))
                })?;
                presets::read(&path.display().to_string(), &text)
                    .map_err(|problem| OpsError::problem(*problem))?
            }
        };
        let names = known.keys().cloned().collect::<Vec<_>>().join(", ");
        known.remove(name).map(Some).ok_or_else(|| {
            let problem = Problem::error("cli-no-wording").arg("name", name);
            OpsError::problem(problem.arg("known", names))
        })
    }
}

fn in_words(t: &T, wording: &Wording, answer: &TotalsAnswer) -> String {
    let subject = t.subject(&answer.region, &answer.count.all.totals.rule);
    t.say(&sentence(wording, &subject, &answer.count))
}

fn print(t: &T, answer: &TotalsAnswer, by: Option<By>) {
    let count = &answer.count;
    let mut rows = Vec::new();
    for group in &count.groups {
        let name = match &group.name {
            Some(name) => name.get(t.lang).to_owned(),
            None => group_name(t, by, &group.key),
        };
        rows.extend(lines(t, &name, &group.tally));
    }
    // Counted by itself: it need not be the sum of the groups, and a note says why.
    rows.extend(lines(t, &t.t("cli-totals-all"), &count.all));
    if let Some(before) = &count.year_before {
        rows.extend(lines(t, &t.t("cli-totals-year-before"), before));
    }
    let head = [
        "group",
        "projects",
        "started",
        "new-starts",
        "planned-starts",
        "start-rate",
        "stat-entered",
        "currency",
        "total",
        "plan",
        "done",
        "share",
        "pace",
    ];
    say::table(head.map(|key| t.t(&format!("cli-totals-{key}"))).to_vec(), rows);
    print_figures(t, answer);
}

fn print_figures(t: &T, answer: &TotalsAnswer) {
    let mut figures = Vec::new();
    for (measure, count) in &answer.figures {
        let sums = count.sums.iter().map(|(currency, sum)| {
            let currency = Currency::parse(currency).unwrap_or(Currency::CNY);
            let digits = currency.stored_digits();
            format!("{currency} {}", tici_domain::money::print_scaled(*sum, digits, digits))
        });
        let sums = match adds_up(measure) {
            true => sums.collect::<Vec<_>>().join(", "),
            false => t.t("app-none"),
        };
        figures.push(vec![measure.clone(), count.count.to_string(), sums]);
    }
    if !figures.is_empty() {
        let head = ["measure", "figures", "sum"].map(|key| t.t(&format!("cli-totals-{key}")));
        say::table(head.to_vec(), figures);
        say::line(t.t1("cli-totals-periods", &[("count", &answer.periods)]));
        if !answer.figures.keys().all(|measure| adds_up(measure)) {
            say::line(t.t("cli-totals-running"));
        }
    }
}

/// Whether the figures of several periods may be added: a running total and a stock hold
/// what the periods before them held already.
fn adds_up(measure: &str) -> bool {
    let known = Measure::parse(measure);
    known.is_some_and(|measure| measure.spec().accumulation == Accumulation::Periodic)
}

/// The whole rule, a part on each line, and the notes.
fn print_rule(t: &T, answer: &TotalsAnswer, notes: &[String]) {
    let rule = t.rule(&answer.count.all.totals.rule);
    say::table(
        vec![t.t("rule-title"), String::new()],
        rule.into_iter().map(|(name, value)| vec![name, value]).collect(),
    );
    if !notes.is_empty() {
        say::line(t.t("note-title"));
        notes.iter().for_each(|note| say::line(format!("· {note}")));
    }
}

fn group_name(t: &T, by: Option<By>, key: &str) -> String {
    match by {
        _ if key.is_empty() => t.t("cli-totals-none"),
        Some(By::Tier | By::Stage | By::Light) => t.code(by.map_or("", By::code), key),
        Some(By::Chain) => t.chain(key),
        Some(By::Size) => t.band(key),
        _ => key.to_owned(),
    }
}

/// One line for each currency; a group without money has one line all the same.
fn lines(t: &T, name: &str, tally: &Tally) -> Vec<Vec<String>> {
    let (totals, starts) = (&tally.totals, &tally.starts);
    let none = (Currency::CNY, Sums::default());
    let sums: Vec<(Currency, Sums)> = totals.sums.iter().map(|(c, s)| (*c, *s)).collect();
    let sums = if sums.is_empty() { vec![none] } else { sums };
    let pace = ahead(totals).map_or_else(|| "—".to_owned(), |points| points.to_string());
    let line = |(index, (currency, sums)): (usize, &(Currency, Sums))| {
        let scale = t.column(*currency);
        let head = |text: String| if index == 0 { text } else { String::new() };
        vec![
            head(name.to_owned()),
            head(totals.projects.to_string()),
            head(totals.started.to_string()),
            head(starts.in_year.to_string()),
            head(starts.planned.to_string()),
            head(t.percent(starts.rate())),
            head(starts.stat_entered.to_string()),
            // Other currencies are named in their unit already.
            t.unit(scale),
            scale.print(sums.total),
            scale.print(sums.plan_year),
            scale.print(sums.done_ytd),
            t.percent(sums.done_of_plan()),
            head(pace.clone()),
        ]
    };
    sums.iter().enumerate().map(line).collect()
}
