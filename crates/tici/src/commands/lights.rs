//! `tici lights`: the light of each project, the rule and the figures behind it.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::{Date, Time};
use serde_json::{Value, json};
use tici_domain::{Light, Problem};
use tici_engine::lights::{LightRules, Lit, preset};
use tici_ops::as_of::AsOf;
use tici_ops::view_lights::{LightRow, LightsPage, LightsQuery, view_lights};
use tici_ops::{Action, Desk, OpsError};
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
    /// What changed since yesterday, a moment (2026-06-01), or so many journal entries
    #[arg(long, value_name = "yesterday|ENTRIES|TIME")]
    since: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let (query, today) = self.filter.query(context, &desk)?;
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
            Some("yesterday") => {
                let day = today.yesterday().unwrap_or(today);
                let end = day.to_datetime(Time::constant(23, 59, 59, 0));
                let end = context.zone().to_ambiguous_timestamp(end).compatible().ok();
                end.map(|end| AsOf::At(end, day))
            }
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

/// Code, name and place of a project.
fn who(t: &T, page: &LightsPage, project: i64) -> [String; 3] {
    let Some(entry) = page.snapshot.projects.get(project) else {
        return [project.to_string(), String::new(), String::new()];
    };
    let place = entry.project.place.and_then(|id| page.snapshot.places.get(&id));
    [
        entry.project.code.clone(),
        entry.project.name.get(t.lang).to_owned(),
        place.map_or("", |place| place.short.get(t.lang)).to_owned(),
    ]
}

fn rule_name(t: &T, rules: &LightRules, lit: &Lit) -> String {
    rules.rule(lit.rule).map_or("", |rule| rule.name.get(t.lang)).to_owned()
}

/// `进度：完成应完成的 82.1%`
fn reason(t: &T, rules: &LightRules, lit: &Lit) -> String {
    let words = t.words(&lit.words());
    match rule_name(t, rules, lit) {
        name if name.is_empty() => words,
        name => t.t1("light-by-rule", &[("rule", &name), ("reason", &words)]),
    }
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

fn answer(t: &T, page: &LightsPage) -> Value {
    let rules = &page.lens.lights;
    let lit = |lit: &Lit, rules: &LightRules| {
        json!({
            "light": lit.light,
            "rule": lit.rule_key(rules),
            "key": lit.key,
            "reason": t.words(&lit.words()),
            "without_excuse": lit.excused,
        })
    };
    let row = |row: &LightRow| {
        let [code, name, place] = who(t, page, row.project);
        json!({
            "project": row.project, "code": code, "name": name, "place": place,
            "light": lit(&row.lit, rules),
            "rules": row.all.iter().map(|one| lit(one, rules)).collect::<Vec<_>>(),
            "history": row.history.iter()
                .map(|(period, light)| json!({ "period": period, "light": light }))
                .collect::<Vec<_>>(),
        })
    };
    let change = |change: &tici_engine::lights::LightChange| {
        json!({
            "project": change.project, "code": who(t, page, change.project)[0],
            "from": change.from.map(|from| lit(&from, &page.rules_before)),
            "to": change.to.map(|to| lit(&to, rules)),
            "worse": change.is_worse(),
        })
    };
    json!({
        "rules": rules.key,
        "rules_in_words": rules.words().iter().map(|words| t.words(words)).collect::<Vec<_>>(),
        "period": page.lens.period,
        "as_of": page.snapshot.seq,
        "counts": page.counts,
        "excused": page.excused,
        "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        "changes": page.changes.iter().map(change).collect::<Vec<_>>(),
    })
}
