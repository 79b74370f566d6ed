//! `tici league`: towns and parks by the region's rule file.

use std::path::PathBuf;
use std::process::ExitCode;

use tici_domain::{Basis, Period, Problem};
use tici_engine::league::{LeagueRules, PeerTable, Row, preset};
use tici_ops::lens::LensQuery;
use tici_ops::view_league::{LeaguePage, LeagueQuery, view_league};
use tici_ops::{Action, OpsError};
use tici_web::i18n::T;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Month, such as 2026-05
    #[arg(long, value_parser = parse_period)]
    period: Option<Period>,
    /// Which series of figures
    #[arg(long, value_parser = choices(&Basis::ALL, Basis::code))]
    basis: Option<Basis>,
    /// A preset (yanxi, yanan, gaoan, city-r4, province-r5) or a rule file of your own
    #[arg(long, value_name = "PRESET|FILE")]
    rules: Option<String>,
    /// Figures that the ledger has no measure for: a CSV of place,key,value,source
    #[arg(long, value_name = "FILE")]
    given: Option<PathBuf>,
    /// Show how each score of this place was made
    #[arg(long, value_name = "PLACE")]
    explain: Option<String>,
    /// Say the rules in words
    #[arg(long)]
    words: bool,
    /// As known after this many journal entries, or at a moment: 2026-05-31
    #[arg(long, value_name = "ENTRIES|TIME")]
    as_of: Option<String>,
}

fn parse_period(text: &str) -> Result<Period, &'static str> {
    Period::parse(text).ok_or("such as 2026-05")
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let as_of = self.as_of.as_deref();
            let (desk, today) = super::rule_args::look(context, desk, as_of)?;
            let query = LeagueQuery {
                lens: LensQuery { period: self.period, basis: self.basis, ..LensQuery::default() },
                rules: self.rules.as_deref().map(rules).transpose()?,
                given: self.given.as_ref().map(super::rule_args::read_text).transpose()?,
            };
            let page = view_league(&desk, &session, query, today)?;
            if context.global.json {
                say::json(&tici_web::api::league::answer(&context.t, &page));
                return Ok(exit_code::DONE);
            }
            match &self.explain {
                Some(place) => explain(&context.t, &page, place)?,
                None => page.league.groups.iter().for_each(|group| print(&context.t, &page, group)),
            }
            if self.words {
                page.rules.words().iter().for_each(|words| {
                    say::line(format!("· {}", context.t.words(words)));
                });
            }
            say::problems(&context.t, &page.problems);
            Ok(exit_code::DONE)
        })
    }
}

fn rules(named: &str) -> Result<LeagueRules, OpsError> {
    if let Some(rules) = preset(named) {
        return Ok(rules);
    }
    let (file, text) = super::rule_args::read_text(&PathBuf::from(named))?;
    let (rules, problems) = LeagueRules::parse(&text, &file);
    if Problem::any_error(&problems) { Err(OpsError::Problems(problems)) } else { Ok(rules) }
}

fn place_name(t: &T, page: &LeaguePage, place: i64) -> String {
    let place = page.snapshot.places.get(&place);
    place.map_or_else(|| "?".to_owned(), |place| place.short.get(t.lang).to_owned())
}

fn print(t: &T, page: &LeaguePage, group: &PeerTable) {
    let name = page.rules.groups[group.group].name.get(t.lang);
    let title = page.rules.title.get(t.lang);
    say::line(format!("{title} · {name} · {}", t.period(page.league.period)));
    let fixed = ["rank", "change", "place", "total", "grade"];
    let mut head: Vec<String> = fixed.map(|key| t.t(&format!("league-col-{key}"))).to_vec();
    head.extend(page.rules.items.iter().map(|item| item.name.get(t.lang).to_owned()));
    head.push(t.t("league-col-constant"));
    say::table(head, group.rows.iter().map(|row| line(t, page, row)).collect());
}

fn line(t: &T, page: &LeaguePage, row: &Row) -> Vec<String> {
    let decimals = u32::from(page.rules.rank.decimals);
    let missing = || t.t("league-missing");
    let total = row.total.map_or_else(missing, |total| {
        let mark = if row.is_incomplete { "*" } else { "" };
        format!("{}{mark}", total.print(decimals))
    });
    let grade = row.grade.map_or("", |grade| page.rules.grades[grade].name.get(t.lang));
    let mut cells = vec![
        rank(row.rank, row.is_tied),
        change(row.change()),
        place_name(t, page, row.place),
        total,
        grade.to_owned(),
    ];
    cells.extend(row.cells.iter().map(|cell| match cell.score {
        Some(score) => {
            let mark = if cell.unreported.is_empty() { "" } else { "°" };
            format!("{}{mark}", score.print(2))
        }
        None => missing(),
    }));
    cells.push(row.constant.map_or_else(String::new, |constant| {
        let total = constant.total.map_or_else(missing, |total| total.print(decimals));
        format!("{} {} ({total})", rank(constant.rank, false), change(constant.change()))
    }));
    cells
}

fn rank(rank: Option<u32>, is_tied: bool) -> String {
    let tie = if is_tied { "=" } else { "" };
    rank.map_or_else(|| "—".to_owned(), |rank| format!("{rank}{tie}"))
}

fn change(change: Option<i64>) -> String {
    match change {
        None => String::new(),
        Some(0) => "—".to_owned(),
        Some(up @ 1..) => format!("▲{up}"),
        Some(down) => format!("▼{}", -down),
    }
}

/// Every score of one place with its formula, its projects, and who has not reported.
fn explain(t: &T, page: &LeaguePage, named: &str) -> Result<(), OpsError> {
    let is_it = |row: &&Row| {
        page.snapshot.places.get(&row.place).is_some_and(|place| {
            [&place.code.code, &place.name.text, &place.short.text].contains(&&named.to_owned())
        })
    };
    let rows = page.league.groups.iter().flat_map(|group| &group.rows);
    let row = rows.clone().find(is_it).ok_or_else(|| OpsError::not_found("place", named))?;
    let code = |id: &i64| {
        let entry = page.snapshot.projects.get(*id);
        entry.map_or_else(|| id.to_string(), |entry| entry.project.code.clone())
    };
    let codes = |ids: &[i64]| ids.iter().map(code).collect::<Vec<_>>().join(" ");
    let lines = page.rules.items.iter().zip(&row.cells).map(|(item, cell)| {
        vec![
            item.name.get(t.lang).to_owned(),
            cell.score.map_or_else(|| t.t("league-missing"), |score| score.print(2)),
            t.words(&cell.formula),
            codes(&cell.projects),
            codes(&cell.unreported),
        ]
    });
    let head = ["item", "score", "formula", "projects", "unreported"];
    say::line(place_name(t, page, row.place));
    say::table(head.map(|key| t.t(&format!("league-col-{key}"))).to_vec(), lines.collect());
    Ok(())
}
