//! `tici lights`: the light of each project, the rule and the figures behind it.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use tici_domain::{Light, Problem};
use tici_engine::lights::{LightRules, Lit, preset};
use tici_ops::view_lights::{
    LightRow, LightsPage, LightsQuery, last_month, view_lights, yesterday,
};
use tici_ops::{Action, Desk, OpsError};
use tici_web::api::lights::{answer, reason, who};
use tici_web::i18n::T;

use super::filter_args::FilterArgs;
use super::rule_args;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// A preset (yanxi, yinchuan, tianjin) or a rule file of your own
    #[arg(long, value_name = "PRESET|FILE")]
    rules: Option<String>,
    /// Say the rules in words
    #[arg(long)]
    words: bool,
    /// What every rule says, not only the one that decides
    #[arg(long)]
    all_rules: bool,
    /// Lights of this many months before, up to 36
    #[arg(long, value_name = "MONTHS", default_value_t = 0)]
    history: usize,
    /// What changed since yesterday began, the end of last month, a moment (2026-06-01), or so
    /// many journal entries
    #[arg(long, value_name = "yesterday|month|ENTRIES|TIME")]
    since: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let (desk, query, today) = self.filter.look(context, desk)?;
            let asked = LightsQuery {
                rules: self.rules.as_deref().map(rules).transpose()?,
                history: self.history,
                since: self.since(context, &desk, today)?,
            };
            let page = view_lights(&desk, &session, &query, asked, today)?;
            let t = &context.t;
            if context.global.json {
                say::json(&answer(t, &page));
                return Ok(exit_code::DONE);
            }
            match &self.since {
                Some(_) => print_changes(t, &page),
                None => print(t, &page, self.all_rules),
            }
            say::line(summary(t, &page));
            if self.words {
                let words = page.lens.lights.words();
                words.iter().for_each(|words| say::line(format!("· {}", t.words(words))));
            }
            Ok(exit_code::DONE)
        })
    }

    /// The moment of `--since`: how many entries there were, and its day.
    fn since(
        &self,
        context: &Context,
        desk: &Desk,
        today: Date,
    ) -> Result<Option<(i64, Date)>, OpsError> {
        let moment = match self.since.as_deref() {
            Some("yesterday") => return yesterday(desk, today).map(Some),
            Some("month") => return last_month(desk, today).map(Some),
            text => rule_args::moment(context, text)?,
        };
        let Some(moment) = moment else { return Ok(None) };
        Ok(Some((moment.entries(desk)?, moment.day().unwrap_or(today))))
    }
}

fn rules(named: &str) -> Result<LightRules, OpsError> {
    if let Some(rules) = preset(named) {
        return Ok(rules);
    }
    let (file, text) = rule_args::read_text(&PathBuf::from(named))?;
    let (rules, problems) = LightRules::parse(&text, &file);
    if Problem::any_error(&problems) { Err(OpsError::Problems(problems)) } else { Ok(rules) }
}

fn print(t: &T, page: &LightsPage, all_rules: bool) {
    let has_history = page.rows.iter().any(|row| !row.history.is_empty());
    let head = ["code", "project", "place", "light", "reason"];
    let mut head = head.map(|key| t.t(&format!("cli-lights-{key}"))).to_vec();
    if has_history {
        head.push(t.t("cli-lights-history"));
    }
    let rules = &page.lens.lights;
    let row = |row: &LightRow| {
        let mut line = who(t, page, row.project).to_vec();
        line.push(t.light(row.lit.light));
        let said = match all_rules && !row.all.is_empty() {
            true => row.all.iter().map(|lit| reason(t, rules, lit)).collect::<Vec<_>>().join("\n"),
            false => reason(t, rules, &row.lit),
        };
        line.push(said);
        if has_history {
            line.push(row.history.iter().map(|(_, light)| letter(*light)).collect());
        }
        line
    };
    say::table(head, page.rows.iter().map(row).collect());
}

/// One letter for a month of history.
fn letter(light: Light) -> char {
    match light {
        Light::Red => 'R',
        Light::Amber => 'A',
        Light::Green => 'g',
        Light::Unreported => '?',
        Light::Excused => 'e',
    }
}

fn print_changes(t: &T, page: &LightsPage) {
    let head = ["code", "project", "place", "before", "after", "reason"];
    let row = |change: &tici_engine::lights::LightChange| {
        let light = |lit: Option<Lit>| lit.map_or("—".to_owned(), |lit| t.light(lit.light));
        let mut line = who(t, page, change.project).to_vec();
        line.extend([light(change.from), light(change.to)]);
        line.push(change.to.map_or(String::new(), |lit| reason(t, &page.lens.lights, &lit)));
        line
    };
    let head = head.map(|key| t.t(&format!("cli-lights-{key}"))).to_vec();
    say::table(head, page.changes.iter().map(row).collect());
}

fn summary(t: &T, page: &LightsPage) -> String {
    let counts = page.counts.iter().map(|(light, count)| format!("{} {count}", t.light(*light)));
    let mut parts: Vec<String> = counts.collect();
    if page.excused > 0 {
        parts.push(t.t1("cli-lights-excused", &[("n", &page.excused)]));
    }
    format!("{} · {}", page.lens.lights.title.get(t.lang), t.list(&parts))
}
