//! `tici board`

use std::process::ExitCode;

use tici_domain::Currency;
use tici_engine::board::Thin;
use tici_ops::Action;
use tici_ops::view_board::{BoardPage, BoardQuery, view_board};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Place and everything in it, by code or name (repeatable)
    #[arg(long)]
    place: Vec<String>,
    /// Industry chain (repeatable)
    #[arg(long)]
    chain: Vec<String>,
    /// As known after this many journal entries, or at a moment: 2026-05-31
    #[arg(long, value_name = "ENTRIES|TIME")]
    as_of: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let as_of = self.as_of.as_deref();
            let (desk, today) = super::rule_args::look(context, desk, as_of)?;
            let snapshot = desk.snapshot()?;
            let place = |text: &String| super::filter_args::place_of(&snapshot, text);
            let query = BoardQuery {
                places: self.place.iter().map(place).collect::<Result<_, _>>()?,
                chains: self.chain.clone(),
                ..BoardQuery::default()
            };
            let page = view_board(&desk, &session, &query, today)?;
            if context.global.json {
                say::json(&tici_web::api::board::answer(&page));
            } else {
                print(context, &page);
            }
            Ok(exit_code::DONE)
        })
    }
}

fn print(context: &Context, page: &BoardPage) {
    let t = &context.t;
    let most = page.board.sums.iter().max_by_key(|(_, sum)| **sum);
    let scale = t.column(most.map_or(Currency::CNY, |(currency, _)| *currency));
    let unit = t.unit(scale);
    let days = |days: Option<i32>| days.map_or_else(|| t.t("app-none"), |days| days.to_string());
    let rows = page.board.columns.iter().map(|column| {
        let sum = column.sums.get(&scale.currency).copied().unwrap_or(0);
        vec![
            t.stage(column.stage),
            column.projects.to_string(),
            scale.print(sum),
            days(column.dwell_median),
            days(column.limit),
            column.over_limit.to_string(),
            column.arrived.to_string(),
            column.ended.to_string(),
        ]
    });
    let head = ["stage", "projects", "total", "dwell", "limit", "over", "arrived", "ended"];
    let head = head.map(|key| t.t1(&format!("cli-board-{key}"), &[("unit", &unit)]));
    say::table(head.to_vec(), rows.collect());
    let found = &page.board.pipeline;
    match (found.starts, found.thin) {
        (Some(starts), _) => {
            let args: [(&str, &dyn std::fmt::Display); 5] = [
                ("n", &starts.mid),
                ("total", &t.money_wide(found.starts_total.unwrap_or(0), found.currency)),
                ("percent", &page.rules.interval),
                ("low", &starts.low),
                ("high", &starts.high),
            ];
            say::line(format!(
                "{}–{}  {}",
                found.window.0,
                found.window.1,
                t.t1("board-starts", &args)
            ));
            say::line(t.t("board-pipeline-sub"));
        }
        (None, Some(Thin::FewStarts(count))) => {
            say::line(t.t1("board-thin-few", &[("n", &count), ("min", &page.rules.starts_min)]));
        }
        _ => say::line(t.t("board-thin-empty")),
    }
}
