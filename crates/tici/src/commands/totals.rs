//! `tici totals [--by FIELD]`

use std::process::ExitCode;

use tici_domain::Currency;
use tici_engine::totals::{Sums, Totals};
use tici_ops::Action;
use tici_ops::read_totals::{By, TotalsAnswer, read_totals};
use tici_web::i18n::T;

use super::filter_args::FilterArgs;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Split by place, tier, stage, chain, sector or light
    #[arg(long, value_parser = |text: &str| By::parse(text).ok_or("no such field"))]
    by: Option<By>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let query = self.filter.query(&*desk.snapshot()?)?;
            let answer = read_totals(&desk, &session, &query, self.by, context.today())?;
            if context.global.json {
                say::json(&answer);
            } else {
                print(context, &answer, self.by);
            }
            Ok(exit_code::DONE)
        })
    }
}

fn print(context: &Context, answer: &TotalsAnswer, by: Option<By>) {
    let t = &context.t;
    let mut rows = Vec::new();
    for (name, totals) in &answer.groups {
        rows.extend(lines(t, &group_name(t, by, name), totals));
    }
    rows.extend(lines(t, &t.t("cli-totals-all"), &answer.all));
    let head = ["group", "projects", "started", "currency", "total", "plan", "done", "share"];
    say::table(head.map(|key| t.t(&format!("cli-totals-{key}"))).to_vec(), rows);
    let mut figures = Vec::new();
    for (measure, count) in &answer.figures {
        let sums = count.sums.iter().map(|(currency, sum)| {
            let currency = Currency::parse(currency).unwrap_or(Currency::CNY);
            let digits = currency.stored_digits();
            format!("{currency} {}", tici_domain::money::print_scaled(*sum, digits, digits))
        });
        let sums = sums.collect::<Vec<_>>().join(", ");
        figures.push(vec![measure.clone(), count.count.to_string(), sums]);
    }
    if !figures.is_empty() {
        let head = ["measure", "figures", "sum"].map(|key| t.t(&format!("cli-totals-{key}")));
        say::table(head.to_vec(), figures);
        say::line(t.t1("cli-totals-periods", &[("count", &answer.periods)]));
    }
    if !answer.all.unreported.is_empty() {
        let count = answer.all.unreported.len();
        say::line(t.t1("cli-totals-unreported", &[("count", &count)]));
    }
    say::line(t.rule_line(&answer.all.rule));
}

fn group_name(t: &T, by: Option<By>, name: &str) -> String {
    if name.is_empty() {
        return t.t("cli-totals-none");
    }
    match by {
        Some(By::Tier | By::Stage | By::Light) => t.code(by.map_or("", By::code), name),
        Some(By::Chain) => t.chain(name),
        _ => name.to_owned(),
    }
}

/// One line for each currency; a group without money has one line all the same.
fn lines(t: &T, name: &str, totals: &Totals) -> Vec<Vec<String>> {
    let none = (Currency::CNY, Sums::default());
    let sums: Vec<(Currency, Sums)> = totals.sums.iter().map(|(c, s)| (*c, *s)).collect();
    let sums = if sums.is_empty() { vec![none] } else { sums };
    let line = |(index, (currency, sums)): (usize, &(Currency, Sums))| {
        let scale = t.column(*currency);
        let head = |text: String| if index == 0 { text } else { String::new() };
        vec![
            head(name.to_owned()),
            head(totals.projects.to_string()),
            head(totals.started.to_string()),
            // Other currencies are named in their unit already.
            t.unit(scale),
            scale.print(sums.total),
            scale.print(sums.plan_year),
            scale.print(sums.done_ytd),
            t.percent(sums.done_of_plan()),
        ]
    };
    sums.iter().enumerate().map(line).collect()
}
